"""The command that writes a simulated prefecture."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def simulate(out: Path, *more: str, members: int = 50) -> str:
    said = StringIO()
    call_command(
        "simulate", "--out", str(out), "--members", str(members), "--months", "1", "--seed", "1", *more, stdout=said
    )
    return said.getvalue()


def test_it_says_what_it_wrote_as_one_object(tmp_path: Path) -> None:
    said = json.loads(simulate(tmp_path, "--json"))
    assert said["rows"]["members"] > 50  # the plants live in members of their own
    assert said["months"] == ["2026-01"]
    assert set(said["planted"]) == set(said["innocent"])
    assert (tmp_path / "claims-2026-01.csv").exists()


def test_a_person_reads_a_table_and_what_was_left_out(tmp_path: Path) -> None:
    said = simulate(tmp_path)
    assert "members" in said
    assert "A12-3" in said


def test_other_months_and_formats_can_be_asked_for(tmp_path: Path) -> None:
    simulate(tmp_path, "--start", "2026-11", "--format", "parquet")
    assert (tmp_path / "lines-2026-11.parquet").exists()


def test_plants_can_be_multiplied(tmp_path: Path) -> None:
    few = json.loads(simulate(tmp_path / "few", "--json"))["planted"]["adm_overlap"]
    many = json.loads(simulate(tmp_path / "many", "--json", "--plants", "30"))["planted"]["adm_overlap"]
    assert many == 12 * few  # 3 copies; 30 are 12 variants three times


@pytest.mark.parametrize(
    "wrong", [("--start", "2026"), ("--start", "2026-13"), ("--plants", "-1"), ("--plants", "5001")], ids=" ".join
)
def test_what_cannot_be_is_refused_in_a_sentence(tmp_path: Path, wrong: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        simulate(tmp_path, *wrong)
    with pytest.raises(CommandError):
        simulate(tmp_path, members=0)
