"""What came before the first hearing: the claims were taken in and the rules ran, as if in that month."""

from datetime import timedelta

from django.db.models import F, Model
from django.utils import timezone

from claims.models import Batch, Snapshot
from supervision.clocks import calendar
from supervision.monitoring.models import Finding, Run, Step

from .telling import working_days_before

DATED: dict[type[Model], tuple[str, ...]] = {
    Batch: ("created_at", "finished_at"),
    Snapshot: ("published_at",),
    Run: ("started_at", "finished_at"),
    Step: ("started_at", "done_at"),
    Finding: ("found_at", "withdrawn_at"),
}


def came_before(working_days: int) -> None:
    """Batches, runs and findings lie so many working days back; the chain of acts keeps when they really came."""
    today = timezone.localdate()
    back: timedelta = today - working_days_before(today, working_days, calendar.known())
    for model, columns in DATED.items():
        model._default_manager.update(**{column: F(column) - back for column in columns})
