"""The letters whose receipt an institution has not confirmed."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of, first_of, past_clock
from supervision.documents.models import Service


def waiting(account: Account) -> list[Entry]:
    rows = Service.objects.visible_to(account).filter(receipt=None)
    told = rows.select_related("document", "clock__limit").order_by("pk")
    return first_of(told, entry, further, past_clock("clock"))


def entry(service: Service) -> Entry:
    letter = service.document
    return Entry(
        Kind.ANSWER, _("Confirm a letter: %(title)s") % {"title": letter.get_kind_display()},
        reverse("own_documents:document", args=[letter.pk]), (Duty.ANSWER,), since=day_of(service.served_at),
        clock=service.clock, about=letter.reference,
    )  # fmt: skip


def further(count: int) -> Entry:
    words = ngettext("%(n)d further letter", "%(n)d further letters", count) % {"n": count}
    return Entry(Kind.ANSWER, words, reverse("own_documents:documents"), (Duty.ANSWER,), count=count)
