"""What batches brought is kept where the desk looks it up, as it lies in the warehouse, and nothing else is."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
import time_machine

from claims import intake, tasks, warehouse
from claims.models import Batch, RecentClaim, RegisterWord
from claims.recent import fetching, keeping, packing
from claims.recent.fetching import Wanted
from supervision.monitoring import dialect, schema

from .building import a_claim, a_diagnosis, a_line, reasons, take_in, write_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

SINCE = 2020 * 12
EVERYTHING = Wanted("m1", SINCE, dict.fromkeys(fetching.PARTS, SINCE))
STAY = {
    "kind": "inpatient", "admitted": "2026-03-01 08:00:00", "discharged": "2026-03-04 10:00:00",
    "settled_at": "2026-03-04 11:00:00", "transferred": "N", "newborn": "N", "pay_method": "dip",
}  # fmt: skip


def fetched(wanted: Wanted = EVERYTHING) -> dict[str, list[dict[str, object]]]:
    """All rows of what is looked up, by relation."""
    found: dict[str, list[dict[str, object]]] = {
        "stay": [],
        "visit": [],
        "charge": [],
        "diagnosis": [],
        "operation": [],
    }
    for one in fetching.fetch(wanted).claims:
        found["stay" if one.packed.is_stay else "visit"].append(one.packed.encounter())
        for part, relation in (("diagnoses", "diagnosis"), ("operations", "operation")):
            if part in one.parts:
                found[relation] += one.packed.codes(one.parts[part])
        if "lines" in one.parts:
            found["charge"] += one.packed.lines(one.parts["lines"], lambda _item: True)
    return found


def stored(relation: str, names: Sequence[str]) -> list[tuple[object, ...]]:
    """The warehouse's rows of it, as the desk keeps values."""
    selected = warehouse.selected(warehouse.published(), relation, None, where="WHERE sound")
    with warehouse.connect(memory_mb=256, threads=1) as con:
        rows = con.sql(selected).to_arrow_table().to_pylist()
    return sorted((tuple(dialect.stored(row[name]) for name in names) for row in rows), key=repr)


LINES = [
    a_line(line="1", quantity="2", price="12.5", amount="25.00", eligible="20.00", reason="x", approved="Y"),
    a_line(
        line="2",
        item="XA02BCZ900A001010199901",
        quantity="1.5",
        price="0.333333",
        amount="0.50",
        eligible="0.50",
        days="7",
    ),
    a_line(line="10", quantity="3", price="1", amount="3.01", eligible="3.01", done_at="2026-03-01 23:59:59"),
    a_line(line="11", reverses="10", quantity="-1", price="1", amount="-1.00", eligible="-1.00"),
]
OPERATION = {
    "claim_no": "s",
    "institution": "H1",
    "number": "1",
    "code": "51.23",
    "name": "",
    "done_on": "",
    "main": "Y",
}


def a_batch(home: Path, name: str = "in", **tables: object) -> Batch:
    claims = [
        a_claim(total="27.51", eligible="22.51"),
        a_claim("s", **STAY, total="5.00", eligible="5.00", fund_paid="4.00", account_paid="1.00"),
    ]
    lines = [*LINES, a_line("s", amount="5.00", price="2.5", eligible="5.00", practitioner="D1", prescription="007")]
    diagnoses = [a_diagnosis(), a_diagnosis("s"), a_diagnosis("s", number="2", code="I10.x00", main="N")]
    given = {"claims": claims, "lines": lines, "diagnoses": diagnoses, "operations": [OPERATION], **tables}
    batch = take_in(write_folder(home / name, **{table: rows for table, rows in given.items() if rows}))  # type: ignore[arg-type]
    assert (batch.status, reasons(batch)) == ("loaded", [])
    return batch


@pytest.mark.parametrize("relation", ["stay", "visit", "charge", "diagnosis", "operation"])
def test_a_claim_is_looked_up_as_it_lies_in_the_warehouse(home: Path, relation: str) -> None:
    a_batch(home)
    names = [name for name in schema.types(relation) if name not in ("batch", "month")]
    found = sorted((tuple(row.get(name) for name in names) for row in fetched()[relation]), key=repr)
    assert found == stored(relation, names) != []


def test_numbers_of_lines_come_back_as_they_were_written(home: Path) -> None:
    for numbers in (["1", "2"], ["2026031000000001", "2026031000000002"], ["01", "a b"], ["99999999999999999999"]):
        RecentClaim.objects.all().delete()
        lines = [a_line(line=number, amount="25.00") for number in numbers]
        total = f"{25 * len(lines)}.00"
        claim = a_claim(str(len(numbers)) + numbers[0], total=total, eligible=total)
        rows = [{**line, "claim_no": claim["claim_no"]} for line in lines]
        take_in(write_folder(home / numbers[0], claims=[claim], lines=rows))
        assert sorted(str(row["charge"]).rpartition(":")[2] for row in fetched()["charge"]) == sorted(numbers)


def test_only_the_parts_and_months_that_are_wanted_come(home: Path) -> None:
    a_batch(home)
    march = keeping.counted("2026-03")
    assert fetched(Wanted("m1", march, {"lines": march + 1}))["charge"] == []
    assert len(fetched(Wanted("m1", march))["stay"]) == 1
    assert fetched(Wanted("m1", march + 1))["stay"] == []
    assert fetched(Wanted("m2", march))["stay"] == []
    assert fetched(Wanted("m1", march, without=["H1:s"]))["stay"] == []
    assert fetching.fetch(Wanted("m1")).claims == ()


def test_a_claim_that_contradicts_itself_is_not_kept(home: Path) -> None:
    a_batch(home, claims=[a_claim(born="2027-01-01")], lines=[a_line()], diagnoses=[], operations=[])
    assert Batch.objects.get().claims_accepted == 1
    assert not RecentClaim.objects.exists()


def test_a_batch_that_is_replaced_leaves_nothing(home: Path) -> None:
    batch = a_batch(home, members=[{"member": "m1", "sex": "1", "born": "1960-01-01", "insured_area": "990100"}])
    assert RegisterWord.objects.filter(register="member", key="m1").exists()
    again = intake.make(
        [write_folder(home / "b", claims=[a_claim()], lines=[a_line()])], profile="template", replaces=batch
    )
    intake.take_in(again)
    assert list(RecentClaim.objects.values_list("claim", "batch")) == [("H1:a", again.pk)]
    assert not RegisterWord.objects.filter(register="member").exists()


def test_a_register_says_its_latest_word(home: Path) -> None:
    for number, standing in enumerate(("normal", "suspended")):
        practitioner = {
            "code": "D1", "name": "甲", "kind": "physician", "institution": "H1", "since": "2020-01-01", "until": "",
            "standing": standing,
        }  # fmt: skip
        claim = a_claim(str(number))
        a_batch(
            home,
            str(number),
            practitioners=[practitioner],
            claims=[claim],
            lines=[a_line(str(number))],
            diagnoses=[],
            operations=[],
        )
    wanted = Wanted(words=[("registration", "practitioner", "D1"), ("registration", "institution", "H1")])
    rows = sorted(fetching.fetch(wanted).registers["registration"], key=len)
    assert [row.get("standing") for row in rows] == [None, "suspended"]
    assert rows[1]["since"] == (dt.date(2020, 1, 1) - packing.EPOCH).days
    assert rows[0] == {"institution": "H1"}


def test_what_no_page_may_look_at_any_more_goes(home: Path) -> None:
    batch = a_batch(home)
    with time_machine.travel("2029-03-31"):
        tasks.forget_recent()
        assert RecentClaim.objects.count() == 2
    with time_machine.travel("2029-04-01"):
        tasks.forget_recent()
        assert not RecentClaim.objects.exists()
        keeping.keep(batch)
        assert not RecentClaim.objects.exists()


def test_a_batch_whose_keeping_was_cut_off_is_kept_by_the_sweep(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(_batch: Batch) -> int:
        raise OSError("cut off")

    with monkeypatch.context() as patched:
        patched.setattr(keeping, "keep", cut_off)
        with pytest.raises(OSError, match="cut off"):
            a_batch(home)
    batch = Batch.objects.get()
    assert (batch.status, batch.recent_at, RecentClaim.objects.count()) == ("loaded", None, 0)
    tasks.sweep_batches()
    assert RecentClaim.objects.count() == 0  # its own intake may still be at it
    Batch.objects.update(finished_at=batch.finished_at - intake.LEASE * 2)  # type: ignore[operator]
    tasks.sweep_batches()
    assert RecentClaim.objects.count() == 2
    keeping.keep(batch)
    assert RecentClaim.objects.count() == 2
