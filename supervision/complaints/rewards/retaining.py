"""What retention asks of rewards: whether one is under way still, and that its notes are erased with the report."""

from supervision.complaints.models import Complaint

from .models import Reward, RewardEvent, State

OVER = (State.PAID, State.WAIVED, State.REFUSED, State.RECOVERED)


def still_needed(complaint: Complaint) -> bool:
    """Who told it must be found until the reward has come to its end."""
    return Reward.objects.filter(complaint=complaint).exclude(state__in=OVER).exists()


def erase_notes(complaint: Complaint) -> int:
    """What was noted with its moves; amounts, days and approvals are vouchers and stay."""
    return RewardEvent.objects.filter(reward__complaint=complaint).exclude(words_sealed="").update(words_sealed="")
