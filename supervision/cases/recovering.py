"""Recovery of what the fund paid: demanded by the agency under the agreement or ordered by the bureau, never by both in
one breath. It comes back in whole, by offset or by the ledger's plans; a demand that falls is lifted."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from institutions import agreements
from institutions.models import Account, Duty
from supervision.clocks.models import Clock
from supervision.language import kept
from supervision.ledger.deadlines import laid_out, monthly
from supervision.ledger.models import Plan, Stage
from supervision.ledger.paying import lay_down
from supervision.ledger.workflows import PLAN
from supervision.moves import Effect, Made, refuse_unless

from . import delivering, enforcing, owed, timing
from .letters import named, write
from .models import Breach, Case, Proceeding

OWED = (Stage.CONFIRMED, Stage.DEMANDED)
NOTICE, ORDER = "recovery_notice", "refund_order"
CHALLENGE = ("P10", "P10_suit")
FEN = Decimal("0.01")


# --- Whether --------------------------------------------------------------------------------------------


def ordered(proceeding: Proceeding) -> bool:
    """Whether the bureau has ordered the refund: a decision that is challenged and enforced as such."""
    return delivering.last_of(proceeding, ORDER) is not None


def by_order(proceeding: Proceeding, by: Account) -> None:
    """The bureau has ordered it."""
    refuse_unless(ordered(proceeding), _("Only what the bureau has ordered is served and enforced so."))


def by_agreement(proceeding: Proceeding, by: Account) -> None:
    """It is demanded under the agreement alone."""
    refuse_unless(not ordered(proceeding), _("The bureau has ordered it: its order is followed."))


def something_owed(proceeding: Proceeding, by: Account) -> None:
    """The ledger holds confirmed sums of the case."""
    there = bool(owed.standing(owed.refunds(proceeding.case), *OWED))
    refuse_unless(there, _("Nothing of this case is confirmed and owed."))


def something_outstanding(proceeding: Proceeding, by: Account) -> None:
    """Something that was demanded has not come back, or has gone again."""
    refuse_unless(owed.outstanding(owed.refunds(proceeding.case)) > 0, _("Nothing is outstanding."))


def none_is_open(case: Case, by: Account) -> None:
    """All of the case's money comes back in one recovery at a time."""
    refuse_unless(not owed.recovered_now(case), _("A recovery of this case is open already."))


def nothing_outstanding(proceeding: Proceeding, by: Account) -> None:
    """By the ledger everything has come back or was written off."""
    left = owed.outstanding(owed.refunds(proceeding.case))
    refuse_unless(left == 0, _("¥%(left)s is still outstanding.") % {"left": f"{left:,}"})


def overdue(proceeding: Proceeding, by: Account) -> None:
    """The time to pay has run out, or an instalment was missed."""
    late = timing.ran_out(proceeding.clock) or any(due.missed for plan in plans(proceeding) for due in laid_out(plan))
    refuse_unless(late, _("The time to pay has not run out yet."))


def not_served_yet(proceeding: Proceeding, by: Account) -> None:
    """Nobody has written down that the order was received."""
    refuse_unless(not challenge_clocks(proceeding), _("It was served already."))


def not_challenged_any_more(proceeding: Proceeding, by: Account) -> None:
    """It was served, and the times for reconsideration and suit have run out."""
    clocks = challenge_clocks(proceeding)
    refuse_unless(bool(clocks), _("Nobody has written down that the party received the order."))
    enforcing.refuse_while_challengeable(clocks)


def reminded_long_enough(proceeding: Proceeding, by: Account) -> None:
    """The party has received the reminder and had its working days."""
    enforcing.refuse_before_the_days_are_over(clock_of(proceeding, enforcing.REMINDER))


def challenge_clocks(proceeding: Proceeding) -> list[Clock]:
    return list(Clock.objects.filter(subject=str(proceeding), limit__code__in=CHALLENGE).select_related("limit"))


def clock_of(proceeding: Proceeding, code: str) -> Clock | None:
    known = Clock.objects.filter(subject=str(proceeding), limit__code=code).select_related("limit")
    return known.order_by("pk").last()


def plans(proceeding: Proceeding) -> list[Plan]:
    """The instalments that were agreed on what it recovers."""
    items = owed.refunds(proceeding.case)
    return list(Plan.objects.filter(item__in=items, state=Plan.State.AGREED).select_related("item"))


# --- What moves do --------------------------------------------------------------------------------------


def demand(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """demands what is confirmed"""
    items = owed.refunds(proceeding.case)
    owed.move_all(
        items, Stage.CONFIRMED, Stage.DEMANDED, reason=gettext_noop("Demanded"),
        subject=f"{proceeding} {made.name}", by=made.by,
    )  # fmt: skip
    proceeding.amount = owed.outstanding(items)


def serve(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """serves the order, and starts P10 and P10_suit from its receipt"""
    at = delivering.deliver(proceeding, made, ORDER)
    for code in CHALLENGE:
        timing.start(proceeding, code, since=at, institution=proceeding.case.institution_id or "")


def comes_back(way: Stage, *, in_part: bool = False) -> Effect[Proceeding]:
    def booking(proceeding: Proceeding, made: Made[Proceeding]) -> None:
        items = owed.refunds(proceeding.case)
        left, part = owed.outstanding(items), made.facts.get("amount")
        refuse_unless(left > 0, _("Nothing is outstanding."))
        refuse_unless(
            not in_part or (part is not None and Decimal(0) < part <= left),
            _("An instalment is above zero and at most the ¥%(left)s outstanding.") % {"left": f"{left:,}"},
        )
        owed.move_all(
            items, Stage.DEMANDED, way, reason=kept(way.label), subject=f"{proceeding} {made.name}", by=made.by,
            most=part if in_part else None, day=made.facts["on"], voucher=made.facts["voucher"],
        )  # fmt: skip

    booking.__doc__ = f"books what came back: {way.value}"
    return booking


def agree_instalments(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """lays down a plan of instalments for each sum, whose days the ledger watches"""
    parts, first = int(made.facts["parts"]), made.facts["first_on"]
    refuse_unless(parts > 0, _("Say in how many parts."))
    items, planned = owed.refunds(proceeding.case), {plan.item_id for plan in plans(proceeding)}
    assert proceeding.handler is not None  # who prepared it asks, who decides agrees
    for item in items.order_by("pk"):
        left = owed.outstanding([item])
        if left and item.pk not in planned:
            days = monthly(left, min(parts, int(left / FEN)), first)
            plan = lay_down(item, days, reason=made.note, basis=str(proceeding), by=proceeding.handler)
            PLAN.make(plan, "agree", by=made.by)


def remind(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """issues reminder, and starts P11 from the end of the times to challenge"""
    ends = max(clock.due_at for clock in challenge_clocks(proceeding))
    timing.meets(proceeding, made)
    proceeding.clock = timing.start(proceeding, "P11", since=ends, duty=Duty.INVESTIGATE)
    write("reminder", proceeding, made, days=enforcing.reminder_days(proceeding), **letter(proceeding, made))


def serve_reminder(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """serves the reminder; its working days run from the receipt"""
    enforcing.deliver_reminder(proceeding, made)


def lift_demand(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """lifts the demand: what has not come back is confirmed, and asked of nobody"""
    items = owed.refunds(proceeding.case)
    owed.move_all(
        items, Stage.DEMANDED, Stage.CONFIRMED, reason=made.note, subject=f"{proceeding} {made.name}", by=made.by
    )
    for plan in plans(proceeding):
        PLAN.make(plan, "fall", by=made.by, note=made.note)
    for clock in Clock.objects.going().filter(subject=str(proceeding)):
        timing.drop(clock)
    proceeding.clock = None


def keep_forum(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """refuses coordination of an order: that is for disputes of an agreement"""
    forum = made.facts["forum"]
    refuse_unless(forum in Breach.Forum.values, _("There is no such choice."))
    refuse_unless(
        forum != Breach.Forum.COORDINATION or not ordered(proceeding),
        _("An order is challenged by reconsideration or suit; disputes of an agreement may be coordinated."),
    )


# --- What letters say -----------------------------------------------------------------------------------


def letter(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    """How much is owed, to which areas, and by which order or notice."""
    items = owed.refunds(proceeding.case)
    areas = sorted({str(item.pooling_area) for item in items.select_related("pooling_area")})
    demanded = named(proceeding, ORDER) or named(proceeding, NOTICE)
    institution = proceeding.case.institution
    agreement = agreements.current(institution, insurer=made.by.insurer) if institution else None
    amount = owed.outstanding(items) or proceeding.amount
    return {
        "amount": amount, "areas": "、".join(areas), "decision": demanded, "reason": made.note,
        "agreement": agreement.number if agreement else None,
    }  # fmt: skip


def reminding(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    """The same, and how many working days are left."""
    return {**letter(proceeding, made), "days": enforcing.reminder_days(proceeding)}
