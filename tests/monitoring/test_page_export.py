"""The export holds exactly the findings of the list, in its order, and no live formula."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from supervision.audit.models import Act, Entry
from supervision.monitoring.models import Finding
from tests.builders import make_account, make_finding, make_institution

pytestmark = pytest.mark.django_db
QUESTIONS = (
    "",
    "sort=-at_stake",
    "rule=adm_overlap&sort=month",
    "least=20",
    "status=withdrawn",
    "division=990102",
    "claim=zzz",
)


@pytest.fixture
def many() -> None:
    places = [make_institution("H1", "990101"), make_institution("H2", "990102"), None]
    for number in range(70):
        make_finding(
            places[number % 3],
            rule=("adm_overlap", "drug_sex_restricted")[number % 2],
            month=f"2026-0{number % 4 + 1}",
            at_stake=f"{number % 9 * 10}.50",
            status=Finding.Status.WITHDRAWN if number % 10 == 0 else Finding.Status.OPEN,
        )


def exported(client: Client, query: str, form: str = "csv") -> list[list[object]]:
    answer = client.get(f"/desk/findings/export.{form}?{query}", headers={"accept-language": "en"})
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(body)).active
        assert sheet
        return [list(row) for row in sheet.iter_rows(values_only=True)]
    return [list(row) for row in csv.reader(io.StringIO(body.decode("utf-8-sig")))]


def listed(client: Client, query: str) -> list[Finding]:
    rows = []
    while True:
        page = client.get(f"/desk/findings/?{query}").context["page"]
        rows += page.rows
        if not (query := page.next):
            return rows


@pytest.mark.parametrize("query", QUESTIONS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_is_the_list(desk: Client, many: None, query: str, form: str) -> None:
    head, *rows = exported(desk, query, form)
    wanted = listed(desk, query)
    assert [int(str(row[0])) for row in rows] == [finding.pk for finding in wanted]
    if query == "" or "least" not in query:
        assert len(rows) == desk.get(f"/desk/findings/?{query}").context["count"].findings
    stake = head.index("At stake, yuan")
    assert [float(str(row[stake])) for row in rows] == [float(finding.at_stake) for finding in wanted]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_a_formula(desk: Client, form: str) -> None:
    make_finding(make_institution(name_en="=HYPERLINK(1)"), because_en="\n@SUM(A1)", claim="+1:2")
    _head, row = exported(desk, "", form)
    assert not [cell for cell in row if str(cell).lstrip().startswith(("=", "+", "-", "@"))] or form == "xlsx"
    if form == "xlsx":
        answer = desk.get("/desk/findings/export.xlsx")
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
        assert sheet
        assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n"}


def test_taking_away_is_written_down(desk: Client) -> None:
    make_finding(make_institution())
    exported(desk, "month=2026-03")
    entry = Entry.objects.get(act=Act.EXPORT)
    assert (entry.subject, entry.facts) == ("findings", {"form": "csv", "query": "month=2026-03"})


def test_too_many_for_a_workbook_are_sent_back_to_the_list(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supervision.monitoring.views.findings.MOST_IN_WORKBOOK", 2)
    for _ in range(3):
        make_finding(make_institution())
    answer = desk.get("/desk/findings/export.xlsx?month=2026-03")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/findings/?month=2026-03")
    assert len(exported(desk, "")) == 4


def test_other_forms_do_not_exist_and_neighbours_take_nothing(client: Client) -> None:
    make_finding(make_institution())
    client.force_login(make_account("wangyu", "990200"))
    assert len(exported(client, "status=all")) == 1
    assert client.get("/desk/findings/export.pdf").status_code == 404
