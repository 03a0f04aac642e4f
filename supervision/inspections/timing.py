"""The clocks of inspections: the institution's defence, progress after a hand-over, publication, preserved evidence."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.clocks import limits, running
from supervision.clocks.models import Clock
from supervision.moves import Effect, Made, refuse_unless

from .models import Inspection, Sealing

DEFENCE, PROGRESS, PUBLICATION, PRESERVED = "inspection_defence", "flight_progress", "inspection_publication", "P02"


def start(about: Inspection | Sealing, code: str, *, place: str, duty: Duty, institution: str = "") -> Clock:
    places, now = limits.places_of(place), timezone.now()
    limit = limits.limit(code, places, timezone.localdate(now))
    inspection = about.inspection if isinstance(about, Sealing) else about
    name = inspection.institution.name_zh if inspection.institution else inspection.number
    address = (
        reverse("own_inspections:inspection", args=[inspection.number])
        if institution
        else inspection.get_absolute_url()
    )
    return running.start(
        code, subject=str(about), title_zh=f"{limit.name_zh}（{name}）"[:200],
        title_en=f"{limit.name_en} ({name})"[:200], address=address, places=places, since=now, found=limit,
        institution=institution, duty=duty,
    )  # fmt: skip


def starts(code: str, duty: Duty) -> Effect[Inspection]:
    """The step that begins now is due by then."""

    def starting(inspection: Inspection, made: Made[Inspection]) -> None:
        running.meet_if_going(inspection.clock)
        of_institution = duty == Duty.ANSWER
        inspection.clock = start(
            inspection, code, place=inspection.host_id or inspection.place_id, duty=duty,
            institution=str(inspection.institution_id) if of_institution else "",
        )  # fmt: skip

    starting.__doc__ = f"starts {code}"
    return starting


def meets(inspection: Inspection, made: Made[Inspection]) -> None:
    """meets its clock"""
    running.meet_if_going(inspection.clock)
    inspection.clock = None


def stops(inspection: Inspection, made: Made[Inspection]) -> None:
    """ends its clocks"""
    for clock in Clock.objects.filter(subject=str(inspection)).going():
        running.stop(clock)
    inspection.clock = None


def window_is_over(inspection: Inspection, by: Account) -> None:
    """when the time for the defence has run out"""
    over = inspection.clock is not None and inspection.clock.due_at < timezone.now()
    refuse_unless(over, _("The institution may still defend itself."))


def in_the_window(inspection: Inspection, by: Account) -> None:
    """within the time for the defence"""
    open_ = inspection.clock is None or inspection.clock.due_at >= timezone.now()
    refuse_unless(open_, _("The time for the defence has run out."))
