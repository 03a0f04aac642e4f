"""What comes about by itself: points that nobody appealed against count, a year is cleared, times run out."""

from collections.abc import Iterable

from django.utils import timezone

from supervision.moves import THE_SITE, MoveRefused

from . import grounds, holding, standing
from .models import Qualification, ScoreRecord, Standing, State
from .workflows.record import COUNTS, SCORE


def take_up() -> int:
    """All of it, and how many records moved. Twice changes nothing."""
    moved = let_fall() + take_effect() + clear()
    settle_states()
    return moved


def let_fall() -> int:
    """Records whose ground was annulled."""
    rows = ScoreRecord.objects.exclude(state=State.WITHDRAWN)
    return made(rows.exclude(proceeding__in=grounds.in_effect()), "fall")


def take_effect() -> int:
    return made(ScoreRecord.objects.filter(state=State.NOTIFIED, clock__due_at__lt=timezone.now()), "take_effect")


def clear() -> int:
    """Records of a calendar year that is over."""
    first = timezone.localdate().replace(month=1, day=1)
    return made(ScoreRecord.objects.filter(state__in=COUNTS, effective_on__lt=first), "clear")


def settle_states() -> None:
    """Suspensions that have ended, terminations whose time is over, and sums of a new year."""
    today = timezone.localdate()
    held = Qualification.objects.filter(state__in=[Standing.SUSPENDED, Standing.TERMINATED, Standing.ELIGIBLE_AGAIN])
    for row in held.select_related("practitioner"):
        holding.take_state(row)
    for row in Qualification.objects.exclude(points_year=today.year).exclude(points=0).select_related("practitioner"):
        holding.keep_points(row.practitioner, standing.history_of(row.practitioner))


def made(rows: Iterable[ScoreRecord], move: str) -> int:
    return sum(moved(row, move) for row in rows)


def moved(row: ScoreRecord, move: str) -> bool:
    try:
        SCORE.make(row, move, by=THE_SITE)
    except MoveRefused:
        return False  # somebody was quicker
    return True
