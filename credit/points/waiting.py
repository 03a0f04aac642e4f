"""The records of points that an institution was told of, and that may still be appealed against."""

from django.urls import reverse
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, first_of, past_clock

from .models import ScoreRecord
from .models.records import State


def waiting(account: Account) -> list[Entry]:
    rows = ScoreRecord.objects.visible_to(account).filter(state=State.NOTIFIED)
    told = rows.select_related("practitioner", "clock__limit").order_by("notified_on", "pk")
    return first_of(told, entry, further, past_clock("clock"))


def entry(one: ScoreRecord) -> Entry:
    words = ngettext("appeal against %(n)d point of %(who)s", "appeal against %(n)d points of %(who)s", one.points)
    return Entry(
        Kind.MAY, words % {"n": one.points, "who": one.practitioner},
        reverse("own_points:record", args=[one.number]), (Duty.STAFF,), since=one.notified_on, clock=one.clock,
        about=one.number,
    )  # fmt: skip


def further(count: int) -> Entry:
    words = ngettext("look at %(n)d further notice of points", "look at %(n)d further notices of points", count)
    return Entry(Kind.MAY, words % {"n": count}, reverse("own_points:practitioners"), (Duty.STAFF,), count=count)
