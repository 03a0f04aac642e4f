"""Whatever a broken client sends is answered in the form described, and a refusal names what cannot be read."""

import json
import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import pytest

from tests.review.hospital.brief import departures
from tests.review.hospital.client import Client, Message
from tests.review.hospital.lines import DRUG, FILM, FOR_WOMEN
from tests.review.hospital.stays import Stay
from tests.review.hospital.visits import Visit, man

JUNK: list[Any] = [
    *(
        "",
        "-",
        "0",
        "x" * 60,
        "x" * 600,
        "\x00",
        "\ud800",
        "默认",
        "１２",
        " 12 ",
        "12,5",
        "1e5",
        "NaN",
        "99999999999999.99",
    ),
    *("2026-02-30", "2026-03-10", "2026-03-10T09:00:00", "9999-12-31 23:59:59", "0001-01-01 00:00:00", "3.0", "-0.005"),
    *(None, True, 0, -1, 1e308, -1e15, 10**20, 0.1, 1.005, [], {}, [[]], [{}], [None], {"a": 1}),
]
NAMED = re.compile(r"(input|[a-z_A-Z]+)[\w.\[\]]*: .|the message ")


def conversation(client: Client) -> list[Message]:
    """One message of every number."""
    visit = Visit(man(), client.institution).ordering(DRUG, FOR_WOMEN)
    stay = Stay(man(), client.institution).ordering(FILM, DRUG).refunding(DRUG, 1)
    word = {"warn_rslt_id": "JR1", "dspo_way": "2", "dspo_way_rea": ""}
    nodes: list[tuple[str, Message]] = [
        *(("3101", {"data": visit.order()}), ("3102", {"data": stay.order(scene="8")})),
        ("3103", {"data": {"warn_type": "1", "warns": [word]}}),
        *(
            ("2203", visit.diagnoses()),
            ("2204", visit.bill()),
            ("2207", visit.settlement()),
            ("2208", visit.undone("S1")),
        ),
        *(
            ("2401", stay.admission()),
            ("2403", stay.admission_changed()),
            ("2301", stay.bill()),
            ("2402", stay.leaving()),
        ),
        *(("2304", stay.settlement()), ("4101", stay.settlement_list("S2")), ("2305", stay.undone("S2"))),
        ("2205", {"data": {**visit.who, "chrg_bchno": f"CB{visit.id}"}}),
        ("2302", {"data": {**stay.who, "feedetl_sn": stay.line(FILM).serial}}),
        ("2601", {"data": {"psn_no": visit.person.number, "omsgid": f"{client.institution}1", "oinfno": "2207"}}),
    ]
    return [client.envelope(infno, **node) for infno, node in nodes]


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every value of a message, by what holds it and where."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], dict | list):
            yield from places(node[key])


def mutated(dice: random.Random, message: Message) -> Message:
    for _ in range(dice.choice([1, 1, 1, 2, 4])):
        holder, key = dice.choice(list(places(message)) or [(message, "infno")])
        match dice.randrange(6):
            case 0:
                del holder[key]
            case 1:
                holder[key] = [deepcopy(holder[key])] * 2
            case 2 if isinstance(holder, dict):
                holder[f"{key}X"] = holder.pop(key)
            case _:
                holder[key] = deepcopy(dice.choice(JUNK))
    return message


def wrong_with(client: Client, message: Message) -> list[str]:
    """What is wrong with the answer to a message, whatever that is."""
    body = json.dumps(message).encode()
    status, said = client.post(body, client.signed(body))
    if status != 200:
        return [f"{status} to {body!r}"]
    answer = json.loads(said)
    wrong = departures(str(message.get("infno")), answer)
    if str(answer["infcode"]) == "-1" and not NAMED.match(answer["err_msg"]):
        wrong.append(f"names nothing: {answer['err_msg']}")
    return [f"{one} in the answer to {body.decode()}" for one in wrong]


def talk(client: Client, *, messages: int, seed: int) -> list[str]:
    """Everything wrong with the answers to so many mutated messages."""
    dice = random.Random(seed)
    sent: list[Message] = []
    while len(sent) < messages:
        sent += [mutated(dice, message) for message in conversation(client)]
    with ThreadPoolExecutor(4) as hands:
        return [wrong for found in hands.map(lambda message: wrong_with(client, message), sent) for wrong in found]


def test_mutated_messages_are_answered_as_the_interface_says(hospital: Client) -> None:
    assert talk(hospital, messages=340, seed=1) == []


@pytest.mark.long
def test_a_hundred_thousand_mutated_messages_are_answered_as_the_interface_says(hospital: Client) -> None:
    for seed in range(2, 102):
        assert talk(hospital, messages=1_000, seed=seed) == []
