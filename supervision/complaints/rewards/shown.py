"""What a reporter may know of a reward: where it stands, the sum once it is granted, and what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from supervision.clocks.calendar import day_of
from supervision.complaints.models import Complaint

from . import claiming
from .models import Reward, State

# Before two people have approved nothing is promised, and of taking a reward back its owner is told by the demand.
WORDS: dict[str, Callable[[], str]] = {
    State.ELIGIBLE: lambda: _("It is being looked into whether a reward is due."),
    State.PROPOSED: lambda: _("It is being looked into whether a reward is due."),
    State.CHECKED: lambda: _("It is being looked into whether a reward is due."),
    State.APPROVED: lambda: _("It is being looked into whether a reward is due."),
    State.NOTIFIED: lambda: _("A reward is granted to you. Claim it in time."),
    State.CLAIMED: lambda: _("You have claimed it. The department is preparing the payment."),
    State.VOUCHER: lambda: _("The department's finance is paying it."),
    State.PAID: lambda: _("It was paid."),
    State.RECLAIMING: lambda: _("It was paid."),
    State.WAIVED: lambda: _("It was not claimed in time and counts as waived."),
    State.REFUSED: lambda: _("No reward is granted. The reason stands among the messages."),
    State.DEMANDED: lambda: _("It is demanded back. The reason stands among the messages."),
    State.RECOVERED: lambda: _("It was given back."),
}
TOLD = (
    State.NOTIFIED, State.CLAIMED, State.VOUCHER, State.PAID, State.RECLAIMING, State.WAIVED, State.DEMANDED,
    State.RECOVERED,
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A reward as its reporter sees it."""

    words: str
    amount: Decimal | None = None
    until: date | None = None
    may_claim: bool = False
    claimed: bool = False
    paid_by: date | None = None  # the day until which the department pays, once it is claimed
    with_finance: bool = False


def for_reporter(complaint: Complaint) -> Shown:
    """Of a report without a reward, why there is none yet."""
    reward = claiming.reward_of(complaint)
    if reward is None:
        return Shown(without(complaint))
    may_claim = claiming.may_claim(complaint)
    claimed = reward.notified_on is not None and claiming.first_claim(reward) is not None
    words = WORDS[State.CLAIMED if reward.state == State.NOTIFIED and claimed else reward.state]()
    if reward.state not in TOLD:
        return Shown(words)
    return Shown(
        words, reward.amount, reward.claim_until, may_claim, claimed, paid_by(reward),
        with_finance=reward.state == State.VOUCHER,
    )  # fmt: skip


def paid_by(reward: Reward) -> date | None:
    owing = reward.state in (State.CLAIMED, State.VOUCHER) and reward.clock is not None
    return day_of(reward.clock.due_at) if owing and reward.clock else None


def without(complaint: Complaint) -> str:
    if not complaint.wants_reward:
        return _("You have not asked for a reward.")
    if complaint.joined_to_id:
        return _("Somebody told of the same matter before you: only the first effective report is rewarded.")
    return _("Whether a reward is due is decided when your report was found true and its case has ended.")
