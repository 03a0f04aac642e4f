"""What the fund paid of a line: by the tables that an accountant reads, and to the fen whatever the split."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.hearing.apportioning import of_line, part, split
from supervision.monitoring.models import FindingLine

HERE = Path(__file__).parent
fens = st.integers(0, 10**14).map(lambda fen: Decimal(fen) / 100)


def examples(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("said", examples("fund_parts.csv"), ids=lambda said: said["example"])
def test_the_funds_part_of_a_line_follows_from_the_frozen_claim(said: dict[str, str]) -> None:
    line = FindingLine(claim="c", charge=said["line"] and "c:1", at_stake=Decimal(said["at_stake"]))
    charge = {"charge": "c:1", "amount": said["charged"], "eligible": said["eligible"]}
    paid = of_line(line, {"fund_ratio": said["fund_ratio"], "pay_method": said["pays_by"]}, charge)
    assert paid is not None
    assert f"{paid.of(Decimal(said['heard']), line.at_stake):.2f}" == said["fund_part"]


@pytest.mark.parametrize("said", examples("fund_splits.csv"), ids=lambda said: said["example"])
def test_what_the_fund_paid_is_split_over_the_lines_to_the_fen(said: dict[str, str]) -> None:
    parts = split(Decimal(said["fund_paid"]), Decimal(said["in_scope"]), map(Decimal, said["lines"].split()))
    assert " ".join(f"{one:.2f}" for one in parts) == said["parts"]


@given(st.lists(fens, min_size=1, max_size=60), st.fractions(0, 1))
def test_the_parts_of_all_lines_make_up_the_findings_part(stakes: list[Decimal], ratio: Fraction) -> None:
    whole = sum(stakes, Decimal(0))
    paid = Decimal(int(whole * 100) * ratio.numerator // ratio.denominator) / 100
    parts = split(paid, whole, stakes)
    assert sum(parts) == (paid if whole else 0)
    assert all(0 <= one <= stake for one, stake in zip(parts, stakes, strict=True))


@given(fens, fens, fens)
def test_a_part_is_rounded_once_and_never_more_than_the_whole(total: Decimal, amount: Decimal, of: Decimal) -> None:
    amount, total = min(amount, of), min(total, of)
    found = part(total, amount, of)
    assert 0 <= found <= min(total, amount)
    exact = int(total * 100) * int(amount * 100)
    assert not of or abs(int(found * 100) * int(of * 100) - exact) * 2 <= int(of * 100)


def test_a_claim_that_says_no_ratio_says_nothing_of_its_lines() -> None:
    line = FindingLine(claim="c", charge="c:1", at_stake=Decimal(10))
    assert of_line(line, None, None) is None
    assert of_line(line, {"fund_ratio": None}, {"charge": "c:1", "amount": "10.00"}) is None
