"""The examples of the description of the interface: each is taken and answered in its form, the invalid ones are refused.

The description lies beside the project, not in it; tests/review/told.py and messages.py make up the same shapes.
"""

import json
from pathlib import Path

import pytest

from institutions.models import Institution
from supervision.review import reviewing
from supervision.review.models import Encounter, Message, Remark
from tests.builders import make_institution
from tests.installations import PROJECT
from tests.review.hospital.brief import departures
from tests.review.remarked import make_remark
from tests.review.told import (
    Row,
    admitted,
    changed,
    discharged,
    in_bed,
    listed,
    opened,
    paid,
    reversed_by_number,
    settled,
    undone,
    uploaded,
    withdrawn,
)  # fmt: skip

EXAMPLES = PROJECT.parent / "shared" / "domain" / "nhsa" / "examples"
INVALID = {
    "2204.request.amount-form": "input.feedetail[0].det_item_fee_sumamt: is no number",
    "3101.request.date-form": "input.data.patient_dtos[0].brdy: is no day in the form yyyy-MM-dd",
    "3101.request.no-msgid": "msgid: is missing",
    "3101.request.nodes-beside-data": "input.patient_dtos: stands beside input.data and belongs inside it",
    "3103.request.no-reason": "input.data.warns[1]: dspo_way_rea is needed where the order goes on",
    "4101.request.nobody": "input.setlinfo: says neither psn_no nor hi_no nor certno",
}
described = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the description of the interface does not lie beside us")


def files(pattern: str) -> list[Path]:
    return sorted(EXAMPLES.glob(pattern))


@pytest.fixture
def hospital(db: None) -> Institution:
    return make_institution("H99000100001", "990001")


@pytest.fixture
def answered(hospital: Institution) -> None:
    """The results that the example of 3103 speaks of."""
    for number in (1, 2):
        Remark.objects.filter(pk=make_remark(hospital).pk).update(number=f"JR20260320100512000000000{number}")


@described
@pytest.mark.parametrize("file", files("*.request*.json") + files("dialects/*.json"), ids=lambda file: file.stem)
def test_every_example_is_taken_and_answered_in_its_form(file: Path, answered: None) -> None:
    answer = json.loads(json.dumps(reviewing.take(file.read_bytes(), institution="H99000100001")))
    assert (answer["infcode"], answer["err_msg"]) == (0, None)
    assert departures(file.name[:4], answer) == []
    assert answer["inf_refmsgid"].startswith("990001")


@described
@pytest.mark.parametrize("file", files("invalid/*.request.*.json"), ids=lambda file: file.stem)
def test_every_invalid_example_is_refused_with_the_field_named(file: Path, hospital: Institution) -> None:
    answer = reviewing.take(file.read_bytes(), institution="H99000100001")
    assert (answer["infcode"], answer["err_msg"]) == (-1, INVALID[file.stem])
    assert answer["inf_refmsgid"].startswith("990001")
    assert not Message.objects.filter(institution=hospital).exists()


STAY: Row = {"mdtrt_id": "9903200077", "chrg_bchno": ""}


@pytest.mark.parametrize(
    ("infno", "told"),
    [
        ("2204", uploaded()),
        ("2301", uploaded(in_bed(), infno="2301")),
        ("2304", settled(57.0, infno="2304", **STAY)),
        ("2304", settled(57.0, infno="2304", copy=paid(**STAY), **STAY)),
        ("4101", listed()),
    ],
)
def test_what_we_make_up_is_answered_in_the_same_form(infno: str, told: Row, db: None) -> None:
    make_institution(told["fixmedins_code"], "990101")
    answer = reviewing.take(json.dumps(told).encode(), institution=told["fixmedins_code"])
    assert departures(infno, json.loads(json.dumps(answer))) == []


@pytest.mark.parametrize(
    "told",
    [
        opened(), admitted(), changed(), discharged(), withdrawn({"chrg_bchno": "CB1"}),
        withdrawn({"feedetl_sn": "1"}, infno="2302"), undone("1"), undone("1", infno="2305"),
        reversed_by_number(settled()), {**listed(), "infno": "4101A"},
    ],
    ids=lambda told: told["infno"],
)  # fmt: skip
def test_of_what_the_description_has_no_example_every_kind_is_taken(told: Row, db: None) -> None:
    make_institution(told["fixmedins_code"], "990101")
    answer = reviewing.take(json.dumps(told).encode(), institution=told["fixmedins_code"])
    assert (answer["infcode"], answer["err_msg"]) == (0, None)
    assert Encounter.objects.count() == (told["infno"] != "2601")
