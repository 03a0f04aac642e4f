"""How a flight inspection goes: from the proposal to the look-back. docs/workflows.md shows this table."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Division, Duty, chain
from supervision.audit.models import Act
from supervision.cases.facts import RESULT, Kind, ask
from supervision.inspections import drawing, joining, letters, teaming, timing, voting
from supervision.inspections.models import Draw, Inspection
from supervision.inspections.models.inspections import FlightState as S
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import shared
from .shared import AUTHORITY, PUBLISHED


def hosts(inspection: Inspection) -> Iterator[tuple[str, str]]:
    """The divisions of the inspected place, below the one that has organised it, the narrowest first."""
    institution = inspection.institution
    if institution is None:
        return
    codes = [code for code in chain(institution.division_id) if code.startswith(inspection.place.prefix)]
    for one in Division.objects.filter(pk__in=codes).order_by("-level"):
        yield one.pk, str(one)


FILING = ask("filing", Kind.LINE, gettext_lazy("Number of the filing with the nation"))
IMPLEMENTATION = ask("implementation", Kind.WORDS, gettext_lazy("Plan of implementation"))
HOST = ask("host", Kind.CHOICE, gettext_lazy("Handed over to"), choices=hosts)
PROGRESS = ask("progress", Kind.WORDS, gettext_lazy("Progress and plan of rectification"))

another_than_proposer = by_another_than("proposer")


def filed_where_it_must_be(inspection: Inspection, by: Account) -> None:
    """filed with the nation, where it crosses provinces"""
    refuse_unless(
        not inspection.interprovincial or inspection.state == S.FILED,
        _("An inter-provincial inspection is filed with the nation before it begins."),
    )


def crosses_provinces(inspection: Inspection, by: Account) -> None:
    """where it crosses provinces"""
    refuse_unless(inspection.interprovincial, _("Only an inter-provincial inspection is filed with the nation."))


def nothing_stands_or_it_was_put_right(inspection: Inspection, by: Account) -> None:
    """put right, or without a finding that stands"""
    refuse_unless(
        inspection.state != S.REPORTED or not voting.standing_facts(inspection), _("What stands is handed over first.")
    )


def something_stands(inspection: Inspection, by: Account) -> None:
    """with a finding that stands"""
    refuse_unless(bool(voting.standing_facts(inspection)), _("Nothing stands, so there is nothing to hand over."))


def of_the_host(inspection: Inspection, by: Account) -> None:
    """by the place it was handed over to"""
    host = inspection.host_id or "-"
    holds = by.territory is not None and (host.startswith(by.territory.prefix))
    refuse_unless(holds, _("The place it was handed over to does this."))


def draws(inspection: Inspection, made: Made[Inspection]) -> None:
    """draws the object by weight, where it goes by the plan, and in any case the officers"""
    line, known = inspection.line, inspection.institution
    rows = [known] if known else drawing.candidates(inspection.place, line.kind if line else "")
    drawn: Draw = drawing.draw(
        inspection.place, rows, 1, mode=inspection.mode, reason=inspection.number, line=line, weighted=known is None,
        by=made.by,
    )  # fmt: skip
    inspection.draw, inspection.institution = drawn, drawn.candidates.get(drawn=True).institution
    teaming.name_the_drawn(inspection, by=made.by)


def hands_over(inspection: Inspection, made: Made[Inspection]) -> None:
    """makes it the inspected place's to handle, starts flight_progress, and issues inspection_handover"""
    inspection.host = Division.objects.filter(pk=str(made.facts["host"])).first()
    offered = {code for code, _words in hosts(inspection)}
    refuse_unless(inspection.host_id in offered, _("It is handed over to the place of the institution."))
    assert inspection.host is not None
    timing.starts(timing.PROGRESS, Duty.HEAR)(inspection, made)
    assert inspection.clock is not None
    facts = voting.standing_facts(inspection)
    letters.write(
        "inspection_handover", inspection, by=made.by, to=f"{inspection.host.name_zh}医疗保障局",
        to_en=f"Healthcare Security Administration of {inspection.host.name_en}", facts=letters.told_standing(facts),
        deadline=timezone.localdate(inspection.clock.due_at),
    )  # fmt: skip


MOVES: shared.Moves = {
    "approve": Move(
        frozenset({S.PROPOSED}), S.APPROVED, Duty.DECIDE, gettext_lazy("Approve the inspection"), party=AUTHORITY,
        conditions=(another_than_proposer,), effects=(shared.approves,),
    ),
    "file": Move(
        frozenset({S.APPROVED}), S.FILED, Duty.INVESTIGATE, gettext_lazy("File it with the nation"), party=AUTHORITY,
        conditions=(crosses_provinces,), asks=(FILING,),
    ),
    "draw": Move(
        frozenset({S.APPROVED, S.FILED}), S.DRAWN, Duty.INVESTIGATE, gettext_lazy("Draw"), party=AUTHORITY,
        conditions=(filed_where_it_must_be,), effects=(draws,),
    ),
    "prepare": Move(
        frozenset({S.DRAWN}), S.PREPARED, Duty.INVESTIGATE, gettext_lazy("Prepare it"), party=AUTHORITY,
        conditions=(shared.by_the_leader, shared.team_is_whole, shared.repetition_is_explained),
        asks=(IMPLEMENTATION,),
    ),
    **shared.on_site(frozenset({S.PREPARED})),
    **shared.heard(S.FEEDBACK),
    "report": Move(
        frozenset({S.DEFENDED}), S.REPORTED, Duty.INVESTIGATE, gettext_lazy("Decide together and report"),
        party=AUTHORITY,
        conditions=(shared.by_the_leader, shared.disputes_are_decided, shared.nothing_is_sealed),
        effects=(letters.decides,), needs_note=True,
    ),
    "hand_over": Move(
        frozenset({S.REPORTED}), S.HANDED_OVER, Duty.DECIDE, gettext_lazy("Hand over to the inspected place"),
        party=AUTHORITY, conditions=(shared.of_the_organiser, shared.by_nobody_of_the_team, something_stands),
        effects=(hands_over,), asks=(HOST,),
    ),
    "take_over": Move(
        frozenset({S.HANDED_OVER}), S.HANDLING, Duty.HEAR, gettext_lazy("Take it over, and hand the findings on"),
        party=AUTHORITY, conditions=(of_the_host, joining.not_joined_yet), effects=(joining.joins,),
    ),
    "rectify": Move(
        frozenset({S.HANDLING}), S.RECTIFIED, Duty.HEAR, gettext_lazy("Report the progress"), party=AUTHORITY,
        conditions=(of_the_host,), effects=(timing.meets,), asks=(PROGRESS,),
    ),
    "look_back": Move(
        frozenset({S.RECTIFIED}), S.LOOKED_BACK, Duty.INVESTIGATE, gettext_lazy("Look back at it"), party=AUTHORITY,
        conditions=(shared.of_the_organiser,), asks=(RESULT,),
    ),
    "close": Move(
        frozenset({S.REPORTED, S.RECTIFIED, S.LOOKED_BACK}), S.CLOSED, Duty.DECIDE,
        gettext_lazy("Close it and publish the result"), party=AUTHORITY,
        conditions=(shared.of_the_organiser, shared.by_nobody_of_the_team, nothing_stands_or_it_was_put_right),
        effects=(shared.publishes,), asks=(PUBLISHED,),
    ),
    **shared.cancelled(
        frozenset({S.PROPOSED, S.APPROVED, S.FILED, S.DRAWN, S.PREPARED, S.ONSITE, S.FEEDBACK, S.DEFENDED})
    ),
}  # fmt: skip

FLIGHT = Workflow[Inspection](
    name="flight_inspection", words=gettext_lazy("A flight inspection"), states=S, act=Act.CASE, moves=MOVES,
    first=S.PROPOSED, module=__name__,
)  # fmt: skip
