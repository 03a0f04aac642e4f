"""The batches of an institution that did not come in whole: to be corrected and sent again."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Batch
from institutions.models import Account, Duty
from institutions.waiting import Entry, Kind, day_of, first_of

WITH_FAULTS = Q(status=Batch.Status.FAILED) | Q(status=Batch.Status.LOADED, rows_rejected__gt=0)


def waiting(account: Account) -> list[Entry]:
    """What a later batch has replaced is done with."""
    rows = Batch.objects.visible_to(account).filter(WITH_FAULTS, ended_by=None)
    return first_of(rows.order_by("-number"), entry, further)


def entry(batch: Batch) -> Entry:
    refused = ngettext(
        "Batch %(batch)d: correct %(n)d rejected row", "Batch %(batch)d: correct %(n)d rejected rows",
        batch.rows_rejected,
    )  # fmt: skip
    words = _("Batch %(batch)d failed: correct it and send it again") if failed(batch) else refused
    return Entry(
        Kind.CORRECT, words % {"batch": batch.number, "n": batch.rows_rejected}, batch.get_absolute_url(),
        (Duty.INTAKE,), since=day_of(batch.finished_at or batch.created_at), about=batch.name,
    )  # fmt: skip


def failed(batch: Batch) -> bool:
    return batch.status == Batch.Status.FAILED


def further(count: int) -> Entry:
    words = ngettext("%(n)d further batch", "%(n)d further batches", count) % {"n": count}
    return Entry(Kind.CORRECT, words, reverse("claims:front_door"), (Duty.INTAKE,), count=count)
