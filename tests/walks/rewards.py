"""The way of a reward: proposed, approved by two, claimed or waived, paid, and taken back from a false report."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from institutions.models import Department, Duty
from supervision.complaints.models import Message
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.workflow import REWARD
from supervision.complaints.vault.models import Identity
from tests.complaints.rewards.office import begun, make_desk, opened
from tests.walks.walking import Walk

AUTHORITY = Department.Party.AUTHORITY


def reward() -> Walk:
    desk = make_desk()

    def to_pay(subject: Reward) -> Mapping[str, Any]:
        opened(subject, desk)
        return {}

    return Walk(
        REWARD, lambda: begun(desk),
        {
            f"{Duty.COMPLAINTS} {AUTHORITY}": desk.proposer, f"{Duty.DECIDE} {AUTHORITY}": desk.chief,
            f"{Duty.BOOK} {AUTHORITY}": desk.finance, "to approve": desk.other_chief, "to reconsider": desk.other_chief,
        },
        {"claim": claimed, "waive": long_ago, "issue": kept, "pay": to_pay},
    )  # fmt: skip


def claimed(subject: Reward) -> Mapping[str, Any]:
    """The reporter has claimed it."""
    message = Message(complaint=subject.complaint, kind=Message.Kind.CLAIM, day=timezone.localdate())
    message.words = "claimed"
    message.save()
    return {}


def long_ago(subject: Reward) -> Mapping[str, Any]:
    """The reporter was told long ago."""
    Reward.objects.filter(pk=subject.pk).update(claim_until=timezone.localdate() - timedelta(1))
    return {}


def kept(subject: Reward) -> Mapping[str, Any]:
    """The vault keeps where it is paid to."""
    Identity.objects.create(
        subject=subject.complaint.number, kind="payout", version=1, place=subject.place, key="0" * 8, sealed="nothing",
        kept_on=timezone.localdate(),
    )  # fmt: skip
    return {}
