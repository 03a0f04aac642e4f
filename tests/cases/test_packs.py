"""An evidence pack of a case holds its findings, proceedings, letters, clocks and fens, and proves itself."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from supervision.audit.models import Act, Entry
from supervision.cases.models import Case, Proceeding
from supervision.cases.packs import content, heard_in, take
from supervision.hearing.proving import opened, problems
from supervision.hearing.sealing import digest_of
from supervision.monitoring.models import RulePage
from supervision.monitoring.rulebook import rulebook
from tests.builders import make_account, make_division
from tests.cases.office import Office, make_case, make_officer, make_upheld, weighed

Pack = dict[str, Any]


@pytest.fixture
def case(office: Office, tmp_path: Path, settings: Settings) -> Case:
    """Its finding was made with a page that was kept."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    rule = rulebook()["drug_sex_restricted"]
    RulePage.objects.get_or_create(rule=rule.code, hash=rule.hash, text=rule.text)
    return make_case(office, make_upheld(office, "1000.00", page_hash=rule.hash), by=office.first)


@pytest.fixture
def file(penalty: Proceeding, office: Office, tmp_path: Path) -> Path:
    weighed(penalty, office)
    where = tmp_path / "case.zip"
    where.write_bytes(take(penalty.case, by=office.first))
    return where


@pytest.fixture
def pack(file: Path) -> Pack:
    with zipfile.ZipFile(file) as inside:
        read: Pack = json.loads(inside.read("pack.json"))
    return read


def test_it_holds_and_tells_of_every_part(file: Path, penalty: Proceeding) -> None:
    pack, read = opened(file)
    assert list(problems(pack, read)) == []
    assert [event["move"] for event in pack["case"]["history"]][-1] == "file"
    (told,) = pack["proceedings"]
    assert (told["number"], told["beside"]["violations"][0]["fine"]) == (penalty.number, "750.00")
    assert {one["account"] for one in pack["case"]["beside"]["officers"]} == {"first", "second"}
    assert pack["findings"][0]["hearing"]["state"] == "handled"
    assert {"filing_approval", "inspection_notice"} <= {letter["kind"] for letter in pack["documents"]}
    assert pack["clocks"]
    assert {item["case"] for item in pack["ledger"]} == {penalty.case.number}


def test_what_was_changed_in_a_case_is_located(pack: Pack) -> None:
    pack["proceedings"][0]["history"][0]["after"] = "closed"
    pack["findings"][0]["rule"]["page"] = "SELECT 1"
    pack["digest"] = digest_of(pack)
    where = [problem.where for problem in problems(pack, lambda _path: None, with_files=False)]
    assert "findings[0].rule.page" in where
    assert any(place.startswith("proceedings[0]") for place in where)


def test_its_print_speaks_of_the_case_and_of_its_findings(file: Path, pack: Pack) -> None:
    with zipfile.ZipFile(file) as inside:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(inside.read("pack.pdf"))).pages]
    assert all(pack["digest"] in page for page in pages)
    assert "案件证据包" in pages[0]
    assert "疑点明细" in "".join(pages)


def test_a_page_gives_it_away_within_the_territory_alone(client: Client, case: Case, office: Office) -> None:
    client.force_login(office.first)
    answer = client.get(f"/desk/cases/{case.number}/pack.zip")
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    assert Entry.objects.filter(act=Act.PACK, subject=case.number, account="first").exists()
    client.force_login(make_account("elsewhere", "990200"))
    assert client.get(f"/desk/cases/{case.number}/pack.zip").status_code == 404


def test_it_tells_nothing_of_another_countys_findings_and_money(case: Case, office: Office) -> None:
    Case.objects.filter(pk=case.pk).update(place=make_division("990102"))  # as cases once could be opened
    case = Case.objects.get(pk=case.pk)
    for territory, seen in (("990100", 1), ("990102", 0)):
        reader = make_officer(f"reader of {territory}", territory=territory)
        told = content(case, heard_in(case, reader), [], reader)
        assert (len(told["findings"]), len(told["ledger"])) == (seen, seen)
