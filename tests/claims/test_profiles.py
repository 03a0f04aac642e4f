import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from claims import profiles
from claims.checking import STORED
from claims.rejects import BatchRejected

from .building import a_claim, a_line, reasons, stored, take_in, write_csv, write_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
FIELDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "cn-nhsa-table-fields" / "nhsa_fields.csv"


def test_every_word_has_a_known_type_an_example_and_words_in_both_tongues() -> None:
    for table in profiles.words().values():
        assert table.title and table.title_zh
        for word in table.words.values():
            assert word.type in STORED
            assert word.note and word.note_zh
            assert word.max or word.type not in ("key", "text"), word.name


def test_profiles_that_ship_can_be_read() -> None:
    assert profiles.names() == ["national", "template"]
    for name in profiles.names():
        assert profiles.load(name).title_zh
    with pytest.raises(BatchRejected):
        profiles.load("words")


@pytest.mark.skipif(not FIELDS.exists(), reason="the national field lists lie in ../shared/data, which is absent")
def test_the_national_profile_names_only_fields_that_the_national_tables_have() -> None:
    fields = {tuple(line.split(",")[:3:2]) for line in FIELDS.read_text("utf-8").splitlines()[1:]}
    for shape in profiles.load("national").shapes:
        for origin in shape.origins.values():
            for column in origin.columns:
                if shape.table.name not in ("scans", "stock"):
                    assert (shape.files[0], column) in fields


MDTRT = {
    "mdtrt_id": "100", "psn_no": "m1", "gend": "1", "brdy": "1960-01-01", "insutype": "310", "insu_admdvs": "990101",
    "fixmedins_code": "H1", "begntime": "2026-03-01 08:00:00", "endtime": "2026-03-05 10:00:00", "med_type": "2101",
    "chfpdr_code": "D1", "adm_dept_codg": "03", "nwb_flag": "0", "dscg_way": "1", "vali_flag": "1",
}  # fmt: skip
SETL = {
    "setl_id": "s1", "mdtrt_id": "100", "init_setl_id": "", "fixmedins_code": "H1", "setl_time": "2026-03-05 11:00:00",
    "medfee_sumamt": "300", "inscp_amt": "280", "fund_pay_sumamt": "200", "acct_pay": "50", "cash_payamt": "50",
    "refd_setl_flag": "0", "vali_flag": "1",
}  # fmt: skip
FEE = {
    "bkkp_sn": "f1", "mdtrt_id": "100", "setl_id": "s2", "fixmedins_code": "H1", "fee_ocur_time": "2026-03-02 09:00:00",
    "cnt": "3", "pric": "100", "det_item_fee_sumamt": "300", "inscp_amt": "280", "med_list_codg": "X" * 23,
    "medins_list_name": "药", "med_chrgitm_type": "09", "prd_days": "7", "hosp_appr_flag": "1", "lmt_used_flag": "0",
    "memo": "no reason", "rx_drord_no": "rx1", "dscg_tkdrug_flag": "1", "chrgitm_lv": "02", "bilg_dept_codg": "03", "bilg_dr_code": "D1", "init_feedetl_sn": "", "vali_flag": "1",
}  # fmt: skip


def test_the_national_tables_are_taken_in(home: Path) -> None:
    folder = write_folder(
        home / "in",
        mdtrt_d=[MDTRT, MDTRT | {"mdtrt_id": "101", "vali_flag": "0"}],
        setl_d=[
            SETL | {"refd_setl_flag": "1"},
            SETL | {"setl_id": "r1", "init_setl_id": "s1", "medfee_sumamt": "-300", "inscp_amt": "-280",
                    "fund_pay_sumamt": "-200", "setl_time": "2026-03-06 09:00:00"},
            SETL | {"setl_id": "s2", "setl_time": "2026-04-01 09:00:00"},
        ],
        fee_list_d=[FEE, FEE | {"bkkp_sn": "f2", "setl_id": "s1"}],
        setl_list_diag_d=[
            {"mdtrt_id": "100", "maindiag_flag": "0", "diag_code": "I10.x00", "diag_name": "高血压"},
            {"mdtrt_id": "100", "maindiag_flag": "1", "diag_code": "J18.900", "diag_name": "肺炎"},
        ],
        setl_list_oprn_d=[{"mdtrt_id": "100", "oprn_oprt_code": "33.2400", "oprn_oprt_date": "2026-03-03 00:00:00"}],
        selinfo=[{"fixmedins_bchno": "9", "drug_trac_codg": "8001", "inv_data_type": "4", "fixmedins_code": "H1",
                  "mdtrt_sn": "100", "feedetl_sn": "f1", "psn_no": "m1", "sel_retn_time": "2026-03-02 09:05:00",
                  "trdn_flag": "1", "med_list_codg": ""}],
    )  # fmt: skip
    batch = take_in(folder, profile="national")
    assert reasons(batch) == []
    assert stored("stay", "claim", "month", "total", "paid", "illness", "bed_days", "sound") == [
        ("H1:100", "2026-04", 30000, 20000, "J18.900", 4, True)
    ]
    assert stored("settlement", "settlement", "refunded") == [
        ("H1:100:r1", True),
        ("H1:100:s1", True),
        ("H1:100:s2", False),
    ]
    assert stored("charge", "charge", "generic", "item_kind", "days", "approved", "reason") == [
        ("H1:100:f1", "X" * 10, "drug", 7, True, None)
    ]
    for table in ("charge", "fee_line"):
        told = stored(table, "prescription", "taken_home", "payment_class", where="charge = 'H1:100:f1'")
        assert told == [("rx1", True, "B")]
    assert [row[0] for row in stored("fee_line", "charge")] == ["H1:100:f1", "H1:100:f2"]
    assert stored("diagnosis", "number", "code", "main") == [(1, "J18.900", True), (2, "I10.x00", False)]
    assert stored("operation", "code", "day") == [("33.2400", date(2026, 3, 3))]
    assert stored("scan", "scan", "event", "charge", "loose") == [("H1:9", "sale", "H1:100:f1", True)]


def test_a_diagnosis_without_an_institution_must_not_be_ambiguous(home: Path) -> None:
    folder = write_folder(
        home / "in",
        mdtrt_d=[MDTRT, MDTRT | {"fixmedins_code": "H2"}],
        setl_d=[SETL, SETL | {"fixmedins_code": "H2"}],
        fee_list_d=[FEE | {"setl_id": "s1"}, FEE | {"setl_id": "s1", "fixmedins_code": "H2"}],
        setl_list_diag_d=[{"mdtrt_id": "100", "maindiag_flag": "1", "diag_code": "J18.900"}],
    )
    batch = take_in(folder, profile="national")
    assert ("setl_list_diag_d.csv", 2, "claim_no", "ambiguous_claim") in reasons(batch)


@pytest.mark.parametrize(("code", "kind"), [("11", "outpatient"), ("1401", "chronic"), ("990101", "outpatient"),
                                            ("41", "pharmacy"), ("28", "day_surgery"), ("2106", "inpatient"), ("13", "emergency")])  # fmt: skip
def test_national_kinds_of_encounters_become_ours(home: Path, code: str, kind: str) -> None:
    folder = write_folder(
        home / "in", mdtrt_d=[MDTRT | {"med_type": code}], setl_d=[SETL], fee_list_d=[FEE | {"setl_id": "s1"}]
    )
    assert reasons(take_in(folder, profile="national")) == []
    assert [row[0] for row in stored("charge", "kind")] == [kind]


def test_an_unknown_code_of_a_map_is_refused(home: Path) -> None:
    folder = write_folder(
        home / "in", mdtrt_d=[MDTRT | {"med_type": "77"}], setl_d=[SETL], fee_list_d=[FEE | {"setl_id": "s1"}]
    )
    batch = take_in(folder, profile="national")
    assert ("mdtrt_d.csv", 2, "kind", "unknown_value") in reasons(batch)
    assert batch.rejects.get(reason="unknown_value").value == "77"


def typed(row: dict[str, object]) -> pa.Table:
    return pa.table({name: [value] for name, value in row.items()})


def test_parquet_comes_with_its_own_types(home: Path) -> None:
    folder = home / "in"
    claim: dict[str, object] = {**a_claim(), "admitted": datetime(2026, 3, 1, 8), "born": date(1960, 1, 1), "total": Decimal("25.00"),
             "eligible": 25.0, "fund_paid": 20, "transferred": True, "settled_at": datetime(2026, 3, 1, 9), "discharged": None}  # fmt: skip
    line = {
        **a_line(),
        "line_no": 1,
        "quantity": Decimal("2.0000"),
        "price": 12.5,
        "amount": Decimal("25.00"),
        "days": 3,
    }
    folder.mkdir()
    pq.write_table(typed(claim), folder / "claims.parquet")
    pq.write_table(typed(line), folder / "lines.parquet")
    assert reasons(take_in(folder)) == []
    assert stored("charge", "charge", "quantity", "price", "amount", "days") == [("H1:a:1", 20000, 12_500_000, 2500, 3)]
    assert stored("visit", "started", "born", "fund_ratio") == [(datetime(2026, 3, 1, 8), date(1960, 1, 1), 8000)]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"quantity": float("nan")}, "not_a_number"),
        ({"quantity": float("inf")}, "not_a_number"),
        ({"quantity": 2.00001}, "too_precise"),
        ({"price": 1e300}, "too_large"),
        ({"price": -12.5}, "negative"),
        ({"amount": Decimal("25.001")}, "too_precise"),
        ({"amount": 10**15}, "too_large"),
        ({"days": -1}, "negative"),
        ({"done_at": datetime(1720, 1, 1)}, "implausible_date"),
        ({"item": "a\x00b"}, "control_character"),
        ({"quantity": None}, "required"),
    ],
)
def test_values_of_their_own_type_are_checked_as_well(home: Path, values: dict[str, object], reason: str) -> None:
    folder = home / "in"
    write_csv(folder / "claims.csv", [a_claim()])
    numbers = {"quantity": 2.0, "price": 12.5, "amount": Decimal("25.00")}
    pq.write_table(typed({**a_line(), **numbers, **values}), folder / "lines.parquet")
    (column,) = values
    assert ("lines.parquet", 1, column, reason) in reasons(take_in(folder))


def test_a_parquet_file_of_more_rows_than_it_can_hold_is_refused(home: Path) -> None:
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), pa.array(["a"]))
    one = pa.table({"claim_no": rows})
    (home / "in").mkdir()
    with pq.ParquetWriter(home / "in" / "claims.parquet", one.schema) as file:
        file.write_table(one)
        file.write_table(one)
    batch = take_in(home / "in")
    assert (batch.status, batch.failure, batch.failure_detail) == ("failed", "bomb", "claims.parquet")


def test_a_column_that_cannot_be_named_is_refused_in_words(home: Path) -> None:
    whole = io.BytesIO()
    pq.write_table(typed({**a_line()}).append_column("strange", pa.array(["x"])), whole, store_schema=False)
    (home / "in").mkdir()
    for letter in (b"\0", b"\xff"):
        (home / "in" / "lines.parquet").write_bytes(whole.getvalue().replace(b"strange", letter + b"trange"))
        assert take_in(home / "in").failure == "not_readable"


def test_a_damaged_parquet_file_is_refused_in_words(home: Path) -> None:
    folder = home / "in"
    write_csv(folder / "claims.csv", [a_claim()])
    pq.write_table(typed({**a_line()}), folder / "lines.parquet")
    whole = (folder / "lines.parquet").read_bytes()
    for number, broken in enumerate((whole[:-20], whole[:8] + b"\0" * 40 + whole[48:], whole[:200] + whole[210:])):
        (folder / "lines.parquet").write_bytes(broken + bytes([number]))
        assert take_in(folder).failure == "not_readable"


# A source of somebody's own: claims put together from two files, lines and diagnoses both out of the first of them.
SPLIT_UP = """
title = "split up"

[claims]
files = ["visits", "people"]
query = '''
SELECT no AS claim_no, place AS institution, visits.person AS member, 'outpatient' AS kind, sex, born, day AS admitted,
    day AS settled_at, fee AS total, fee AS eligible, '0' AS fund_paid, visits._file, visits._row
FROM visits JOIN people ON people.person = visits.person
'''

[lines]
files = ["visits"]
columns = { claim_no = "no", institution = "place", line_no = "one", done_at = "day", item = "item", quantity = "one", \
price = "fee", amount = "fee" }

[diagnoses]
files = ["visits"]
columns = { claim_no = "no", institution = "place", number = "one", code = "illness" }
"""
VISIT = {"no": "a", "place": "H1", "person": "m1", "day": "2026-03-01 08:00:00", "one": "1", "item": "i1", "fee": "25",
         "illness": "J18.900"}  # fmt: skip
PERSON = {"person": "m1", "sex": "1", "born": "1960-01-01"}


@pytest.fixture
def split_up(home: Path) -> str:
    path = home / "split_up.toml"
    path.write_text(SPLIT_UP, "utf-8")
    return str(path)


def test_a_file_that_a_table_cannot_do_without_must_come_with_the_others(home: Path, split_up: str) -> None:
    whole = take_in(write_folder(home / "whole", visits=[VISIT], people=[PERSON]), profile=split_up)
    part = take_in(write_folder(home / "part", visits=[VISIT | {"no": "b"}]), profile=split_up)
    assert (whole.status, reasons(whole)) == ("loaded", [])
    assert (part.status, part.failure, part.failure_detail) == ("failed", "missing_file", "claims: people")
    assert [row[0] for row in stored("charge", "claim")] == ["H1:a"]


def test_a_torn_row_of_a_file_with_several_tables_is_refused_once(home: Path, split_up: str) -> None:
    folder = write_folder(home / "in", visits=[VISIT, VISIT | {"no": "b"}], people=[PERSON])
    with (folder / "visits.csv").open("a") as file:
        file.write("c,H1,m1\n")
    batch = take_in(folder, profile=split_up)
    assert reasons(batch) == [("visits.csv", 4, "", "columns")]
    assert batch.rows_in == batch.rows_accepted + batch.rows_rejected
    assert [row[0] for row in stored("charge", "claim")] == ["H1:a", "H1:b"]
