"""The reports of self-correction that an institution has not handed in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from institutions.waiting import SHOWN, Entry, Kind

from .models import Report
from .models.reports import State

OPEN = (State.ISSUED, State.LOCALISED, State.REPORTING)


def waiting(account: Account) -> list[Entry]:
    rows = Report.objects.visible_to(account).filter(state__in=OPEN).select_related("campaign")
    return [entry(one) for one in rows.order_by("campaign__due_on", "pk")[:SHOWN]]


def entry(one: Report) -> Entry:
    """Those who answer fill it in; who signs hands it in."""
    return Entry(
        Kind.CORRECT, _("Report of self-correction: %(title)s") % {"title": one.campaign.title},
        reverse("own_selfchecks:report", args=[one.number]), (Duty.ANSWER, Duty.SIGN), since=one.campaign.issued_on,
        due_on=one.campaign.due_on, about=one.number,
    )  # fmt: skip
