"""A year's plan: drawn up by one, approved by another, published to everybody."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.locks import one_at_a_time
from supervision.moves import BeyondReach, Made, Move, MoveRefused, Workflow, by_another_than, refuse_unless

from . import ruling
from .drawing import permitted
from .models import Plan, PlanLine
from .models.plans import Mode, PlanState

AUTHORITY = Department.Party.AUTHORITY
NUMBERING = 7_310_033  # plans are numbered one after the other
WHOLE = 10_000
another_than_drafter = by_another_than("drafter")


@transaction.atomic
def draw_up_plan(title: str, *, year: int, basis: str, by: Account) -> Plan:
    """A plan of the account's own territory, still a draft."""
    place = permitted(by)
    refuse_unless(bool(title.strip() and basis.strip()), _("A plan has a title and a basis."))
    refuse_unless(timezone.localdate().year <= year <= timezone.localdate().year + 1, _("Plan this year or the next."))
    one_at_a_time(NUMBERING)
    start = f"JH-{place.pk}-{year}-"
    count = Plan.objects.filter(number__startswith=start).count()
    made = Plan.objects.create(
        number=f"{start}{count + 1}", place=place, year=year, title=title.strip()[:200], basis=basis.strip()[:200],
        drafter=by, state=PLAN.first,
    )  # fmt: skip
    made.events.create(move="draw_up", after=made.state, by=by)
    record(Act.CASE, by, made.number, move="draw_up_plan")
    return made


@transaction.atomic
def add_plan_line(
    plan: Plan, *, mode: str, kind: str = "", how_many: int | None = None, share: int | None = None,
    first_month: int, last_month: int, items: Sequence[str], by: Account,
) -> PlanLine:  # fmt: skip
    """So many institutions of a kind, or such a share of them (1/10000), on these items; while it is a draft."""
    permitted(by)
    locked = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not locked.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.state == PlanState.DRAFT, _("Only a draft is added to."))
    refuse_unless(mode in Mode.values, _("There is no such mode."))
    refuse_unless(
        (how_many is None) != (share is None) and (how_many or 1) > 0 and 0 < (share or 1) <= WHOLE,
        _("Say how many, or which share of them."),
    )
    refuse_unless(1 <= first_month <= last_month <= 12, _("The months are out of order."))
    known = list(ruling.items_of(locked.place_id).filter(code__in=items))
    if not known or {one.code for one in known} != set(items):
        raise MoveRefused(_("Choose items of the list that holds in this place."))
    made = PlanLine.objects.create(
        plan=locked, mode=mode, kind=kind, how_many=how_many, share=share, first_month=first_month,
        last_month=last_month,
    )  # fmt: skip
    made.items.set(known)
    record(Act.CASE, by, locked.number, move="add_line", line=made.pk)
    return made


@transaction.atomic
def drop_plan_line(plan: Plan, number: int, *, by: Account) -> None:
    """Take a line out again, while it is a draft."""
    permitted(by)
    locked = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    line = locked.lines.filter(pk=number).first()
    if not locked.reaches(by) or line is None:
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.state == PlanState.DRAFT, _("Only a draft is changed."))
    line.items.clear()
    line.delete()
    record(Act.CASE, by, locked.number, move="drop_line", line=number)


def has_lines(plan: Plan, by: Account) -> None:
    """with at least one line"""
    refuse_unless(plan.lines.exists(), _("It has no line yet."))


def approves(plan: Plan, made: Made[Plan]) -> None:
    """keeps who has approved it"""
    plan.approver = made.by


def shows(plan: Plan, made: Made[Plan]) -> None:
    """stands on the public site from now on"""
    plan.published_on = timezone.localdate()


MOVES: dict[str, Move[Plan]] = {
    "approve": Move(
        frozenset({PlanState.DRAFT}), PlanState.APPROVED, Duty.DECIDE, gettext_lazy("Approve the plan"),
        party=AUTHORITY, conditions=(another_than_drafter, has_lines), effects=(approves,),
    ),
    "publish": Move(
        frozenset({PlanState.APPROVED}), PlanState.PUBLISHED, Duty.INVESTIGATE, gettext_lazy("Publish the plan"),
        party=AUTHORITY, effects=(shows,),
    ),
}  # fmt: skip

PLAN = Workflow[Plan](
    name="inspection_plan", words=gettext_lazy("A plan of inspections"), states=PlanState, act=Act.CASE,
    moves=MOVES, first=PlanState.DRAFT, module=__name__,
)  # fmt: skip
