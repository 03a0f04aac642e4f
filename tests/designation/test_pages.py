"""The pages of designation: lists and filters, what each side sees, what everybody reads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions import agreements
from institutions.models import Account
from supervision.designation import taking_up
from supervision.designation.models import Contract
from supervision.designation.workflows import AGREEMENT
from tests.designation.parties import (
    Agency,
    a_pdf,
    assessing,
    begun,
    in_force,
    make_agency,
    make_insurer,
    make_pharmacy,
    submitted,
    suspended,
    terminated,
)

pytestmark = pytest.mark.django_db


def browser(account: Account | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if account:
        client.force_login(account)
    return client


def text(address: str, account: Account | None = None) -> str:
    answer = browser(account).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def taken(account: Account, address: str) -> bytes:
    """A file as it is taken away, to its end."""
    answer = browser(account).get(address)
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_list_of_applications_is_filtered_by_what_stands_in_the_address(agency: Agency) -> None:
    application = submitted(agency)
    for query, there in (
        ("", True), ("?kind=pharmacy", True), ("?kind=hospital", False), ("?state=submitted", True),
        ("?state=signed", False), ("?named=Yunze", True), (f"?named={application.number}", True), ("?named=x", False),
        ("?state=nonsense", True),
    ):  # fmt: skip
        assert (application.number in text(f"/desk/designation/{query}", agency.first)) == there, query


def test_a_list_asks_no_more_for_many_than_for_few(agency: Agency) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text("/desk/agreements/", agency.first)
            text("/designated/")
        return len(queries)

    today = timezone.localdate()

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            place = make_pharmacy(f"P9901010{number:04}", name_en=f"Pharmacy {number}")
            agreements.conclude(place, agency.insurer, number=f"N{number}", since=today, until=today + timedelta(300))
        taking_up.open_files()

    more(1, 4)
    text("/desk/agreements/", agency.first)
    few = asked()
    more(4, 24)
    assert asked() <= few


def test_files_of_an_application_are_taken_by_both_sides_and_by_nobody_else(agency: Agency) -> None:
    application = begun(agency)
    own = f"/institution/application/{application.number}/"
    browser(agency.owner).post(f"{own}files/", {"file": a_pdf("plan.pdf")})
    kept = application.files.get(name="plan.pdf")
    assert taken(agency.owner, f"/institution/application/files/{kept.pk}/take/").startswith(b"%PDF")
    desk = f"/desk/designation/files/{kept.pk}/take/"
    assert browser(agency.first).get(desk).status_code == 404  # it was not sent yet
    browser(agency.owner).post(f"{own}move/", {"move": "submit"})
    assert taken(agency.first, desk).startswith(b"%PDF")
    assert browser(make_agency("990200", "n").first).get(desk).status_code == 404
    browser(agency.owner).post(f"/institution/application/files/{kept.pk}/remove/")
    assert application.files.filter(pk=kept.pk).exists()  # what was sent stays


def test_a_file_that_is_none_is_refused_in_words(agency: Agency) -> None:
    application = begun(agency)
    address = f"/institution/application/{application.number}/files/"
    shown = browser(agency.owner).post(address, {"file": a_pdf("x.pdf", b"no pdf at all")}).content.decode()
    assert "it is no PDF, JPEG, PNG or Excel file" in shown


def test_only_the_team_is_shown_the_sheet(agency: Agency) -> None:
    application = assessing(agency)
    assert "Keep the sheet" in text(application.get_absolute_url(), agency.first)
    assert "Keep the sheet" not in text(application.get_absolute_url(), agency.head)


def test_the_institution_is_offered_what_it_may_do_and_nothing_else(agency: Agency) -> None:
    contract = in_force(agency)
    own = text(f"/institution/agreements/{contract.number}/", agency.owner)
    desk = text(contract.get_absolute_url(), agency.first)
    assert "Ask to suspend it" in own
    assert "Propose to suspend or terminate it" not in own
    assert "Propose to suspend or terminate it" in desk
    assert "Ask to suspend it" not in desk


def test_an_agreement_of_a_neighbour_is_shown_without_what_lies_elsewhere(agency: Agency) -> None:
    contract = in_force(agency)
    today = timezone.localdate()
    other = agreements.conclude(
        agency.place, make_insurer("990200"), number="XY-OTHER", since=today, until=today + timedelta(300)
    )
    taking_up.open_files()
    assert "XY-OTHER" in text(contract.get_absolute_url(), agency.first)
    neighbour = make_agency("990200", "n")
    file = Contract.objects.get(agreement=other)
    assert contract.number not in text(file.get_absolute_url(), neighbour.first)
    assert browser(neighbour.first).get(contract.get_absolute_url()).status_code == 404


def test_everybody_reads_who_is_designated_and_who_is_suspended(agency: Agency) -> None:
    contract = in_force(agency)
    assert "Yunze Pharmacy" in text("/designated/")
    assert "Yunze Pharmacy" not in text("/designated/?kind=hospital")
    assert "Yunze Pharmacy" in text("/designated/?named=lan'an")
    suspended(agency, contract)
    assert "suspended" in text("/designated/")


def test_a_termination_is_public_once_it_was_published(agency: Agency) -> None:
    contract = terminated(agency)
    assert "Yunze Pharmacy" not in text("/designated/")
    assert "Yunze Pharmacy" not in text("/designated/terminated/")
    AGREEMENT.make(contract, "publish", by=agency.first)
    assert "Fraud against the fund was verified" in text("/designated/terminated/")


def test_what_is_verified_is_read_and_not_kept(agency: Agency) -> None:
    answer = browser().post("/designated/verify/", {"file": a_pdf("x.pdf", b"anything")})
    assert "No text with this digest was signed here" in answer.content.decode()
    assert "This field is required" in browser().post("/designated/verify/", {}).content.decode()
