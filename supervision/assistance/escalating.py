"""What nobody answered in time goes before the common superior, by itself."""

from django.utils import timezone

from supervision.clocks.models import Clock
from supervision.moves import THE_SITE, MoveRefused

from .models import Request
from .requesting import REQUEST, UNDER_WAY


def escalate_overdue() -> int:
    """How many were escalated. Doing it again changes nothing."""
    late = {"clock__state": Clock.State.RUNNING, "clock__due_at__lt": timezone.now()}
    return sum(escalated(one) for one in Request.objects.filter(state__in=UNDER_WAY, **late).order_by("pk"))


def escalated(request: Request) -> bool:
    try:
        REQUEST.make(request, "escalate", by=THE_SITE)
    except MoveRefused:
        return False  # somebody was quicker
    return True
