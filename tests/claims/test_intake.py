from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from claims import intake, warehouse
from claims.models import Batch, MonthTotal, SeenCode, Snapshot
from claims.rejects import BatchRejected
from institutions.models import Account, Division, Institution, Practitioner

from .building import a_claim, a_diagnosis, a_line, reasons, stored, take_in, write_csv, write_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def small(
    folder: Path, *, claims: list[dict[str, str]] | None = None, lines: list[dict[str, str]] | None = None
) -> Path:
    return write_folder(folder, claims=claims or [a_claim()], lines=lines or [a_line()], diagnoses=[a_diagnosis()])


def test_a_good_claim_is_taken_in_with_all_that_belongs_to_it(home: Path) -> None:
    batch = take_in(small(home / "in"))
    assert (batch.status, batch.rows_in, batch.rows_accepted, batch.amount_in) == ("loaded", 3, 3, Decimal("25.00"))
    assert stored("visit", "claim", "month", "illness", "fund_ratio", "insured_area", "area", "level", "sound") == [
        ("H1:a", "2026-03", "J18.900", 8000, "990100", "990100", 3, True)
    ]
    assert stored("charge", "charge", "quantity", "price", "amount", "eligible", "age", "kind", "days", "batch") == [
        ("H1:a:1", 20000, 12_500_000, 2500, 2500, 66, "outpatient", 1, batch.pk)
    ]
    assert stored("fee_line", "charge", "file", "row") == [("H1:a:1", "lines.csv", 2)]
    assert stored("settlement", "settlement", "paid") == [("H1:a:1", 2000)]
    assert list(
        MonthTotal.objects.values_list("institution", "month", "kind", "claims", "charges", "members", "total")
    ) == [("H1", "2026-03", "outpatient", 1, 1, 1, Decimal("25.00"))]
    assert SeenCode.objects.filter(code="J18.900").exists()
    assert batch.territory_id == "990101"
    assert Snapshot.objects.get().months == ["2026-03"]


def test_the_same_files_again_change_nothing(home: Path) -> None:
    first = take_in(small(home / "in"))
    again = take_in(small(home / "elsewhere"))
    assert again == first
    assert (Batch.objects.count(), Snapshot.objects.count()) == (1, 1)
    assert len(stored("charge", "charge")) == 1


def test_a_bad_row_takes_its_whole_claim_with_it_and_no_other(home: Path) -> None:
    batch = take_in(
        write_folder(
            home / "in",
            claims=[a_claim("a"), a_claim("b")],
            lines=[a_line("a", "1", amount="12.50", quantity="1"), a_line("a", "2", quantity="one"), a_line("b")],
            diagnoses=[a_diagnosis("a"), a_diagnosis("b")],
        )
    )
    assert reasons(batch) == [
        ("claims.csv", 2, "", "claim"),
        ("diagnoses.csv", 2, "", "claim"),
        ("lines.csv", 2, "", "claim"),
        ("lines.csv", 3, "quantity", "not_a_number"),
    ]
    assert (batch.rows_in, batch.rows_accepted, batch.rows_rejected) == (7, 3, 4)
    assert (batch.amount_in, batch.amount_rejected) == (Decimal("62.50"), Decimal("37.50"))
    assert sum(reject.amount for reject in batch.rejects.all()) == batch.amount_rejected
    assert batch.rejects.get(reason="not_a_number").value == "one"
    assert set(batch.rejects.values_list("claim", flat=True)) == {"H1:a"}
    assert [row[0] for row in stored("visit", "claim")] == ["H1:b"]
    assert [row[0] for row in stored("fee_line", "charge")] == ["H1:b:1"]


CELLS = [
    ("claims", {"institution": "H9"}, "institution", "unknown_institution"),
    ("claims", {"member": ""}, "member", "required"),
    ("claims", {"kind": "inpatients"}, "kind", "unknown_value"),
    ("claims", {"kind": "inpatient"}, "discharged", "required"),
    ("claims", {"sex": "3"}, "sex", "unknown_value"),
    ("claims", {"born": "1960-02-30"}, "born", "not_a_date"),
    ("claims", {"born": "1720-02-03"}, "born", "implausible_date"),
    ("claims", {"admitted": "epoch"}, "admitted", "not_a_date"),
    ("claims", {"admitted": "2026-03-01 08:00:00+02"}, "admitted", "not_a_date"),
    ("claims", {"settled_at": "infinity"}, "settled_at", "not_a_date"),
    ("claims", {"settled_at": "2126-03-01"}, "settled_at", "implausible_date"),
    ("claims", {"insured_area": "9901"}, "insured_area", "not_an_area"),
    ("claims", {"transferred": "maybe"}, "transferred", "unknown_value"),
    ("claims", {"claim_no": "a:b"}, "claim_no", "not_a_key"),
    ("claims", {"member": "m" * 51}, "member", "too_long"),
    ("claims", {"department": "a\x00b"}, "department", "control_character"),
    *(
        ("claims", {"department": f"a{sign}b"}, "department", "control_character")
        for sign in ("\u202e", "\u200b", "\u2028", "\ufffe", "\ufeff", "\u0085", "\u00ad", "\U000e0041")
    ),
    ("claims", {"total": "25.02"}, "total", "total_differs"),
    ("claims", {"total": "-25"}, "total", "negative"),
    ("claims", {"eligible": "1e3"}, "eligible", "not_a_number"),
    ("claims", {"fund_paid": "1000000000.01"}, "fund_paid", "too_large"),
    ("claims", {"cash_paid": "1.005"}, "cash_paid", "too_precise"),
    ("lines", {"quantity": "NaN"}, "quantity", "not_a_number"),
    ("lines", {"quantity": "Infinity"}, "quantity", "not_a_number"),
    ("lines", {"quantity": "1e400"}, "quantity", "not_a_number"),
    ("lines", {"quantity": "２"}, "quantity", "not_a_number"),
    ("lines", {"quantity": "1_0"}, "quantity", "not_a_number"),
    ("lines", {"quantity": "0x1F"}, "quantity", "not_a_number"),
    ("lines", {"quantity": "1,000"}, "quantity", "not_a_number"),
    ("lines", {"quantity": "10000000.0001"}, "quantity", "too_large"),
    ("lines", {"quantity": "9" * 40}, "quantity", "too_large"),
    ("lines", {"quantity": "2.00001"}, "quantity", "too_precise"),
    ("lines", {"price": "-12.5"}, "price", "negative"),
    ("lines", {"price": "12.5000001"}, "price", "too_precise"),
    ("lines", {"amount": "25.02"}, "amount", "line_product"),
    ("lines", {"amount": "-25"}, "amount", "line_product"),
    ("lines", {"days": "-3"}, "days", "negative"),
    ("lines", {"days": "3.5"}, "days", "not_a_number"),
    ("lines", {"days": "30000000"}, "days", "too_large"),
    ("lines", {"done_at": "01.03.2026"}, "done_at", "not_a_date"),
    ("lines", {"claim_no": "zz"}, "claim_no", "orphan"),
    ("lines", {"quantity": "-2", "amount": "-25", "reverses": "7"}, "reverses", "reverses_unknown"),
    ("lines", {"quantity": "-2", "amount": "-25", "reverses": "1"}, "reverses", "reverses_itself"),
    ("lines", {"item": ""}, "item", "required"),
    ("diagnoses", {"code": ""}, "code", "required"),
    ("diagnoses", {"claim_no": "zz"}, "claim_no", "orphan"),
    ("diagnoses", {"main": "1"}, "main", "unknown_value"),
]


@pytest.mark.parametrize(("table", "values", "column", "reason"), CELLS)
def test_what_cannot_be_stored_or_added_up_is_refused_with_its_place(
    home: Path, table: str, values: dict[str, str], column: str, reason: str
) -> None:
    rows = {"claims": a_claim(), "lines": a_line(), "diagnoses": a_diagnosis()}
    rows[table] = rows[table] | values
    batch = take_in(write_folder(home / "in", **{name: [row] for name, row in rows.items()}))
    assert batch.status == "loaded"
    assert (f"{table}.csv", 2, column, reason) in reasons(batch)
    assert batch.rows_in == batch.rows_accepted + batch.rows_rejected == 3
    apart = values.get("claim_no") == "zz" and table == "diagnoses"  # the claim it is not of stays
    assert len(stored("charge", "charge")) == apart


NEAR = [
    ("lines", {"amount": "25.01"}), ("lines", {"amount": "24.99"}), ("lines", {"quantity": "+2", "price": "12.500000"}),
    ("lines", {"quantity": " 2 "}), ("lines", {"amount": "25"}), ("lines", {"amount": "25.000"}), ("lines", {"days": "7.0"}),
    ("claims", {"total": "25.01"}), ("claims", {"born": "1960/1/1"}), ("claims", {"born": "1960-01-01 00:00:00"}),
    ("claims", {"admitted": "2026-03-01T08:00:00.000"}), ("claims", {"transferred": "y"}), ("claims", {"sex": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "values"), NEAR)
def test_what_can_be_read_without_doubt_is_taken_in(home: Path, table: str, values: dict[str, str]) -> None:
    rows = {"claims": a_claim(), "lines": a_line()}
    rows[table] = rows[table] | values
    batch = take_in(write_folder(home / "in", **{name: [row] for name, row in rows.items()}))
    assert reasons(batch) == []
    assert len(stored("charge", "charge")) == 1


def test_a_claim_that_stands_twice_in_the_batch_is_refused(home: Path) -> None:
    batch = take_in(small(home / "in", claims=[a_claim(), a_claim()]))
    assert [row[1:] for row in reasons(batch) if row[3] == "duplicate_claim"] == [
        (2, "claim_no", "duplicate_claim"), (3, "claim_no", "duplicate_claim"),
    ]  # fmt: skip
    assert (batch.rows_accepted, batch.rows_rejected) == (0, 4)


def test_a_line_that_stands_twice_is_refused(home: Path) -> None:
    lines = [a_line(line="1"), a_line(line="1")]
    batch = take_in(small(home / "in", claims=[a_claim(total="50")], lines=lines))
    assert ("lines.csv", 3, "line_no", "duplicate_row") in reasons(batch)
    assert batch.rows_accepted == 0


def test_a_claim_already_in_is_refused_and_its_batch_named(home: Path) -> None:
    first = take_in(small(home / "first"))
    second = take_in(small(home / "second", claims=[a_claim(), a_claim("b")], lines=[a_line(), a_line("b")]))
    reject = second.rejects.get(reason="claim_already_in")
    assert (reject.claim, reject.detail) == ("H1:a", str(first.pk))
    assert [row[0] for row in stored("visit", "claim")] == ["H1:a", "H1:b"]


def test_a_correction_takes_the_place_of_the_batch_it_replaces(home: Path) -> None:
    first = take_in(small(home / "first", claims=[a_claim(), a_claim("b")], lines=[a_line(), a_line("b")]))
    other = take_in(small(home / "other", claims=[a_claim("c")], lines=[a_line("c")]))
    second = take_in(
        small(home / "second", claims=[a_claim(settled_at="2026-04-02 08:00:00")], lines=[a_line()]), replaces=first
    )
    first.refresh_from_db()
    assert (first.status, second.status, other.status) == ("ended", "loaded", "loaded")
    assert stored("visit", "claim", "month") == [("H1:a", "2026-04"), ("H1:c", "2026-03")]
    assert Snapshot.objects.get(batch=second).months == ["2026-03", "2026-04"]
    assert not first.totals.exists()
    with pytest.raises(BatchRejected, match="replaced"):
        take_in(small(home / "third", claims=[a_claim("d")], lines=[a_line("d")]), replaces=first)


def test_of_two_corrections_of_one_batch_the_second_is_refused(home: Path) -> None:
    first = take_in(small(home / "first"))
    folders = [small(home / name, claims=[a_claim(name)], lines=[a_line(name)]) for name in ("b", "c")]
    waiting = [intake.make([folder], profile="template", replaces=first) for folder in folders]
    taken, refused = [intake.take_in(batch) for batch in waiting]
    assert (taken.status, refused.status, refused.failure, refused.failure_detail) == (
        "loaded", "failed", "not_loaded", str(first.pk),
    )  # fmt: skip
    assert [row[0] for row in stored("visit", "claim")] == ["H1:b"]


PART = a_claim(total="12.50", eligible="12.50", fund_paid="10.00", account_paid="2.50")


def test_reversals_stay_as_they_came_and_rules_read_what_is_left(home: Path) -> None:
    lines = [
        a_line(line="1"),
        a_line(line="2", quantity="-1", amount="-12.50", reverses="1", done_at="2026-03-01 08:40:00"),
        a_line(line="3", done_at="2026-03-01 08:50:00"),
        a_line(line="4", quantity="-2", amount="-25.00", done_at="2026-03-01 08:55:00"),
    ]
    batch = take_in(small(home / "in", claims=[PART], lines=lines))
    assert reasons(batch) == []
    assert stored("charge", "charge", "quantity", "amount", "eligible", "sound") == [
        ("H1:a:1", 10000, 1250, 1250, True)
    ]
    assert stored("fee_line", "charge", "quantity", "reverses") == [
        ("H1:a:1", 20000, None), ("H1:a:2", -10000, "H1:a:1"), ("H1:a:3", 20000, None), ("H1:a:4", -20000, None),
    ]  # fmt: skip


def test_a_reversal_that_finds_nothing_goes_in_as_a_fault_and_its_claim_is_not_sound(home: Path) -> None:
    lines = [a_line(line="1"), a_line(line="2", item="i2", quantity="-1", amount="-12.50")]
    take_in(small(home / "in", claims=[PART], lines=lines))
    assert stored("fault", "claim", "charge", "fault", "value", "month") == [
        ("H1:a", "H1:a:2", "reversal_unmatched", "-1", "2026-03")
    ]
    assert stored("charge", "charge", "sound") == [("H1:a:1", False)]
    assert stored("diagnosis", "sound") == stored("visit", "sound") == [(False,)]


def test_what_is_wrong_in_fact_goes_in_as_a_fault(home: Path) -> None:
    stay = a_claim(kind="inpatient", admitted="2026-03-05 08:00:00", discharged="2026-03-04 08:00:00",
                   settled_at="2026-03-06 08:00:00", born="2026-03-06")  # fmt: skip
    batch = take_in(small(home / "in", claims=[stay]))
    assert batch.rows_rejected == 0
    assert [row[0] for row in stored("fault", "fault")] == ["born_after_admitted", "discharged_before_admitted"]
    assert stored("stay", "bed_days", "sound") == [(1, False)]


def test_amounts_in_a_fault_are_told_in_yuan(home: Path) -> None:
    take_in(small(home / "in", claims=[a_claim(eligible="25.50")]))
    assert stored("fault", "fault", "value", "other") == [("eligible_above_total", "25.50", "25.00")]


def test_registers_load_first(home: Path) -> None:
    folder = write_folder(
        home / "in",
        divisions=[{"code": "980000", "name": "新省", "level": "1", "parent": ""}, {"code": "980100", "name": "新市", "level": "2", "parent": "980000"}],
        institutions=[{"code": "H7", "name": "七院", "name_en": "Seven", "kind": "hospital", "level": "2", "division": "980100", "beds": "90"}],
        practitioners=[{"code": "D1", "name": "王", "kind": "physician", "institution": "H7", "since": "2020-01-01"}],
        members=[{"member": "m1", "sex": "2", "born": "1970-05-05", "insured_area": "980101", "died_on": "2026-03-09"}],
        claims=[a_claim(institution="H7", sex="", born="", insured_area="")],
        lines=[a_line(institution="H7")],
    )  # fmt: skip
    batch = take_in(folder)
    assert reasons(batch) == []
    assert Institution.objects.get(pk="H7").division_id == "980100"
    assert Practitioner.objects.get(pk="D1").registrations.get().institution_id == "H7"
    assert stored("visit", "sex", "insured_area", "area", "level") == [("2", "980100", "980100", 2)]
    assert stored("charge", "age") == [(55,)]
    assert [str(row[0]) for row in stored("member", "died_on")] == ["2026-03-09"]
    assert Division.objects.get(pk="980100").parent_id == "980000"


def test_a_register_row_that_is_wrong_is_refused_alone(home: Path) -> None:
    batch = take_in(
        write_folder(
            home / "in",
            institutions=[
                {"code": "H7", "name": "七院", "kind": "hospital", "division": "970101"},
                {"code": "H8", "name": "八院", "kind": "hospital", "division": "990101"},
                {"code": "H8", "name": "八院", "kind": "hospital", "division": "990101"},
            ],
            members=[{"member": "m1", "sex": "x"}, {"member": "m2"}, {"member": "m2"}],
        )
    )
    assert reasons(batch) == [
        ("institutions.csv", 2, "division", "unknown_division"), ("institutions.csv", 4, "code", "duplicate_row"),
        ("members.csv", 2, "sex", "unknown_value"), ("members.csv", 4, "member", "duplicate_row"),
    ]  # fmt: skip
    assert set(Institution.objects.values_list("pk", flat=True)) >= {"H8"}
    assert not Institution.objects.filter(pk="H7").exists()


def test_scans_follow_their_fee_line(home: Path) -> None:
    scan = {
        "institution": "H1",
        "event": "sale",
        "done_at": "2026-03-01 08:31:00",
        "loose": "N",
        "member": "",
        "item": "",
    }
    take_in(
        write_folder(
            home / "in",
            claims=[a_claim(total="25")],
            lines=[a_line(), a_line(line="2", item="i2"), a_line(line="3", item="i2", quantity="-2", amount="-25")],
            scans=[
                scan | {"scan_no": "1", "code": "8001", "claim_no": "a", "line_no": "1"},
                scan | {"scan_no": "2", "code": "8002", "claim_no": "a", "line_no": "2"},
                scan | {"scan_no": "3", "code": "8003", "claim_no": "", "line_no": "", "event": "in"},
            ],
        )
    )
    assert stored("scan", "scan", "charge", "member", "item", "reversed", "amount", "month") == [
        ("H1:1", "H1:a:1", "m1", "i1", False, 2500, "2026-03"),
        ("H1:2", "H1:a:2", "m1", "i2", True, None, "2026-03"),
        ("H1:3", None, None, None, False, None, "2026-03"),
    ]
    later = take_in(
        write_folder(
            home / "later",
            scans=[
                scan | {"scan_no": "9", "code": "8009", "claim_no": "a", "line_no": "1"},
                scan | {"scan_no": "1", "code": "8001", "claim_no": "a", "line_no": "1"},
                scan | {"scan_no": "5", "code": "8005", "claim_no": "nowhere", "line_no": "1"},
            ],
        )
    )
    assert reasons(later)[1:] == [
        ("scans.csv", 3, "scan_no", "already_in"), ("scans.csv", 4, "claim_no", "unknown_claim")
    ] or len(reasons(later)) == 3  # fmt: skip


def test_unknown_columns_and_files_are_left_aside_and_said(home: Path) -> None:
    folder = small(home / "in", claims=[a_claim(mood="good")])
    write_csv(folder / "notes.csv", [{"rule": "x"}])
    write_csv(folder / "truth.csv", [{"rule": "x"}])
    batch = take_in(folder)
    assert batch.status == "loaded"
    assert [tuple(warning) for warning in batch.warnings] == [
        ("unknown_file", "notes.csv"), ("unknown_column", "claims.csv: mood"),
    ]  # fmt: skip


def without(row: dict[str, str], column: str) -> dict[str, str]:
    return {name: value for name, value in row.items() if name != column}


def test_a_file_without_a_required_column_fails_the_batch_and_says_which(home: Path) -> None:
    batch = take_in(small(home / "in", lines=[without(a_line(), "price")]))
    assert (batch.status, batch.failure, batch.failure_detail) == ("failed", "missing_column", "lines.csv: price")
    with translation.override("en"):
        assert batch.failure_text == "A required column is missing: lines.csv: price"
    assert warehouse.published() is None
    again = take_in(small(home / "in2"))
    assert again.status == "loaded"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_told_by_the_file(home: Path, encoding: str, delimiter: str) -> None:
    folder = home / "in"
    for name, row in (("claims", a_claim(department="呼吸内科")), ("lines", a_line(item_name="电子计算机断层扫描"))):
        write_csv(folder / f"{name}.csv", [row], encoding=encoding, delimiter=delimiter)
    assert reasons(take_in(folder)) == []
    assert stored("visit", "department") == [("呼吸内科",)]
    assert stored("fee_line", "item_name") == [("电子计算机断层扫描",)]


def test_a_bad_byte_fails_the_batch_and_its_place_is_told(home: Path) -> None:
    folder = small(home / "in")
    good = (folder / "lines.csv").read_bytes()
    (folder / "lines.csv").write_bytes(good + "a,H1,2,,2026-03-01,i,名".encode() + b"\xff\n")
    batch = take_in(folder)
    assert (batch.status, batch.failure) == ("failed", "not_text")
    assert batch.failure_detail == f"lines.csv: byte {len(good) + 24 + 1}, row 3"


def test_torn_rows_are_refused_and_rows_keep_their_numbers(home: Path) -> None:
    folder = small(home / "in", claims=[a_claim(), a_claim("b")], lines=[a_line()])
    with (folder / "lines.csv").open("a") as file:
        file.write("torn,row\n\n" + ",".join(a_line("b", quantity="x").values()) + "\n")
    batch = take_in(folder)
    assert [row for row in reasons(batch) if row[0] == "lines.csv"] == [
        ("lines.csv", 3, "", "columns"), ("lines.csv", 5, "quantity", "not_a_number"),
    ]  # fmt: skip
    assert batch.rows_in == batch.rows_accepted + batch.rows_rejected == 6


def test_a_claim_belongs_to_the_month_of_its_settlement_wherever_its_lines_stand(home: Path) -> None:
    folder = write_folder(
        home / "in",
        claims__2026_02=[a_claim("a", settled_at="2026-02-28 23:59:59")],
        claims__2026_03=[a_claim("b", settled_at="2026-03-01 00:00:00")],
        lines__1=[a_line("a"), a_line("b")],
    )
    assert reasons(take_in(folder)) == []
    assert stored("charge", "claim", "month") == [("H1:a", "2026-02"), ("H1:b", "2026-03")]
    assert stored("fee_line", "claim", "month") == [("H1:a", "2026-02"), ("H1:b", "2026-03")]


def test_a_dry_run_says_the_same_and_keeps_nothing(home: Path) -> None:
    folder = small(home / "in", lines=[a_line(quantity="x")])
    trial = intake.try_out([folder], profile="template")
    assert (Batch.objects.count(), Snapshot.objects.count()) == (0, 0)
    batch = take_in(folder)
    assert trial.totals.rows_rejected == batch.rows_rejected == 3
    assert [(reject[1], reject[3], reject[4], reject[6]) for reject in trial.rejects] == reasons(batch)


def test_an_account_brings_only_claims_of_its_own_territory(home: Path) -> None:
    clerk = Account.objects.create(username="clerk", territory_id="990200")
    folder = small(
        home / "in", claims=[a_claim(), a_claim("b", institution="H2")], lines=[a_line(), a_line("b", institution="H2")]
    )
    batch = intake.take_in(intake.make([folder], profile="template", by=clerk))
    assert ("claims.csv", 2, "institution", "unknown_institution") in reasons(batch)
    assert [row[0] for row in stored("visit", "claim")] == ["H2:b"]
    assert batch.territory_id == "990200"


def test_an_account_brings_no_divisions_and_no_institutions_of_others(home: Path) -> None:
    clerk = Account.objects.create(username="clerk", territory_id="990200")
    hospital = {"name": "改名", "kind": "hospital", "level": "1"}
    folder = write_folder(
        home / "in",
        divisions=[{"code": "990200", "name": "新国", "level": "0", "parent": ""}],
        institutions=[
            hospital | {"code": "H1", "division": "990201"},
            hospital | {"code": "H2", "division": "990101"},
            hospital | {"code": "H8", "division": "990201"},
        ],
        claims=[a_claim(), a_claim("b", institution="H8")],
        lines=[a_line(), a_line("b", institution="H8")],
    )
    batch = intake.take_in(intake.make([folder], profile="template", by=clerk))
    assert [reject for reject in reasons(batch) if reject[0] == "institutions.csv"] == [
        ("institutions.csv", 2, "code", "unknown_institution"), ("institutions.csv", 3, "division", "unknown_division"),
    ]  # fmt: skip
    assert ["unknown_file", "divisions.csv"] in [list(warning) for warning in batch.warnings]
    assert Division.objects.get(pk="990200").level == Division.Level.PREFECTURE
    assert dict(Institution.objects.values_list("pk", "division_id")) == {
        "H1": "990101", "P1": "990101", "H2": "990201", "H8": "990201",
    }  # fmt: skip
    assert [row[0] for row in stored("visit", "claim")] == ["H8:b"]


def test_an_account_says_nothing_of_persons_insured_elsewhere(home: Path) -> None:
    alive = {"sex": "1", "born": "1980-01-01", "insured_area": "990100"}
    first = write_folder(home / "first", members=[alive | {"member": "m1"}], claims=[a_claim()], lines=[a_line()])
    intake.take_in(intake.make([first], profile="template"))
    clerk = Account.objects.create(username="clerk", territory_id="990200")
    dead = alive | {"died_on": "2026-03-01"}
    folder = write_folder(home / "in", members=[
        dead | {"member": "m1", "insured_area": "990200"}, dead | {"member": "m8"},
        dead | {"member": "m9", "insured_area": "990201"},
    ])  # fmt: skip
    batch = intake.take_in(intake.make([folder], profile="template", by=clerk))
    assert reasons(batch) == [
        ("members.csv", 2, "member", "insured_elsewhere"), ("members.csv", 3, "insured_area", "insured_elsewhere"),
    ]  # fmt: skip
    assert ("m9",) in stored("member", "member")
    assert ("m8",) not in stored("member", "member")


def test_an_account_of_nowhere_brings_nothing(home: Path) -> None:
    batch = intake.take_in(
        intake.make([small(home / "in")], profile="template", by=Account.objects.create(username="clerk"))
    )
    assert (batch.status, batch.rows_accepted) == ("loaded", 0)


def test_an_institution_brings_its_own_claims_and_no_registers(home: Path) -> None:
    clerk = Account.objects.create(username="clerk", institution_id="H2")
    folder = small(home / "in", claims=[a_claim("b", institution="H2")], lines=[a_line("b", institution="H2")])
    write_csv(folder / "institutions.csv", [{"code": "H2", "name": "改名", "kind": "hospital", "division": "990101"}])
    batch = intake.take_in(intake.make([folder], profile="template", by=clerk))
    assert ["unknown_file", "institutions.csv"] in [list(warning) for warning in batch.warnings]
    assert Institution.objects.get(pk="H2").division_id == "990201"


def test_nothing_at_all_is_refused_in_words(home: Path) -> None:
    (home / "empty").mkdir()
    with pytest.raises(BatchRejected, match="no file"):
        take_in(home / "empty")
    with pytest.raises(BatchRejected, match="profile"):
        intake.try_out([small(home / "in")], profile="nowhere")
