"""A penalty on the spot (the brief's state machine 15): small, clear, told and decided the same day by two officers."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.cases import fining, owed, punishing, referring, timing, undoing, violating
from supervision.cases.deciding import approved, closed, handled
from supervision.cases.facts import DAY, RECORD, Kind, ask
from supervision.cases.letters import write
from supervision.cases.models import Grade, Proceeding, Violation, ViolationType
from supervision.documents.models import Service
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import due_process as due
from . import procedure
from .beginning import Beginning
from .conditions import by_an_officer, by_no_officer, nothing_asked_of_officers, two_officers
from .execution import STATEMENT, execution
from .investigation import FROM, LINES, METHOD, RECEIVED_BY, TYPE, UNTIL

AUTHORITY = Department.Party.AUTHORITY


class State(models.TextChoices):
    """What is decided on the spot has few states of its own; once it is served it fares like any penalty."""

    FOUND = "found", gettext_lazy("found")
    TOLD = "told", gettext_lazy("party told")
    DECIDED = "decided", gettext_lazy("decided on the spot")
    DELIVERED = "delivered", gettext_lazy("delivered")
    OVERDUE = "overdue", gettext_lazy("overdue, a surcharge grows")
    CHALLENGED = "challenged", gettext_lazy("challenged")
    REMINDED = "reminded", gettext_lazy("reminded")
    ENFORCEMENT = "enforcement", gettext_lazy("before the court for enforcement")
    PAID = "paid", gettext_lazy("paid")
    REVOKED = "revoked", gettext_lazy("revoked")
    RECORDED = "recorded", gettext_lazy("recorded")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn before it was served")


SPOT_FINE = ask(
    "spot_fine", Kind.MONEY, gettext_lazy("Fine in yuan, 0 for a warning"),
    hint=gettext_lazy("Up to the highest fine that may be decided on the spot."),
)  # fmt: skip


def within_the_ceiling(proceeding: Proceeding, fine: Decimal) -> None:
    """The law lets officers decide on the spot up to a sum; the range of the violation holds here too."""
    whom = "person" if punishing.is_person(proceeding) else "organisation"
    most = fining.limit(f"summary_{whom}", proceeding.case.place_id, timezone.localdate()).value
    refuse_unless(
        0 <= fine <= most and fine == fining.fen(fine),
        _("On the spot at most ¥%(most)s.") % {"most": f"{most:,.2f}"},
    )


def tell(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps what the party was told and what it says"""
    punishing.keep(proceeding, defence=made.facts["statement"], defended_at=timezone.now())


def decide(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """decides within the ceiling, issues penalty_decision and books the fine"""
    fine = made.facts["spot_fine"]
    within_the_ceiling(proceeding, fine)
    refuse_unless(
        fine == 0 or not referring.fined_by_court(proceeding.case),
        _("A court has fined this act: there is no second fine."),
    )
    kind = found(proceeding, made, fine).type
    punishing.keep(proceeding, fine=fine, warning=fine == 0, decided_on=timezone.localdate())
    proceeding.amount = fine
    order = f"{punishing.fine_in_words(fine)}。" if fine else "警告。"
    write(
        "penalty_decision", proceeding, made, facts=f"{kind.words_zh}\n{made.facts['record']}",
        basis=kind.cited_zh, penalty=order, amount=fine or None,
        defence=punishing.of(proceeding).defence,
    )  # fmt: skip
    if fine:
        punishing.demand_fine(proceeding, made, fine)


def found(proceeding: Proceeding, made: Made[Proceeding], fine: Decimal) -> Violation:
    """The violation on record with its days and lines, so that no other penalty fines the same act."""
    kept = violating.record(proceeding, Made(made.name, made.by, made.note, {**made.facts, **LIMITATION}))
    refuse_unless(
        fine == 0 or (kept.type.basis == Basis.FIXED and kept.type.least is not None and fine >= kept.type.least),
        _("%(code)s knows no fine as small as that: warn, or file the case.") % {"code": kept.type.code},
    )
    if fine:
        kept.base, kept.multiple, kept.grade = fine, fining.ONCE, Grade.ORDINARY
        kept.fine = fine
        kept.save()
    if made.facts.get("lines"):
        violating.put_all(kept, made.facts["lines"], fined=bool(fine))
    elif fine:
        violating.refuse_the_punished(kept)
    return kept


def on_the_same_day(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """serves the decision on the day it was made, and starts P07 and P10"""
    decided, on = punishing.of(proceeding).decided_on, timezone.localdate(timing.happened(made))
    refuse_unless(
        on == decided and made.facts["method"] in ON_THE_SPOT,
        _("What is decided on the spot is handed over there the same day, or left before witnesses."),
    )
    procedure.serve_decision(proceeding, made)


def take_back(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """takes back what was decided and not yet served; the act is free for a penalty that is filed"""
    for item in punishing.treasury_items(proceeding):
        undoing.withdraw(item, owed.outstanding([item]), proceeding, made)
    violating.withdraw_all(proceeding)


Basis = ViolationType.Basis
ON_THE_SPOT = (Service.Method.DIRECT, Service.Method.LEFT)
LIMITATION = {"limitation": Violation.Limitation.TWO, "limitation_reason": "当场发现"}
by_the_other = by_another_than("handler")
DECIDING = (
    by_an_officer, two_officers, nothing_asked_of_officers, by_the_other, due.not_in_place_of_the_police,
    due.told_today,
)  # fmt: skip
BEFORE_SERVICE = frozenset({State.FOUND, State.TOLD, State.DECIDED})


def deciding(words: Promise, *asks: str) -> Move[Proceeding]:
    """Both officers stand behind it: the one who found it prepared, the other decides."""
    return Move(
        frozenset({State.TOLD}), State.DECIDED, Duty.INVESTIGATE, words, party=AUTHORITY, conditions=DECIDING,
        effects=(approved, decide), asks=(TYPE, *asks, FROM, UNTIL, SPOT_FINE, RECORD),
    )  # fmt: skip


SUMMARY_BEGINS = Beginning(
    Duty.INVESTIGATE, gettext_lazy("Punish on the spot"), party=AUTHORITY,
    conditions=(due.case_is_verified, due.no_other_penalty, two_officers, by_an_officer), asks=(RECORD,),
    effects=(handled,),
)  # fmt: skip

SUMMARY: Workflow[Proceeding] = Workflow(
    name="summary", words=gettext_lazy("A penalty on the spot"), states=State, act=Act.CASE, first=State.FOUND,
    module="supervision/cases/workflows/summary.py",
    moves={
        "tell": Move(
            frozenset({State.FOUND}), State.TOLD, Duty.INVESTIGATE, gettext_lazy("Tell the party, and hear it"),
            party=AUTHORITY, conditions=(by_an_officer, two_officers), effects=(tell,), asks=(STATEMENT,),
        ),
        "decide": deciding(gettext_lazy("Decide on the spot")),
        "decide_on_lines": deciding(gettext_lazy("Decide on the spot about heard lines"), LINES),
        "withdraw": Move(
            BEFORE_SERVICE, State.WITHDRAWN, Duty.LEGAL, gettext_lazy("Withdraw it before it is served"),
            party=AUTHORITY, conditions=(by_no_officer, by_the_other), effects=(take_back, closed), needs_note=True,
        ),
        "deliver": Move(
            frozenset({State.DECIDED}), State.DELIVERED, Duty.INVESTIGATE, gettext_lazy("Deliver the decision"),
            party=AUTHORITY, conditions=(by_an_officer,), effects=(on_the_same_day,),
            asks=(DAY, METHOD, RECEIVED_BY),
        ),
        **execution(State.DELIVERED, State.RECORDED),
        "record": Move(
            frozenset({State.DELIVERED, State.PAID, State.REVOKED}), State.RECORDED, Duty.INVESTIGATE,
            gettext_lazy("Put on record"), party=AUTHORITY,
            conditions=(by_an_officer, due.paid, due.nothing_owed_back, due.publication_is_withdrawn),
            effects=(procedure.settled, closed),
        ),
    },
)  # fmt: skip
