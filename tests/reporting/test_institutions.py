"""The list of institutions, its export, and one institution."""

import csv
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from institutions.models import Insurer, Practitioner, Registration
from supervision.audit.models import Entry
from tests.builders import make_account, make_division, make_finding, make_institution, make_total

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signed_in(client: Client) -> Client:
    client.force_login(make_account())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def listed(client: Client, query: str = "") -> list[str]:
    return [row.institution.pk for row in client.get(f"/desk/institutions/?{query}").context["listed"]]


def test_the_list_holds_the_territorys_institutions_alone(client: Client) -> None:
    make_institution("H1")
    make_institution("H2", "990201")
    assert listed(client) == ["H1"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("named=湖心", ["H1"]),
        ("named=lake", ["H1"]),
        ("named=ｈ２", ["H2"]),  # full-width, as an input method leaves it
        ("named=%25", []),
        ("named=%00", ["H1", "H2"]),  # not understood
        ("kind=pharmacy", ["H2"]),
        ("level=3", ["H1"]),
        ("level=0", ["H2"]),
        ("division=990102", ["H2"]),
        ("division=990201", ["H1", "H2"]),  # not ours: not understood
        ("sort=-beds", ["H1", "H2"]),
        ("sort=-code", ["H2", "H1"]),
        ("sort=password", ["H1", "H2"]),
        ("after=H1", ["H2"]),
    ],
)
def test_filters_and_order(client: Client, query: str, expected: list[str]) -> None:
    make_institution("H1", name_zh="湖心医院", name_en="Lake Hospital", level=3, beds=100)
    make_institution("H2", "990102", name_zh="药店", name_en="Pharmacy", kind="pharmacy", level=0)
    assert listed(client, query) == expected


def test_pages_go_by_key_and_meet_every_row_once(client: Client) -> None:
    for number in range(120):
        make_institution(f"H{number:03}", beds=number % 7)
    seen, query = [], "sort=-beds"
    while query:
        page = client.get(f"/desk/institutions/?{query}").context["page"]
        seen += [row.pk for row in page.rows]
        query = page.next
    assert len(seen) == len(set(seen)) == 120


def test_findings_stand_beside_their_institution(client: Client) -> None:
    place = make_institution("H1")
    make_finding(place, at_stake="60.00")
    make_finding(place, at_stake="40.00")
    make_finding(place, status="withdrawn")
    (row,) = client.get("/desk/institutions/").context["listed"]
    assert (row.findings, row.owned) == (2, Decimal(100))


def test_the_findings_of_an_institution_open_to_their_list(client: Client) -> None:
    make_finding(make_institution("H1"))
    make_institution("H2")
    page = client.get("/desk/institutions/").content.decode()
    assert re.findall(r'href="(/desk/findings/\?[^"]+)"', page) == ["/desk/findings/?institution=H1"]
    assert client.get("/desk/findings/?institution=H1").context["count"].findings == 1


def test_the_export_holds_exactly_the_rows_of_the_list_and_is_written_down(client: Client) -> None:
    make_institution("H1", kind="pharmacy")
    make_finding(make_institution("H2"), at_stake="60.00")
    answer = client.get("/desk/institutions/export.csv?kind=hospital")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["National code"], row["Open findings"], row["Owned, yuan"]) == ("H2", "1", "60.00")
    entry = Entry.objects.get(act="export")
    assert entry.facts == {"rows": 1, "form": "csv", "query": "kind=hospital"}


def test_the_export_is_a_workbook_too(client: Client) -> None:
    make_institution("H7")
    answer = client.get("/desk/institutions/export.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.worksheets[0]["A2"].value == "H7"


def test_there_is_no_other_export(client: Client) -> None:
    assert client.get("/desk/institutions/export.pdf").status_code == 404


def test_one_institution_shows_facts_agreements_months_findings_and_people(client: Client) -> None:
    place = make_institution("H1", beds=321)
    area = make_division("990100")
    insurer = Insurer.objects.create(code="i", name_zh="经办", name_en="Agency of Yunze", pooling_area=area)
    place.agreements.create(insurer=insurer, number="YZ-1", period=("2026-01-01", "2027-01-01"))
    make_total(place, "2026-03", total=Decimal("1234.56"), claims=77)
    make_finding(place, at_stake="60.00")
    doctor = Practitioner.objects.create(code="D1", name="李医生", kind="physician")
    Registration.objects.create(practitioner=doctor, institution=place, since="2020-05-01")
    page = client.get(reverse("institutions:detail", args=["H1"])).content.decode()
    for text in ("321", "YZ-1", "Agency of Yunze", "31 Dec 2026", "¥1,234.56", "77", "李医生", "1 May 2020"):
        assert text in page
    assert "?institution=H1&amp;rule=drug_sex_restricted" in page


def test_an_institution_without_anything_says_so(client: Client) -> None:
    make_institution("H1")
    page = client.get("/desk/institutions/H1/").content.decode()
    assert page.count("empty-note") == 5


def test_the_list_asks_as_much_for_30_rows_as_for_3(client: Client) -> None:
    client.get("/desk/institutions/")  # so that no cache is filled while counting
    asked = []
    for number in range(30):
        make_finding(make_institution(f"H{number:03}"))
        if number in (2, 29):
            with CaptureQueriesContext(connection) as queries:
                client.get("/desk/institutions/")
            asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
