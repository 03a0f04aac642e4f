"""Letters on the pages of the desk and of the institution that was served."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from supervision.cases.opening import open_case
from supervision.documents.models import Service
from supervision.documents.serving import receive
from tests.builders import make_account, make_institution
from tests.documents.building import make_document, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    return make_account("officer", duties=[Duty.READ, Duty.INVESTIGATE])


@pytest.fixture
def desk(client: Client, officer: Account) -> Client:
    client.force_login(officer)
    return client


def hospital(code: str = "H99010100001", **more: Any) -> Client:
    institution = make_institution(code)
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_account(code, institution=institution, **{"duties": [Duty.ANSWER], **more}))
    return client


def test_the_letter_stands_beside_its_reading_copy(desk: Client) -> None:
    document = make_document(party="云泽市第一人民医院", refund="12345.67")
    page = desk.get(f"/desk/documents/{document.pk}/").content.decode()
    for told in ("壹万贰仟叁佰肆拾伍元陆角柒分", "CNY 12,345.67", document.code, document.pdf_digest):
        assert told in page


def test_the_paper_is_taken_away_as_it_was_kept_and_that_is_written_down(desk: Client) -> None:
    document = make_document()
    for form, digest in ("pdf", document.pdf_digest), ("docx", document.docx_digest):
        paper = desk.get(f"/desk/documents/{document.pk}/paper.{form}")
        assert hashlib.sha256(paper.getvalue()).hexdigest() == digest
        assert "attachment" in paper["Content-Disposition"]
    assert Entry.objects.filter(act=Act.EXPORT, subject=f"document {document.reference}").count() == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [("state=kept", "审"), ("state=underway", "听通"), ("state=received", "罚决"), ("kind=penalty_decision", "罚决"),
     ("text=case 7", "听通"), ("text=罚决字[", "罚决")],
)  # fmt: skip
def test_letters_are_found_by_kind_by_service_and_by_what_they_are_about(desk: Client, asked: str, found: str) -> None:
    make_document("filing_approval")
    make_service(make_document("hearing_notice", about="case 7"))
    receive(make_service(make_document("penalty_decision")), by_name="王敏", on=timezone.now())
    (row,) = desk.get(f"/desk/documents/?{asked}").context["page"].rows
    assert found in row.reference


def test_an_officer_serves_a_letter_and_writes_down_its_receipt(desk: Client) -> None:
    document, institution = make_document(), make_institution()
    told = {"to": "医院", "institution": institution.pk, "method": "direct", "note": "交收发室"}
    desk.post(f"/desk/documents/{document.pk}/serve/", told)
    address = f"/desk/documents/services/{document.services.get().pk}/receive/"
    for minutes, received in (-2, False), (0, True):
        on = timezone.localtime() + timedelta(minutes=minutes)
        desk.post(address, {"by_name": "王敏", "on": f"{on:%Y-%m-%dT%H:%M}"})
        assert (document.services.get().received is not None) == received


def test_a_letter_is_not_served_on_an_institution_elsewhere(desk: Client) -> None:
    document, stranger = make_document(), make_institution("H99020100001", "990201")
    desk.post(f"/desk/documents/{document.pk}/serve/", {"to": "x", "institution": stranger.pk, "method": "direct"})
    assert not document.services.exists()


def test_who_only_reads_serves_nothing(client: Client) -> None:
    client.force_login(make_account("reader", duties=[Duty.READ]))
    document = make_document()
    assert "Serve it" not in client.get(f"/desk/documents/{document.pk}/").content.decode()
    assert client.post(f"/desk/documents/{document.pk}/serve/").status_code == 403


def test_an_institution_confirms_what_it_was_served_with() -> None:
    ours, document = hospital(), make_document()
    assert ours.get(f"/institution/documents/{document.pk}/").status_code == 404
    service = make_service(document, make_institution())
    assert document.reference in ours.get("/institution/documents/").content.decode()
    ours.post(f"/institution/documents/services/{service.pk}/confirm/", {"by_name": "王敏"})
    page = ours.get(f"/institution/documents/{document.pk}/").content.decode()
    assert "received" in page
    assert "Confirm that we have received it" not in page
    service.refresh_from_db()
    assert service.receipt.by_name == "王敏"


def test_only_who_answers_for_the_institution_confirms() -> None:
    ours, service = hospital(duties=[Duty.CONNECT]), make_service(make_document(), make_institution())
    ours.post(f"/institution/documents/services/{service.pk}/confirm/", {"by_name": "王敏"})
    service.refresh_from_db()
    assert service.received is None


def test_an_institution_sees_nothing_of_how_a_letter_was_served_on_another() -> None:
    ours, document = hospital(), make_document()
    make_service(document, make_institution())
    other = make_service(document, make_institution("H99010100002"), to="另一家医院")
    assert "另一家医院" not in ours.get(f"/institution/documents/{document.pk}/").content.decode()
    answer = ours.post(f"/institution/documents/services/{other.pk}/confirm/", {"by_name": "x"})
    assert answer.status_code == 404


def test_the_lists_ask_no_more_for_many_letters_than_for_few(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        make_service(make_document(), make_institution() if not Service.objects.exists() else None)
    with django_assert_max_num_queries(10):
        assert len(desk.get("/desk/documents/").context["page"].rows) == 6


def test_a_letter_is_served_only_on_the_institution_it_is_about(desk: Client, officer: Account) -> None:
    place, other = make_institution(), make_institution("H99010100002")
    case = open_case(
        title="x", origin="other", place=place.division, respondent="institution", institution=place, facts="x",
        by=officer,
    )  # fmt: skip
    notice, approval = make_document(about=case.number), make_document("filing_approval", about=case.number)
    for document, institution in ((notice, other), (approval, place), (notice, place)):
        told = {"to": "医院", "institution": institution.pk, "method": "direct"}
        desk.post(f"/desk/documents/{document.pk}/serve/", told)
    assert [(service.document, service.institution) for service in Service.objects.all()] == [(notice, place.pk)]
