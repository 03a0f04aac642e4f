"""The investigation of a penalty: what its officers put on record, each choice as a move of its own."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.models import Department, Duty
from supervision.cases import punishing, violating, weighing
from supervision.cases.deciding import approved, handled
from supervision.cases.facts import AMOUNT, AT, DAY, RECORD, RESULT, WHERE, Kind, ask
from supervision.cases.letters import issues
from supervision.cases.models import Grade, Proceeding, Violation
from supervision.cases.models import PenaltyState as S
from supervision.cases.timing import meets, starts
from supervision.documents.models import Service
from supervision.moves import Made, Move

from . import due_process as due
from . import procedure
from .conditions import by_an_officer, by_no_officer, nothing_asked_of_officers, two_officers

AUTHORITY = Department.Party.AUTHORITY

SCOPE = ask("inspection_scope", Kind.WORDS, _("What is inspected"))
ITEMS = ask("items", Kind.WORDS, _("Items, a line each: name | kind | source | number"))
STORED = ask("stored", Kind.WORDS, _("Items, a line each: name | number | where it is kept"))
TYPE = ask("violation_type", Kind.CHOICE, _("Violation"), choices=violating.types_offered)
LINES = ask("lines", Kind.CHOICES, _("Lines it is about"), choices=violating.lines_offered)
FROM = ask("acted_from", Kind.DAY, _("First day of the act"))
UNTIL = ask("acted_until", Kind.DAY, _("Last day of the act"))
LIMITATION = ask("limitation", Kind.CHOICE, _("Limitation"), choices=lambda _one: Violation.Limitation.choices)
LIMITATION_REASON = ask("limitation_reason", Kind.WORDS, _("Why this limitation"))
VIOLATION = ask("violation", Kind.CHOICE, _("Violation on record"), choices=violating.violations_offered)
LOSS_METHOD = ask(
    "loss_method", Kind.CHOICE, _("How the loss was found"), choices=lambda _one: Violation.Method.choices
)
BASE = ask("base", Kind.MONEY, _("Base of the fine in yuan"))
FACTOR = ask("factor", Kind.CHOICE, _("Factor"), choices=violating.factors_offered)
EXPLANATION = ask("explanation", Kind.WORDS, _("Why this factor counts"))
GRADE = ask("grade", Kind.CHOICE, _("Grade of discretion"), choices=lambda _one: Grade.choices)
MULTIPLE = ask("multiple", Kind.MONEY, _("Multiple, or yuan where the range is in yuan"))
MONTHS = ask("months", Kind.NUMBER, _("Months"))
METHOD = ask("method", Kind.CHOICE, _("How it is served"), choices=lambda _one: Service.Method.choices)
RECEIVED_BY = ask("received_by", Kind.LINE, _("Who received it"))
DEMAND = ask("demand", Kind.WORDS, _("What must be put right"))
CORRECT_BY = ask("correct_by", Kind.DAY, _("To be corrected by"))


def of_penalty(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    return punishing.said(proceeding)


def of_inspection(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    basis = "《医疗保障基金使用监督管理条例》第二十七条"
    return {**punishing.said(proceeding), "scope": made.facts["inspection_scope"], "basis": basis}


def of_preservation(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    deadline = timezone.localdate(proceeding.clock.due_at) if proceeding.clock else None
    basis = "《中华人民共和国行政处罚法》第五十六条"
    told = {"reason": made.note, "items": made.facts["stored"], "deadline": deadline, "basis": basis}
    return {**punishing.said(proceeding), **told}


def records(
    name: str, words: Promise, effect: procedure.Step, *asks: str, needs_note: bool = False
) -> dict[str, Move[Proceeding]]:
    """A move of the officers that adds to the investigation and leaves it under way."""
    return {
        name: Move(
            frozenset({S.INVESTIGATING}), S.INVESTIGATING, Duty.INVESTIGATE, words, party=AUTHORITY,
            conditions=(by_an_officer, two_officers), effects=(effect,), needs_note=needs_note, asks=asks,
        )
    }  # fmt: skip


INVESTIGATION: dict[str, Move[Proceeding]] = {
    "investigate": Move(
        frozenset({S.FILED}), S.INVESTIGATING, Duty.INVESTIGATE, _("Begin the investigation"), party=AUTHORITY,
        conditions=(by_an_officer, two_officers),
        effects=(issues("inspection_notice", of_inspection),),
        asks=(SCOPE,),
    ),
    **records(
        "record_onsite", _("Record an inspection on the spot"), issues("onsite_record", of_penalty), WHERE, AT, RECORD
    ),
    **records("record_interview", _("Record an inquiry"), issues("interview_record", of_penalty), WHERE, AT, RECORD),
    **records("list_evidence", _("List evidence"), issues("evidence_list", of_penalty), ITEMS),
    **records(
        "charge", _("Record a violation"), violating.charge, TYPE, LINES, FROM, UNTIL, LIMITATION, LIMITATION_REASON
    ),
    **records(
        "charge_conduct", _("Record a violation without an amount"), violating.charge_conduct,
        TYPE, FROM, UNTIL, LIMITATION, LIMITATION_REASON,
    ),
    **records(
        "assess", _("Set the loss by another method"), weighing.assess, VIOLATION, LOSS_METHOD, BASE, needs_note=True
    ),
    **records(
        "order_correction", _("Order it to be corrected"), procedure.order_correction,
        VIOLATION, DEMAND, CORRECT_BY, DAY, METHOD, RECEIVED_BY,
    ),
    **records(
        "note_refusal", _("Note that the party refuses to correct"), weighing.note_refusal, VIOLATION, needs_note=True
    ),
    **records("weigh", _("Let a factor count"), weighing.weigh_factor, VIOLATION, FACTOR, EXPLANATION),
    **records("propose_fine", _("Propose the fine"), weighing.propose_fine, VIOLATION, GRADE, MULTIPLE),
    **records(
        "propose_suspension", _("Propose a suspension"), weighing.propose_suspension, VIOLATION, MONTHS,
        needs_note=True,
    ),
    **records(
        "propose_confiscation", _("Propose to confiscate illegal income"), weighing.propose_confiscation,
        VIOLATION, AMOUNT, needs_note=True,
    ),
    **records("take_back", _("Take a violation back"), violating.withdraw, VIOLATION, needs_note=True),
    "preserve": Move(
        frozenset({S.INVESTIGATING}), S.PRESERVED, Duty.DECIDE, _("Preserve evidence"), party=AUTHORITY,
        conditions=(two_officers, by_no_officer),
        effects=(starts("P02"), issues("preservation_decision", of_preservation)), needs_note=True, asks=(STORED,),
    ),
    "end_preservation": Move(
        frozenset({S.PRESERVED}), S.INVESTIGATING, Duty.INVESTIGATE, _("Decide on what was preserved"), party=AUTHORITY,
        conditions=(by_an_officer, two_officers), effects=(meets,), asks=(RESULT,),
    ),
    "report": Move(
        frozenset({S.INVESTIGATING}), S.REPORTED, Duty.INVESTIGATE, _("Report the investigation"), party=AUTHORITY,
        conditions=(by_an_officer, two_officers, nothing_asked_of_officers, due.weighed), effects=(handled,),
        needs_note=True,
    ),
}  # fmt: skip

ENDING: dict[str, Move[Proceeding]] = {
    "end": Move(
        frozenset({S.INVESTIGATING, S.REPORTED}), S.ENDED, Duty.DECIDE, _("End the investigation"), party=AUTHORITY,
        conditions=(by_no_officer, due.another), effects=(approved, violating.free_all, procedure.drop_clocks),
        needs_note=True,
    ),
}  # fmt: skip
