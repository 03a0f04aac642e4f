"""Terms end by themselves."""

from django.utils import timezone

from supervision.moves import THE_SITE, MoveRefused

from .models import SocialSupervisor
from .workflow import SUPERVISOR


def lapse() -> list[SocialSupervisor]:
    """Whoever's last day has passed leaves office. Doing it again finds nobody."""
    over = []
    for supervisor in SocialSupervisor.objects.in_office().filter(until__lt=timezone.localdate()):
        try:
            over.append(SUPERVISOR.make(supervisor, "lapse", by=THE_SITE, turn=supervisor.turn))
        except MoveRefused:
            continue  # renewed or ended meanwhile
    return over
