"""The keys of a department's system, and where it is told: opened and closed by the department's liaison."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import as_a_move, refuse_unless

from . import guard
from .models import Delivery, DepartmentKey, Endpoint, Partner
from .receiving import partner_of

AT_ONCE = 2  # the one in use and the one that follows it


def secret(name: str, *, master: str | bytes | None = None) -> str:
    """The secret of a key, by the name it is sent with; of no other purpose."""
    return salted_hmac("coordination.key", name, secret=master, algorithm="sha256").hexdigest()


@transaction.atomic
def open_department_key(*, by: Account) -> tuple[DepartmentKey, str]:
    """A further key of one's own department, and its secret, which can be shown again."""
    partner = Partner.objects.select_for_update(of=("self",), no_key=True).get(pk=partner_of(by).pk)
    refuse_unless(
        DepartmentKey.objects.filter(partner=partner, closed_at=None).count() < AT_ONCE,
        _("%(most)d keys are open: close one first.") % {"most": AT_ONCE},
    )
    latest = DepartmentKey.objects.filter(partner=partner).order_by("-number").values_list("number", flat=True).first()
    made = DepartmentKey.objects.create(partner=partner, number=(latest or 0) + 1, account=by)
    record(Act.KEY, by, made.name, moved="opened")
    return made, secret(made.name)


@transaction.atomic
def close_department_key(number: int, *, by: Account) -> None:
    """From now on it opens nothing."""
    open_keys = DepartmentKey.objects.filter(partner=partner_of(by), number=number, closed_at=None)
    key = open_keys.select_for_update().first()
    refuse_unless(key is not None, _("The key is closed already."))
    assert key is not None
    key.closed_at = timezone.now()
    key.save(update_fields=["closed_at"])
    record(Act.KEY, by, key.name, moved="closed")


@transaction.atomic
def set_endpoint(url: str, *, by: Account) -> Endpoint:
    """Where the department's system is told from now on."""
    partner = partner_of(by)
    with as_a_move():
        checked = guard.check_form(url)
    values = {"url": checked, "set_by": by, "set_at": timezone.now(), "closed_at": None, "closed_because": ""}
    made, _new = Endpoint.objects.update_or_create(partner=partner, defaults=values)
    Delivery.objects.filter(partner=partner, delivered_at=None).update(next_at=timezone.now())
    record(Act.CONNECTION, by, f"department {partner.pk}", url=checked)
    return made
