"""The amounts of rewards: a table that a lawyer can read, and what holds of every rule and every sum."""

import csv
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.complaints.rewards.loading import REFERENCE
from supervision.complaints.rewards.reckoning import FEN, Band, Shares, reckon

WORKED = list(csv.DictReader((Path(__file__).parent / "worked.csv").read_text("utf-8").splitlines()))
SHIPPED = tomllib.loads((REFERENCE / "rules.toml").read_text("utf-8"), parse_float=Decimal)["rule"]


def shipped(name: str) -> Shares:
    """A shipped rule by its place, whom it is against and its level."""
    row = next(one for one in SHIPPED if f"{one['place']} {one['against']} {one['level']}" == name)
    bands = [
        Band(Decimal(one["above"]), Decimal(one["up_to"]) if "up_to" in one else None, one["rate"], Decimal(one.get("extra", 0)))
        for one in row["band"]
    ]  # fmt: skip
    return Shares(bands, Decimal(row["least"]), Decimal(row["most"]))


@pytest.mark.parametrize("example", WORKED, ids=lambda one: f"{one['rule']}: {one['sum']}")
def test_a_worked_example_comes_out_to_the_fen(example: dict[str, str]) -> None:
    assert reckon(Decimal(example["sum"]), shipped(example["rule"])).amount == Decimal(example["reward"]), example[
        "why"
    ]


def test_every_shipped_share_has_examples_that_say_why() -> None:
    shares = {f"{one['place']} {one['against']} {one['level']}" for one in SHIPPED if "band" in one}
    assert {one["rule"] for one in WORKED} == shares
    assert len(WORKED) >= 40
    assert all(one["why"] for one in WORKED)


def test_the_bands_of_a_shipped_rule_leave_no_gap() -> None:
    for row in SHIPPED:
        ends = [0, *(one.get("up_to") for one in row.get("band", []))]
        assert [one["above"] for one in row.get("band", [])] == ends[:-1]
        assert row.get("band") is None or ends[-1] is None


fen = st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2)


@st.composite
def shares(draw: st.DrawFn) -> Shares:
    """Any rule: bands side by side from nothing on, the last one without an end."""
    cuts = sorted(draw(st.sets(st.decimals(min_value=Decimal("0.01"), max_value=10**7, places=2), max_size=4)))
    edges = [Decimal(0), *cuts]
    rates, extras = st.integers(0, 10_000), st.decimals(min_value=0, max_value=1000, places=2)
    bands = [Band(low, high, draw(rates), draw(extras)) for low, high in zip(edges, [*cuts, None], strict=True)]
    least = draw(st.decimals(min_value=0, max_value=1000, places=2))
    return Shares(bands, least, least + draw(st.decimals(min_value=0, max_value=10**6, places=2)))


@given(shares(), fen)
def test_a_reward_is_never_below_the_least_nor_above_the_most(rule: Shares, value: Decimal) -> None:
    amount = reckon(value, rule).amount
    assert amount == 0 if value == 0 else rule.least <= amount <= rule.most
    assert amount == amount.quantize(FEN)


@given(shares(), fen, fen)
def test_more_that_was_verified_never_brings_less(rule: Shares, one: Decimal, other: Decimal) -> None:
    less, more = sorted([one, other])
    assert reckon(less, rule).amount <= reckon(more, rule).amount


@given(shares(), fen)
def test_the_steps_add_up_to_what_the_bands_give(rule: Shares, value: Decimal) -> None:
    found = reckon(value, rule)
    assert sum((one.part for one in found.steps), Decimal(0)) == value
    naive = Decimal(0)
    for band in rule.bands:
        if value > band.above:
            top = value if band.up_to is None else min(value, band.up_to)
            naive += (top - band.above) * band.rate / 10_000 + band.extra
    assert found.before == naive.quantize(FEN, ROUND_HALF_UP)


@given(shares(), fen)
def test_the_order_of_the_bands_says_nothing(rule: Shares, value: Decimal) -> None:
    turned = Shares(list(reversed(rule.bands)), rule.least, rule.most)
    assert reckon(value, turned) == reckon(value, rule)
