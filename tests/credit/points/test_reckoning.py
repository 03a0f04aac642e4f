"""What holds of every history of points, whatever was scored when."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from credit.points.reckoning import Scored, Step, kind_on, spans, total

STEPS = [
    Step(6, "interview"), Step(9, "suspended", 1, 2), Step(10, "suspended", 3, 4), Step(11, "suspended", 5, 6),
    Step(12, "terminated", 12, 12), Step(12, "terminated", 36, 36, at_once=True),
]  # fmt: skip
days = st.dates(dt.date(2025, 6, 1), dt.date(2026, 12, 31))
records = st.builds(
    Scored, act=st.sampled_from("abcdef"), points=st.integers(1, 12), on=days, main=st.booleans(),
    number=st.uuids().map(str),
)  # fmt: skip
histories = st.lists(records, max_size=8)
DAY = dt.timedelta(days=1)


def one(points: int, day: str = "2026-03-10", act: str = "a", *, main: bool = False) -> Scored:
    return Scored(act, points, dt.date.fromisoformat(day), main, f"{act}{points}")


@given(histories, records, st.lists(days, max_size=4), days)
def test_a_further_record_never_lowers_the_sum(
    scored: list[Scored], further: Scored, repaired: list[dt.date], on: dt.date
) -> None:
    assert total([*scored, further], repaired, on) >= total(scored, repaired, on)


@given(histories, st.randoms(use_true_random=False), days)
def test_the_order_of_what_comes_on_one_day_does_not_matter(scored: list[Scored], random: object, on: dt.date) -> None:
    same_day = [replace(record, on=on) for record in scored]
    shuffled = list(same_day)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spans(shuffled, [], STEPS) == spans(same_day, [], STEPS)
    assert total(shuffled, [], on) == total(same_day, [], on)


@given(histories, st.lists(days, max_size=4))
def test_a_year_begins_with_nothing(scored: list[Scored], repaired: list[dt.date]) -> None:
    first = dt.date(2026, 1, 1)
    before = [record for record in scored if record.on < first]
    assert total(before, repaired, first) == 0


@given(records, st.lists(records, max_size=8), days)
def test_a_further_record_of_another_act_never_lets_anybody_work_earlier(
    further: Scored, scored: list[Scored], on: dt.date
) -> None:
    further = replace(further, act="another")
    weight = {"": 0, "suspended": 1, "terminated": 2}
    alone, more = spans(scored, [], STEPS), spans([*scored, further], [], STEPS)
    assert weight[kind_on(more, [], on)] >= weight[kind_on(alone, [], on)]


@given(histories, histories, days)
def test_a_past_day_is_what_it_was_whatever_came_later(scored: list[Scored], later: list[Scored], on: dt.date) -> None:
    later = [record for record in later if record.on > on]
    assert total([*scored, *later], [], on) == total(scored, [], on)
    known = [record for record in scored if record.on <= on]
    assert kind_on(spans([*known, *later], [], STEPS), [], on) == kind_on(spans(known, [], STEPS), [], on)


def test_nine_points_suspend_for_a_month_or_two_from_the_next_day() -> None:
    (span,) = spans([one(9)], [], STEPS)
    assert (span.kind, span.since, span.until) == ("suspended", dt.date(2026, 3, 11), dt.date(2026, 4, 10))
    (span,) = spans([one(9, main=True)], [], STEPS)
    assert span.until == dt.date(2026, 5, 10)


def test_ten_and_eleven_points_suspend_for_longer() -> None:
    assert spans([one(10)], [], STEPS)[0].until == dt.date(2026, 6, 10)
    assert spans([one(11, main=True)], [], STEPS)[0].until == dt.date(2026, 9, 10)


def test_twelve_points_at_once_bar_for_three_years_and_added_up_for_one() -> None:
    (at_once,) = spans([one(12)], [], STEPS)
    assert (at_once.kind, at_once.until, at_once.barred_until) == ("terminated", None, dt.date(2029, 3, 10))
    (added,) = spans([one(6), one(6, "2026-06-01", "b")], [], STEPS)
    assert (added.kind, added.barred_until) == ("terminated", dt.date(2027, 6, 1))


def test_one_act_counts_once_with_its_highest_points() -> None:
    scored = [one(4), one(6, "2026-05-01")]
    assert total(scored, [], dt.date(2026, 4, 30)) == 4
    assert total(scored, [], dt.date(2026, 5, 1)) == 6


def test_eight_points_suspend_nobody_and_neither_do_nine_of_two_years() -> None:
    assert spans([one(8)], [], STEPS) == []
    assert spans([one(5, "2025-12-31"), one(4, "2026-01-01", "b")], [], STEPS) == []


def test_a_repair_takes_a_point_off_and_shortens_no_suspension() -> None:
    day = dt.date(2026, 3, 20)
    assert total([one(9)], [day], day) == 8
    assert spans([one(9)], [day], STEPS) == spans([one(9)], [], STEPS)


def test_a_termination_ends_by_registering_again() -> None:
    held, back = spans([one(12)], [], STEPS), dt.date(2029, 4, 1)
    assert kind_on(held, [back], back - DAY) == "terminated"
    assert kind_on(held, [back], back) == ""
