"""However the messages of an encounter arrive, they leave the same encounter."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.models import Institution
from supervision.review.models import Encounter, Line, Settlement
from tests.review.told import (
    STAY,
    Row,
    admitted,
    changed,
    discharged,
    fee,
    for_women,
    in_bed,
    listed,
    opened,
    paid,
    reversed_by_number,
    settled,
    take,
    taken,
    undone,
    uploaded,
    withdrawn,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("hospital")
IN_BED: Row = {"mdtrt_id": STAY}
FIRST_STAY = admitted(0)
FIRST_SETTLEMENT = settled(57, minute=5, infno="2304", **IN_BED)
STAYS = [
    FIRST_STAY,
    changed(1),
    uploaded(in_bed(1), in_bed(2), minute=2, infno="2301"),
    uploaded(in_bed(3, cnt=-1, det_item_fee_sumamt=-28.5, init_feedetl_sn="202603100000002"), minute=3, infno="2301"),
    withdrawn({**IN_BED, "feedetl_sn": "202603100000001"}, minute=4, infno="2302"),
    FIRST_SETTLEMENT,
    reversed_by_number(FIRST_SETTLEMENT, minute=6),
    discharged(7),
    settled(28.5, minute=8, infno="2304", **IN_BED),
    listed(9),
    discharged(10, dscg_way="2"),
    reversed_by_number(FIRST_STAY, minute=11),
    undone("9903200000777", minute=12, infno="2305", **IN_BED),  # the payer's number of the second settlement
    settled(28.5, minute=13, infno="2304", copy=paid(28.5, 20, **IN_BED), **IN_BED),
]
VISITS = [
    opened(0),
    uploaded(fee(1), for_women(2), minute=1),
    withdrawn({"chrg_bchno": "CB1"}, minute=2),
    uploaded(fee(1, cnt=1, det_item_fee_sumamt=28.5), fee(3, chrg_bchno="CB2"), minute=3),
    withdrawn({"feedetl_sn": "202603100000003"}, minute=4),
    settled(28.5, minute=5, copy=paid(28.5, 20)),
    undone("9903100000501", minute=6),
    opened(7, med_type="14"),
    withdrawn({"chrg_bchno": "0000"}, minute=8),
    uploaded(fee(4), minute=9),
]


def state() -> list[Any]:
    """All that is kept of the encounters, without what tells of its way here."""
    known = ("facts", "told", "diagnoses", "operations", "opened_at", "member")
    return [
        *Encounter.objects.order_by("number").values_list("number", *known),
        *Line.objects.order_by("encounter__number", "number").values_list(
            "number", "body", "sent", "withdrawn", "withdrawn_at"),
        *Settlement.objects.order_by("encounter__number", "number").values_list(
            "number", "body", "paid", "settled_at", "undone_at", "undone_number"),
    ]  # fmt: skip


def left_by(messages: list[Row]) -> list[Any]:
    with transaction.atomic():
        for said in messages:
            taken(said)
        found = state()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("told", [STAYS, VISITS], ids=["stay", "visit"])
def test_the_same_messages_in_any_order_leave_the_same_encounter(told: list[Row], db: None) -> None:
    expected = left_by(told)

    @given(st.permutations(told))
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def holds(messages: list[Row]) -> None:
        assert left_by(messages) == expected

    holds()


def test_what_stands_in_the_end_is_what_was_said_last(db: None) -> None:
    for said in STAYS:
        taken(said)
    encounter = Encounter.objects.get(number=STAY)
    assert [line.number for line in encounter.lines.filter(withdrawn_at=None)] == ["202603100000002", "202603100000003"]
    assert [one.number for one in encounter.settlements.standing()] == ["9903100000501"]
    assert encounter.facts["dscginfo"]["dscg_way"] == "2"
    assert encounter.facts["mdtrtinfo"] is None  # its message was undone
    assert [one["diag_code"] for one in encounter.diagnoses] == ["S72.000", "I10.x00"]  # the settlement list's


def test_an_encounter_is_one_persons(db: None) -> None:
    taken(opened())
    answer = take(uploaded(fee(1), fee(2, psn_no="99000100000000000000000009")))
    assert answer["err_msg"].startswith("input.feedetail[1].psn_no: is another person than 9903100001")
    assert not Line.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_messages_of_one_encounter_at_once_all_count(hospital: Institution) -> None:
    told = [uploaded(fee(number), minute=number) for number in range(1, 9)]

    def send(said: Row) -> None:
        try:
            taken(said)
        finally:
            connection.close()

    senders = [threading.Thread(target=send, args=[said]) for said in told]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert (Encounter.objects.count(), Line.objects.count(), Encounter.objects.get().version) == (1, 8, 9)
