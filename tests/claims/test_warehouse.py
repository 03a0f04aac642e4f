import os
import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable
from deltalake.transaction import AddAction
from django.db import connection, connections
from pytest_django import Settings

from claims import warehouse
from claims.warehouse import store
from claims.warehouse.store import restore, schema, still_writer
from institutions.models import Account, Division, Institution

from .building import Rows, make_batch, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    return tmp_path


def a_charge(number: int, month: str = "2026-03", *, sound: bool = True, member: str = "m1") -> dict[str, object]:
    claim = f"H1:{number}"
    return {"charge": f"{claim}:1", "claim": claim, "institution": "H1", "member": member, "item": "i", "amount": 1250,
            "day": date(2026, 3, 1), "sound": sound, "month": month}  # fmt: skip


def read(
    month: str = "2026-03", back: int = 0, ahead: int = 0, relation: str = "charge", columns: str = "charge"
) -> list[object]:
    with warehouse.connect(memory_mb=256) as con:
        warehouse.attach(con, warehouse.published(), month=month, back=back, ahead=ahead)
        return [row[0] for row in con.execute(f"SELECT {columns} FROM {relation} ORDER BY 1").fetchall()]


def test_each_column_of_the_definition_has_a_type_the_store_knows() -> None:
    assert set(warehouse.TABLES) >= {"stay", "visit", "fee_line", "charge", "member", "fault"}
    assert "group" in warehouse.TABLES["stay"].names
    assert {column.type for table in warehouse.TABLES.values() for column in table.columns} == {
        "VARCHAR", "BIGINT", "BOOLEAN", "DATE", "TIMESTAMP",
    }  # fmt: skip


def test_an_empty_warehouse_reads_as_empty_relations() -> None:
    assert warehouse.published() is None
    assert warehouse.months(None) == []
    for relation in ("charge", "history", "stay_history", "visit", "member", "fault"):
        assert read(relation=relation, columns="1") == []


def test_a_page_reads_sound_rows_of_the_month_and_of_the_months_around_it(folder: Path) -> None:
    rows: Rows = [a_charge(1), a_charge(2, sound=False), a_charge(3, "2026-02"), a_charge(4, "2025-12")]
    publish(folder, {"charge": rows})
    assert read() == ["H1:1:1"]
    assert read(back=1, relation="history") == ["H1:1:1", "H1:3:1"]
    assert read(back=3, relation="history") == ["H1:1:1", "H1:3:1", "H1:4:1"]
    assert read("2025-12", back=1, ahead=2, relation="history") == ["H1:3:1", "H1:4:1"]
    assert warehouse.months(warehouse.published()) == ["2025-12", "2026-02", "2026-03"]


def test_the_latest_word_of_the_register_counts(folder: Path) -> None:
    publish(folder, {"member": [{"member": "m1", "sex": "1"}]})
    publish(folder, {"member": [{"member": "m1", "sex": "1", "died_on": date(2026, 3, 1)}]})
    assert read(relation="member", columns="died_on") == [date(2026, 3, 1)]


def test_what_was_written_before_a_column_came_is_read_with_that_column_empty(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = warehouse.TABLES["charge"]
    former = replace(
        table, columns=tuple(one for one in table.columns if one.name not in ("prescription", "taken_home"))
    )
    monkeypatch.setitem(warehouse.TABLES, "charge", former)
    publish(folder, {"charge": [a_charge(1), a_charge(3, "2026-02")]})
    monkeypatch.setitem(warehouse.TABLES, "charge", table)
    killed = make_batch()
    with warehouse.writer():  # what a killed writer added does not count, its columns neither
        staged = warehouse.stage(folder / "killed", "charge", _rows([a_charge(9)], killed.number))
        warehouse.write(killed.number, {"charge": staged})
    assert read(columns="prescription IS NULL AND taken_home IS NULL AND amount = 1250") == [True]  # none has it yet
    publish(folder, {"charge": [a_charge(2) | {"prescription": "R2", "taken_home": True}]})
    assert read(columns="(charge, prescription, taken_home, member)") == [
        ("H1:1:1", None, None, "m1"), ("H1:2:1", "R2", True, "m1"),
    ]  # fmt: skip
    assert read(back=1, relation="history", columns="prescription") == ["R2", None, None]
    # Other engines learn of it too.
    told = DeltaTable(str(folder / "warehouse" / "charge"))
    assert {"prescription", "taken_home"} <= {field.name for field in told.schema().fields}


def test_a_reader_keeps_the_version_it_began_with(folder: Path) -> None:
    publish(folder, {"charge": [a_charge(1)]})
    before = warehouse.published()
    publish(folder, {"charge": [a_charge(2)]})
    with warehouse.connect(memory_mb=256) as con:
        warehouse.attach(con, before, month="2026-03", back=0)
        assert con.execute("SELECT count(*) FROM charge").fetchone() == (1,)
    assert len(read()) == 2


def test_a_batch_that_was_never_published_is_not_there_and_leaves_nothing(folder: Path) -> None:
    publish(folder, {"charge": [a_charge(1)]})
    killed = make_batch()
    staged = {"charge": warehouse.stage(folder / "killed", "charge", _rows([a_charge(9)], killed.number))}
    with warehouse.writer():
        warehouse.write(killed.number, staged)
    assert read() == ["H1:1:1"]
    publish(folder, {"charge": [a_charge(2)]})
    assert read() == ["H1:1:1", "H1:2:1"]
    with warehouse.writer():
        warehouse.write(killed.number, {})
    assert list((folder / "warehouse").rglob(f"b{killed.number}-*")) == []


def test_what_a_writer_that_lost_its_turn_commits_meanwhile_is_never_published(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(folder, {"charge": [a_charge(1)]})
    late = {"charge": warehouse.stage(folder / "late", "charge", _rows([a_charge(9)], 99))}
    moved_in = store._moved_in

    def overtaken(table: warehouse.Table, staged: Path, batch: int) -> list[AddAction]:
        actions = list(moved_in(table, staged, batch))
        monkeypatch.setattr(store, "_moved_in", moved_in)
        warehouse.write(99, late)
        return actions

    monkeypatch.setattr(store, "_moved_in", overtaken)
    with pytest.raises(warehouse.Occupied):
        publish(folder, {"charge": [a_charge(2)]})
    assert read() == ["H1:1:1"]
    publish(folder, {"charge": [a_charge(3)]})
    assert read() == ["H1:1:1", "H1:3:1"]


def test_restoring_what_is_published_changes_nothing(folder: Path) -> None:
    publish(folder, {"charge": [a_charge(1)]})
    restore(warehouse.published())
    restore(warehouse.published())
    assert read() == ["H1:1:1"]


def test_a_batch_ends_and_its_successor_counts_in_one_version(folder: Path) -> None:
    first = publish(folder, {"charge": [a_charge(1), a_charge(2)]})
    publish(folder, {"charge": [a_charge(7)]})
    second = publish(folder, {"charge": [a_charge(1)]}, ended=first.batch)
    assert read() == ["H1:1:1", "H1:7:1"]
    assert second.tables["charge"] == first.tables["charge"] + 2


def _rows(rows: Rows, batch: int):  # type: ignore[no-untyped-def]
    table = warehouse.TABLES["charge"]
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in table.names} | {"batch": batch} for row in rows], schema=schema(table)
    )


@pytest.mark.django_db(transaction=True)
def test_there_is_one_writer_at_a_time() -> None:
    other = connections["default"].copy()
    try:
        with warehouse.writer():
            assert still_writer()
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [0x636C61696D73])
                assert cursor.fetchone() == (False,)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [0x636C61696D73])
            assert cursor.fetchone() == (True,)
        with pytest.raises(warehouse.Occupied), warehouse.writer():
            pass
    finally:
        other.close()
    assert connection.is_usable()


def test_every_engine_spills_into_a_folder_of_its_own_and_what_killed_ones_left_is_removed(
    folder: Path, settings: Settings
) -> None:
    settings.FUND_HOME = folder / "home"
    with warehouse.connect() as one, warehouse.connect() as other:
        spills = [con.execute("SELECT current_setting('temp_directory')").fetchone() for con in (one, other)]
    assert spills[0] != spills[1]
    for name, hours in (("spill-left", 25), ("spill-used", 1)):
        (file := folder / "home" / "tmp" / name / "block").parent.mkdir(parents=True)
        file.touch()
        written = time.time() - hours * 3600
        for place in (file, file.parent):
            os.utime(place, (written, written))
    warehouse.clear_spills()
    assert [place.name for place in (folder / "home" / "tmp").glob("spill-*")] == ["spill-used"]


@pytest.fixture
def places() -> None:
    for code, level in (("990000", 1), ("990100", 2), ("990101", 3), ("990200", 2), ("990201", 3)):
        Division.objects.get_or_create(code=code, defaults={"name_zh": code, "level": level})
    Institution.objects.create(code="H1", name_zh="一院", kind="hospital", division_id="990101")
    Institution.objects.create(code="H2", name_zh="二院", kind="hospital", division_id="990201")


def a_visit(institution: str, number: int, insured_area: str) -> dict[str, object]:
    return {"claim": f"{institution}:{number}", "institution": institution, "member": "m1", "kind": "outpatient",
            "insured_area": insured_area, "started": datetime(2026, 3, number), "total": 123456, "paid": 100000,
            "fund_ratio": 8000, "month": "2026-03", "sound": True}  # fmt: skip


def account(**values: object) -> Account:
    return Account(username="x", **values)


def test_a_claim_is_seen_where_it_was_billed_and_where_its_member_is_insured(folder: Path, places: None) -> None:
    publish(folder, {"visit": [a_visit("H1", 1, "990100"), a_visit("H2", 2, "990200"), a_visit("H2", 3, "990100")]})

    def seen(**values: object) -> list[object]:
        return [row["claim"] for row in warehouse.seen_by(account(**values)).timeline("m1")]

    def of(code: str) -> dict[str, object]:
        return {"territory": Division.objects.get(pk=code)}

    assert seen(**of("990100")) == ["H2:3", "H1:1"]
    assert seen(**of("990200")) == ["H2:3", "H2:2"]
    assert seen(**of("990101")) == ["H1:1"]
    assert seen(**of("990000")) == ["H2:3", "H2:2", "H1:1"]
    assert seen(institution_id="H1") == ["H1:1"]
    assert seen() == []
    assert warehouse.seen_by(account(**of("990100"))).claim("H2:2") is None
    assert warehouse.seen_by(account(institution_id="H1")).claim("H2:3") is None


def test_a_claim_is_shown_in_yuan_with_its_reversed_lines(folder: Path, places: None) -> None:
    line = {"claim": "H1:1", "institution": "H1", "member": "m1", "item": "X", "price": 12_500_000, "month": "2026-03"}
    publish(
        folder,
        {
            "visit": [a_visit("H1", 1, "990100")],
            "fee_line": [
                {**line, "charge": "H1:1:1", "line": "1", "quantity": 30000, "amount": 3750, "row": 1},
                {**line, "charge": "H1:1:2", "line": "2", "quantity": -10000, "amount": -1250, "row": 2},
            ],
            "charge": [{**line, "charge": "H1:1:1", "quantity": 20000, "amount": 2500, "sound": True}],
        },
    )
    found = warehouse.seen_by(account(institution_id="H1")).claim("H1:1")
    assert found is not None
    assert str(found.header["total"]) == "1234.56"
    assert str(found.header["fund_ratio"]) == "0.8000"
    assert [(str(row["amount"]), str(row["net_quantity"]), row["netted"]) for row in found.lines] == [
        ("37.50", "2.0000", False),
        ("-12.50", "None", True),
    ]
