"""What was confirmed is demanded and comes back in cash, by offset or in instalments, to the fund that had paid."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from supervision.cases import owed, remitting
from supervision.cases.models import Case, Proceeding, Remittance
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.ledger.booking import totals
from supervision.ledger.models import Entry, Item, Plan, Stage
from supervision.ledger.taking_back import take_back
from supervision.moves import MoveRefused
from tests.builders import make_division
from tests.cases.handled import Office, begin, make_case, make_confirmed, move, run_out
from tests.ledger.test_at_once import apart


def stages(case: Case) -> dict[str, Decimal]:
    rows = totals(Item.objects.filter(case=case.number))
    return {stage.value: amount for stage, amount in rows.items() if amount and stage != Stage.SOURCE}


def demanded(case: Case, office: Office) -> Proceeding:
    """By the bureau's order."""
    return move(begin(case, "recovery", office.officer), "order", office.head, basis="条例第三十八条")


def served(case: Case, office: Office) -> Proceeding:
    return move(demanded(case, office), "serve", office.officer, **handed())


def handed() -> dict[str, object]:
    return {"on": timezone.localdate(), "method": "direct", "received_by": "Zhao"}


def all_clocks_ran_out(recovery: Proceeding) -> None:
    for clock in Clock.objects.filter(subject=recovery.number):
        run_out(clock)


def monthly() -> dict[str, object]:
    return {"note": "资金困难", "parts": 3, "first_on": timezone.localdate()}


def paid(**more: object) -> dict[str, object]:
    return {"on": timezone.localdate(), "voucher": "YH-1", **more}


def test_what_is_confirmed_is_demanded_by_a_letter_and_a_clock(office: Office, case: Case) -> None:
    recovery = demanded(case, office)
    assert stages(case) == {"demanded": Decimal("1000.00")}
    assert recovery.amount == Decimal("1000.00")
    letter = Document.objects.get(about=recovery.number, kind="refund_order")
    assert "壹仟元" in letter.text_zh
    assert recovery.clock and recovery.clock.limit.code == "recovery_payment"
    assert recovery.clock.institution == case.institution_id


def test_who_ordered_it_does_not_demand_it(office: Office, case: Case) -> None:
    alone = office.officer
    alone.duties = [*alone.duties, "decide"]
    alone.save()
    recovery = begin(case, "recovery", alone)
    with pytest.raises(MoveRefused, match="second person"):
        move(recovery, "order", alone, basis="条例")


def test_nothing_is_demanded_where_nothing_is_confirmed(office: Office) -> None:
    empty = make_case(office)
    with pytest.raises(MoveRefused, match="Nothing of this case is confirmed"):
        demanded(empty, office)


def test_it_is_not_overdue_while_the_time_to_pay_stands_still(office: Office, case: Case) -> None:
    recovery = demanded(case, office)
    run_out(recovery.clock)
    Clock.objects.filter(subject=recovery.number).update(state=Clock.State.PAUSED)
    with pytest.raises(MoveRefused, match="not run out"):
        move(Proceeding.objects.get(pk=recovery.pk), "remind", office.officer)


def test_a_payment_in_cash_ends_the_clock_and_goes_to_each_fund(office: Office, case: Case) -> None:
    make_confirmed(case, "50.00", pooling_area=make_division("990200"), fund="390")
    recovery = demanded(case, office)
    clock = recovery.clock
    recovery = move(recovery, "pay", office.booker, **paid())
    assert stages(case) == {"cash": Decimal("1050.00")}
    assert clock
    clock.refresh_from_db()
    assert clock.state == "met"
    move(recovery, "book", office.booker, **paid(voucher="ZZ-9"))
    rows = Remittance.objects.values_list("pooling_area", "fund", "amount")
    assert set(rows) == {("990100", "310", Decimal("1000.00")), ("990200", "390", Decimal("50.00"))}
    assert move(recovery, "close", office.head).closed_at


def test_what_was_passed_on_and_taken_back_is_called_back_from_the_fund(office: Office, case: Case) -> None:
    recovery = move(demanded(case, office), "pay", office.booker, **paid())
    recovery = move(recovery, "book", office.booker, **paid(voucher="ZZ-9"))
    recovery = move(recovery, "close", office.head)
    payment = Entry.objects.filter(postings__stage=Stage.CASH, reverses=None).distinct().get()
    take_back(payment, reason="the bank returned it", by=office.booker)
    assert remitting.too_much(case) == {("990100", "310"): Decimal("1000.00")}
    recovery = move(recovery, "call_back", office.booker, **paid(voucher="ZZ-10"))
    assert not remitting.too_much(case) and recovery.closed_at is None
    recovery = move(recovery, "demand_again", office.officer, note="the bank returned it")
    recovery = move(recovery, "pay", office.booker, **paid(voucher="YH-2"))
    recovery = move(recovery, "book", office.booker, **paid(voucher="ZZ-11"))
    assert sum(Remittance.objects.values_list("amount", flat=True)) == Decimal("1000.00")
    assert move(recovery, "close", office.head).closed_at


def test_it_is_offset_against_a_settlement_batch(office: Office, case: Case) -> None:
    move(demanded(case, office), "offset", office.booker, **paid(voucher="JS-2026-11"))
    assert stages(case) == {"offset": Decimal("1000.00")}


def test_instalments_add_up_and_none_is_more_than_what_is_left(office: Office, case: Case) -> None:
    recovery = move(demanded(case, office), "allow_instalments", office.head, **monthly())
    recovery = move(recovery, "pay_instalment", office.booker, **paid(amount=Decimal("700.00")))
    assert stages(case) == {"instalment": Decimal("700.00"), "demanded": Decimal("300.00")}
    with pytest.raises(MoveRefused, match=r"300\.00 outstanding"):
        move(recovery, "pay_instalment", office.booker, **paid(amount=Decimal("300.01"), voucher="YH-2"))
    with pytest.raises(MoveRefused, match="still outstanding"):
        move(recovery, "settle", office.booker)
    recovery = move(recovery, "pay_instalment", office.booker, **paid(amount=Decimal("300.00"), voucher="YH-2"))
    assert move(recovery, "settle", office.booker).state == "paid"


def test_a_voucher_is_not_booked_twice(office: Office, case: Case) -> None:
    recovery = move(demanded(case, office), "allow_instalments", office.head, **monthly())
    move(recovery, "pay_instalment", office.booker, **paid(amount=Decimal("10.00")))
    with pytest.raises(MoveRefused, match="booked already"):
        move(recovery, "pay_instalment", office.booker, **paid(amount=Decimal("10.00")))
    assert owed.outstanding(owed.refunds(case)) == Decimal("990.00")


def test_the_bureau_enforces_its_order_when_nobody_can_challenge_it_any_more(office: Office, case: Case) -> None:
    recovery = served(case, office)
    codes = Clock.objects.going().filter(subject=recovery.number).values_list("limit__code", flat=True)
    assert set(codes) == {"recovery_payment", "P10", "P10_suit"}
    with pytest.raises(MoveRefused, match="not run out"):
        move(recovery, "remind", office.officer)
    run_out(recovery.clock)
    with pytest.raises(MoveRefused, match="may still ask for reconsideration or sue"):
        move(recovery, "remind", office.officer)
    all_clocks_ran_out(recovery)
    recovery = move(recovery, "remind", office.officer)
    with pytest.raises(MoveRefused, match="received the reminder"):
        move(recovery, "enforce", office.head, court="云泽市人民法院")
    recovery = move(recovery, "serve_reminder", office.officer, **handed())
    with pytest.raises(MoveRefused, match="10 working days"):
        move(recovery, "enforce", office.head, court="云泽市人民法院")
    all_clocks_ran_out(recovery)
    recovery = move(recovery, "enforce", office.head, court="云泽市人民法院")
    letter = Document.objects.get(about=recovery.number, kind="refund_enforcement")
    assert "责令退回决定强制执行申请书" in letter.text_zh
    assert "行政处罚" not in letter.text_zh
    assert move(recovery, "pay", office.booker, **paid()).state == "paid"


def test_an_order_that_nobody_served_is_not_enforced(office: Office, case: Case) -> None:
    recovery = demanded(case, office)
    run_out(recovery.clock)
    with pytest.raises(MoveRefused, match="received the order"):
        move(recovery, "remind", office.officer)


def test_the_agency_demands_under_the_agreement_and_the_bureau_orders(office: Office, case: Case) -> None:
    with pytest.raises(MoveRefused, match="for the medical security department"):
        move(begin(case, "recovery", office.agent), "order", office.agency_head, basis="协议")
    recovery = case.proceedings.get(kind="recovery")
    with pytest.raises(MoveRefused, match="for the handling agency"):
        move(recovery, "notify", office.head, basis="协议")
    recovery = move(recovery, "notify", office.agency_head, basis="协议第三十条")
    letter = Document.objects.get(about=recovery.number)
    assert letter.kind == "recovery_notice"
    assert letter.text_zh.startswith("云泽市医疗保障事务中心")
    assert "协调处理" in letter.text_zh
    assert letter.party == "handling"
    assert letter.reference != Document.objects.filter(party="authority").values_list("reference", flat=True).first()


def test_what_the_agency_does_not_get_back_the_bureau_may_order(office: Office, case: Case) -> None:
    recovery = move(begin(case, "recovery", office.agent), "notify", office.agency_head, basis="协议")
    run_out(recovery.clock)
    recovery = move(recovery, "overdue", office.agent)
    assert Document.objects.filter(about=recovery.number, kind="recovery_reminder").exists()
    with pytest.raises(MoveRefused, match="bureau has ordered"):
        move(recovery, "enforce", office.head, court="云泽市人民法院")
    recovery = move(recovery, "order", office.head, basis="条例第三十八条")
    assert (recovery.state, stages(case)) == ("notified", {"demanded": Decimal("1000.00")})
    run_out(recovery.clock)
    with pytest.raises(MoveRefused, match="bureau has ordered"):
        move(recovery, "overdue", office.agent)


def test_an_order_is_not_coordinated_but_an_agreement_is(office: Office, case: Case) -> None:
    today = timezone.localdate()
    with pytest.raises(MoveRefused, match="reconsideration or suit"):
        move(demanded(case, office), "dispute", office.officer, on=today, forum="coordination")
    other = make_case(office, "10.00")
    recovery = move(begin(other, "recovery", office.agent), "notify", office.agency_head, basis="协议")
    recovery = move(recovery, "dispute", office.agent, on=today, forum="coordination")
    assert move(recovery, "uphold", office.agency_head, on=today, result="协调后维持").state == "notified"


def test_a_demand_that_falls_is_lifted_and_nobody_owes_it(office: Office, case: Case) -> None:
    recovery = move(demanded(case, office), "allow_instalments", office.head, **monthly())
    recovery = move(recovery, "withdraw", office.head, note="复议撤销")
    assert recovery.closed_at
    assert stages(case) == {"confirmed": Decimal("1000.00")}
    assert not Clock.objects.going().filter(institution=case.institution_id, limit__code="recovery_payment").exists()
    assert Document.objects.filter(about=recovery.number, kind="recovery_withdrawn").exists()


def test_instalments_are_the_ledgers_plans(office: Office, case: Case) -> None:
    recovery = move(demanded(case, office), "allow_instalments", office.head, **monthly())
    plans = Plan.objects.filter(item__case=case.number, state="agreed")
    assert sum(part.amount for plan in plans for part in plan.instalments.all()) == Decimal("1000.00")
    with pytest.raises(MoveRefused, match="not run out"):
        move(recovery, "remind", office.officer)


def test_a_day_that_has_not_come_is_refused(office: Office, case: Case) -> None:
    recovery = demanded(case, office)
    with pytest.raises(MoveRefused):
        move(recovery, "pay", office.booker, **paid(on=timezone.localdate() + timedelta(1)))


def test_a_case_is_recovered_once_at_a_time(office: Office, case: Case) -> None:
    recovery = begin(case, "recovery", office.officer)
    with pytest.raises(MoveRefused, match="open already"):
        begin(case, "recovery", office.officer)
    move(recovery, "drop", office.head, note="by agreement instead")
    assert begin(case, "recovery", office.officer).state == "ordered"


@pytest.mark.django_db(transaction=True)
def test_two_recoveries_of_one_case_pass_its_money_on_once(
    office: Office, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened before only one was allowed; both are passed on at the same moment."""
    monkeypatch.setattr(owed, "recovered_now", lambda _case: False)
    one, two = demanded(case, office), begin(case, "recovery", office.officer)
    one = move(one, "pay", office.booker, **paid())
    Proceeding.objects.filter(pk=two.pk).update(state="paid")
    real, both = remitting.by_fund, threading.Barrier(2)

    def slowly(which: Case) -> dict[tuple[str, str], Decimal]:
        found = real(which)
        with suppress(threading.BrokenBarrierError):
            both.wait(1)
        return found

    monkeypatch.setattr(remitting, "by_fund", slowly)
    with ThreadPoolExecutor(2) as pool:
        acts = [apart(partial(move, which, "book", office.booker, **paid())) for which in (one, two)]
        assert len([act.result() for act in [pool.submit(act) for act in acts]]) == 2
    assert sum(Remittance.objects.values_list("amount", flat=True)) == Decimal("1000.00")
