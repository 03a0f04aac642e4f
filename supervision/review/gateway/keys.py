"""Opening and closing the keys of an institution, by its own people or by an administrator's command."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.review.models import Key

from . import signing

AT_ONCE = 2  # the one in use and the one that follows it


class KeyRefused(Exception):
    """The key cannot be opened or closed; the words say why."""


@transaction.atomic
def open_key(place: Institution, *, by: Account | None = None) -> Key:
    """A further key. Both open keys count, so an institution changes from one to the other without a gap."""
    # Two at once would both find room. No key of the row: the messages that name it meanwhile do not wait.
    Institution.objects.select_for_update(no_key=True).get(pk=place.pk)
    keys = Key.objects.filter(institution=place)
    if keys.filter(closed_at=None).count() >= AT_ONCE:
        raise KeyRefused(_("%(most)d keys are open: close one first.") % {"most": AT_ONCE})
    latest = keys.order_by("-number").values_list("number", flat=True).first()
    made: Key = Key.objects.create(institution=place, number=(latest or 0) + 1, opened_by=by)
    record(Act.KEY, by or "", str(made), moved="opened")
    return made


@transaction.atomic
def close_key(key: Key, *, by: Account | None = None) -> None:
    """From now on it opens nothing, and is never opened again."""
    closed = Key.objects.filter(pk=key.pk, closed_at=None).update(closed_at=timezone.now())
    if not closed:
        raise KeyRefused(_("The key is closed already."))
    record(Act.KEY, by or "", str(key), moved="closed")


@transaction.atomic
def show_secret(key: Key, *, by: Account) -> str:
    """The secret of an open key; who saw it is written down."""
    if key.closed_at:
        raise KeyRefused(_("The key is closed already."))
    shown = signing.secret(key.name)
    record(Act.KEY, by, str(key), moved="secret shown")
    return shown
