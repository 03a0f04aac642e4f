"""A5: claims and payments that are sent at once, and the night's work done twice at once, count once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.utils import translation

from supervision.complaints.models import Message
from supervision.complaints.rewards import claiming, granting, taking_up
from supervision.complaints.rewards.models import Reward, RewardPayment
from supervision.complaints.vault.models import Identity
from supervision.refusal import Refused
from tests.complaints.rewards.office import BANK, RewardDesk, again, issued, make_true, notified, opened, pay

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> int:
    """All of them in threads of their own, begun together; how many were refused."""
    start = threading.Barrier(len(acts))

    def act(one: Callable[[], Any]) -> bool:
        start.wait()
        try:
            with translation.override("en"):
                one()
        except Refused:
            return True
        finally:
            connections.close_all()
        return False

    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(act, acts))


def test_a5_a_claim_sent_five_times_at_once_is_one_claim_and_one_sealed_text(office: RewardDesk) -> None:
    reward = notified(office)
    at_once(*[partial(claiming.claim, reward.complaint, BANK, once="one page")] * 5)
    assert Message.objects.filter(kind=Message.Kind.CLAIM).count() == 1
    assert Identity.objects.filter(kind="payout").count() == 1


def test_a5_the_night_that_comes_three_times_at_once_takes_a_claim_up_once(office: RewardDesk) -> None:
    reward = notified(office)
    claiming.claim(reward.complaint, BANK, once="one page")
    at_once(*[taking_up.take_up] * 3)
    assert again(reward).state == "claimed"
    assert reward.events.filter(move="claim").count() == 1


def test_a5_of_two_payouts_at_once_one_is_booked(office: RewardDesk) -> None:
    reward = issued(office)
    opened(reward, office)
    refused = at_once(*[partial(pay, reward, office, voucher) for voucher in ("Y-1", "Y-2", "Y-3")])
    assert refused == 2
    assert RewardPayment.objects.count() == 1
    assert again(reward).state == "paid"


def test_a5_of_two_rewards_for_a_case_begun_at_once_one_stands(office: RewardDesk) -> None:
    complaint = make_true(office)
    refused = at_once(*[partial(granting.begin, complaint, by=office.proposer)] * 4)
    assert refused == 3
    assert Reward.objects.count() == 1


def test_a5_a_claim_and_the_end_of_its_time_at_once_leave_either_and_never_both(office: RewardDesk) -> None:
    reward = notified(office)
    Reward.objects.filter(pk=reward.pk).update(claim_until="2026-01-01", notified_on="2025-11-01")
    refused = at_once(partial(claiming.claim, reward.complaint, BANK, once="one page"), taking_up.take_up)
    assert refused == 1  # the time was over: the claim
    assert again(reward).state == "waived"
