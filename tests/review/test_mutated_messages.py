"""Whatever a client sends is read or refused with the name of a field; what is read can be handed to the desk."""

import copy
import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest

from institutions.models import Institution
from supervision.monitoring.desk import Desk
from supervision.review.asking import reading
from supervision.review.messages import ASKING, MessageRefused, read
from supervision.review.models import Encounter
from tests.review.messages import INSTITUTION, asking, encounter, order, sent, told
from tests.review.told import (
    admitted,
    changed,
    discharged,
    fee,
    in_bed,
    listed,
    opened,
    paid,
    reversed_by_number,
    settled,
    take,
    undone,
    uploaded,
    withdrawn,
)  # fmt: skip

JUNK: list[Any] = [
    None, "", "-", "0", "默认", 0, -1, 1.5, True, [], {}, [[]], [{}], [None], {"a": None}, "x" * 600, "é", "2026-02-30",
    "2026/1/1", "2026-01-01T00:00:00", "9999-12-31 23:59:59", "0001-01-01", 10**30, -(10**15), "1e400", "NaN", "1,000",
    "٣", " 7 ", "1" * 400, "\u0000", "\ud7ff", {"x": {"y": []}}, [1, "2", None], 2**63, 0.1 + 0.2, "Infinity", "--1",
]  # fmt: skip
PLACE = Institution(code=INSTITUTION, division_id="990101", level=3, kind="hospital")
NOW = dt.datetime(2026, 3, 10, 9, 30)
ASKED = [
    asking(encounter(order(), order(2, extend_order_map={"o_prdDays": "14"}))),
    asking(encounter(med_type="2101", med_mdtrt_type="2", bedno="1", fsi_operation_dtos=[
        {"oprn_code": "81.5100", "oprn_name": "x", "main_oprn_flag": "1", "oprn_date": "2026-03-03"}
    ]), infno="3102"),
    told({"warn_rslt_id": "JR1", "dspo_way": "1", "dspo_way_rea": "x"}),
]  # fmt: skip
TOLD = [
    opened(), admitted(), changed(), discharged(), uploaded(fee(1), fee(2)), uploaded(in_bed(), infno="2301"),
    withdrawn({"chrg_bchno": "CB1"}), withdrawn({"feedetl_sn": "1"}, infno="2302"), settled(copy=paid()),
    settled(infno="2304"), undone("1"), undone("1", infno="2305"), reversed_by_number(settled()), listed(),
    {**listed(), "infno": "4101A"},
]  # fmt: skip


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every node of a message with the key under which it stands."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from places(node[key])


def mutated(dice: random.Random, messages: list[dict[str, Any]]) -> dict[str, Any]:
    message = copy.deepcopy(dice.choice(messages))
    for _ in range(dice.randint(1, 3)):
        node, key = dice.choice(list(places(message)))
        match dice.randrange(4):
            case 0 if isinstance(node, dict):
                del node[key]
            case 1 if isinstance(node[key], list | dict):
                node[key] = [node[key]] * dice.randint(0, 3)
            case 2 if isinstance(node, list):
                node.append(copy.deepcopy(node[key]))
            case _:
                node[key] = copy.deepcopy(dice.choice(JUNK))
        if not message:
            break
    return message


def look_at(count: int) -> int:
    """How many of so many mutated messages were read; whatever else happens fails the test."""
    dice, desk, taken, nameless = random.Random(count), Desk(), 0, []
    for _ in range(count):
        body = sent(mutated(dice, ASKED * 4 + TOLD))
        try:
            message = read(body)
            if message.envelope.infno in ASKING:
                for one in reading.judged(message, PLACE, now=NOW):
                    with desk.review(one.tables):
                        pass
        except MessageRefused as refusal:
            nameless += [] if refusal.field and refusal.reason else [body]
            continue
        taken += 1
    assert nameless == []
    return taken


def test_mutated_messages_are_read_or_refused_by_field() -> None:
    assert 200 < look_at(1_500) < 1_300


@pytest.mark.long
def test_a_hundred_thousand_mutated_messages_are_read_or_refused_by_field() -> None:
    assert look_at(100_000) > 10_000


def test_mutated_messages_are_kept_or_refused_by_field(hospital: Institution) -> None:
    dice, kept, refusals = random.Random(1), 0, []
    for number in range(400):
        answer = take(mutated(dice, TOLD) | {"msgid": f"m{number}"})
        kept += answer["infcode"] == 0
        refusals += [answer["err_msg"]] if answer["infcode"] else []
    assert kept > 50
    assert Encounter.objects.exists()
    assert all(": " in words for words in refusals)
