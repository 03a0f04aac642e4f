"""Who owes a reward its next step and by when; and for how long a paid one can still be asked back."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.clocks.models import CalendarYear, Clock
from supervision.complaints import receipts, tasks
from supervision.complaints.models import Complaint, Forgetting
from supervision.complaints.rewards import claiming, taking_up
from supervision.complaints.rewards.models import Reward, State
from supervision.complaints.rewards.workflow import REWARD
from supervision.complaints.vault.sealing import is_kept
from supervision.moves import MoveRefused
from tests.complaints.building import WHO
from tests.complaints.rewards.office import BANK, RewardDesk, again, claimed, issued, notified, opened, paid, pay

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
PAID_BY = date(2026, 3, 30)  # 20 working days after it was claimed


def at(day: date, hour: int = 10) -> Any:
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(hour))), tick=False)


def owed_by(account: Account) -> list[str]:
    clocks = Clock.objects.owed_by(account).going().filter(limit__code__startswith="reward_")
    return list(clocks.values_list("limit__code", flat=True))


def due_day(reward: Reward) -> date | None:
    return timezone.localdate(reward.clock.due_at) if reward.clock else None


def page(client: Client, address: str, account: Account) -> str:
    client.force_login(account)
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def test_until_it_is_claimed_whoever_handles_reports_keeps_an_eye_on_it(office: RewardDesk, client: Client) -> None:
    reward = notified(office)
    assert owed_by(office.handler) == ["reward_claim"]
    assert owed_by(office.finance) == []
    assert "whoever may handle complaints" in page(client, "/desk/clocks/", office.chief)
    assert reward.number in page(client, "/desk/work/", office.handler)


def test_what_was_claimed_is_paid_in_time_first_by_the_desk_then_by_finance(office: RewardDesk) -> None:
    with at(MONDAY, 9):
        reward = claimed(office)
        assert (owed_by(office.proposer), owed_by(office.finance)) == (["reward_payment"], [])
        assert due_day(reward) == PAID_BY
    with at(MONDAY + timedelta(7)):
        reward = REWARD.make(reward, "issue", by=office.proposer)
        assert (owed_by(office.proposer), owed_by(office.finance)) == ([], ["reward_payment"])
        assert due_day(reward) == PAID_BY  # what the desk took is not added
        opened(reward, office)
        reward = pay(reward, office)
    assert reward.clock is None
    states = Clock.objects.filter(subject=reward.number, limit__code="reward_payment").values_list("state", flat=True)
    assert set(states) == {"met"}


def test_what_is_paid_too_late_was_missed(office: RewardDesk) -> None:
    with at(MONDAY):
        reward = issued(office)
    with at(PAID_BY + timedelta(1)):
        opened(reward, office)
        pay(reward, office)
    assert Clock.objects.filter(subject=reward.number).latest("pk").state == "missed"


def test_what_could_not_be_paid_has_its_time_anew(office: RewardDesk) -> None:
    with at(MONDAY):
        reward = issued(office)
    with at(MONDAY + timedelta(7)):
        reward = REWARD.make(reward, "bounce", by=office.finance, note="the account is closed")
        assert owed_by(office.proposer) == ["reward_payment"]
        assert due_day(reward) == PAID_BY + timedelta(8)  # Qingming lies between
        reward = REWARD.make(reward, "stop", by=office.third_chief, note="the report was made up")
    assert reward.clock is None
    assert not Clock.objects.filter(subject=reward.number).going().exists()


def test_e2_the_clock_counts_from_the_day_of_the_claim_and_knows_no_hour(office: RewardDesk) -> None:
    with at(MONDAY, 9):
        reward = notified(office)
    with at(MONDAY + timedelta(3), 22):
        claiming.claim(reward.complaint, BANK, once=receipts.draw_ticket())
    with at(MONDAY + timedelta(4), 1):
        taking_up.take_up()
    clock = again(reward).clock
    assert clock is not None
    assert timezone.localtime(clock.since).isoformat() == "2026-03-05T00:00:00+08:00"


def test_a_year_whose_holidays_are_not_known_holds_no_reporter_up(office: RewardDesk) -> None:
    with at(MONDAY):
        reward = notified(office)
        claiming.claim(reward.complaint, BANK, once=receipts.draw_ticket())
        CalendarYear.objects.all().delete()
        taking_up.take_up()
        assert (again(reward).state, again(reward).clock) == (State.CLAIMED, None)
        assert REWARD.make(again(reward), "issue", by=office.proposer).state == State.VOUCHER


def test_the_reporter_reads_by_when_it_is_paid(office: RewardDesk, client: Client) -> None:
    ticket = receipts.draw_ticket()
    with at(MONDAY):
        reward = notified(office, ticket=ticket)
        receipt = receipts.receipt_of(ticket)
        claiming.claim(reward.complaint, BANK, once="1")
        before = client.post(
            "/report/reward/", {"receipt": receipt}, headers={"accept-language": "en"}
        ).content.decode()
        taking_up.take_up()
        after = client.post("/report/reward/", {"receipt": receipt}, headers={"accept-language": "en"}).content.decode()
    assert "It is paid by" not in before
    assert "It is paid by" in after and "2026-03-30" in after


# --- Asking back ------------------------------------------------------------------------------------


def test_what_was_paid_is_asked_back_for_two_years_and_no_longer(office: RewardDesk) -> None:
    with at(MONDAY):
        reward = paid(office)
    last = MONDAY.replace(year=2028)
    with at(last + timedelta(1)), pytest.raises(MoveRefused, match="could be asked for back until 2028-03-02"):
        REWARD.make(reward, "reclaim", by=office.proposer, note="the court says it was false")
    with at(last):
        assert REWARD.make(reward, "reclaim", by=office.proposer, note="the court says it was false").state


def nightly(day: date) -> None:
    with at(day, 3):
        tasks.forget_by_rule()


def test_e3_who_told_it_is_kept_as_long_as_the_reward_can_be_asked_back_and_no_longer(office: RewardDesk) -> None:
    with at(MONDAY):
        reward = paid(office, who=WHO)
    number = reward.complaint.number
    archived = date(2026, 4, 2)
    nightly(archived)
    assert Complaint.objects.get().state == "archived"
    identity = Forgetting.objects.get(what="identity")
    assert identity.due_on == archived.replace(year=2027)
    nightly(identity.due_on + timedelta(1))
    assert is_kept(number) and is_kept(number, "payout")
    nightly(MONDAY.replace(year=2028))
    assert is_kept(number)
    nightly(MONDAY.replace(year=2028) + timedelta(1))
    assert not is_kept(number) and not is_kept(number, "payout")


def test_the_page_of_what_will_be_erased_says_why_it_is_still_there(office: RewardDesk, client: Client) -> None:
    with at(MONDAY):
        paid(office, who=WHO)
    nightly(date(2026, 4, 2))
    with at(date(2027, 4, 10)):
        shown = page(client, "/desk/complaints/retention/", office.handler)
    assert "waits: a reward is under way, or may still be asked back" in shown


def test_a_reward_that_is_asked_back_keeps_it_until_that_is_over(office: RewardDesk) -> None:
    with at(MONDAY):
        reward = paid(office, who=WHO)
    nightly(date(2026, 4, 2))
    with at(MONDAY.replace(year=2028)):
        reward = REWARD.make(reward, "reclaim", by=office.proposer, note="the court says it was false")
    nightly(date(2028, 6, 1))
    assert is_kept(reward.complaint.number)
    with at(date(2028, 6, 2)):
        REWARD.make(reward, "leave", by=office.chief, note="it was not false")
    nightly(date(2028, 6, 3))
    assert not is_kept(reward.complaint.number)


def test_who_holds_neither_duty_owes_none_of_it(office: RewardDesk) -> None:
    issued(office)
    assert owed_by(office.opener) == []
    assert not office.opener.holds(Duty.BOOK)
