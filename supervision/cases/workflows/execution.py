"""What follows once a penalty was served, filed or on the spot: paying or putting off, challenge, reminder, court."""

from django.utils.translation import gettext_lazy as _

from institutions.models import Duty
from supervision.cases import challenging, deferring, punishing, undoing
from supervision.cases.facts import DAY, RESULT, Kind, ask
from supervision.cases.models import Challenge, Proceeding
from supervision.cases.models import PenaltyState as S
from supervision.cases.timing import meets
from supervision.moves import Move

from . import due_process as due
from . import procedure
from .conditions import by_an_officer, by_no_officer
from .investigation import AUTHORITY, METHOD, RECEIVED_BY

STATEMENT = ask("statement", Kind.WORDS, _("What the party says"))
FORUM = ask("challenge_forum", Kind.CHOICE, _("Where it is challenged"), choices=lambda _one: Challenge.Forum.choices)
COURT = ask("court", Kind.LINE, _("Court"))
PARTS = ask("parts", Kind.NUMBER, _("In how many monthly parts; 1 to put it off"))
FIRST_ON = ask("first_on", Kind.DAY, _("First due on"))
NEW_FINE = ask("new_fine", Kind.MONEY, _("Fine that is left, in yuan"))

Moves = dict[str, Move[Proceeding]]


def execution(served: str, closed: str) -> Moves:
    """The same rows for both tables; they call differently what was served, and what is closed."""
    return {**deferrals(served), **surcharges(served), **challenges(served, closed), **enforcement(served)}


def deferrals(served: str) -> Moves:
    """Hardship: paid later or in parts (Law on Administrative Penalty, art. 66)."""
    asked: Moves = {}
    for late, state in (("", served), ("_overdue", S.OVERDUE)):
        asked[f"ask_deferral{late}"] = Move(
            frozenset({state}), state, Duty.INVESTIGATE, _("Record that the party asks to pay later or in parts"),
            party=AUTHORITY, conditions=(by_an_officer,), effects=(deferring.ask,), asks=(STATEMENT, PARTS, FIRST_ON),
        )  # fmt: skip
        asked[f"refuse_deferral{late}"] = Move(
            frozenset({state}), state, Duty.DECIDE, _("Refuse to let it pay later"), party=AUTHORITY,
            conditions=(by_no_officer, due.deferral_asked), effects=(deferring.refuse,), needs_note=True,
        )  # fmt: skip
    grant: Move[Proceeding] = Move(
        frozenset({served, S.OVERDUE}), served, Duty.DECIDE, _("Let it pay later or in parts"), party=AUTHORITY,
        conditions=(by_no_officer, due.deferral_asked), effects=(deferring.grant,), needs_note=True,
    )  # fmt: skip
    return {**asked, "grant_deferral": grant}


def surcharges(served: str) -> Moves:
    booked = (
        ("book_surcharge", S.OVERDUE), ("book_surcharge_reminded", S.REMINDED),
        ("book_surcharge_at_court", S.ENFORCEMENT), ("correct_surcharge", served), ("correct_surcharge_paid", S.PAID),
    )  # fmt: skip
    return {
        "note_overdue": Move(
            frozenset({served}), S.OVERDUE, Duty.INVESTIGATE, _("Note that it is overdue"), party=AUTHORITY,
            conditions=(by_an_officer, due.overdue), effects=(punishing.book_surcharge,),
        ),
        **{
            name: Move(
                frozenset({state}), state, Duty.BOOK, _("Book the surcharge as it is today"),
                effects=(punishing.book_surcharge, undoing.ask_back),
            )
            for name, state in booked
        },
    }  # fmt: skip


def challenges(served: str, closed: str) -> Moves:
    """Reconsideration and suit, also of a fine that is paid or a proceeding that is closed."""
    known = (S.REVOKED, served, S.OVERDUE, S.REMINDED, S.PAID, S.ENFORCEMENT)
    return {
        "challenge": Move(
            frozenset({served, S.OVERDUE, S.REMINDED, S.PAID, closed}), S.CHALLENGED, Duty.INVESTIGATE,
            _("Note a reconsideration or a suit"), party=AUTHORITY,
            conditions=(by_an_officer, due.may_be_challenged), effects=(challenging.begin,), asks=(DAY, FORUM),
        ),
        "uphold": Move(
            frozenset({S.CHALLENGED}), served, Duty.INVESTIGATE, _("Note that the decision was upheld"),
            party=AUTHORITY, conditions=(by_an_officer, due.punished),
            effects=(challenging.end, challenging.sue_next), asks=(DAY, RESULT),
        ),
        "change": Move(
            frozenset({S.CHALLENGED}), served, Duty.DECIDE, _("Carry out that the fine was lowered"), party=AUTHORITY,
            conditions=(by_no_officer, due.punished),
            effects=(challenging.end, undoing.lower, challenging.sue_next, challenging.withdraw_publication),
            asks=(DAY, RESULT, NEW_FINE),
        ),
        "revoke": Move(
            frozenset({S.CHALLENGED}), S.REVOKED, Duty.DECIDE, _("Carry out that the decision was revoked"),
            party=AUTHORITY, conditions=(by_no_officer, due.nothing_rests_on_it),
            effects=(
                challenging.end, undoing.undo, procedure.drop_clocks, challenging.drop_ways,
                challenging.withdraw_publication,
            ),
            needs_note=True, asks=(DAY, RESULT),
        ),
        **{
            f"unpublish_{state}": Move(
                frozenset({state}), state, Duty.INVESTIGATE, _("Note that its publication was withdrawn"),
                party=AUTHORITY, conditions=(by_an_officer, due.publication_to_withdraw),
                effects=(challenging.publication_withdrawn,), asks=(DAY, RESULT),
            )
            for state in known
        },
    }  # fmt: skip


def enforcement(served: str) -> Moves:
    return {
        "remind": Move(
            frozenset({S.OVERDUE}), S.REMINDED, Duty.INVESTIGATE, _("Remind"), party=AUTHORITY,
            conditions=(by_an_officer, due.overdue, due.not_challenged_any_more),
            effects=(punishing.book_surcharge, procedure.remind),
        ),
        "deliver_reminder": Move(
            frozenset({S.REMINDED}), S.REMINDED, Duty.INVESTIGATE, _("Serve the reminder"), party=AUTHORITY,
            conditions=(by_an_officer,), effects=(procedure.serve_reminder,), asks=(DAY, METHOD, RECEIVED_BY),
        ),
        "enforce": Move(
            frozenset({S.REMINDED}), S.ENFORCEMENT, Duty.DECIDE, _("Apply to the court"), party=AUTHORITY,
            conditions=(by_no_officer, due.not_challenged_any_more, due.reminded_long_enough),
            effects=(punishing.book_surcharge, procedure.apply, meets), asks=(COURT,),
        ),
        "settle": Move(
            frozenset({served, S.OVERDUE, S.REMINDED, S.ENFORCEMENT}), S.PAID, Duty.BOOK, _("Note that all is paid"),
            conditions=(due.paid,), effects=(procedure.settled,),
        ),
    }  # fmt: skip
