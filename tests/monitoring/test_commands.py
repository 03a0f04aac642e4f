"""The commands of monitoring, as a person and a program call them."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from supervision.monitoring.management.commands.monitor import between, span
from supervision.monitoring.models import Finding, Run
from supervision.monitoring.rulebook import rulebook
from supervision.monitoring.runs import RunRefused, start
from tests.builders import make_finding, make_institution, make_line
from tests.claims.building import publish
from tests.monitoring.small import Library, charge, dear, visit


def monitor(*arguments: str) -> str:
    out = StringIO()
    call_command("monitor", *arguments, "--processes", "1", stdout=out, stderr=StringIO())
    return out.getvalue()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_monitor_says_in_one_object_what_it_found(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    library["traces"] = dear(code="traces", needs='["scan"]')
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    said = json.loads(monitor("--json"))
    assert said["found"] == {"dear": 1}
    assert (said["status"], said["steps"], said["not_runnable"], said["parked"]) == (
        "done",
        1,
        {"traces": ["scan"]},
        [],
    )
    assert json.loads(monitor("--json"))["steps"] == 0


def test_monitor_says_to_a_person_what_it_found_by_rule(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500), charge(2, 600)], "visit": [visit()]})
    assert "dear" in (said := monitor())
    assert "2" in said
    assert "dear" not in monitor()


def test_monitor_does_the_months_and_rules_it_is_told(folder: Path, library: Library) -> None:
    library["dear"], library["dearer"] = dear(), dear(limit=1000, code="dearer")
    publish(folder, {"charge": [charge(1, 500, month=month) for month in ("2026-01", "2026-02", "2026-03")]})
    monitor("--rules", "dear", "--months", "2026-02..2026-03")
    assert set(Run.objects.get().steps.values_list("rule", "month")) == {
        ("dear", "2026-02"),
        ("dear", "2026-03"),
    }


def test_monitor_finishes_first_what_was_left_unfinished(folder: Path, library: Library) -> None:
    library["dear"] = dear()
    publish(folder, {"charge": [charge(1, 500)], "visit": [visit()]})
    left = start()
    assert json.loads(monitor("--json"))["run"] == left.pk
    left.refresh_from_db()
    assert left.status == "done"
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("wrong", [["--rules", "nobody"], ["--months", "2026-00"], ["--months", "soon"]])
def test_monitor_refuses_what_it_does_not_know(folder: Path, wrong: list[str]) -> None:
    publish(folder, {"charge": [charge(1, 500)]})
    with pytest.raises(CommandError):
        monitor(*wrong)


def test_months_are_named_one_by_one_or_from_to() -> None:
    assert span("2025-11..2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert span("2026-01, 2026-03") == ["2026-01", "2026-03"]
    assert span(None) is None
    assert between("2026-03", "2026-01") == []
    with pytest.raises(RunRefused):
        span("2026-01..")


@pytest.mark.django_db
def test_the_export_holds_a_row_for_each_line_that_an_open_finding_accuses(tmp_path: Path) -> None:
    institution = make_institution("H1")
    finding = make_finding(institution, rule="a_rule", at_stake="12.50")
    make_line(finding, role="involved", charge="elsewhere")
    make_finding(institution, status="withdrawn")
    out = StringIO()
    call_command("export_findings", "--to", str(tmp_path / "found.csv"), "--json", stdout=out)
    rows = read(tmp_path / "found.csv")
    assert json.loads(out.getvalue()) == {"file": str(tmp_path / "found.csv"), "rows": 1}
    assert [(row["rule"], row["claim"], row["charge"], row["institution"], row["at_stake"]) for row in rows] == [
        ("a_rule", finding.claim, f"{finding.claim}:1", "H1", "12.50")
    ]
    assert (rows[0]["certainty"], rows[0]["severity"]) == ("certain", "S2")


@pytest.mark.django_db
def test_b3_no_cell_of_the_export_is_a_formula(tmp_path: Path) -> None:
    for sign in ("=1+1", "+1", "-1", "@x", "\t=1", "＝1", " \u00a0=1", "fine\n=1"):
        make_finding(make_institution("H1"), because_en=sign, because_zh=sign)
    call_command("export_findings", "--to", str(tmp_path / "found.csv"), stdout=StringIO())
    rows = read(tmp_path / "found.csv")
    assert len(rows) == 8
    for row in rows:
        for line in row["because"].split("\n"):
            assert not line.strip(" \u00a0").startswith(tuple("=+-@＝＋－＠\t\r"))
        assert row["at_stake"] == "60.00"


@pytest.mark.django_db
def test_an_export_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot be written|无法写入"):
        call_command("export_findings", "--to", str(tmp_path / "no" / "found.csv"), stdout=StringIO())


@pytest.mark.django_db
def test_the_library_is_listed() -> None:
    out = StringIO()
    call_command("rules", "--json", stdout=out)
    listed = {rule["code"]: rule for rule in json.loads(out.getvalue())["rules"]}
    assert set(listed) == set(rulebook())
    assert listed["bed_days_mismatch"]["moments"] == ["review", "audit"]
    assert "art. 38 (3)" in listed["bed_days_mismatch"]["basis"]
