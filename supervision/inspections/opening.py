"""How an inspection begins: proposed by an officer, or drawn by a published plan."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.locks import one_at_a_time
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from . import drawing, ruling
from .drawing import permitted
from .models import Draw, Inspection, Item, PlanLine
from .models.plans import Mode, PlanState
from .teaming import name_the_drawn
from .workflows import workflow_of

NUMBERING = 7_310_034  # inspections are numbered one after the other
SIGNS = {Mode.FLIGHT: "FJ", Mode.RANDOM: "SJ", Mode.DAILY: "RJ"}
FIRST = {Mode.FLIGHT: "proposed", Mode.RANDOM: "planned", Mode.DAILY: "planned"}
LOWEST_FLIGHT = 2  # level of a prefecture: counties send no flight inspections


@transaction.atomic
def propose_inspection(
    *, mode: str, trigger: str, scope: str, institution: Institution | None = None, line: PlanLine | None = None,
    trigger_ref: str = "", interprovincial: bool = False, items: Sequence[str] = (), repeat_reason: str = "",
    by: Account,
) -> Inspection:  # fmt: skip
    """A flight or daily inspection, to be approved. By the plan a flight inspection is drawn; else it is named."""
    place = permitted(by)
    refuse_unless(mode in (Mode.FLIGHT, Mode.DAILY), _("A random inspection begins with a draw."))
    refuse_unless(
        mode != Mode.FLIGHT or place.level <= LOWEST_FLIGHT,
        _("Flight inspections are sent by the nation, a province or a prefecture."),
    )
    refuse_unless(trigger in Inspection.Trigger.values, _("Say why it is made."))
    refuse_unless(bool(scope.strip()), _("Say what is inspected."))
    planned = trigger == Inspection.Trigger.PLAN
    refuse_unless(planned or bool(trigger_ref.strip()), _("Say on the strength of what it is made."))
    drawn = planned and mode == Mode.FLIGHT
    if drawn:
        refuse_unless(
            line is not None and line.mode == mode and line.plan.state == PlanState.PUBLISHED and institution is None,
            _("By the plan a flight inspection names a line of a published plan; its object is drawn."),
        )
        assert line is not None
        if not line.plan.reaches(by):
            raise BeyondReach(_("There is nothing here by that number."))
    else:
        refuse_unless(institution is not None, _("Name the institution."))
        assert institution is not None
        if not institution.division_id.startswith(place.prefix):
            raise BeyondReach(_("The institution lies in another territory."))
    made = begin_inspection(
        mode, place, institution, trigger=trigger, scope=scope, line=line, trigger_ref=trigger_ref,
        interprovincial=interprovincial, repeat_reason=repeat_reason, by=by,
    )  # fmt: skip
    made.items.set(chosen(items, place) or ([] if line is None else list(line.items.all())))
    record(Act.CASE, by, made.number, move="propose", trigger=trigger)
    return made


def begin_inspection(
    mode: str, place: Division, institution: Institution | None, *, scope: str, by: Account, **facts: object
) -> Inspection:
    one_at_a_time(NUMBERING)
    start = f"{SIGNS[Mode(mode)]}-{place.pk}-{timezone.localdate().year}-"
    count = Inspection.objects.filter(number__startswith=start).count()
    made: Inspection = Inspection.objects.create(
        number=f"{start}{count + 1}", mode=mode, place=place, institution=institution, scope=scope.strip()[:400],
        proposer=by, state=FIRST[Mode(mode)], **facts,
    )  # fmt: skip
    made.events.create(move="propose", after=made.state, by=by, note=made.scope)
    return made


@transaction.atomic
def draw_line(line: PlanLine, *, by: Account) -> Draw:
    """Draw objects and inspectors of a line of a published plan; the inspections begin with it."""
    plan = line.plan
    place = permitted(by)
    if not plan.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(plan.state == PlanState.PUBLISHED, _("A plan is published before anybody is drawn by it."))
    refuse_unless(
        line.mode != Mode.FLIGHT, _("A flight inspection is proposed and approved first; it draws by itself.")
    )
    refuse_unless(not line.draws.exists(), _("This line was drawn already: nobody draws until the draw pleases."))
    rows = drawing.candidates(plan.place, line.kind)
    size = drawing.size_of(line, len(rows))
    made = drawing.draw(plan.place, rows, size, mode=line.mode, reason=f"{plan.title}"[:200], line=line, by=by)
    for one in made.candidates.filter(drawn=True).select_related("institution"):
        begin_drawn(made, one.institution, by=by)
    record(Act.CASE, by, made.number, move="draw", seed=made.seed, size=size, place=place.pk)
    return made


def begin_drawn(draw: Draw, institution: Institution, *, by: Account) -> Inspection:
    """A drawn object's inspection, with the drawn team. Part of the draw's transaction."""
    assert draw.line is not None
    items = list(draw.line.items.all())
    made = begin_inspection(
        draw.mode, draw.place, institution, trigger=Inspection.Trigger.PLAN, line=draw.line, draw=draw, by=by,
        scope="；".join(one.name_zh for one in items), trigger_ref=draw.line.plan.number,
    )  # fmt: skip
    made.items.set(items)
    if draw.mode == Mode.RANDOM:
        made = workflow_of(made).make(made, "draw", by=by)
    else:
        name_the_drawn(made, by=by)
    return made


def chosen(codes: Sequence[str], place: Division) -> list[Item]:
    known = list(ruling.items_of(place.pk).filter(code__in=codes))
    if {one.code for one in known} != set(codes):
        raise MoveRefused(_("Choose items of the list that holds in this place."))
    return known
