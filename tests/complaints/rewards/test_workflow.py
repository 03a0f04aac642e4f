"""C2: a reward takes three people and a fourth who pays; nobody decides on what they handled."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.cases.models import Officer
from supervision.complaints.models import Complaint, Message
from supervision.complaints.rewards.models import Reward, RewardPayment
from supervision.complaints.rewards.workflow import REWARD
from supervision.ledger.models import Entry, Stage
from supervision.moves import MoveRefused, TooLate
from tests.builders import make_division, make_institution
from tests.cases.office import make_officer
from tests.complaints.rewards.office import (
    CHECKED,
    STATED,
    RewardDesk,
    again,
    approved,
    begun,
    issued,
    make_desk,
    notified,
    opened,
    paid,
    pay,
    proposed,
)
from tests.ledger.small import make_item

pytestmark = pytest.mark.django_db


def both(*duties: Duty) -> Account:
    return make_officer("both", *duties)


def test_the_amount_comes_from_what_the_ledger_says_was_verified(office: RewardDesk) -> None:
    reward = proposed(office, "30000.00", "12345.67")
    assert (reward.value, reward.amount) == (Decimal("42345.67"), Decimal("4234.57"))
    assert reward.rule is not None
    assert reward.rule.name_en.startswith("Example province")
    assert reward.reckoned[-1] == {"before": "4234.57", "held": ""}


def test_what_turned_out_not_to_be_owed_is_no_part_of_it(office: RewardDesk) -> None:
    reward = begun(office, "30000.00")
    make_item(at=Stage.REPAYABLE, amount="5000.00", case=reward.case.number)
    reward = REWARD.make(reward, "propose", by=office.proposer, note="good leads", **CHECKED)
    assert reward.value == Decimal("30000.00")


def test_where_the_share_is_of_what_came_back_only_that_counts() -> None:
    office = make_desk("990200", "wangyu")
    there = make_division("990201")
    reward = begun(office, "30000.00", place=there, institution=make_institution("H99020100001", "990201"))
    with pytest.raises(MoveRefused, match="nothing that was verified"):
        REWARD.make(reward, "propose", by=office.proposer, note="good leads", **CHECKED)
    make_item(at=Stage.CASH, amount="20000.00", case=reward.case.number, place=there)
    assert REWARD.make(reward, "propose", by=office.proposer, note="good leads", **CHECKED).amount == Decimal("1000.00")


def test_a_level_for_which_nobody_set_a_share_is_refused(office: RewardDesk) -> None:
    with pytest.raises(MoveRefused, match="No share"):
        REWARD.make(begun(office), "propose", by=office.proposer, note="n", **{**CHECKED, "reward_level": "9"})


def test_what_must_be_checked_of_the_reporter_is_checked_in_full(office: RewardDesk) -> None:
    with pytest.raises(MoveRefused, match="All of it"):
        REWARD.make(
            begun(office), "propose", by=office.proposer, note="n", reward_level="1", reward_statements=["on_duty"]
        )


def test_c2_who_proposed_does_not_approve(office: RewardDesk) -> None:
    two = both(Duty.COMPLAINTS, Duty.DECIDE)
    reward = REWARD.make(begun(office), "propose", by=two, note="good leads", **CHECKED)
    for name in ("check", "refuse"):
        with pytest.raises(MoveRefused, match="second person"):
            REWARD.make(reward, name, by=two, note="mine", **STATED)


def test_c2_the_two_who_approve_are_two(office: RewardDesk) -> None:
    reward = REWARD.make(proposed(office), "check", by=office.chief, **STATED)
    with pytest.raises(MoveRefused, match="second person"):
        REWARD.make(reward, "approve", by=office.chief, **STATED)
    assert REWARD.make(reward, "approve", by=office.other_chief, **STATED).state == "approved"


def test_c2_who_handled_the_report_decides_nothing(office: RewardDesk) -> None:
    reward = proposed(office)
    Complaint.objects.filter(pk=reward.complaint_id).update(handler=office.chief)
    with pytest.raises(MoveRefused, match="handled the report"):
        REWARD.make(again(reward), "check", by=office.chief, **STATED)


def test_c2_who_once_handled_the_report_decides_nothing_either(office: RewardDesk) -> None:
    reward = proposed(office)
    reward.complaint.events.create(move="register", before="received", after="registered", by=office.chief)
    with pytest.raises(MoveRefused, match="handled the report"):
        REWARD.make(reward, "check", by=office.chief, **STATED)


def test_c2_who_handles_the_case_or_stepped_aside_decides_nothing(office: RewardDesk) -> None:
    reward = proposed(office)
    Officer.objects.create(
        case=reward.case,
        account=office.chief,
        named_by=office.handler,
        until=timezone.now(),
        recused=True,
        reason="kin",
    )
    with pytest.raises(MoveRefused, match="handles the case"):
        REWARD.make(reward, "check", by=office.chief, **STATED)


def test_c2_who_approves_says_that_they_have_no_interest(office: RewardDesk) -> None:
    with pytest.raises(MoveRefused):
        REWARD.make(proposed(office), "check", by=office.chief, no_interest=[])


def test_c2_an_approval_sent_again_is_told_that_it_is_late(office: RewardDesk) -> None:
    reward = proposed(office)
    REWARD.make(reward, "check", by=office.chief, turn=reward.turn, **STATED)
    with pytest.raises(TooLate):
        REWARD.make(reward, "check", by=office.chief, turn=reward.turn, **STATED)


def test_c2_a_duty_that_was_taken_away_bites_at_once(office: RewardDesk) -> None:
    reward = proposed(office)
    Account.objects.filter(pk=office.chief.pk).update(duties=[Duty.READ])
    with pytest.raises(MoveRefused, match="do not hold the duty"):
        REWARD.make(reward, "check", by=Account.objects.get(pk=office.chief.pk), **STATED)


def test_c2_none_of_those_who_granted_it_pays(office: RewardDesk) -> None:
    reward = issued(office)
    opened(reward, office)
    for who in (office.proposer, office.chief, office.other_chief):
        Account.objects.filter(pk=who.pk).update(duties=[Duty.READ, Duty.BOOK])
        with pytest.raises(MoveRefused, match="second person"):
            REWARD.make(reward, "pay", by=Account.objects.get(pk=who.pk), voucher="Y-1", on=timezone.localdate())
    assert pay(reward, office).state == "paid"


def test_c2_nothing_is_paid_before_two_people_have_opened_where_to(office: RewardDesk) -> None:
    reward = issued(office)
    with pytest.raises(MoveRefused, match="vault"):
        pay(reward, office)


def test_c2_the_database_itself_refuses_one_person_twice(office: RewardDesk) -> None:
    reward = approved(office)
    for change in ({"approver": office.chief}, {"checker": office.proposer}, {"approver": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reward.objects.filter(pk=reward.pk).update(**change)


def test_a_sum_that_changed_since_goes_back(office: RewardDesk) -> None:
    reward = proposed(office)
    make_item(at=Stage.CONFIRMED, amount="1.00", case=reward.case.number)
    with pytest.raises(MoveRefused, match="another sum"):
        REWARD.make(reward, "check", by=office.chief, **STATED)
    back = REWARD.make(reward, "send_back", by=office.chief, note="reckon anew")
    assert (back.state, back.amount, back.proposer) == ("eligible", None, None)
    assert REWARD.make(back, "propose", by=office.proposer, note="again", **CHECKED).amount == Decimal("3000.10")


def test_the_reporter_reads_sum_and_last_day_in_their_own_tongue(office: RewardDesk) -> None:
    reward = notified(office)
    last = reward.complaint.messages.get(kind=Message.Kind.DECISION)
    assert "¥3,000.00" in last.words
    assert reward.claim_until is not None
    assert str(reward.claim_until.year) in last.words
    assert reward.clock is not None
    assert reward.clock.limit.code == "reward_claim"
    assert (reward.claim_until - timezone.localdate()).days >= 59


def test_what_was_granted_can_be_taken_back_and_the_voucher_is_void(office: RewardDesk) -> None:
    reward = REWARD.make(issued(office), "stop", by=office.third_chief, note="the evidence was made up")
    assert reward.state == "refused"
    assert not reward.vouchers.filter(void_on=None).exists()
    assert reward.complaint.messages.filter(kind=Message.Kind.DECISION).count() == 2


def test_what_is_noted_lies_sealed_and_not_in_the_chain(office: RewardDesk) -> None:
    reward = REWARD.make(begun(office), "propose", by=office.proposer, note="her nephew works there", **CHECKED)
    event = reward.events.get(move="propose")
    assert (event.note, event.words) == ("", "her nephew works there")
    assert "nephew" not in event.words_sealed


def test_a_payment_is_booked_with_its_voucher_and_touches_no_book_of_the_fund(office: RewardDesk) -> None:
    reward = issued(office)
    opened(reward, office)
    before = Entry.objects.count()
    pay(reward, office)
    booked = reward.payments.get()
    assert (booked.amount, booked.bank_voucher, booked.voucher) == (reward.amount, "Y-1", reward.vouchers.get())
    assert booked.place_id == "990100"
    assert Entry.objects.count() == before


def test_a_voucher_of_the_bank_counts_once(office: RewardDesk) -> None:
    paid(office)
    reward = issued(office)
    opened(reward, office)
    with pytest.raises(MoveRefused, match="booked already"):
        pay(reward, office)
    assert again(reward).state == "voucher"


def test_the_database_keeps_one_payout_a_reward(office: RewardDesk) -> None:
    first = paid(office).payments.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RewardPayment.objects.create(
            reward=first.reward, way="out", voucher=None, amount=1, place=first.place, bank_voucher="Y-2", day=first.day,
            by=office.finance,
        )  # fmt: skip


def test_nothing_is_paid_on_a_day_to_come_or_before_its_voucher(office: RewardDesk) -> None:
    reward = issued(office)
    opened(reward, office)
    for day in (timezone.localdate() + timedelta(1), timezone.localdate() - timedelta(1)):
        with pytest.raises(MoveRefused):
            REWARD.make(reward, "pay", by=office.finance, voucher="Y-1", on=day)


def test_c2_what_was_opened_for_an_earlier_voucher_does_not_pay_a_later_one(office: RewardDesk) -> None:
    reward = issued(office)
    opened(reward, office)
    with time_machine.travel(timezone.now() + timedelta(2), tick=False):
        reward = REWARD.make(reward, "bounce", by=office.finance, note="the account is closed")
        reward = REWARD.make(reward, "issue", by=office.proposer)
        with pytest.raises(MoveRefused, match="vault"):
            pay(reward, office)


def test_a_report_that_is_looked_into_again_brings_nothing_meanwhile(office: RewardDesk) -> None:
    reward = approved(office)
    Complaint.objects.filter(pk=reward.complaint_id).update(state="accepted", outcome="")
    with pytest.raises(MoveRefused, match="concluded first"):
        REWARD.make(again(reward), "notify", by=office.proposer)


def test_what_could_not_be_paid_waits_for_the_reporter_and_goes_out_again(office: RewardDesk) -> None:
    reward = REWARD.make(issued(office), "bounce", by=office.finance, note="the account is closed")
    assert reward.state == "claimed"
    reward = REWARD.make(reward, "issue", by=office.proposer)
    assert [one.number[-2:] for one in reward.vouchers.all()] == ["-1", "-2"]
    assert reward.vouchers.filter(void_on=None).count() == 1


def test_a_reward_for_a_false_report_is_taken_back_by_two_people(office: RewardDesk) -> None:
    two = both(Duty.COMPLAINTS, Duty.DECIDE)
    reward = REWARD.make(paid(office), "reclaim", by=two, note="the court says the report was false")
    with pytest.raises(MoveRefused, match="second person"):
        REWARD.make(reward, "demand", by=two, note="pay it back")
    reward = REWARD.make(reward, "demand", by=office.chief, note="Pay it back within 15 days.")
    reward = REWARD.make(reward, "book_back", by=office.finance, voucher="R-1", on=timezone.localdate())
    assert reward.state == "recovered"
    assert [one.way for one in reward.payments.all()] == ["out", "back"]
