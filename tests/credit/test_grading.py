"""What holds of every history of records, for both schemes that are shipped."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit.grading import Band, End, Fact, Line, Terms, work_out
from credit.loading import rows_of
from credit.models import VIOLATIONS, Indicator

DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
SUMS = st.decimals(0, 2_000_000, places=2)


def terms_of(row: dict[str, Any]) -> Terms:
    bands = [Band(band["letter"], Decimal(band["from_points"])) for band in row["band"]]
    lines = [
        Line(
            line["indicator"], Decimal(line["points"]), Decimal(line.get("above", 0)), line.get("at_best", ""),
            line.get("months"), line.get("repairable", True),
        )
        for line in row["line"]
    ]  # fmt: skip
    base, least, most, bonus = (Decimal(row[name]) for name in ("base", "least", "most", "bonus_most"))
    return Terms(base, least, most, bonus, bands, lines, by_year=row["counts"] == "year")


SCHEMES = [terms_of(row) for row in rows_of("schemes.toml", "scheme")]
both = pytest.mark.parametrize("terms", SCHEMES, ids=["hundred points", "five grades"])


@st.composite
def facts(draw: st.DrawFn, indicators: Any = tuple(Indicator)) -> Fact:
    known = draw(DAYS)
    ends = draw(st.lists(st.builds(lambda day: End("repaired", day, day), DAYS), max_size=2))
    return Fact(
        draw(st.integers(1, 10**6)), str(draw(st.sampled_from(sorted(indicators)))), "penalty",
        draw(st.text("AB1", min_size=1, max_size=3)), known - dt.timedelta(draw(st.integers(0, 400))), known,
        draw(SUMS), tuple(ends),
    )  # fmt: skip


@both
@given(history=st.lists(facts(), max_size=12), further=facts(VIOLATIONS), at=DAYS)
def test_a_further_violation_never_improves_a_grade(
    terms: Terms, history: list[Fact], further: Fact, at: dt.date
) -> None:
    before, after = work_out(terms, history, at), work_out(terms, [*history, further], at)
    assert before.points is not None
    assert after.points is not None
    assert after.points <= before.points
    assert terms.rank(after.letter) >= terms.rank(before.letter)


@both
@given(history=st.lists(facts(), max_size=12), at=DAYS, order=st.randoms())
def test_the_order_of_records_does_not_matter(terms: Terms, history: list[Fact], at: dt.date, order: Any) -> None:
    same_day = [replace(fact, key=key, known_on=at, ends=()) for key, fact in enumerate(history)]
    for rows in (history, same_day):
        shuffled = list(rows)
        order.shuffle(shuffled)
        told, again = work_out(terms, rows, at), work_out(terms, shuffled, at)
        assert (told.letter, told.points) == (again.letter, again.points)
        assert sorted(p.fact.record for p in told.from_records) == sorted(p.fact.record for p in again.from_records)


@both
@given(history=st.lists(facts(), max_size=8), later=st.lists(facts(), max_size=8), at=DAYS)
def test_a_past_grade_stays_what_it_was_whatever_becomes_known_later(
    terms: Terms, history: list[Fact], later: list[Fact], at: dt.date
) -> None:
    after = at + dt.timedelta(1)
    unknown = [replace(fact, known_on=max(fact.known_on, after)) for fact in later]
    ended_later = [replace(fact, ends=(*fact.ends, End("withdrawn", after, after))) for fact in history]
    assert work_out(terms, [*ended_later, *unknown], at).points == work_out(terms, history, at).points


@both
@given(history=st.lists(facts(), max_size=12), at=DAYS)
def test_every_point_cites_its_record_and_the_points_add_up(terms: Terms, history: list[Fact], at: dt.date) -> None:
    found = work_out(terms, history, at)
    added = min(sum((p.points for p in found.from_records if p.points > 0), Decimal(0)), terms.bonus_most)
    taken = sum((p.points for p in found.from_records if p.points < 0), Decimal(0))
    assert found.points == min(max(terms.base + added + taken, terms.least), terms.most)
    assert all(point.fact in history for point in found.from_records)


@both
@given(history=st.lists(facts(), max_size=8), which=st.integers(0, 7), at=DAYS)
def test_a_withdrawn_violation_never_worsens_a_grade(
    terms: Terms, history: list[Fact], which: int, at: dt.date
) -> None:
    left = [
        replace(fact, ends=(*fact.ends, End("withdrawn", fact.known_on, fact.known_on)))
        if n == which and fact.indicator in VIOLATIONS
        else fact
        for n, fact in enumerate(history)
    ]
    assert terms.rank(work_out(terms, left, at).letter) <= terms.rank(work_out(terms, history, at).letter)


@pytest.mark.parametrize(
    ("points", "letter"),
    [("100", "A"), ("90", "A"), ("89.99", "B"), ("80", "B"), ("79.99", "C"), ("65", "C"), ("64.99", "D"), ("0", "D")],
)
def test_the_bands_of_a_hundred_points_are_those_of_the_norm(points: str, letter: str) -> None:
    assert SCHEMES[0].letter_of(Decimal(points)) == letter


def test_fraud_gives_the_lowest_grade_whatever_the_points() -> None:
    day = dt.date(2026, 3, 1)
    fraud = Fact(1, "fraud", "penalty", "CF-1", day, day)
    assert [work_out(terms, [fraud], day).letter for terms in SCHEMES] == ["D", "E"]


def test_a_grade_below_its_points_names_the_record_that_keeps_it_there() -> None:
    day = dt.date(2026, 3, 1)
    found = work_out(SCHEMES[1], [Fact(1, "suspended", "measure", "AJ-1-B1", day, day)], day)
    assert (found.by_points, found.letter) == ("C", "D")
    assert [point.fact.record for point in found.vetoes] == ["AJ-1-B1"]


def test_a_year_clears_one_scheme_and_months_the_other() -> None:
    known = dt.date(2026, 6, 15)
    broken = Fact(1, "promise_broken", "commitment", "CN-1", known, known)
    by_year, in_force = SCHEMES
    new_year = dt.date(2027, 1, 1)
    assert (work_out(by_year, [broken], known).letter, work_out(by_year, [broken], new_year).letter) == ("B", "A")
    assert work_out(in_force, [broken], new_year).letter == "C"
    assert work_out(in_force, [broken], dt.date(2028, 6, 14)).letter == "C"
    assert work_out(in_force, [broken], dt.date(2028, 6, 15)).letter == "B"
