"""Serves a letter and writes down that it has arrived. Both stand for ever; what was wrong is served again."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks import running
from supervision.clocks.models import Clock
from supervision.refusal import Refused

from .models import Document, Receipt, Service


class ServiceRefused(Refused):
    """What cannot be served or received so; the sentence says why."""


def serve(document: Document, *, to: str, method: str, by: Any, institution: str = "",
          clock: Clock | None = None, note: str = "") -> Service:  # fmt: skip
    """On its way to somebody. An institution named by its code sees it from now on; `clock` runs until it arrives."""
    if method not in Service.Method.values:
        raise ServiceRefused(_("There is no such way of service."))
    if not to.strip():
        raise ServiceRefused(_("Say on whom it is served."))
    return Service.objects.create(
        document=document, to=to.strip(), institution=institution, method=method, clock=clock, served_by=by, note=note
    )


def receive(service: Service, *, by_name: str, on: dt.datetime, note: str = "",
            by: Any = None) -> Receipt:  # fmt: skip
    """It has arrived, once; the clock of its service has been kept, or missed."""
    with transaction.atomic():
        # The row of a service may not be changed, so it cannot be locked: of two receipts the constraint refuses one.
        if Receipt.objects.filter(service=service).exists():
            raise ServiceRefused(_("Its receipt is written down already."))
        _refuse_the_impossible(service, by_name, on)
        receipt = Receipt.objects.create(service=service, by_name=by_name.strip(), on=on, note=note, recorded_by=by)
        if service.clock and service.clock.ended_at is None:
            running.meet(service.clock, at=on)
    return receipt


def _refuse_the_impossible(service: Service, by_name: str, on: dt.datetime) -> None:
    if not by_name.strip():
        raise ServiceRefused(_("Say who has received it."))
    if on > timezone.now():
        raise ServiceRefused(_("It cannot have arrived later than now."))
    if on < service.document.issued_at.replace(second=0, microsecond=0):  # forms know no seconds
        raise ServiceRefused(_("It cannot have arrived before it was issued."))


def deliver(document: Document, *, to: str, method: str, by: Any, institution: str = "",
            note: str = "") -> Service:  # fmt: skip
    """Serve by hand, outside any move."""
    with transaction.atomic():
        service = serve(document, to=to, method=method, by=by, institution=institution, note=note)
        record(Act.DOCUMENT, by, document.reference, served_on=service.to, method=method, digest=document.pdf_digest)
    return service


def confirm(service: Service, *, by_name: str, on: dt.datetime, by: Any, note: str = "") -> Receipt:
    """Write down a receipt by hand, as the desk or as the institution that has received it."""
    with transaction.atomic():
        receipt = receive(service, by_name=by_name, on=on, note=note, by=by)
        reference = service.document.reference
        record(Act.DOCUMENT, by, reference, received_by=receipt.by_name, on=on.isoformat(timespec="seconds"))
    return receipt
