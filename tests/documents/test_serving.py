"""A letter is served, arrives once, and its clock is kept or missed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from supervision.audit.models import Act, Entry
from supervision.clocks import running
from supervision.clocks.models import Clock
from supervision.documents.serving import ServiceRefused, confirm, deliver, receive
from tests.builders import make_account, make_institution
from tests.documents.building import make_document, make_service


def make_clock() -> Clock:
    return running.start(
        "document_service", subject="letter", title_zh="送达", title_en="Service", address="/x/", places=["990100"],
        since=timezone.now(),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_receipt_ends_the_clock_of_its_service() -> None:
    document, clock = make_document(), make_clock()
    service = make_service(document, clock=clock)
    receive(service, by_name="王敏", on=timezone.now())
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET
    assert service.received is not None


@pytest.mark.django_db
def test_a_letter_is_received_once() -> None:
    service = make_service(make_document())
    receive(service, by_name="王敏", on=timezone.now())
    with pytest.raises(ServiceRefused):
        receive(service, by_name="李强", on=timezone.now())
    service.refresh_from_db()
    assert service.receipt.by_name == "王敏"


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "days"), [(" ", 0), ("王敏", 1), ("王敏", -1)])
def test_nobody_receives_it_namelessly_or_at_an_impossible_time(who: str, days: int) -> None:
    service = make_service(make_document())
    with pytest.raises(ServiceRefused):
        receive(service, by_name=who, on=timezone.now() + timedelta(days=days))
    assert service.received is None


@pytest.mark.django_db
def test_a_service_names_its_way_and_on_whom() -> None:
    document = make_document()
    wrong: list[dict[str, Any]] = [{"method": "pigeon"}, {"to": " "}]
    for odd in wrong:
        with pytest.raises(ServiceRefused):
            make_service(document, **odd)


@pytest.mark.django_db
def test_services_and_receipts_stand_for_ever() -> None:
    receive(make_service(make_document()), by_name="王敏", on=timezone.now())
    for change in ("UPDATE documents_receipt SET by_name = 'x'", "DELETE FROM documents_service"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


@pytest.mark.django_db
def test_serving_and_receiving_by_hand_are_acts_in_the_chain() -> None:
    officer, institution, document = make_account(), make_institution(), make_document()
    service = deliver(document, to="医院", method="direct", by=officer, institution=institution.pk)
    confirm(service, by_name="王敏", on=timezone.now(), by=officer)
    served, received = Entry.objects.filter(act=Act.DOCUMENT).order_by("number")
    assert (served.subject, served.facts["digest"]) == (document.reference, document.pdf_digest)
    assert received.facts["received_by"] == "王敏"
