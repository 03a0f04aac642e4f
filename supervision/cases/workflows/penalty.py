"""An administrative penalty (the brief's state machine 14): from filing to the archive, with all the law asks between.

The lead of machine 14 is the case itself: a penalty begins where the person in charge files it.
"""

from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.cases import challenging, punishing, referring, violating
from supervision.cases.deciding import approved, closed
from supervision.cases.facts import AT, DAY, PRESENT, RECORD, RESULT, WHERE, Kind, ask
from supervision.cases.letters import issues
from supervision.cases.models import PenaltyState as State
from supervision.cases.models import Proceeding
from supervision.cases.timing import meets, starts
from supervision.moves import Made, Move, Workflow

from . import due_process as due
from . import procedure
from .beginning import Beginning
from .conditions import by_an_officer, by_no_officer, nothing_asked_of_officers, two_officers
from .execution import FORUM, STATEMENT, execution
from .investigation import AUTHORITY, ENDING, INVESTIGATION, METHOD, RECEIVED_BY

S = State


def who_may_preside(proceeding: Proceeding) -> list[tuple[str, str]]:
    """Who reviews or decides, and does not handle the case."""
    holders = Account.objects.filter(duties__overlap=[Duty.LEGAL, Duty.DECIDE], is_active=True, institution=None)
    officers = set(proceeding.case.officers.values_list("account", flat=True))
    return [(one.username, str(one)) for one in holders if one.pk not in officers and proceeding.reaches(one)]


HEARING_AT = ask("hearing_at", Kind.MOMENT, _("When the hearing is held"))
PRESIDER = ask("presider", Kind.CHOICE, _("Who presides"), choices=who_may_preside)
CONCLUSION = ask("conclusion", Kind.WORDS, _("Conclusion"))


def of_decision(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    """Without a deadline: the time to pay runs from the service, and the time to speak is over."""
    return {**punishing.said(proceeding), "deadline": None}


def of_no_penalty(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    basis = punishing.ground_of_no_penalty(proceeding)
    return {**punishing.said(proceeding), "reason": made.note, "basis": basis}


def of_closing(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    return {**punishing.said(proceeding), "opinion": made.note}


def notes(name: str, value: bool = True) -> procedure.Step:
    """Keep in the penalty's row that this was done."""

    def noting(proceeding: Proceeding, made: Made[Proceeding]) -> None:
        punishing.keep(proceeding, **{name: value})

    noting.__doc__ = f"notes that it was {name}"
    return noting


PENALTY_BEGINS = Beginning(
    Duty.DECIDE, _("File for a penalty"), party=AUTHORITY, effects=(procedure.file, referring.hold_where_away),
    conditions=(due.case_is_verified, due.no_other_penalty, two_officers, by_no_officer),
)  # fmt: skip

REVIEW: dict[str, Move[Proceeding]] = {
    "submit": Move(
        frozenset({S.REPORTED}), S.LEGAL_REVIEW, Duty.INVESTIGATE, _("Submit for legal review"), party=AUTHORITY,
        conditions=(by_an_officer, two_officers),
    ),
    "pass_review": Move(
        frozenset({S.LEGAL_REVIEW}), S.REVIEWED, Duty.LEGAL, _("Pass the legal review"), party=AUTHORITY,
        conditions=(by_no_officer, due.another), effects=(procedure.reviewed, punishing.opinion), needs_note=True,
    ),
    "send_back": Move(
        frozenset({S.LEGAL_REVIEW}), S.INVESTIGATING, Duty.LEGAL, _("Send back to the officers"), party=AUTHORITY,
        conditions=(by_no_officer, due.another), needs_note=True,
    ),
    "return": Move(
        frozenset({S.REVIEWED, S.DEFENDED, S.DISCUSSED}), S.INVESTIGATING, Duty.DECIDE,
        _("Have it investigated further"), party=AUTHORITY, conditions=(by_no_officer, due.another),
        effects=(notes("discussed", False), procedure.end_window), needs_note=True,
    ),
    "notify": Move(
        frozenset({S.REVIEWED}), S.NOTIFIED, Duty.INVESTIGATE, _("Tell the party beforehand"), party=AUTHORITY,
        conditions=(by_an_officer, two_officers, due.charged, due.not_fined_after_a_court),
        effects=(punishing.refuse_a_rise, procedure.tell_beforehand), asks=(DAY, METHOD, RECEIVED_BY),
    ),
    "defend": Move(
        frozenset({S.NOTIFIED}), S.DEFENDED, Duty.INVESTIGATE, _("Record the defence"), party=AUTHORITY,
        conditions=(by_an_officer,), effects=(procedure.hear_the_party,), asks=(STATEMENT,),
    ),
    "lapse": Move(
        frozenset({S.NOTIFIED}), S.DEFENDED, Duty.INVESTIGATE, _("Record that the party said nothing"), party=AUTHORITY,
        conditions=(by_an_officer, due.window_is_over), effects=(meets,),
    ),
    "request_hearing": Move(
        frozenset({S.NOTIFIED, S.DEFENDED}), S.HEARING_REQUESTED, Duty.INVESTIGATE,
        _("Record that a hearing is asked for"), party=AUTHORITY, conditions=(by_an_officer, due.may_be_heard),
        effects=(procedure.hear_the_party, procedure.end_window), asks=(STATEMENT,),
    ),
    "call_hearing": Move(
        frozenset({S.HEARING_REQUESTED, S.HEARING_SET}), S.HEARING_SET, Duty.DECIDE, _("Call the hearing"),
        party=AUTHORITY, conditions=(by_no_officer, due.another), effects=(procedure.hear_on,),
        asks=(HEARING_AT, WHERE, PRESIDER),
    ),
    "serve_hearing_notice": Move(
        frozenset({S.HEARING_SET}), S.HEARING_SET, Duty.INVESTIGATE, _("Serve the notice of the hearing"),
        party=AUTHORITY, conditions=(by_an_officer,), effects=(procedure.serve_hearing_notice,),
        asks=(DAY, METHOD, RECEIVED_BY),
    ),
    "hold_hearing": Move(
        frozenset({S.HEARING_SET}), S.HEARD, Duty.LEGAL, _("Hold the hearing"), party=AUTHORITY,
        conditions=(by_no_officer, due.not_heard_by_its_officers, due.told_of_the_hearing),
        effects=(issues("hearing_record", lambda one, made: {**punishing.said(one), "host": str(made.by)}),
                 notes("heard"), procedure.run_again),
        asks=(AT, WHERE, PRESENT, RECORD),
    ),
    "give_up_hearing": Move(
        frozenset({S.HEARING_REQUESTED, S.HEARING_SET}), S.DEFENDED, Duty.INVESTIGATE,
        _("Record that the party gives the hearing up"), party=AUTHORITY, conditions=(by_an_officer,),
        effects=(procedure.run_again,), needs_note=True,
    ),
    "review_hearing": Move(
        frozenset({S.HEARD}), S.DEFENDED, Duty.LEGAL, _("Review after the hearing"), party=AUTHORITY,
        conditions=(by_no_officer, due.another), effects=(procedure.reviewed, punishing.opinion), needs_note=True,
    ),
    "discuss": Move(
        frozenset({S.DEFENDED}), S.DISCUSSED, Duty.DECIDE, _("Discuss collectively"), party=AUTHORITY,
        conditions=(by_no_officer, due.another, due.no_hearing_to_come),
        effects=(notes("discussed"), issues("collective_discussion", of_decision)),
        asks=(AT, PRESENT, RECORD, CONCLUSION),
    ),
}  # fmt: skip

DECIDING = (
    two_officers, nothing_asked_of_officers, by_no_officer, due.a_third, due.not_in_place_of_the_police,
)  # fmt: skip
READY = frozenset({S.DEFENDED, S.DISCUSSED})

DECISION: dict[str, Move[Proceeding]] = {
    "decide": Move(
        READY, S.DECIDED, Duty.DECIDE, _("Decide the penalty"), party=AUTHORITY,
        conditions=(
            *DECIDING, due.charged, due.weighed, due.no_hearing_to_come, due.discussed_where_major,
            due.not_fined_after_a_court,
        ),
        effects=(
            approved, issues("penalty_decision", of_decision), punishing.book_decision, procedure.end_all,
            procedure.end_window, starts("P06"),
        ),
    ),
    "decide_none": Move(
        frozenset({S.REVIEWED, S.DEFENDED, S.DISCUSSED}), S.NO_PENALTY, Duty.DECIDE, _("Decide not to punish"),
        party=AUTHORITY, conditions=(*DECIDING, due.nothing_charged),
        effects=(approved, issues("no_penalty_decision", of_no_penalty), punishing.demand_refund, violating.free_all,
                 procedure.drop_clocks, starts("P06")),
        needs_note=True,
    ),
    "refer": Move(
        frozenset({S.INVESTIGATING, S.REPORTED, S.REVIEWED, S.DEFENDED, S.DISCUSSED}), S.REFERRED, Duty.DECIDE,
        _("Leave it to the police"), party=AUTHORITY, conditions=(by_no_officer, due.another, due.with_the_police),
        effects=(approved, procedure.end_window), needs_note=True,
    ),
    "rejoin": Move(
        frozenset({S.REFERRED}), S.INVESTIGATING, Duty.DECIDE, _("Take up again what the police returned"),
        party=AUTHORITY, conditions=(by_no_officer, due.not_in_place_of_the_police), effects=(procedure.reopened,),
        needs_note=True,
    ),
    "serve": Move(
        frozenset({S.DECIDED}), S.SERVED, Duty.INVESTIGATE, _("Serve the decision"), party=AUTHORITY,
        conditions=(by_an_officer,), effects=(procedure.serve_decision,), asks=(DAY, METHOD, RECEIVED_BY),
    ),
    "serve_no_penalty": Move(
        frozenset({S.NO_PENALTY}), S.NONE_SERVED, Duty.INVESTIGATE, _("Serve the decision not to punish"),
        party=AUTHORITY, conditions=(by_an_officer,), effects=(procedure.serve_no_penalty,),
        asks=(DAY, METHOD, RECEIVED_BY),
    ),
}  # fmt: skip

EXECUTION: dict[str, Move[Proceeding]] = {
    **execution(S.SERVED, S.CLOSED),
    "challenge_no_penalty": Move(
        frozenset({S.NONE_SERVED}), S.CHALLENGED, Duty.INVESTIGATE, _("Note a reconsideration or a suit"),
        party=AUTHORITY, conditions=(by_an_officer, due.may_be_challenged), effects=(challenging.begin,),
        asks=(DAY, FORUM),
    ),
    "uphold_no_penalty": Move(
        frozenset({S.CHALLENGED}), S.NONE_SERVED, Duty.INVESTIGATE,
        _("Note that the decision not to punish was upheld"), party=AUTHORITY,
        conditions=(by_an_officer, due.not_punished), effects=(challenging.end, challenging.sue_next),
        asks=(DAY, RESULT),
    ),
    "close": Move(
        frozenset({S.PAID, S.ENFORCEMENT, S.NONE_SERVED, S.REVOKED, S.ENDED, S.REFERRED}), S.CLOSED, Duty.DECIDE,
        _("Close"), party=AUTHORITY,
        conditions=(by_no_officer, due.another, due.nothing_owed_back, due.publication_is_withdrawn),
        effects=(issues("closing_approval", of_closing), procedure.drop_clocks, closed), needs_note=True,
        asks=(RESULT,),
    ),
    "archive": Move(
        frozenset({S.CLOSED}), S.ARCHIVED, Duty.INVESTIGATE, _("Archive"), party=AUTHORITY,
        conditions=(by_an_officer, due.not_challenged_any_more), effects=(procedure.drop_clocks, challenging.drop_ways),
    ),
}  # fmt: skip

PENALTY: Workflow[Proceeding] = Workflow(
    name="penalty", words=_("An administrative penalty"), states=State, act=Act.CASE, first=State.FILED,
    module="supervision/cases/workflows/penalty.py",
    moves={**INVESTIGATION, **REVIEW, **DECISION, **EXECUTION, **ENDING},
)  # fmt: skip
