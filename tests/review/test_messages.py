"""Messages are read whatever their dialect, and what cannot be reviewed is refused with the name of the field."""

import datetime as dt
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.charging import GENERIC, ITEM_KIND
from claims.lines import generic, item_kind
from supervision.review import messages
from supervision.review.asking import reading
from supervision.review.messages import Asked, MessageRefused, read
from tests.review.messages import asking, encounter, message, order, patient, sent, told


def first(said: dict[str, Any]) -> messages.Encounter:
    data = read(sent(said)).data
    assert isinstance(data, Asked)
    return data.patient_dtos[0].fsi_encounter_dtos[0]


def test_numbers_become_whole_numbers_of_the_smallest_unit() -> None:
    line = first(asking()).fsi_order_dtos[0]
    assert (line.cnt, line.pric, line.sumamt, line.ownpay_amt) == (20_000, 28_500_000, 5_700, 0)
    assert first(asking()).adm_date == dt.datetime(2026, 3, 10, 9, 12)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (order(cnt="2", pric="28.5", sumamt="57.0", ownpay_amt=None), (20_000, 5_700)),  # numbers as text
        (order(sumamt=9_999.99), (20_000, 5_700)),  # the total of the whole stay
        (order(sumamt=None), (20_000, 5_700)),
        (order(pric=None, cnt=0.3333, sumamt=57), (3_333, 5_700)),
        (order(sumamt=57.01), (20_000, 5_701)),  # rounded otherwise
    ],
)
def test_clients_write_amounts_in_their_own_way(said: dict[str, Any], found: tuple[int, int]) -> None:
    line = first(asking(encounter(said))).fsi_order_dtos[0]
    assert (line.cnt, reading.amount_of(line)) == found


@pytest.mark.parametrize("unknown", ["-", "0", "默认", "", None])
def test_what_a_client_does_not_know_is_no_code(unknown: str | None) -> None:
    line = first(asking(encounter(order(hilist_code=unknown)))).fsi_order_dtos[0]
    assert (line.hilist_code, line.hosplist_code) == ("", "YP000001")


def test_rows_come_as_a_list_or_as_one_object() -> None:
    one = patient()
    one["fsi_encounter_dtos"] = encounter(fsi_order_dtos=order(), fsi_operation_dtos=None, fsi_diagnose_dtos="")
    assert len(first(message({"patient_dtos": one})).fsi_order_dtos) == 1


def test_unknown_fields_and_the_gateways_ways_are_left_alone() -> None:
    said = asking(encounter(order(o_new="x"), order_dtos=[{"x": 1}]), enctype="SM4", fixmedins_soft_fcty="x")
    said |= {"medins_code": said.pop("fixmedins_code")}
    assert read(sent(said)).envelope.institution == "H99010100001"
    assert read(b"\xef\xbb\xbf" + sent(said)).envelope.infno == "3101"


REFUSED = {
    "infno": (message({}, "9999"), "9999 is not taken here"),
    "msgid": (asking(msgid=""), "is empty"),
    "input.data": (asking(input={}), "is missing"),
    "input.patient_dtos": (asking(input={"patient_dtos": patient()}), "beside input.data"),
    "input.data.fsi_encounter_dtos": (message({"patient_dtos": [], "fsi_encounter_dtos": []}), "inside it"),
    "input.data.patient_dtos": (message({"patient_dtos": []}), "is empty"),
    "input.data.patient_dtos[0].brdy": (message({"patient_dtos": patient(brdy="1961/5/20")}), "is no day"),
    "input.data.patient_dtos[0].gend": (message({"patient_dtos": patient(gend="12345")}), "more than 3 characters"),
    "input.data.patient_dtos[0].fsi_encounter_dtos": (message({"patient_dtos": patient(fsi_encounter_dtos=7)}), "form"),
    "input.data.patient_dtos[0].fsi_encounter_dtos[0].fsi_order_dtos[1].cnt": (
        asking(encounter(order(), order(2, cnt="two"))), "is no number",
    ),
    "input.data.patient_dtos[0].fsi_encounter_dtos[0].fsi_order_dtos[0].sumamt": (
        asking(encounter(order(sumamt=10**12))), "is more than",
    ),
    "input.data.patient_dtos[0].fsi_encounter_dtos[0].fsi_order_dtos[0]": (
        asking(encounter(order(item="", hosplist_code="-"))), "neither hilist_code nor hosplist_code",
    ),
    "input.data.patient_dtos[0].fsi_encounter_dtos[0].mdtrt_id": (asking(encounter(mdtrt_id=None)), "is empty"),
    "input.data.patient_dtos[0]": (message({"patient_dtos": patient(patn_id="", curr_mdtrt_id="")}), "neither"),
    "input.data.warns[0]": (told({"warn_rslt_id": "JR1", "dspo_way": "1"}), "dspo_way_rea is needed"),
    "input.data.warns[0].dspo_way": (told({"warn_rslt_id": "JR1", "dspo_way": "3"}), "is not one of"),
}  # fmt: skip


@pytest.mark.parametrize("field", REFUSED)
def test_what_cannot_be_reviewed_is_refused_with_its_field(field: str) -> None:
    said, words = REFUSED[field]
    with pytest.raises(MessageRefused) as refusal:
        read(sent(said))
    assert refusal.value.field == field
    assert words in refusal.value.reason


@pytest.mark.parametrize("sign", [b"\\ud800", b"\\u0000"])
def test_signs_that_no_database_keeps_are_refused(sign: bytes) -> None:
    body = sent(asking()).replace(b"99000100000000000000000001", sign)
    with pytest.raises(MessageRefused, match="patn_id: holds"):
        read(body)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff\xfe", b"{", b'{"infno": NaN}', b'{"a":' * 5000 + b"1" + b"}" * 5000, b"1" * 16_000_001]
)
def test_what_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(MessageRefused):
        read(body)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"med_type": "11"}, "outpatient"),
        ({"med_type": "1401"}, "chronic"),
        ({"med_type": "41"}, "pharmacy"),
        ({"med_type": "2101", "med_mdtrt_type": "2"}, "inpatient"),
        ({"med_type": "21", "med_mdtrt_type": "1"}, "outpatient"),
        ({"med_type": "21", "med_mdtrt_type": "210", "dscg_date": "2026-03-10 09:12:00"}, "outpatient"),
        ({"med_type": "21", "med_mdtrt_type": "1", "bedno": "12"}, "inpatient"),
        ({"med_type": "", "med_mdtrt_type": "2"}, "inpatient"),
        ({"med_type": "7777"}, "outpatient"),
    ],
)
def test_the_kind_of_encounter_is_not_taken_from_one_field_alone(facts: dict[str, str], kind: str) -> None:
    assert reading.kind_of(first(asking(encounter(**facts)))) == kind


SHAPES = st.tuples(st.sampled_from(["X", "Z", "T", "C", "0", "00", "A", ""]), st.integers(0, 30)).map(
    lambda shape: shape[0] + "1" * shape[1]
)


@given(SHAPES)
def test_an_item_is_of_the_kind_that_intake_makes_it(item: str) -> None:
    said = duckdb.execute(f"SELECT {ITEM_KIND}, {GENERIC} FROM (SELECT ? AS item)", [item]).fetchall()
    assert said == [(item_kind(item), generic(item))]


def present(said: dict[str, Any]) -> list[str]:
    data = read(sent(said)).data
    assert isinstance(data, Asked)
    return [one.mdtrt_id for one in data.patient_dtos[0].present]


def test_a_message_asks_about_a_few_encounters_at_once() -> None:
    many = [encounter(mdtrt_id=str(number)) for number in range(21)]
    with pytest.raises(MessageRefused, match="more than 20 encounters"):
        read(sent(asking(*many)))
    assert len(present(asking(*many[:20]))) == 20
    assert present(message({"patient_dtos": [patient(*many, curr_mdtrt_id="7")]})) == ["7"]
