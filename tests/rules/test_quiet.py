"""Innocent claims on which every rule must stay silent: tests/quiet, with why each is innocent."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from institutions.models import Division
from supervision.knowledge import loading
from supervision.monitoring import examples
from supervision.monitoring.rulebook import Rule, rulebook
from supervision.monitoring.schema import HISTORIES

QUIET = Path(__file__).parent.parent / "quiet"


def told(relation: str) -> list[dict[str, str]]:
    with (QUIET / f"{relation}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(relation: str) -> list[dict[str, str]]:
    return [{name: cell for name, cell in row.items() if name != "why"} for row in told(relation)]


@pytest.fixture
def knowledge(db: None) -> Path:
    """The shipped lists, over the diagnosis codes of the quiet claims."""
    for code, level in (("000000", 0), ("990000", 1), ("990100", 2), ("990200", 2)):
        Division.objects.get_or_create(code=code, defaults={"name_zh": code, "level": level})
    version = loading.load(loading.SHIPPED).number
    return loading.relations(version, sorted({row["code"] for row in read("diagnosis")}))


def claims() -> examples.Tables:
    """The quiet claims as the warehouse holds them; history is what is judged."""
    found: dict[str, list[examples.Values]] = {}
    for file in QUIET.glob("*.csv"):
        kept = [examples.complete(file.stem, f"{file.stem}{number}", row) for number, row in enumerate(read(file.stem))]
        found[file.stem] = kept
    found["scan"] += readings(found["charge"], {row["charge"] for row in found["scan"]})
    past = {
        HISTORIES[name]: [{**row, "judged": True} for row in kept] for name, kept in found.items() if name in HISTORIES
    }
    return found | past


def readings(charges: list[examples.Values], read: set[examples.Value]) -> list[examples.Values]:
    """Of every drug sold one pack was read, as is innocent; unless the readings themselves say something of it."""
    sold = [row for row in charges if row["item_kind"] == "drug" and row["charge"] not in read]
    return [
        examples.complete("scan", f"r{number}", {"code": f"r{number}", "charge": str(row["charge"])})
        | {name: row[name] for name in ("claim", "institution", "member", "item", "done_at", "day")}
        for number, row in enumerate(sold)
    ]


def test_there_are_enough_quiet_claims_and_each_says_why() -> None:
    rows = told("stay") + told("visit")
    assert len(rows) >= 200
    assert all(row["why"] for row in rows)


def test_every_rule_stays_silent(knowledge: Path) -> None:
    quiet = claims()
    accused = [
        (rule.code, row["claim"], row["charge"])
        for rule in rulebook().values()
        for row in examples.by_node(rule, {**quiet, **lists(rule, knowledge)})
        if row["role"] == "accused"
    ]
    assert accused == []


def test_the_lists_are_those_that_accuse_others(knowledge: Path) -> None:
    """The same lines with one thing changed are accused, so the silence is not deafness."""
    quiet = claims()
    loud = [{**row, "sex": "1", "age": 40, "price": 10**12} for row in quiet["charge"]]
    past = [{**row, "judged": True} for row in loud]
    quiet = {**quiet, "charge": loud, "history": past, "diagnosis": (), "diagnosis_history": ()}
    for code in ("drug_sex_restricted", "item_sex_restricted", "drug_child_only", "drug_indication_limited"):
        rule = rulebook()[code]
        assert examples.by_node(rule, {**quiet, **lists(rule, knowledge)})


def lists(rule: Rule, folder: Path) -> examples.Tables:
    names = [name for name in rule.relations if name == "code_list" or name.startswith("k_")]
    return {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in names}
