"""Hands a letter to the party: the service, its receipt, and the paper that both sign."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from supervision.documents import serving
from supervision.documents.models import Document, Service
from supervision.moves import Made, refuse_unless

from .letters import title_of, write
from .models import Proceeding
from .timing import happened


def hand_over(proceeding: Proceeding, made: Made[Proceeding], letter: Document, at: datetime) -> None:
    """Serve a letter, keep who received it and when, and issue the receipt of service."""
    case = proceeding.case
    whom = case.institution.name_zh if case.institution else case.person
    method, at = str(made.facts["method"]), max(at, letter.issued_at)
    service = serving.serve(letter, to=whom, method=method, by=made.by, institution=case.institution_id or "")
    serving.receive(service, by_name=str(made.facts["received_by"]), on=at, by=made.by)
    with translation.override("zh-hans"):
        way = str(Service.Method(method).label)
    named = f"《{title_of(letter)}》（{letter.reference}）"
    write("service_receipt", proceeding, made, document=named, method=way, at=at)


def deliver(proceeding: Proceeding, made: Made[Proceeding], *kinds: str) -> datetime:
    """Hand over the last letter of these kinds; when it was received."""
    letter = last_of(proceeding, *kinds)
    refuse_unless(letter is not None, _("There is no letter to serve."))
    assert letter is not None
    day = happened(made)
    refuse_unless(
        timezone.localdate(day) >= timezone.localdate(letter.issued_at), _("It was not received before it was issued.")
    )
    hand_over(proceeding, made, letter, day)
    return max(day, letter.issued_at)


def last_of(proceeding: Proceeding, *kinds: str) -> Document | None:
    return Document.objects.filter(about=str(proceeding), kind__in=kinds).order_by("pk").last()
