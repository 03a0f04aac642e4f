"""By when an institution's report is due: the clock that reminds it, begins again when the report is sent back."""

from django.urls import reverse
from django.utils import timezone

from institutions.models import Duty
from supervision.clocks import limits, running
from supervision.clocks.calendar import day_of
from supervision.clocks.models import Clock
from supervision.moves import Made

from .models import Campaign, Report

DUE, AGAIN = "self_correction_report", "self_correction_again"


def start(report: Report, campaign: Campaign, code: str = DUE) -> Clock:
    """To the campaign's day; where the report was sent back after that day, as long as the limit gives."""
    places, now = limits.places_of(report.place_id), timezone.now()
    limit = limits.limit(code, places, day_of(now))
    return running.start(
        code, subject=report.number, title_zh=f"{limit.name_zh}（{campaign.title}）"[:200],
        title_en=f"{limit.name_en} ({campaign.title})"[:200], places=places, since=now, found=limit,
        address=reverse("own_selfchecks:report", args=[report.number]), institution=report.institution_id,
        duty=Duty.ANSWER, until=campaign.due_on if campaign.due_on >= day_of(now) else None,
    )  # fmt: skip


def begins_again(report: Report, made: Made[Report]) -> None:
    """starts self_correction_again, or runs to the campaign's day where that is still to come"""
    start(report, report.campaign, AGAIN)


def meets(report: Report, made: Made[Report]) -> None:
    """meets the clock of the report"""
    for clock in Clock.objects.filter(subject=report.number).going():
        running.meet(clock)
