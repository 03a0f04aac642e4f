"""Takes a payment back that was booked wrongly, or that the bank returned."""

from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.ledger.booking import refuse_unless, reverse
from supervision.ledger.models import RETURNED, Entry, Item
from supervision.ledger.paying import permit
from supervision.ledger.workflows import BANK_ROW


@transaction.atomic
def take_back(entry: Entry, *, reason: str, by: Account) -> Entry:
    """Reverse a payment. What else the ledger holds is taken back by the act that caused it."""
    permit(list(Item.objects.filter(postings__entry=entry).distinct()), by)
    refuse_unless(is_payment(entry), _("Only a payment is taken back here."))
    row = entry.bank_rows.first()
    if row:
        BANK_ROW.make(row, "take_back", by=by, note=reason)
        return Entry.objects.get(reverses=entry)
    opposite = reverse(entry, reason=reason, by=by)
    record(Act.LEDGER, by, str(opposite), move="take_back", reverses=entry.pk, reason=opposite.reason)
    return opposite


def is_payment(entry: Entry) -> bool:
    return entry.reverses_id is None and entry.postings.filter(stage__in=RETURNED, amount__gt=0).exists()
