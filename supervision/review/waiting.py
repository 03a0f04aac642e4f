"""The reminders for which an institution owes a reason."""

from django.urls import reverse
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of

from .institution.reminders import OWED
from .models import Remark


def waiting(account: Account) -> list[Entry]:
    """All of them are one entry: their page lists each."""
    rows = Remark.objects.visible_to(account).filter(OWED)
    count, first = rows.count(), rows.order_by("pk").values_list("review__message__received_at", flat=True).first()
    if not count:
        return []
    words = ngettext("%(n)d reminder waits for its reason", "%(n)d reminders wait for their reasons", count)
    duties = (Duty.CONNECT, Duty.INTAKE)
    return [
        Entry(Kind.ANSWER, words % {"n": count}, reverse("own:reminders"), duties, since=day_of(first), count=count)
    ]
