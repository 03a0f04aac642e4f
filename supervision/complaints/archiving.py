"""What has ended is archived by itself: from that day on it is counted how long its words are kept.

Nobody at the desk can make that day come sooner or later. Who needs something longer holds it back, with a reason.
"""

import logging

from django.utils import timezone

from supervision.moves import THE_SITE
from supervision.refusal import Refused

from .models import Complaint, State
from .workflow import COMPLAINT

ENDED = (State.NOT_ACCEPTED, State.CONCLUDED)

log = logging.getLogger(__name__)


def archive_ended() -> int:
    """Everything that nobody can object to any more and that has no reward under way; how many."""
    ended = Complaint.objects.filter(state__in=ENDED, concluded_on__lt=timezone.localdate())
    return sum(archive(complaint) for complaint in ended.order_by("pk"))


def archive(complaint: Complaint) -> bool:
    try:
        COMPLAINT.make(complaint, "archive", by=THE_SITE, turn=complaint.turn)
    except Refused as refusal:  # it may still be objected to, or a year is not known yet: tried again the next night
        log.debug("%s is not archived yet: %s", complaint, refusal)
        return False
    return True
