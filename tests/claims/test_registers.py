"""What is known of institutions, practitioners, filings and stock, as batches tell it."""

from datetime import date
from pathlib import Path

import pytest

from claims import intake, warehouse
from claims.models import Snapshot
from institutions.models import Account, Division, Institution, Registration

from .building import a_claim, a_line, reasons, stored, take_in, write_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

DOCTOR = {"code": "D1", "name": "王", "kind": "physician", "institution": "H1", "since": "2020-01-01"}
PERMIT = {"institution": "H1", "kind": "dialysis", "since": "2020-01-01", "until": ""}
DEVICE = {"institution": "H1", "kind": "ct", "devices": "2", "hours": "16", "since": "2020-01-01", "until": ""}
FILING = {"member": "m1", "insured_area": "990201", "kind": "temporary", "place": "990100", "since": "2026-01-01",
          "until": "2026-07-01"}  # fmt: skip
MOVED = {"movement_no": "1", "institution": "P1", "item": "i1", "kind": "purchase", "quantity": "200",
         "done_at": "2026-03-02 09:00:00"}  # fmt: skip


def test_registers_and_stock_are_kept_as_they_are_told(home: Path) -> None:
    batch = take_in(
        write_folder(
            home / "in",
            practitioners=[DOCTOR, DOCTOR | {"since": "2026-03-01", "until": "2026-03-31", "standing": "suspended"}],
            permits=[PERMIT],
            equipment=[DEVICE],
            filings=[FILING],
            stock=[MOVED, MOVED | {"kind": "count", "quantity": "20.5"}],
        )
    )
    assert reasons(batch) == []
    assert batch.rows_in == batch.rows_accepted == 7
    assert stored("registration", "practitioner", "institution", "kind", "since", "until", "standing") == [
        ("D1", "H1", "physician", date(2020, 1, 1), None, None),
        ("D1", "H1", "physician", date(2026, 3, 1), date(2026, 3, 31), "suspended"),
    ]
    # Where one may work is the desk's to see; that the fund does not pay for it meanwhile is no other place of work.
    assert Registration.objects.filter(practitioner_id="D1").count() == 1
    assert stored("permit", "institution", "kind", "until") == [("H1", "dialysis", None)]
    assert stored("equipment", "kind", "devices", "hours") == [("ct", 2, 16)]
    assert stored("filing", "member", "insured_area", "place", "until") == [
        ("m1", "990200", "990100", date(2026, 7, 1))
    ]
    assert stored("stock", "movement", "kind", "quantity", "day", "month") == [
        ("P1:count:1", "count", 205_000, date(2026, 3, 2), "2026-03"),
        ("P1:purchase:1", "purchase", 2_000_000, date(2026, 3, 2), "2026-03"),
    ]


def test_a_row_that_is_wrong_is_refused_alone(home: Path) -> None:
    batch = take_in(
        write_folder(
            home / "in",
            practitioners=[DOCTOR | {"until": "2019-12-31"}, DOCTOR | {"standing": "retired"}],
            permits=[PERMIT, PERMIT, PERMIT | {"institution": "H404"}, PERMIT | {"kind": "x" * 41}],
            equipment=[DEVICE | {"devices": "-1"}, DEVICE | {"hours": ""}, DEVICE | {"kind": "mri"}],
            filings=[FILING | {"until": "2025-12-31"}, FILING | {"place": "Yunze"}, FILING | {"kind": "long"}],
            stock=[
                MOVED | {"quantity": "-1"},
                MOVED | {"kind": "sale"},
                MOVED,
                MOVED,
                MOVED | {"institution": "P404"},
                MOVED | {"movement_no": "2", "done_at": "soon"},
            ],
        )
    )
    assert set(reasons(batch)) == {
        ("practitioners.csv", 2, "until", "ends_before"), ("practitioners.csv", 3, "standing", "unknown_value"),
        ("practitioners.csv", 3, "code", "duplicate_row"),
        ("permits.csv", 3, "institution", "duplicate_row"), ("permits.csv", 4, "institution", "unknown_institution"),
        ("permits.csv", 5, "kind", "too_long"),
        ("equipment.csv", 2, "devices", "negative"), ("equipment.csv", 3, "hours", "required"),
        ("equipment.csv", 3, "institution", "duplicate_row"),
        ("filings.csv", 2, "until", "ends_before"), ("filings.csv", 3, "place", "not_an_area"),
        ("filings.csv", 4, "kind", "unknown_value"),
        ("stock.csv", 2, "quantity", "negative"), ("stock.csv", 3, "kind", "unknown_value"),
        ("stock.csv", 4, "movement_no", "duplicate_row"), ("stock.csv", 5, "movement_no", "duplicate_row"),
        ("stock.csv", 6, "institution", "unknown_institution"), ("stock.csv", 7, "done_at", "not_a_date"),
    }  # fmt: skip
    assert batch.rows_in == batch.rows_accepted + batch.rows_rejected
    assert stored("equipment", "kind") == [("mri",)]
    assert stored("stock", "movement") == []


def test_a_movement_comes_in_once(home: Path) -> None:
    first = take_in(write_folder(home / "in", stock=[MOVED]))
    later = take_in(write_folder(home / "later", stock=[MOVED, MOVED | {"movement_no": "2"}]))
    assert reasons(later) == [("stock.csv", 2, "movement_no", "already_in")]
    assert later.rejects.get().detail == str(first.number)
    assert stored("stock", "movement") == [("P1:purchase:1",), ("P1:purchase:2",)]


def test_the_latest_batch_counts_of_each_row_of_a_register(home: Path) -> None:
    take_in(write_folder(home / "in", practitioners=[DOCTOR, DOCTOR | {"institution": "H2"}], permits=[PERMIT]))
    take_in(write_folder(home / "later", practitioners=[DOCTOR | {"until": "2026-02-28"}]))
    assert Registration.objects.get(institution="H1").until == date(2026, 2, 28)
    with warehouse.connect(memory_mb=256) as con:
        warehouse.attach(con, warehouse.published(), month="2026-03", back=0)
        told = con.execute("SELECT institution, until FROM registration ORDER BY 1").fetchall()
        assert told == [("H1", date(2026, 2, 28)), ("H2", None)]
        assert con.execute("SELECT kind FROM permit").fetchall() == [("dialysis",)]


def test_the_stock_of_the_month_and_of_those_around_it(home: Path) -> None:
    days = {"1": "2026-01-31", "2": "2026-02-28", "3": "2026-03-31"}
    rows = [MOVED | {"movement_no": number, "done_at": day} for number, day in days.items()]
    take_in(write_folder(home / "in", stock=rows))
    with warehouse.connect(memory_mb=256) as con:
        warehouse.attach(con, warehouse.published(), month="2026-02", back=1)
        assert con.execute("SELECT movement FROM stock").fetchall() == [("P1:purchase:2",)]
        assert con.execute("SELECT count(*) FROM stock_history").fetchone() == (2,)


def test_institutions_are_laid_down_as_they_were_known_when_their_claims_came(home: Path) -> None:
    Institution.objects.filter(pk="H1").update(beds=120, specialty="cancer")
    take_in(write_folder(home / "in", claims=[a_claim()], lines=[a_line()]))
    assert stored("institution", "institution", "kind", "level", "beds", "specialty", "province", "area") == [
        ("H1", "hospital", 3, 120, "cancer", "990000", "990100")
    ]
    before = warehouse.published()
    Institution.objects.filter(pk="H1").update(beds=0)
    assert stored("institution", "beds") == [(120,)]
    take_in(write_folder(home / "later", claims=[a_claim("b")], lines=[a_line("b")]))
    for snapshot, beds in ((before, 120), (warehouse.published(), None)):
        with warehouse.connect(memory_mb=256) as con:
            warehouse.attach(con, snapshot, month="2026-03", back=0)
            assert con.execute("SELECT beds FROM institution").fetchall() == [(beds,)]


def test_a_register_row_of_an_institution_is_laid_down_without_claims(home: Path) -> None:
    told = {"code": "H7", "name": "七院", "kind": "hospital", "level": "2", "division": "990101", "beds": "90"}
    take_in(write_folder(home / "in", institutions=[told, told | {"code": "H8", "division": "970101"}]))
    assert stored("institution", "institution", "level", "beds", "area") == [("H7", 2, 90, "990100")]


def test_the_national_stock_services_are_taken_in(home: Path) -> None:
    common = {"fixmedins_code": "P1", "med_list_codg": "i1", "fixmedins_bchno": "7"}
    folder = write_folder(
        home / "in",
        **{
            "3501": [common | {"invdate": "2026-03-31", "inv_cnt": "30"}],
            "3502": [
                common | {"inv_chg_type": code, "cnt": "1", "pric": "2", "inv_chg_time": "2026-03-05 10:00:00"}
                for code in ("101", "104", "107", "108")
            ],
            "3503": [common | {"purc_retn_cnt": "200", "purc_retn_stoin_time": "2026-03-02 10:00:00"}],
            "3504": [common | {"purc_retn_cnt": "5", "purc_retn_stoin_time": "2026-03-03 10:00:00"}],
        },
    )
    assert reasons(take_in(folder, profile="national")) == [("3502.csv", 5, "kind", "unknown_value")]
    assert stored("stock", "kind", "quantity") == [
        ("count", 300_000), ("loss", 10_000), ("other_out", 10_000), ("purchase", 2_000_000),
        ("supplier_return", 50_000), ("transfer_in", 10_000),
    ]  # fmt: skip


def test_an_account_speaks_only_of_its_own(home: Path) -> None:
    folder = write_folder(
        home / "in",
        permits=[PERMIT, PERMIT | {"institution": "H2"}],
        filings=[FILING, FILING | {"member": "m2", "insured_area": "990101"}],
        stock=[MOVED, MOVED | {"institution": "H2"}],
    )
    prefecture = Account.objects.create(username="p", territory=Division.objects.get(pk="990100"))
    batch = intake.take_in(intake.make([folder], profile="template", by=prefecture))
    assert set(reasons(batch)) == {
        ("permits.csv", 3, "institution", "unknown_institution"), ("filings.csv", 2, "insured_area", "insured_elsewhere"),
        ("stock.csv", 3, "institution", "unknown_institution"),
    }  # fmt: skip


def test_an_institution_brings_its_stock_and_no_registers(home: Path) -> None:
    folder = write_folder(
        home / "in", permits=[PERMIT | {"institution": "P1"}], stock=[MOVED, MOVED | {"institution": "H1"}]
    )
    pharmacy = Account.objects.create(username="p", institution=Institution.objects.get(pk="P1"))
    batch = intake.take_in(intake.make([folder], profile="template", by=pharmacy))
    assert reasons(batch) == [("stock.csv", 3, "institution", "unknown_institution")]
    assert stored("permit", "kind") == []
    assert stored("stock", "movement") == [("P1:purchase:1",)]


def test_what_a_correction_replaces_is_no_longer_said(home: Path) -> None:
    first = take_in(write_folder(home / "in", stock=[MOVED], permits=[PERMIT]))
    take_in(write_folder(home / "later", stock=[MOVED | {"quantity": "20"}]), replaces=first)
    assert stored("stock", "quantity") == [(200_000,)]
    assert stored("permit", "kind") == []
    assert Snapshot.objects.count() == 2
