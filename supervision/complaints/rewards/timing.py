"""The clocks of rewards: the reporter's until it is claimed, ours until it is paid. A claim counts by its day."""

from datetime import date, datetime

from django.utils import timezone

from institutions.models import Duty
from supervision.clocks import running
from supervision.clocks.calendar import DeadlineRefused
from supervision.clocks.models import Clock
from supervision.complaints import retention
from supervision.complaints.timing import midnight, start
from supervision.moves import Made

from .models import Reward, RewardPayment

CLAIM, PAYMENT, RECLAIM = "reward_claim", "reward_payment", "reward_reclaim"


def start_claim(reward: Reward) -> Clock:
    """The reporter's time. Whoever handles reports keeps an eye on it, and can write before it is over."""
    return start(reward, CLAIM, since=timezone.now())


def starts_payment(reward: Reward, made: Made[Reward]) -> None:
    """starts reward_payment for whoever sends the voucher"""
    assert reward.claimed_on is not None
    owed(reward, midnight(reward.claimed_on), Duty.COMPLAINTS)


def starts_payment_anew(reward: Reward, made: Made[Reward]) -> None:
    """starts reward_payment anew"""
    owed(reward, timezone.now(), Duty.COMPLAINTS)


def hands_to_finance(reward: Reward, made: Made[Reward]) -> None:
    """gives what is left of reward_payment to finance"""
    since = reward.clock.since if reward.clock else timezone.now()
    meets(reward, made)
    owed(reward, since, Duty.BOOK)


def owed(reward: Reward, since: datetime, duty: Duty) -> None:
    """The clock of the payment; a year whose holidays are not known yet holds no reporter up."""
    try:
        reward.clock = start(reward, PAYMENT, since=since, duty=duty)
    except DeadlineRefused:
        reward.clock = None


def meets(reward: Reward, made: Made[Reward]) -> None:
    """ends the clock"""
    running.meet_if_going(reward.clock)
    reward.clock = None


def stops(reward: Reward, made: Made[Reward]) -> None:
    """stops the clock"""
    if reward.clock is not None and reward.clock.ended_at is None:
        running.stop(reward.clock)
    reward.clock = None


def may_be_reclaimed_until(reward: Reward) -> date | None:
    """The last day on which it may be asked for back; of what was not paid there is none."""
    paid = reward.payments.filter(way=RewardPayment.Way.OUT).first()
    return retention.after(reward.complaint, RECLAIM, paid.day) if paid else None


def may_be_reclaimed(reward: Reward) -> bool:
    last = may_be_reclaimed_until(reward)
    return last is not None and timezone.localdate() <= last
