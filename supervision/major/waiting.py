"""The interviews to which an institution was called, and what it is to put right."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of, first_of, past_clock

from .models import Interview
from .models.interviews import Stage


def waiting(account: Account) -> list[Entry]:
    rows = Interview.objects.visible_to(account).filter(state=Stage.RECTIFYING, answered_at=None)
    return first_of(rows.select_related("clock").order_by("clock__due_at", "pk"), entry, further, past_clock("clock"))


def entry(one: Interview) -> Entry:
    return Entry(
        Kind.CORRECT, _("Say what was put right after an interview"),
        reverse("own_major:interview", args=[one.number]), (Duty.ANSWER,), since=day_of(one.held_at), clock=one.clock,
        about=one.number,
    )  # fmt: skip


def further(count: int) -> Entry:
    words = ngettext("%(n)d further interview", "%(n)d further interviews", count)
    return Entry(Kind.CORRECT, words % {"n": count}, reverse("own_major:interviews"), (Duty.ANSWER,), count=count)
