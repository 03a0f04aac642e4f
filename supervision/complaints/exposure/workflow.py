"""How a case comes to be told and how it is taken back (the brief's state machine 35), and how errors are answered."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.cases.facts import Kind, ask
from supervision.clocks import limits, running
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import decisions
from .knowing import hits
from .models import Claimed, ErrorClaim, Exposed, TypicalCase
from .models.cases import CHINESE, ENGLISH, ON_THE_PAGE, WORDS

AUTHORITY = Department.Party.AUTHORITY
S = Exposed
LINES = ("title_zh", "title_en")
for column, words in WORDS.items():
    ask(column, Kind.LINE if column in LINES else Kind.WORDS, words)


# --- What moves ask for besides state and duty ------------------------------------------------------


def names_nobody(typical: TypicalCase, by: Account) -> None:
    """Nothing in the text points at a person."""
    left = hits(typical)
    refuse_unless(
        not left,
        _("%(number)s places in the text may point at somebody, first: %(first)s.")
        % {"number": len(left), "first": left[0].text if left else ""},
    )


def finally_decided(typical: TypicalCase, by: Account) -> None:
    """Its penalty is final: only then is an institution named."""
    refuse_unless(
        typical.case.institution_id is not None and decisions.is_final(typical.case),
        _("An institution is named only after a penalty that nobody can challenge any more."),
    )


# --- What moves do ----------------------------------------------------------------------------------


def rewrite(typical: TypicalCase, made: Made[TypicalCase]) -> None:
    """keeps the new text; whoever writes last is its author"""
    for name in (*CHINESE, *ENGLISH):
        if name in made.facts:
            setattr(typical, name, str(made.facts[name]).strip())
    typical.drafted_by, typical.checked_by, typical.approver = made.by, None, None


def name_it(typical: TypicalCase, made: Made[TypicalCase]) -> None:
    """names the institution"""
    typical.institution = typical.case.institution


def leave_it_out(typical: TypicalCase, made: Made[TypicalCase]) -> None:
    """names no institution"""
    typical.institution = None


def checked(typical: TypicalCase, made: Made[TypicalCase]) -> None:
    """keeps who had it checked"""
    typical.checked_by = made.by


def approved(typical: TypicalCase, made: Made[TypicalCase]) -> None:
    """keeps who approved"""
    typical.approver = made.by


def published(typical: TypicalCase, made: Made[TypicalCase]) -> None:
    """puts it on the public page"""
    typical.published_on, typical.withdrawn_on = timezone.localdate(), None


def withdrawn(typical: TypicalCase, made: Made[TypicalCase]) -> None:
    """takes it off the public page, and ends P09"""
    typical.withdrawn_on = timezone.localdate()
    running.meet_if_going(typical.clock)


def fell_due(typical: TypicalCase, made: Made[TypicalCase]) -> None:
    """starts P09 from the day on which the decision fell"""
    gone = decisions.fallen(typical.case, typical.published_on)
    typical.clock = start(typical, "P09", since=gone.since if gone and gone.since else timezone.now())


def start(typical: TypicalCase, code: str, *, since: Any) -> Any:
    """A clock of the desk that exposes cases."""
    places = limits.places_of(typical.place_id)
    limit = limits.limit(code, places, timezone.localdate(since))
    return running.start(
        code, subject=str(typical), title_zh=f"{limit.name_zh}（{typical.title_zh}）"[:200],
        title_en=f"{limit.name_en} ({typical.in_english('title')})"[:200], address=typical.get_absolute_url(),
        places=places, since=since, duty=Duty.COMPLAINTS,
    )  # fmt: skip


ANOTHER = by_another_than("drafted_by")
BEFORE = frozenset({S.DRAFTED, S.CHECKED, S.APPROVED})

TYPICAL_CASE: Workflow[TypicalCase] = Workflow(
    name="typical_case",
    words=gettext_lazy("A typical case"),
    states=Exposed,
    act=Act.EXPOSURE,
    first=S.DRAFTED,
    module="supervision/complaints/exposure/workflow.py",
    moves={
        "rewrite": Move(
            BEFORE, S.DRAFTED, Duty.COMPLAINTS, gettext_lazy("Rewrite the text"), effects=(rewrite,), asks=CHINESE,
        ),
        "translate": Move(
            BEFORE, S.DRAFTED, Duty.COMPLAINTS, gettext_lazy("Write the English text"), effects=(rewrite,),
            asks=ENGLISH,
        ),
        "name": Move(
            frozenset({S.DRAFTED}), S.DRAFTED, Duty.COMPLAINTS, gettext_lazy("Name the institution"),
            conditions=(finally_decided,), effects=(name_it,), needs_note=True,
        ),
        "unname": Move(
            frozenset({S.DRAFTED}), S.DRAFTED, Duty.COMPLAINTS, gettext_lazy("Leave the institution's name out"),
            effects=(leave_it_out,),
        ),
        "check": Move(
            frozenset({S.DRAFTED}), S.CHECKED, Duty.COMPLAINTS, gettext_lazy("Have it checked"),
            conditions=(names_nobody,), effects=(checked,),
        ),
        "return": Move(
            frozenset({S.CHECKED, S.APPROVED}), S.DRAFTED, Duty.DECIDE, gettext_lazy("Give back"), needs_note=True,
        ),
        "approve": Move(
            frozenset({S.CHECKED}), S.APPROVED, Duty.DECIDE, gettext_lazy("Approve the publication"), party=AUTHORITY,
            conditions=(ANOTHER, names_nobody, decisions.stands), effects=(approved,),
        ),
        "publish": Move(
            frozenset({S.APPROVED}), S.PUBLISHED, Duty.COMPLAINTS, gettext_lazy("Publish"), party=AUTHORITY,
            conditions=(names_nobody, decisions.stands), effects=(published,),
        ),
        "fall_due": Move(
            frozenset({S.PUBLISHED}), S.WITHDRAW_DUE, Duty.COMPLAINTS,
            gettext_lazy("Mark it to be withdrawn: its decision fell"), effects=(fell_due,), by_itself=True,
        ),
        "take_down": Move(
            frozenset({S.PUBLISHED}), S.DRAFTED, Duty.COMPLAINTS, gettext_lazy("Take it off the page to correct it"),
            effects=(withdrawn,), needs_note=True,
        ),
        "withdraw": Move(
            frozenset(ON_THE_PAGE), S.WITHDRAWN, Duty.COMPLAINTS, gettext_lazy("Withdraw from the page"),
            effects=(withdrawn,), needs_note=True,
        ),
        "drop": Move(
            BEFORE, S.WITHDRAWN, Duty.COMPLAINTS, gettext_lazy("Drop the draft"), effects=(withdrawn,),
            needs_note=True,
        ),
    },
)  # fmt: skip


# --- Claims of errors -------------------------------------------------------------------------------


def answered(claim: ErrorClaim, made: Made[ErrorClaim]) -> None:
    """keeps the answer for the public page, and ends the clock"""
    claim.answer, claim.answered_on = made.note, timezone.localdate()
    running.meet_if_going(claim.clock)


def take_down(claim: ErrorClaim, made: Made[ErrorClaim]) -> None:
    """takes the case off the page to be corrected"""
    if claim.typical.is_public:
        TYPICAL_CASE.make(claim.typical, "take_down", by=made.by, note=made.note)


def withdraw(claim: ErrorClaim, made: Made[ErrorClaim]) -> None:
    """withdraws the case"""
    if claim.typical.is_public:
        TYPICAL_CASE.make(claim.typical, "withdraw", by=made.by, note=made.note)


def not_to_be_withdrawn(claim: ErrorClaim, by: Account) -> None:
    """Its decision stands: what fell is withdrawn, not corrected."""
    refuse_unless(
        claim.typical.state != S.WITHDRAW_DUE, _("Its decision fell: it is to be withdrawn, not to be corrected.")
    )


RECEIVED = frozenset({Claimed.RECEIVED})

ERROR_CLAIM: Workflow[ErrorClaim] = Workflow(
    name="error_claim",
    words=gettext_lazy("A claim that a published case is wrong"),
    states=Claimed,
    act=Act.EXPOSURE,
    first=Claimed.RECEIVED,
    module="supervision/complaints/exposure/workflow.py",
    moves={
        "correct": Move(
            RECEIVED, Claimed.CORRECTED, Duty.COMPLAINTS, gettext_lazy("It is right: correct the case"),
            conditions=(not_to_be_withdrawn,), effects=(answered, take_down), needs_note=True,
        ),
        "withdraw": Move(
            RECEIVED, Claimed.WITHDRAWN, Duty.COMPLAINTS, gettext_lazy("It is right: withdraw the case"),
            effects=(answered, withdraw), needs_note=True,
        ),
        "refuse": Move(
            RECEIVED, Claimed.REFUSED, Duty.COMPLAINTS, gettext_lazy("It is not right"), effects=(answered,),
            needs_note=True,
        ),
    },
)  # fmt: skip
