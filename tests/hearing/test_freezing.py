"""A finding's claims are kept as they stood when it was sent, and anybody can work their digest out again."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from pytest_django import Settings

from institutions.models import Account, Institution
from supervision.hearing import canonical
from supervision.hearing.freezing import freeze, frozen_for
from supervision.hearing.models import FrozenClaim, Hearing
from supervision.moves import MoveRefused
from tests.builders import make_finding, make_institution, make_line
from tests.hearing.charged import claim_of, make_claim
from tests.hearing.heard import make_lines, notified

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def staged(tmp_path: Path, settings: Settings, place: Institution) -> Path:
    """A warehouse with the hospital's claim 1: two lines, ¥60.00 and ¥40.00."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    make_claim(tmp_path / "staged", claim_of(place), 6000, 4000)
    return tmp_path / "staged"


def test_the_claim_is_frozen_with_all_its_rows_and_amounts_as_text(staged: Path, place: Institution) -> None:
    frozen = freeze(make_finding(place, claim=claim_of(place)))
    assert frozen is not None
    assert [(line["line"], line["amount"], line["price"]) for line in frozen.rows["fee_line"]] == [
        ("1", "60.00", "60.000000"), ("2", "40.00", "40.000000")
    ]  # fmt: skip
    assert frozen.rows["visit"][0]["started"] == "2026-03-02 08:00:00"
    assert [row["code"] for row in frozen.rows["diagnosis"]] == ["J18.900"]
    assert {table: len(rows) for table, rows in frozen.rows.items() if rows} == {
        "visit": 1, "diagnosis": 1, "fee_line": 2, "charge": 2
    }  # fmt: skip


def test_the_digest_of_what_the_database_gives_back_is_the_one_that_was_kept(staged: Path, place: Institution) -> None:
    frozen = freeze(make_finding(place, claim=claim_of(place)))
    assert frozen is not None
    again = FrozenClaim.objects.get(pk=frozen.pk)
    assert canonical.digest(again.rows) == again.digest
    again.rows["fee_line"][1]["amount"] = "40.01"
    assert canonical.digest(again.rows) != again.digest


def test_a_later_batch_changes_nothing_of_what_was_frozen(staged: Path, place: Institution) -> None:
    early, late = make_finding(place, claim=claim_of(place)), make_finding(place, claim=claim_of(place), rule="other")
    before = freeze(early)
    assert before is not None and before.snapshot.batch is not None
    make_claim(staged, claim_of(place), 6000, 3500, ended=before.snapshot.batch)
    assert freeze(early) == before
    after = freeze(late)
    assert after is not None and after != before
    assert after.rows["fee_line"][1]["amount"] == "35.00"
    assert (before.snapshot_id, after.snapshot_id) == (before.snapshot_id, before.snapshot_id + 1)


def test_two_findings_on_one_claim_share_what_is_frozen(staged: Path, place: Institution) -> None:
    first, second = (freeze(make_finding(place, claim=claim_of(place), rule=rule)) for rule in ("one", "two"))
    assert first == second
    assert FrozenClaim.objects.count() == 1


def test_a_finding_about_a_doctor_freezes_every_claim_that_its_lines_name(staged: Path, place: Institution) -> None:
    make_claim(staged, claim_of(place, 2), 500, month="2026-02", member="m2")
    finding = make_finding(place, claim="", subject="D1", key="D1")
    finding.lines.all().delete()
    for number in (1, 2, 3):  # the third has left the warehouse
        make_line(finding, claim=claim_of(place, number), charge=f"{claim_of(place, number)}:1")
    assert freeze(finding) is None
    assert [frozen.claim for frozen in frozen_for(finding)] == [claim_of(place), claim_of(place, 2)]


def test_a_claim_of_another_hospital_that_a_line_names_is_frozen_beside_its_own(
    staged: Path, place: Institution
) -> None:
    elsewhere = make_institution("H99020100001", "990201")
    make_claim(staged, claim_of(elsewhere), 900)
    finding = make_finding(place, claim=claim_of(place))
    make_line(finding, claim=claim_of(elsewhere), charge="", role="involved")
    frozen = freeze(finding)
    assert frozen is not None and frozen.claim == claim_of(place)
    assert [one.claim for one in frozen_for(finding)] == [claim_of(place), claim_of(elsewhere)]


def test_what_stands_in_the_warehouse_no_longer_is_not_made_up(staged: Path, place: Institution) -> None:
    assert freeze(make_finding(place, claim=claim_of(place, 9))) is None
    assert FrozenClaim.objects.count() == 0


@pytest.mark.parametrize("statement", ["UPDATE hearing_frozenclaim SET rows = '{}'", "DELETE FROM hearing_frozenclaim"])
def test_the_site_itself_can_neither_change_nor_remove_frozen_rows(
    staged: Path, place: Institution, statement: str
) -> None:
    freeze(make_finding(place, claim=claim_of(place)))
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_digest_is_worked_out_without_the_site() -> None:
    """A stranger with the file alone: no settings, no models, no database."""
    asked = (
        "import sys; from supervision.hearing.canonical import digest; "
        "print(digest({'visit': [{'total': '1.00'}]}), 'django.db.models' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=PROJECT, env={}, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == [canonical.digest({"visit": [{"total": "1.00"}]}), "False"]


def test_nobody_but_freezing_reads_claims_whole() -> None:
    """`whole` knows no scope: a page that called it would show anybody anything."""
    callers = {
        file.relative_to(PROJECT).as_posix()
        for package in ("claims", "supervision", "reporting", "institutions")
        for file in (PROJECT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "whole"
    }
    assert callers == {"supervision/hearing/freezing.py"}


def test_a_claim_that_is_there_no_longer_is_sent_to_nobody(staged: Path, first: Account, place: Institution) -> None:
    gone = make_lines("60", place=place, claim=f"{place.pk}:reversed since")
    with pytest.raises(MoveRefused, match="so nobody can be heard on it"):
        notified(gone, first)
    assert Hearing.objects.get().state == "first_review"


def test_what_is_about_no_claim_is_sent_without_one(staged: Path, first: Account, place: Institution) -> None:
    about_a_person = make_lines("60", place=place, claim="")
    about_a_person.lines.update(claim="", charge="")
    assert notified(about_a_person, first).frozen is None
