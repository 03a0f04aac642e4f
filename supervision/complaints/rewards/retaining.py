"""What the end of a report asks of its reward: whether it is under way, may be asked back, and what was noted."""

from supervision.complaints.models import Complaint

from . import timing
from .models import Reward, RewardEvent, State

OVER = (State.PAID, State.WAIVED, State.REFUSED, State.RECOVERED)


def under_way(complaint: Complaint) -> bool:
    """Whether somebody is still to do something about its reward."""
    return Reward.objects.filter(complaint=complaint).exclude(state__in=OVER).exists()


def still_needed(complaint: Complaint) -> bool:
    """Who told it must be found until the reward has come to its end and nobody can ask it back any more."""
    return under_way(complaint) or any(
        timing.may_be_reclaimed(reward) for reward in Reward.objects.filter(complaint=complaint, state=State.PAID)
    )


def erase_notes(complaint: Complaint) -> int:
    """What was noted with its moves; amounts, days and approvals are vouchers and stay."""
    return RewardEvent.objects.filter(reward__complaint=complaint).exclude(words_sealed="").update(words_sealed="")
