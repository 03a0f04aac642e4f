"""What comes about by itself: claims become moves at the site's own time, and what nobody claimed is waived."""

from django.utils import timezone

from supervision.complaints.models import Message
from supervision.moves import THE_SITE, MoveRefused

from .models import Reward, State
from .workflow import REWARD


def take_up() -> int:
    """First what was claimed, then what was not; how many. Twice changes nothing."""
    return take_up_claims() + waive_unclaimed()


def take_up_claims() -> int:
    """By night: nothing tells at which hour of the day somebody claimed."""
    claimed = Reward.objects.filter(state=State.NOTIFIED, complaint__messages__kind=Message.Kind.CLAIM).distinct()
    return sum(moved(reward, "claim") for reward in claimed)


def waive_unclaimed() -> int:
    late = Reward.objects.filter(state=State.NOTIFIED, claim_until__lt=timezone.localdate())
    return sum(moved(reward, "waive") for reward in late)


def moved(reward: Reward, move: str) -> bool:
    try:
        REWARD.make(reward, move, by=THE_SITE)
    except MoveRefused:
        return False  # somebody was quicker, or a claim of the last day waits for its turn
    return True
