"""C1: the authorisation matrix of supervision/access.yaml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.world import MISSING, Asker, World, fill, make_accounts, make_prefecture

MATRIX = yaml.safe_load((Path(__file__).parents[2] / "supervision" / "access.yaml").read_text(encoding="utf-8"))
METHODS = ["GET", "POST", "PUT", "DELETE"]


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from addresses(pattern, address)


def entry(address: str) -> dict[str, str] | None:
    """The line of the matrix for an address: its own, or that of the nearest ** above it."""
    listed: dict[str, dict[str, str]] = MATRIX["addresses"]
    above = [key for key in listed if key.endswith("**") and address.startswith(key.removesuffix("**"))]
    return listed.get(address) or (listed[max(above, key=len)] if above else None)


def methods(address: str) -> list[str]:
    """Django's admin knows reading and sending; asking it the rest in a hundred places shows nothing."""
    return METHODS[:2] if address.startswith("admin/") else METHODS


def expected(address: str, method: str, account: str) -> int | str:
    line = entry(address) or {}
    answer: dict[str, Any] = MATRIX["answers"][line.get(method) or line["others"]]
    status: int | str = answer.get(account, answer["rest"])
    return status


def test_c1_every_address_is_in_the_matrix_and_the_matrix_holds_no_other() -> None:
    real = set(addresses())
    assert [address for address in real if entry(address) is None] == []
    assert [key for key in MATRIX["addresses"] if key not in real and not above_any(key, real)] == []


def above_any(key: str, real: set[str]) -> bool:
    return key.endswith("**") and any(address.startswith(key.removesuffix("**")) for address in real)


def test_c1_every_answer_of_the_matrix_is_used_and_known() -> None:
    used = {name for line in MATRIX["addresses"].values() for name in line.values()}
    assert used == set(MATRIX["answers"])
    named = {account for answer in MATRIX["answers"].values() for account in answer} - {"rest"}
    assert named <= set(MATRIX["accounts"])


@pytest.fixture
def world(db: None) -> World:
    accounts = make_accounts()
    assert set(accounts) == set(MATRIX["accounts"])
    regulator, uploader = accounts["regulator"], accounts["institution"]
    assert regulator is not None
    askers = {name: Asker(one) for name, one in accounts.items()}
    return World(askers, make_prefecture("9901", regulator, uploader))


@pytest.mark.parametrize("account", MATRIX["accounts"])
def test_c1_everybody_gets_the_answers_of_the_matrix(world: World, account: str) -> None:
    asker, wrong = world.askers[account], []
    for address in dict.fromkeys(addresses()):
        asked = fill(address, world.prefecture.key(address))
        for method in methods(address):
            answer, status = (
                expected(address, method, account),
                asker.ask(method, asked).status,
            )
            if status != answer and not (answer == "any" and status < 500):
                wrong.append(f"{method} {asked}: {status}, not {answer}")
    assert wrong == []


@pytest.mark.parametrize("account", ["elsewhere", "institution", "administrator", "dutyless", "county"])
def test_c1_what_one_may_not_see_answers_like_what_does_not_exist(world: World, account: str) -> None:
    asker = world.askers[account]
    for address in addresses():
        missing = fill(address, MISSING["code" if "code>" in address else "number"])
        theirs = fill(address, world.prefecture.key(address))
        if missing == theirs or "<slug:" in address or expected(address, "GET", account) != 404:
            continue
        for method in methods(address):
            asked = [asker.ask(method, place) for place in (theirs, missing)]
            assert asked[0] == asked[1], f"{method} {address}"
