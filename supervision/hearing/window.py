"""When an institution's time to answer has run out, the finding goes on without its word."""

import logging

from django.utils import timezone

from supervision.clocks.models import Clock
from supervision.moves import THE_SITE, MoveRefused

from .models import Hearing, HearingLine, State
from .workflow import HEARING

AT_ONCE = 500
log = logging.getLogger(__name__)


def expire_due() -> int:
    """Let every window that has run out be over. Done twice, or by two at once, it happens once."""
    due = Hearing.objects.filter(
        state=State.NOTIFIED, answer_clock__due_at__lt=timezone.now(),
    ).exclude(answer_clock__state=Clock.State.PAUSED)  # fmt: skip
    return sum(expire(hearing) for hearing in due.order_by("answer_clock__due_at", "pk")[:AT_ONCE])


def expire(hearing: Hearing) -> bool:
    """One of them; False where it was answered, paused or extended in the meantime."""
    appealed = hearing.lines.filter(answer=HearingLine.Answer.APPEALED).exists()
    try:
        HEARING.make(hearing, "expire_appealed" if appealed else "expire", by=THE_SITE, turn=hearing.turn)
    except MoveRefused:
        log.info("%s moved on before its time to answer was over", hearing)
        return False
    return True
