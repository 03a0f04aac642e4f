"""Tells departments' systems by signed messages (Standard Webhooks) that there is something to look at.

A message is written down with the move it tells of, and kept until it is delivered: tried at once, then later and
later, a day apart at the most. It names what has changed, never what stands in it: that is read by a signed request.
"""

import json
import logging
from datetime import UTC, datetime, timedelta

import requests
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

from supervision.moves import Effect, Made
from supervision.refusal import Refused

from . import guard
from .models import Delivery, Endpoint, Package, Partner
from .models.leads import BroughtLead

WAITS = [timedelta(seconds=5), *(timedelta(minutes=one) for one in (5, 30, 120, 300, 600, 840, 1200))]
AT_MOST = timedelta(days=1)
TAKEN = 20  # messages in one go
GONE = 410
log = logging.getLogger(__name__)


def webhook_secret(partner: int) -> bytes:
    """What messages to a department are signed with."""
    return salted_hmac("coordination.webhook", str(partner), algorithm="sha256").digest()


def tell(partner: Partner, kind: str, about: str) -> None:
    """Write a message down, where the department has named an address. It leaves once the move stands."""
    if not Endpoint.objects.filter(partner=partner, closed_at=None).exists():
        return
    said = {"type": kind, "timestamp": timezone.now().isoformat(), "data": {"number": about}}
    Delivery.objects.create(partner=partner, kind=kind, about=about, body=json.dumps(said, ensure_ascii=False))


def tells(kind: str) -> Effect[Package]:
    """The move tells the department's system."""

    def telling(package: Package, made: Made[Package]) -> None:
        tell(package.to, kind, package.number)

    telling.__doc__ = f"tells the department's system {kind}"
    return telling


def tells_of_lead(kind: str) -> Effect[BroughtLead]:
    """The same for who has brought a lead."""

    def telling(lead: BroughtLead, made: Made[BroughtLead]) -> None:
        tell(lead.partner, kind, lead.number)

    telling.__doc__ = f"tells the department's system {kind}"
    return telling


def headers(delivery: Delivery, at: datetime) -> dict[str, str]:
    """Of Standard Webhooks: id, time in seconds, and the signature over both and the body."""
    number = f"msg_{delivery.pk.hex}"
    signature = Webhook(webhook_secret(delivery.partner_id)).sign(number, at, delivery.body)
    return {
        "Content-Type": "application/json", "webhook-id": number, "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }  # fmt: skip


def deliver() -> int:
    """Send what waits and is due; how many were delivered. Two at once never send the same."""
    open_ones = Endpoint.objects.filter(closed_at=None).values("partner")
    due = Q(delivered_at=None, next_at__lte=timezone.now(), partner__in=open_ones)
    delivered = 0
    for key in Delivery.objects.filter(due).order_by("next_at").values_list("pk", flat=True)[:TAKEN]:
        with transaction.atomic():
            one = Delivery.objects.select_for_update(skip_locked=True).filter(due, pk=key).first()
            if one is not None:
                delivered += attempt(one)
    return delivered


def attempt(one: Delivery) -> bool:
    """One try, and when the next one is."""
    endpoint = Endpoint.objects.get(partner=one.partner_id)
    status, said = ask(endpoint.url, one)
    one.tries, one.last_answer = one.tries + 1, said[:200]
    if 200 <= status < 300:
        one.delivered_at = timezone.now()
    else:
        wait = WAITS[one.tries - 1] if one.tries <= len(WAITS) else AT_MOST
        one.next_at = timezone.now() + wait
        log.warning("%s was not delivered: %s", one, said)
    one.save()
    if status == GONE:  # it asks for nothing more; what waits is kept for another address
        endpoint.closed_at, endpoint.closed_because = timezone.now(), said
        endpoint.save(update_fields=["closed_at", "closed_because"])
    return one.delivered_at is not None


def ask(url: str, one: Delivery) -> tuple[int, str]:
    try:
        status = guard.send(url, one.body.encode(), headers(one, datetime.now(UTC)))
    except (requests.RequestException, Refused) as why:
        return 0, f"{type(why).__name__}: {why}"
    return status, f"HTTP {status}"
