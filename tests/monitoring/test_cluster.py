"""The cluster over a published version of the warehouse: the same answer as the node's, to the row."""

import datetime as dt
import json
import shutil
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from claims.models import SeenCode, Snapshot
from institutions.models import Division
from supervision.knowledge import loading
from supervision.monitoring import examples, node
from supervision.monitoring.models import Finding, Step
from supervision.monitoring.rulebook import Rule, rulebook
from supervision.monitoring.shaping import shape
from tests.builders import make_institution
from tests.claims.building import publish
from tests.monitoring.small import EVERY_CHARGE, Library, dear, make_rule
from tests.monitoring.small import charge as small_charge
from tests.monitoring.small import visit as small_visit
from tests.spark import needs_spark

pytestmark = [needs_spark, pytest.mark.django_db, pytest.mark.usefixtures("spark")]
TABLET = "ZD02AAF0202010105046"
Row = Mapping[str, object]


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.WAREHOUSE = str(tmp_path / "warehouse")


def agreed(rule: Rule, snapshot: Snapshot | None, month: str) -> list[dict[str, object]]:
    """What both engines answer: the same columns, types, rows and order."""
    from supervision.monitoring import cluster  # noqa: PLC0415 - where pyspark is found

    version = loading.version()
    by_node = node.answers(rule, month, snapshot=snapshot, knowledge_version=version)
    by_cluster = cluster.answers(rule, month, snapshot=snapshot, knowledge_version=version)
    assert by_cluster.schema.names == by_node.schema.names
    assert by_cluster.schema.types == by_node.schema.types
    assert by_cluster.to_pylist() == by_node.to_pylist()
    found: list[dict[str, object]] = by_cluster.to_pylist()
    return found


def claim(name: str, month: str, **line: object) -> dict[str, list[Row]]:
    shared = {"claim": name, "institution": "H1", "month": month, "sound": line.pop("sound", True)}
    begun = dt.date.fromisoformat(f"{month}-05")
    charge = examples.complete("charge", name, {}) | {"charge": f"{name}:1", "day": begun} | line | shared
    visit = examples.complete("visit", name, {}) | {"day": begun, "fund_ratio": 6_500} | shared
    return {"charge": [charge], "visit": [visit]}


def together(*claims: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    return {name: [row for one in claims for row in one[name]] for name in ("charge", "visit")}


def test_a_month_of_the_warehouse_is_answered_as_by_the_node(tmp_path: Path) -> None:
    for code, level in (("000000", 0), ("990000", 1), ("990100", 2)):
        Division.objects.get_or_create(code=code, defaults={"name_zh": code, "level": level})
    loading.load(loading.SHIPPED)
    SeenCode.objects.bulk_create(SeenCode(code=code) for code in ("Q56.001", "N76.000"))
    diagnosis = [{"claim": "H1:c", "institution": "H1", "code": "Q56.001", "month": "2026-03", "sound": True}]
    publish(
        tmp_path,
        {
            **together(
                claim("H1:a", "2026-03", item=TABLET, amount=3_600, quantity=20_000),
                claim("H1:b", "2026-03", item=TABLET, kind="pharmacy"),
                claim("H1:c", "2026-03", item=TABLET),
                claim("H1:d", "2026-04", item=TABLET),
                claim("H1:e", "2026-03", item=TABLET, sound=False),
            ),
            "diagnosis": diagnosis,
        },
    )
    later = claim("H1:f", "2026-03", item=TABLET)
    snapshot = publish(tmp_path, {**later, "member": [{"member": "m1", "born": dt.date(1960, 1, 1)}]})
    rows = agreed(rulebook()["drug_sex_restricted"], snapshot, "2026-03")
    assert [(row["claim"], row["certainty"]) for row in rows] == [
        ("H1:a", "certain"),
        ("H1:b", "remind"),
        ("H1:f", "certain"),
    ]
    assert (rows[0]["of_fund_ratio"], rows[0]["of_amount"], rows[0]["of_quantity"]) == (6_500, 3_600, 20_000)


def test_the_register_s_latest_row_counts(tmp_path: Path) -> None:
    first = claim("H1:a", "2026-03", member="m1")
    publish(tmp_path, {**first, "member": [{"member": "m1", "died_on": dt.date(2026, 3, 1)}]})
    snapshot = publish(tmp_path, {"member": [{"member": "m1", "died_on": dt.date(2026, 3, 2)}]})
    sql = "SELECT c.institution, c.claim, c.amount AS at_stake, m.died_on, midnight(m.died_on) AS begun, c.done_at, c.newborn "
    sql += "FROM charge AS c JOIN member AS m ON m.member = c.member"
    (row,) = agreed(make_rule(sql), snapshot, "2026-03")
    assert (row["died_on"], row["begun"]) == (dt.date(2026, 3, 2), dt.datetime(2026, 3, 2))


def test_a_parameter_holds_as_it_does_in_the_claim_s_place(tmp_path: Path) -> None:
    more = """
[parameters.most]
value = 100
source = "test"
since = 2026-01-01
[[parameters.most.other]]
value = 300
place = "990200"
since = 2026-03-01
"""
    rule = make_rule(f"{EVERY_CHARGE} WHERE c.amount > $most", more=more)
    here, there = claim("H1:a", "2026-03", amount=200), claim("H1:b", "2026-03", amount=200)
    there = {name: [{**row, "area": "990200"} for row in rows] for name, rows in there.items()}
    snapshot = publish(tmp_path, together(here, there))
    assert [row["claim"] for row in agreed(rule, snapshot, "2026-03")] == ["H1:a"]


def test_an_empty_warehouse_has_no_answers() -> None:
    assert agreed(dear(), None, "2026-03") == []


def test_the_cluster_may_see_the_same_files_elsewhere(tmp_path: Path, settings: Settings) -> None:
    from supervision.monitoring import cluster  # noqa: PLC0415 - where pyspark is found

    snapshot = publish(tmp_path, claim("H1:a", "2026-03", amount=20_000))
    mirror = tmp_path / "mirror"
    shutil.copytree(settings.WAREHOUSE, mirror)
    for file in Path(settings.WAREHOUSE).rglob("*.parquet"):
        file.unlink()  # the tables' logs stay: this machine knows what there is, and the cluster reads it
    settings.SPARK_WAREHOUSE = f"file://{mirror}"
    (row,) = cluster.answers(dear(), "2026-03", snapshot=snapshot, knowledge_version=loading.version()).to_pylist()
    assert row["claim"] == "H1:a"


def test_a_run_by_the_cluster_finds_what_the_node_would(tmp_path: Path, settings: Settings, library: Library) -> None:
    make_institution("H1")
    library["dear"] = rule = dear()
    rows = [small_charge(number, 90 + number * 10, claim=str(number)) for number in range(1, 6)]
    publish(tmp_path, {"charge": rows, "visit": [small_visit(str(number)) for number in range(1, 6)]})
    settings.MONITOR_ENGINE = "node"  # what the command sets ends with the test
    out = StringIO()
    call_command("monitor", "--engine", "cluster", "--json", stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue())["status"] == "done"
    assert Finding.objects.count() == 4
    step = Step.objects.get()
    run = step.run
    answer = node.answers(rule, step.month, snapshot=run.snapshot, knowledge_version=run.knowledge_version)
    assert step.digest == shape(rule, step.month, answer).digest
