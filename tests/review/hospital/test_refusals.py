"""What is refused, and whether the refusal helps whoever reads it."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.review.hospital.client import Client, Message
from tests.review.hospital.lines import FILM, FOR_WOMEN
from tests.review.hospital.stays import Stay
from tests.review.hospital.visits import Visit, man


def refused(client: Client, body: bytes, header: dict[str, str]) -> str:
    """The sentence of a gateway's refusal."""
    status, answer = client.post(body, header)
    told = json.loads(answer)
    assert (status, told["code"]) == (401, 401)
    return str(told["message"])


@pytest.fixture
def reminder(hospital: Client) -> Message:
    return hospital.envelope("3101", data=Visit(man(), hospital.institution).ordering(FILM).order())


def test_a_message_without_a_signature_is_refused(hospital: Client, reminder: Message) -> None:
    assert refused(hospital, json.dumps(reminder).encode(), {})


def test_a_signature_for_another_message_is_refused(hospital: Client, reminder: Message) -> None:
    body = json.dumps(reminder).encode()
    assert refused(hospital, body, dict(hospital.signed(body + b" ")))


def test_a_signature_with_another_secret_is_refused(hospital: Client, reminder: Message) -> None:
    body = json.dumps(reminder).encode()
    assert refused(hospital, body, dict(replace(hospital, secret="another").signed(body)))


@pytest.mark.parametrize("away", [-3600, 3600])
def test_a_message_of_another_time_is_refused(hospital: Client, reminder: Message, away: int) -> None:
    body = json.dumps(reminder).encode()
    assert refused(hospital, body, dict(hospital.signed(body, at=time.time() + away)))


def test_an_institution_speaks_for_itself_alone(hospital: Client, neighbour: Client, reminder: Message) -> None:
    answer = hospital.send({**reminder, "fixmedins_code": neighbour.institution})
    assert not answer.accepted
    assert "fixmedins_code" in answer.error


def test_a_reminder_is_answered_by_whom_it_was_given_to(hospital: Client, neighbour: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FOR_WOMEN)
    [reminder] = hospital.ask("3101", data=visit.order()).about(visit.line(FOR_WOMEN).rx)
    word = {"warn_rslt_id": reminder["jr_id"], "dspo_way": "2", "dspo_way_rea": ""}
    answer = neighbour.ask("3103", data={"warn_type": "1", "warns": [word]})
    assert not answer.accepted
    assert reminder["jr_id"] in answer.error


def test_a_settlement_is_undone_by_whom_it_was_told(hospital: Client, neighbour: Client) -> None:
    visit = Visit(man(), hospital.institution).ordering(FILM)
    hospital.ask("2204", **visit.bill())
    settled = hospital.ask("2207", **visit.settlement()).output["setlinfo"]["setl_id"]
    foreign = neighbour.ask("2208", **visit.undone(settled))
    assert not foreign.accepted or not foreign.output["setlinfo"].get("medfee_sumamt")
    assert hospital.ask("2208", **visit.undone(settled)).output["setlinfo"]["medfee_sumamt"] == -25


VISIT = Visit(man(), "H99010100001").ordering(FILM)
STAY = Stay(man(), "H99010100001").ordering(FILM)
NODES: dict[str, Callable[[], Message]] = {
    "3101": lambda: {"data": VISIT.order()},
    "3102": lambda: {"data": VISIT.order()},
    "3103": lambda: {
        "data": {"warn_type": "1", "warns": [{"warn_rslt_id": "JR1", "dspo_way": "2", "dspo_way_rea": ""}]}
    },
    "2203": VISIT.diagnoses,
    "2204": VISIT.bill,
    "2207": VISIT.settlement,
    "2208": lambda: VISIT.undone("990101000000503"),
    "2301": STAY.bill,
    "2304": STAY.settlement,
    "2305": lambda: STAY.undone("990101000000504"),
    "2401": STAY.admission,
    "2402": STAY.leaving,
    "2403": STAY.admission_changed,
    "4101": lambda: STAY.settlement_list("990101000000505"),
}
PATIENT = ("data", "patient_dtos", 0)
ENCOUNTER = (*PATIENT, "fsi_encounter_dtos", 0)
ORDER = (*ENCOUNTER, "fsi_order_dtos", 0)
MISSING = object()
FAULTS: list[tuple[str, tuple[str | int, ...], object]] = [
    ("3101", (*PATIENT, "brdy"), "1961/5/20"),
    ("3101", (*ENCOUNTER, "mdtrt_id"), MISSING),
    ("3101", (*ENCOUNTER, "adm_date"), "2026-02-30 09:00:00"),
    ("3101", (*ORDER, "cnt"), "two"),
    ("3102", (*ORDER, "pric"), "25.00元"),
    ("3102", (*PATIENT, "fsi_encounter_dtos"), "none"),
    ("3101", ("data",), MISSING),
    ("3103", ("data", "warns", 0, "dspo_way"), "1"),
    ("3103", ("data", "warns", 0, "warn_rslt_id"), MISSING),
    ("2203", ("mdtrtinfo", "mdtrt_id"), MISSING),
    ("2203", ("mdtrtinfo", "begntime"), "today"),
    ("2204", ("feedetail",), MISSING),
    ("2204", ("feedetail", 0, "det_item_fee_sumamt"), "57.00元"),
    ("2204", ("feedetail", 0, "feedetl_sn"), ""),
    ("2204", ("feedetail", 0, "fee_ocur_time"), "20260310094000"),
    ("2301", ("feedetail", 0, "cnt"), "all"),
    ("2301", ("feedetail", 0, "mdtrt_id"), MISSING),
    ("2207", ("data", "mdtrt_id"), ""),
    ("2208", ("data", "mdtrt_id"), MISSING),
    ("2304", ("data", "medfee_sumamt"), "much"),
    ("2305", ("data", "mdtrt_id"), MISSING),
    ("2401", ("mdtrtinfo", "begntime"), "2026-13-01 00:00:00"),
    ("2402", ("dscginfo", "endtime"), "later"),
    ("2403", ("adminfo", "mdtrt_id"), MISSING),
    ("4101", ("setlinfo", "mdtrt_id"), MISSING),
    ("4101", ("setlinfo", "setl_end_date"), "March"),
]


@pytest.mark.parametrize(
    ("infno", "path", "value"), [pytest.param(*fault, id=f"{fault[0]}-{fault[1][-1]}") for fault in FAULTS]
)
def test_a_refusal_names_the_field(hospital: Client, infno: str, path: tuple[str | int, ...], value: object) -> None:
    answer = hospital.ask(infno, **broken(NODES[infno](), path, value))
    named = "dspo_way_rea" if value == "1" else str(path[-1])
    assert not answer.accepted
    assert named in answer.error


@pytest.mark.parametrize("field", ["infno", "msgid", "input"])
def test_a_refusal_names_the_field_of_the_envelope(hospital: Client, reminder: Message, field: str) -> None:
    del reminder[field]
    assert field in hospital.send(reminder).error


@pytest.mark.parametrize("infno", ["9101", "3660", "", None])
def test_a_number_that_is_not_taken_is_refused_by_name(hospital: Client, reminder: Message, infno: str | None) -> None:
    assert "infno" in hospital.send({**reminder, "infno": infno}).error


def test_nodes_beside_their_place_are_refused_with_a_sentence_that_says_so(hospital: Client, reminder: Message) -> None:
    patients = reminder["input"]["data"].pop("patient_dtos")
    reminder["input"]["patient_dtos"] = patients
    answer = hospital.send(reminder)
    assert not answer.accepted
    assert "patient_dtos" in answer.error


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"text"', "报文".encode("gb18030"), b'{"a": ' * 5000])
def test_what_is_no_message_is_refused(hospital: Client, body: bytes) -> None:
    status, answer = hospital.post(body, hospital.signed(body))
    assert (status, json.loads(answer)["infcode"]) == (200, -1)


def broken(node: Message, path: tuple[str | int, ...], value: object) -> Message:
    """The node with one value in it changed, or taken away."""
    *above, last = path
    place: Any = node
    for step in above:
        place = place[step]
    if value is MISSING:
        del place[last]
    else:
        place[last] = value
    return node
