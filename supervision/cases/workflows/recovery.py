"""Recovery 追回, refund 退回: what was confirmed is demanded, comes back, and goes to the fund that had paid.

The agency demands it under the agreement and offsets what stays away; the bureau orders it, and the court enforces it.
"""

from django.db import models
from django.utils.translation import gettext_lazy

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.cases import recovering, remitting
from supervision.cases.deciding import approved, closed, handled, opened_again
from supervision.cases.facts import AMOUNT, BASIS, DAY, RESULT, VOUCHER, Kind, ask
from supervision.cases.letters import issues, sends
from supervision.cases.models import Breach, Proceeding
from supervision.cases.recovering import by_agreement, by_order, comes_back, letter, nothing_outstanding, overdue
from supervision.cases.timing import meets, starts
from supervision.ledger.models import Stage
from supervision.moves import Move, Workflow, by_another_than

from .beginning import Beginning
from .execution import FIRST_ON, PARTS
from .investigation import METHOD, RECEIVED_BY

AUTHORITY, HANDLING = Department.Party.AUTHORITY, Department.Party.HANDLING


class State(models.TextChoices):
    ORDERED = "ordered", gettext_lazy("being prepared")
    NOTIFIED = "notified", gettext_lazy("demanded")
    INSTALMENT = "instalment", gettext_lazy("paid in instalments")
    DISPUTED = "disputed", gettext_lazy("disputed")
    OVERDUE = "overdue", gettext_lazy("overdue, reminded")
    ENFORCEMENT = "enforcement", gettext_lazy("being enforced")
    PAID = "paid", gettext_lazy("paid")
    BOOKED = "booked", gettext_lazy("booked to the fund that had paid")
    CLOSED = "closed", gettext_lazy("closed")


UNPAID = frozenset({State.NOTIFIED, State.INSTALMENT, State.DISPUTED, State.OVERDUE, State.ENFORCEMENT})
LATE = frozenset({State.NOTIFIED, State.INSTALMENT})
SERVED = (DAY, METHOD, RECEIVED_BY)
MADE_OUT = (AMOUNT, VOUCHER, DAY)
PAID = (VOUCHER, DAY)
COURT = ask("court", Kind.LINE, gettext_lazy("Court"))
FORUM = ask("forum", Kind.CHOICE, gettext_lazy("Where it is disputed"), choices=lambda _about: Breach.Forum.choices)
ANOTHER = by_another_than("handler")

RECOVERY_BEGINS = Beginning(
    Duty.INVESTIGATE, gettext_lazy("Recover fund money"), conditions=(recovering.none_is_open,), effects=(handled,),
    needs_note=True,
)  # fmt: skip

RECOVERY: Workflow[Proceeding] = Workflow(
    name="recovery", words=gettext_lazy("A recovery of fund money"), states=State, act=Act.CASE, first=State.ORDERED,
    module="supervision/cases/workflows/recovery.py",
    moves={
        "notify": Move(
            frozenset({State.ORDERED}), State.NOTIFIED, Duty.DECIDE, gettext_lazy("Demand it under the agreement"),
            party=HANDLING, conditions=(ANOTHER, recovering.something_owed), asks=(BASIS,),
            effects=(
                approved, recovering.demand, starts("recovery_payment", duty=None), sends("recovery_notice", letter),
            ),
        ),
        "order": Move(
            frozenset({State.ORDERED, State.OVERDUE}), State.NOTIFIED, Duty.DECIDE, gettext_lazy("Order the refund"),
            party=AUTHORITY, conditions=(ANOTHER, recovering.something_owed, by_agreement), asks=(BASIS,),
            effects=(
                approved, recovering.demand, starts("recovery_payment", duty=None), sends("refund_order", letter),
            ),
        ),
        "serve": Move(
            frozenset({State.NOTIFIED}), State.NOTIFIED, Duty.INVESTIGATE, gettext_lazy("Serve the order"),
            party=AUTHORITY, conditions=(by_order, recovering.not_served_yet), asks=SERVED,
            effects=(recovering.serve,),
        ),
        "drop": Move(
            frozenset({State.ORDERED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Drop it"), needs_note=True,
            conditions=(ANOTHER,), effects=(closed,),
        ),
        "withdraw": Move(
            frozenset({State.NOTIFIED, State.INSTALMENT, State.DISPUTED, State.OVERDUE}), State.CLOSED, Duty.DECIDE,
            gettext_lazy("Withdraw the demand"), needs_note=True, conditions=(ANOTHER,),
            effects=(sends("recovery_withdrawn", letter), recovering.lift_demand, closed),
        ),
        "pay": Move(
            UNPAID, State.PAID, Duty.BOOK, gettext_lazy("Paid in cash, all that is left"), asks=PAID,
            effects=(comes_back(Stage.CASH), meets),
        ),
        "offset": Move(
            frozenset({State.NOTIFIED, State.OVERDUE}), State.PAID, Duty.BOOK,
            gettext_lazy("Offset against settlement, all that is left"), asks=PAID,
            effects=(comes_back(Stage.OFFSET), meets),
        ),
        "allow_instalments": Move(
            frozenset({State.NOTIFIED, State.OVERDUE}), State.INSTALMENT, Duty.DECIDE,
            gettext_lazy("Allow instalments"), needs_note=True, conditions=(ANOTHER,), asks=(PARTS, FIRST_ON),
            effects=(meets, recovering.agree_instalments),
        ),
        "pay_instalment": Move(
            frozenset({State.INSTALMENT}), State.INSTALMENT, Duty.BOOK, gettext_lazy("Book an instalment"),
            asks=MADE_OUT, effects=(comes_back(Stage.INSTALMENT, in_part=True),),
        ),
        "settle": Move(
            UNPAID, State.PAID, Duty.BOOK, gettext_lazy("Nothing is outstanding any more"),
            conditions=(nothing_outstanding,), effects=(meets,),
        ),
        "dispute": Move(
            frozenset({State.NOTIFIED, State.INSTALMENT, State.OVERDUE}), State.DISPUTED, Duty.INVESTIGATE,
            gettext_lazy("Enter that it is disputed"), asks=(DAY, FORUM), effects=(recovering.keep_forum, meets),
        ),
        "uphold": Move(
            frozenset({State.DISPUTED}), State.NOTIFIED, Duty.DECIDE, gettext_lazy("Enter that it stands"),
            asks=(DAY, RESULT), conditions=(ANOTHER,), effects=(starts("recovery_payment", duty=None),),
        ),
        "overdue": Move(
            LATE, State.OVERDUE, Duty.INVESTIGATE, gettext_lazy("Remind under the agreement"), party=HANDLING,
            conditions=(by_agreement, overdue),
            effects=(starts("enforcement_reminder", duty=None), sends("recovery_reminder", recovering.reminding)),
        ),
        "remind": Move(
            LATE, State.OVERDUE, Duty.INVESTIGATE, gettext_lazy("Remind of the order"), party=AUTHORITY,
            conditions=(by_order, overdue, recovering.not_challenged_any_more), effects=(recovering.remind,),
        ),
        "serve_reminder": Move(
            frozenset({State.OVERDUE}), State.OVERDUE, Duty.INVESTIGATE, gettext_lazy("Serve the reminder"),
            party=AUTHORITY, conditions=(by_order,), asks=SERVED, effects=(recovering.serve_reminder,),
        ),
        "enforce": Move(
            frozenset({State.OVERDUE}), State.ENFORCEMENT, Duty.DECIDE, gettext_lazy("Apply for enforcement"),
            party=AUTHORITY, asks=(COURT,),
            conditions=(ANOTHER, by_order, recovering.not_challenged_any_more, recovering.reminded_long_enough),
            effects=(meets, issues("refund_enforcement", letter)),
        ),
        "book": Move(
            frozenset({State.PAID}), State.BOOKED, Duty.BOOK, gettext_lazy("Pass on to the funds that had paid"),
            asks=PAID, effects=(remitting.remit,),
        ),
        "call_back": Move(
            frozenset({State.PAID, State.BOOKED, State.CLOSED}), State.PAID, Duty.BOOK,
            gettext_lazy("Call back from the funds what has gone back since"), asks=PAID,
            conditions=(remitting.something_too_much,), effects=(remitting.call_back, opened_again),
        ),
        "demand_again": Move(
            frozenset({State.PAID, State.BOOKED}), State.NOTIFIED, Duty.INVESTIGATE,
            gettext_lazy("Take up again: a payment was taken back"), needs_note=True,
            conditions=(recovering.something_outstanding,), effects=(starts("recovery_payment", duty=None),),
        ),
        "close": Move(
            frozenset({State.BOOKED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close"),
            conditions=(ANOTHER, nothing_outstanding, remitting.nothing_too_much), effects=(closed,),
        ),
    },
)  # fmt: skip
