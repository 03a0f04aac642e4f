"""The inspections whose findings an institution has to answer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of, first_of, past_clock

from .models import Inspection
from .models.inspections import TOLD


def waiting(account: Account) -> list[Entry]:
    rows = Inspection.objects.visible_to(account).filter(state__in=TOLD).select_related("clock__limit")
    return first_of(rows.order_by("clock__due_at", "pk"), entry, further, past_clock("clock"))


def entry(one: Inspection) -> Entry:
    return Entry(
        Kind.ANSWER, _("Findings of an inspection"), reverse("own_inspections:inspection", args=[one.number]),
        (Duty.ANSWER,), since=day_of(one.fed_back_at), clock=one.clock, about=one.number,
    )  # fmt: skip


def further(count: int) -> Entry:
    words = ngettext("%(n)d further inspection to answer", "%(n)d further inspections to answer", count)
    address = reverse("own_inspections:inspections")
    return Entry(Kind.ANSWER, words % {"n": count}, address, (Duty.ANSWER,), count=count)
