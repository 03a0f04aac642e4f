"""Three percent a day of what is unpaid, at most the fine, and none while the decision is challenged."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from supervision.cases import punishing, surcharging
from supervision.cases.models import Challenge, Penalty, Proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.ledger.booking import totals
from supervision.ledger.models import Item, Repayment, Stage
from supervision.ledger.paying import pay
from supervision.ledger.repaying import REPAYMENT
from supervision.ledger.taking_back import take_back
from supervision.moves import MoveRefused
from tests.cases.office import Office, run_out, served, weighed


@pytest.fixture
def owed(penalty: Proceeding, office: Office) -> Proceeding:
    """A fine of ¥750.00 that was due ten days ago."""
    weighed(penalty, office, "1.50")
    penalty = served(penalty, office)
    run_out(penalty.penalty.payment_clock, 10)
    return Proceeding.objects.get(pk=penalty.pk)


def fine(proceeding: Proceeding) -> Item:
    return Item.objects.get(reference=surcharging.fine_item(proceeding))


def paid(proceeding: Proceeding, office: Office, amount: str, days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days_ago)
    pay({fine(proceeding): Decimal(amount)}, voucher=f"V{days_ago}", day=day, by=office.booker)


def test_each_day_adds_three_percent(owed: Proceeding) -> None:
    days = list(surcharging.days(owed.penalty, timezone.localdate()))
    assert [day.added for day in days] == [Decimal("22.50")] * 10
    assert surcharging.accrued(owed.penalty) == Decimal("225.00")


def test_before_it_is_due_nothing_grows(penalty: Proceeding, office: Office) -> None:
    weighed(penalty, office)
    assert surcharging.accrued(served(penalty, office).penalty) == 0


def test_it_never_grows_beyond_the_fine(owed: Proceeding) -> None:
    days = list(surcharging.days(owed.penalty, timezone.localdate() + timedelta(400)))
    assert days[-1].total == Decimal("750.00")
    assert len(days) == 34  # 33 × 22.50, and 7.50


def test_it_grows_on_what_is_unpaid(owed: Proceeding, office: Office) -> None:
    paid(owed, office, "250.00", days_ago=6)
    # Four days and the day of the payment itself on ¥750.00, six on ¥500.00; the first day is the one after it was due.
    days = [day.unpaid for day in surcharging.days(owed.penalty, timezone.localdate())]
    assert days == [Decimal(750)] * 4 + [Decimal(500)] * 6
    assert surcharging.accrued(owed.penalty) == Decimal("180.00")


def test_the_days_of_a_challenge_do_not_count(owed: Proceeding) -> None:
    today = timezone.localdate()
    Challenge.objects.create(penalty=owed.penalty, forum="suit", since=today - timedelta(5), until=today - timedelta(3))
    assert surcharging.accrued(owed.penalty) == Decimal("157.50")
    assert surcharging.accrued(owed.penalty, today - timedelta(3)) == Decimal("90.00")


def test_an_extension_of_the_time_to_pay_puts_it_off(owed: Proceeding) -> None:
    clock = owed.penalty.payment_clock
    assert clock is not None
    type(clock).objects.filter(pk=clock.pk).update(due_at=timezone.now() + timedelta(5))
    assert surcharging.accrued(Penalty.objects.get(pk=owed.pk)) == 0


def test_paid_late_means_paid_with_its_surcharge(owed: Proceeding, office: Office) -> None:
    paid(owed, office, "750.00")
    with pytest.raises(MoveRefused, match=r"225\.00"):
        PENALTY.make(owed, "settle", by=office.booker)
    PENALTY.make(owed, "note_overdue", by=office.first)
    extra = Item.objects.get(reference=surcharging.surcharge_item(owed))
    assert totals(Item.objects.filter(pk=extra.pk))[Stage.DEMANDED] == Decimal("225.00")
    with pytest.raises(MoveRefused, match="still to be paid"):
        PENALTY.make(owed, "settle", by=office.booker)
    pay({extra: Decimal("225.00")}, voucher="V9", day=timezone.localdate(), by=office.booker)
    assert PENALTY.make(owed, "settle", by=office.booker).state == "paid"


def test_booking_it_again_books_what_is_new(owed: Proceeding, office: Office) -> None:
    PENALTY.make(owed, "note_overdue", by=office.first)
    PENALTY.make(owed, "book_surcharge", by=office.booker)
    run_out(owed.penalty.payment_clock, 12)
    PENALTY.make(owed, "book_surcharge", by=office.booker)
    sums = totals(Item.objects.filter(reference=surcharging.surcharge_item(owed)))
    assert sums[Stage.DEMANDED] == Decimal("270.00")


def test_a_payment_that_was_taken_back_never_stopped_it(owed: Proceeding, office: Office) -> None:
    before = surcharging.accrued(owed.penalty)
    day = timezone.localdate() - timedelta(9)
    entry = pay({fine(owed): Decimal("750.00")}, voucher="V", day=day, by=office.booker)
    assert surcharging.accrued(owed.penalty) < before
    take_back(entry, reason="the cheque bounced", by=office.booker)
    assert surcharging.accrued(owed.penalty) == before


def test_what_was_booked_too_high_is_taken_down_and_never_edited(owed: Proceeding, office: Office) -> None:
    PENALTY.make(owed, "note_overdue", by=office.first)
    before = booked(owed)
    paid(owed, office, "250.00", days_ago=6)  # the bank's file came late: it had been paid earlier
    PENALTY.make(owed, "book_surcharge", by=office.booker)
    right = surcharging.accrued(owed.penalty)
    assert booked(owed) == right < before
    sums = totals(Item.objects.filter(reference=surcharging.surcharge_item(owed)))
    assert (sums[Stage.DEMANDED], sums[Stage.WITHDRAWN]) == (right, before - right)


def test_of_a_surcharge_that_was_paid_too_much_is_asked_back_for_the_party(owed: Proceeding, office: Office) -> None:
    PENALTY.make(owed, "note_overdue", by=office.first)
    extra, before = Item.objects.get(reference=surcharging.surcharge_item(owed)), booked(owed)
    pay({extra: before}, voucher="V9", day=timezone.localdate(), by=office.booker)
    paid(owed, office, "250.00", days_ago=6)
    PENALTY.make(owed, "book_surcharge", by=office.booker)
    asked = Repayment.objects.get()
    assert asked.amount == before - surcharging.accrued(owed.penalty)
    REPAYMENT.make(asked, "approve", by=office.chief)
    assert booked(owed) == surcharging.accrued(owed.penalty)


def booked(proceeding: Proceeding) -> Decimal:
    return punishing.booked_surcharge(proceeding)
