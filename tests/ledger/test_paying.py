from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from institutions.models import Account
from supervision.audit.models import Act
from supervision.audit.models import Entry as Acted
from supervision.clocks.models import Clock
from supervision.ledger import paying
from supervision.ledger.booking import BookingRefused
from supervision.ledger.deadlines import laid_out, monthly
from supervision.ledger.models import Book, Item, Plan, Stage, WriteOff
from supervision.ledger.sums import standing
from supervision.ledger.taking_back import take_back
from supervision.ledger.workflows import PLAN, WRITE_OFF
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import DESK, make_account, make_division
from tests.ledger.small import make_item, move

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def pay(item: Item, amount: str, voucher: str, by: Account) -> None:
    paying.pay({item: Decimal(amount)}, voucher=voucher, day=today(), by=by)


def planned(item: Item, keeper: Account, *amounts: str) -> Plan:
    """Instalments a month apart, the first due in ten days."""
    parts = [(today() + timedelta(10 + 30 * number), Decimal(amount)) for number, amount in enumerate(amounts)]
    return paying.ask_plan(item, parts, reason="cannot pay at once", basis="agreement 7", by=keeper)


def running() -> list[str]:
    return [f"{timezone.localdate(clock.due_at)}" for clock in Clock.objects.going()]


def test_who_keeps_the_books_books_what_came_in_and_it_is_written_down(keeper: Account) -> None:
    one, other = make_item(at=Stage.DEMANDED), make_item(at=Stage.DEMANDED)
    entry = paying.pay({one: Decimal("100.00"), other: Decimal("50.00")}, voucher="B1", day=today(), by=keeper)
    assert (standing(one)[Stage.CASH], standing(other)[Stage.DEMANDED]) == (Decimal("100.00"), Decimal("50.00"))
    act = Acted.objects.first()
    assert act and (act.act, act.account, act.facts["amount"]) == (Act.LEDGER, "keeper", "150.00")
    assert (entry.by, entry.voucher) == (keeper, "B1")


def test_nobody_books_without_the_duty_elsewhere_or_in_the_future(keeper: Account) -> None:
    line, there = make_item(at=Stage.DEMANDED), make_item(at=Stage.DEMANDED, place=make_division("990201"))
    with pytest.raises(BookingRefused, match="duty"):
        pay(line, "1.00", "B1", make_account("reader", duties=DESK[:1]))
    with pytest.raises(BookingRefused, match="where it is handled"):
        pay(there, "1.00", "B1", keeper)
    with pytest.raises(BookingRefused, match="not come yet"):
        paying.pay({line: Decimal(1)}, voucher="B1", day=today() + timedelta(1), by=keeper)
    assert not Acted.objects.exists()


def test_a_settlement_batch_pays_by_paying_out_less(keeper: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    paying.offset({line: Decimal("30.00")}, batch="S-2026-04", day=today(), by=keeper)
    assert standing(line)[Stage.OFFSET] == Decimal("30.00")
    fine = make_item(book=Book.TREASURY, at=Stage.DEMANDED)  # goes to the treasury, and is never offset
    with pytest.raises(BookingRefused, match="Nothing moves"):
        paying.offset({fine: Decimal("30.00")}, batch="S-2026-04", day=today(), by=keeper)


def test_a_payment_is_taken_back_and_nothing_else_is(keeper: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    paid = paying.pay({line: Decimal("30.00")}, voucher="B1", day=today(), by=keeper)
    take_back(paid, reason="the cheque bounced", by=keeper)
    assert standing(line)[Stage.DEMANDED] == Decimal("100.00")
    with pytest.raises(BookingRefused, match="Only a payment"):
        take_back(line.postings.earliest("pk").entry, reason="wrong", by=keeper)
    again, there = move(line, Stage.DEMANDED, Stage.CASH, "1.00", voucher="B2"), make_account("there", "990200")
    with pytest.raises(BookingRefused, match="where it is handled"):
        take_back(again, reason="wrong", by=there)


# --- Write-offs -------------------------------------------------------------------------------------


def asked(item: Item, by: Account, amount: str = "40.00") -> WriteOff:
    return paying.ask_write_off(item, Decimal(amount), reason="bankrupt", basis="court ruling 9", by=by)


def test_c2_a_write_off_takes_two_people(keeper: Account, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    wish = asked(line, keeper)
    assert standing(line)[Stage.WRITTEN_OFF] == 0
    keeper.duties = [*keeper.duties, "decide"]
    keeper.save()
    with pytest.raises(MoveRefused, match="second person"):
        WRITE_OFF.make(wish, "approve", by=keeper)
    wish = WRITE_OFF.make(wish, "approve", by=head)
    assert standing(line)[Stage.WRITTEN_OFF] == Decimal("40.00")
    assert wish.entry and (wish.entry.by, wish.entry.reason) == (head, "court ruling 9: bankrupt")
    with pytest.raises(MoveRefused):
        WRITE_OFF.make(wish, "approve", by=head)


def test_what_is_not_approved_is_not_written_off(keeper: Account, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    with pytest.raises(BookingRefused, match="outstanding"):
        asked(line, keeper, "100.01")
    wish = asked(line, keeper)
    with pytest.raises(BookingRefused, match="already"):
        asked(line, keeper)
    with pytest.raises(MoveRefused, match="Say why"):
        WRITE_OFF.make(wish, "refuse", by=head)
    WRITE_OFF.make(wish, "refuse", by=head, note="they can pay")
    WRITE_OFF.make(asked(line, keeper), "take_back", by=keeper)
    assert standing(line)[Stage.WRITTEN_OFF] == 0


def test_what_was_paid_meanwhile_cannot_be_written_off(keeper: Account, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    wish = asked(line, keeper, "100.00")
    pay(line, "0.01", "B1", keeper)
    with pytest.raises(MoveRefused, match=r"Only ¥99\.99"):
        WRITE_OFF.make(wish, "approve", by=head)
    wish.refresh_from_db()
    assert (wish.state, wish.entry) == ("asked", None)


def test_another_prefecture_decides_nothing_here(keeper: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    there = make_account("there", "990200", duties=["read", "decide"])
    with pytest.raises(BeyondReach):
        WRITE_OFF.make(asked(line, keeper), "approve", by=there)
    with pytest.raises(BeyondReach):
        PLAN.make(planned(line, keeper, "60.00", "40.00"), "agree", by=there)


# --- Instalments ------------------------------------------------------------------------------------


def test_a_plan_that_is_agreed_runs_a_clock_to_each_instalments_day(keeper: Account, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    plan = planned(line, keeper, "60.00", "40.00")
    assert running() == []
    PLAN.make(plan, "agree", by=head)
    first, second = (timezone.localdate(clock.due_at) for clock in [Clock.objects.going().get()] * 2)
    assert first >= today() + timedelta(10)  # or the next working day
    assert (second, Clock.objects.get().institution) == (first, line.institution_id)
    pay(line, "59.99", "B1", keeper)
    assert [due.left for due in laid_out(plan)] == [Decimal("0.01"), Decimal("40.00")]
    assert Clock.objects.going().count() == 1
    pay(line, "0.01", "B2", keeper)
    assert standing(line)[Stage.INSTALMENT] == Decimal("60.00")
    met, runs = Clock.objects.order_by("due_at")
    assert (met.state, runs.state) == ("met", "running")
    pay(line, "40.00", "B3", keeper)
    assert [due.paid for due in laid_out(plan)] == [True, True]
    assert running() == []


def test_a_payment_that_is_taken_back_is_owed_again(keeper: Account, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    plan = PLAN.make(planned(line, keeper, "60.00", "40.00"), "agree", by=head)
    before = running()
    paid = paying.pay({line: Decimal("60.00")}, voucher="B1", day=today(), by=keeper)
    assert running() != before
    take_back(paid, reason="bounced", by=keeper)
    assert running() == before
    assert [due.paid for due in laid_out(plan)] == [False, False]


def test_a_missed_instalment_is_shown(keeper: Account, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    plan = PLAN.make(planned(line, keeper, "60.00", "40.00"), "agree", by=head)
    pay(line, "10.00", "B1", keeper)
    on_the_day, after = (laid_out(plan, on=today() + timedelta(days)) for days in (10, 11))
    assert [due.missed for due in on_the_day] == [False, False]
    assert [(due.missed, due.left) for due in after] == [(True, Decimal("50.00")), (False, Decimal("40.00"))]


def test_the_clock_of_an_instalment_says_in_words_what_is_paid_off(keeper: Account, head: Account) -> None:
    line = make_item("hearing line 7", at=Stage.DEMANDED)
    PLAN.make(planned(line, keeper, "100.00"), "agree", by=head)
    clock = Clock.objects.get()
    assert (clock.title_zh, clock.title_en) == ("分期款项（疑点明细 7）", "Instalment of Line of a finding 7")


def test_a_plan_covers_what_is_outstanding_when_it_is_agreed(keeper: Account, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    with pytest.raises(BookingRefused, match=r"add up to ¥99.99; ¥100.00 is outstanding"):
        planned(line, keeper, "60.00", "39.99")
    plan = planned(line, keeper, "60.00", "40.00")
    with pytest.raises(BookingRefused, match="a plan for this already"):
        planned(line, keeper, "50.00", "50.00")
    pay(line, "1.00", "B1", keeper)
    with pytest.raises(MoveRefused, match=r"¥99.00 is outstanding"):
        PLAN.make(plan, "agree", by=head)
    PLAN.make(plan, "end", by=keeper, note="they paid a part")
    PLAN.make(planned(line, keeper, "50.00", "49.00"), "agree", by=head)


def test_a_plan_that_ends_stops_its_clock_and_later_money_is_cash(keeper: Account, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED)
    plan = PLAN.make(planned(line, keeper, "60.00", "40.00"), "agree", by=head)
    PLAN.make(plan, "end", by=keeper, note="they pay the rest at once")
    pay(line, "100.00", "B1", keeper)
    assert (running(), standing(line)[Stage.CASH]) == ([], Decimal("100.00"))


def test_parts_of_a_plan_a_month_apart_add_up_to_the_fen() -> None:
    parts = monthly(Decimal("100.00"), 3, date(2026, 1, 31))
    assert parts == [
        (date(2026, 1, 31), Decimal("33.33")),
        (date(2026, 2, 28), Decimal("33.33")),
        (date(2026, 3, 31), Decimal("33.34")),
    ]
