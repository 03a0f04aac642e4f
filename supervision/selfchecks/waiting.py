"""The reports of self-correction that an institution has not handed in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, first_of, past_day

from .models import Report
from .models.reports import State

OPEN = (State.ISSUED, State.LOCALISED, State.REPORTING)


def waiting(account: Account) -> list[Entry]:
    rows = Report.objects.visible_to(account).filter(state__in=OPEN).select_related("campaign")
    return first_of(rows.order_by("campaign__due_on", "pk"), entry, further, past_day("campaign__due_on"))


def entry(one: Report) -> Entry:
    """Those who answer fill it in; who signs hands it in."""
    return Entry(
        Kind.CORRECT, _("Report of self-correction: %(title)s") % {"title": one.campaign.title},
        reverse("own_selfchecks:report", args=[one.number]), (Duty.ANSWER, Duty.SIGN), since=one.campaign.issued_on,
        due_on=one.campaign.due_on, about=one.number,
    )  # fmt: skip


def further(count: int) -> Entry:
    words = ngettext(
        "%(n)d further report of self-correction", "%(n)d further reports of self-correction", count
    )  # fmt: skip
    address = reverse("own_selfchecks:reports")
    return Entry(Kind.CORRECT, words % {"n": count}, address, (Duty.ANSWER, Duty.SIGN), count=count)
