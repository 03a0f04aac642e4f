"""From simulated files to exported findings: every plant is found, no near-miss and nobody else is accused."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from supervision.monitoring.rulebook import rulebook

from .checking import STATED, Found, Verdict, count_stays, from_export, judge, rows, table
from .conftest import Judged, judged


def verdicts(prefecture: Judged) -> tuple[list[Verdict], int]:
    stays = count_stays(prefecture.simulated)
    return judge(rows(prefecture.truth), from_export(prefecture.findings)), stays


def test_every_plant_is_found_no_near_miss_accused_and_nobody_else(prefecture: Judged) -> None:
    said, stays = verdicts(prefecture)
    print(table(said, stays))
    wrong = [verdict.rule for verdict in said if not verdict.is_right(stays)]
    assert wrong == [], "\n" + table(said, stays)


def test_every_rule_of_the_library_is_tried(prefecture: Judged) -> None:
    """But for what is asked at a desk alone: no stored claim says how it was handed in."""
    said, _ = verdicts(prefecture)
    run = {code for code, rule in rulebook().items() if rule.runs and "audit" in rule.moments}
    assert {verdict.rule for verdict in said} == run
    assert all(verdict.planted and verdict.near_misses for verdict in said)


def test_only_rules_that_are_not_certain_may_accuse_somebody_else(prefecture: Judged) -> None:
    assert all(rulebook()[code].certainty != "certain" for code in STATED)


def test_nothing_simulated_is_refused_and_no_step_is_parked(prefecture: Judged) -> None:
    assert prefecture.run["status"] == "done"
    assert prefecture.run["parked"] == []
    # A year's look-back (A05/365 and A05/366) needs more months than these three.
    assert set(prefecture.summary["left_out"]) == {"A05/365", "A05/366"}


@pytest.fixture(scope="module")
def half_a_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    yield from judged(tmp_path_factory.mktemp("half-a-year"), members=20_000, months=6)


@pytest.mark.long
def test_the_same_holds_of_twenty_thousand_members_in_six_months(half_a_year: Judged) -> None:
    said, stays = verdicts(half_a_year)
    print(table(said, stays))
    assert [verdict.rule for verdict in said if not verdict.is_right(stays)] == [], "\n" + table(said, stays)


@pytest.fixture(scope="module")
def year_and_more(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    yield from judged(tmp_path_factory.mktemp("year-and-more"), members=300, months=14)


@pytest.mark.long
def test_fourteen_months_leave_no_plant_out(year_and_more: Judged) -> None:
    said, stays = verdicts(year_and_more)
    assert year_and_more.summary["left_out"] == {}
    assert [verdict.rule for verdict in said if not verdict.is_right(stays)] == [], "\n" + table(said, stays)


def test_a_finding_too_many_too_few_or_other_turns_the_check_red() -> None:
    common = {"rule": "adm_overlap", "charge": ""}
    truth = [
        common | {"claim": "N:1", "accused": "yes", "example": "D06-1", "at_stake": "10.00", "certainty": "low"},
        common | {"claim": "N:2", "accused": "no", "example": "D06-2", "at_stake": "", "certainty": ""},
    ]

    def accused(claim: str, at_stake: int = 10, certainty: str = "low") -> Found:
        return Found("adm_overlap", claim, "", Decimal(at_stake), certainty)

    for found, is_right in (
        ([accused("N:1")], True),
        ([], False),
        ([accused("N:1", at_stake=9)], False),
        ([accused("N:1", certainty="certain")], False),
        ([accused("N:1"), accused("N:2")], False),
        ([accused("N:1"), accused("N:3")], False),
    ):
        [verdict] = judge(truth, found)
        assert verdict.is_right(stays=1_000) is is_right
