"""The figures everybody reads: right to the last one, and no small number among them, not even by subtraction."""

import itertools
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from supervision.clocks.models import Clock
from supervision.complaints.exposure import figuring
from supervision.complaints.exposure.figuring import OUTCOMES, SMALL, TIMES, shown
from supervision.complaints.exposure.models import Figure
from supervision.complaints.models import Complaint, Outcome
from tests.builders import make_division
from tests.complaints.building import make_complaint

few = st.integers(0, 9)


@given(times=st.tuples(few, few), outcomes=st.lists(few, min_size=len(OUTCOMES), max_size=len(OUTCOMES)))
def test_nobody_works_out_a_small_number_from_what_is_told(times: tuple[int, int], outcomes: list[int]) -> None:
    """Whoever knows that what is left out is at least one tries every number that could stand there."""
    outcomes[-1] += max(0, sum(times) - sum(outcomes))
    received = sum(outcomes)
    counts = dict(zip(OUTCOMES, outcomes, strict=True))
    counts |= {"received": received, "in_time": received - min(times[1], received), "late": min(times[1], received)}
    told = shown(counts)
    assert all(number is None or number == counts[name] for name, number in told.items())
    assert not any(number is not None and 0 < number < SMALL for number in told.values())
    for line in (TIMES, OUTCOMES) if told["received"] is not None else ():
        hidden = [name for name in line if told[name] is None]
        left = received - sum(told[name] or 0 for name in line)
        for name in hidden:
            assert len(possible(len(hidden), left)) != 1, (name, counts)


def possible(places: int, left: int) -> set[int]:
    """What may stand in the first of so many places, each at least one, that add up to what is left."""
    rest = places - 1
    return {first for first in range(1, left + 1) if (left - first >= rest and (rest or left == first))}


def test_a_row_that_is_small_as_a_whole_tells_nothing() -> None:
    assert set(shown({"received": 4, "in_time": 4, "under_way": 4}).values()) == {None}


def test_one_small_number_takes_another_with_it() -> None:
    told = shown({"received": 30, "in_time": 28, "late": 2, "true": 12, "not_true": 17, "settled": 1})
    assert [name for name, number in told.items() if number is None] == ["in_time", "late", "true", "settled"]


FATES: list[dict[str, Any]] = [
    {"outcome": Outcome.UPHELD}, {"outcome": Outcome.PARTLY}, {"outcome": Outcome.UNPROVED},
    {"outcome": Outcome.SETTLED}, {"ground": "out_of_scope"}, {},
]  # fmt: skip


def make_complaints() -> None:
    """Six fates, each six times in 2025 and once later; every third one late."""
    for number, (fate, day) in enumerate(
        itertools.chain(
            itertools.product(FATES, [date(2025, 11, 20)] * 6), ((fate, date(2026, 5, 3)) for fate in FATES)
        )
    ):
        made = make_complaint(place=make_division("990101" if number % 2 else "990102"), institution=None)
        Complaint.objects.filter(pk=made.pk).update(received_on=day, **fate)
        clocks = Clock.objects.filter(subject=made.number)
        if number % 3:
            clocks.delete() if made.clock is None else clocks.update(state="running")
        else:
            clocks.update(state=Clock.State.MISSED, ended_at=made.clock.since if made.clock else None)


@pytest.mark.django_db
def test_the_figures_are_what_one_counts_by_hand() -> None:
    with time_machine.travel("2026-04-02 03:00+08:00", tick=False):
        make_complaints()
        figuring.count()
        row = Figure.objects.get()
        assert (row.year, row.place_id, row.until) == (2025, "990100", date(2026, 3, 31))
        rows = [one for one in Complaint.objects.all() if one.received_on <= row.until]
        naive = {
            "received": len(rows),
            "true": sum(one.outcome in ("upheld", "partly") for one in rows),
            "not_true": sum(one.outcome in ("unfounded", "unproved") for one in rows),
            "settled": sum(one.outcome == "settled" for one in rows),
            "not_accepted": sum(bool(one.ground) for one in rows),
            "under_way": sum(not one.outcome and not one.ground for one in rows),
            "late": sum(Clock.objects.filter(subject=one.number, state="missed").exists() for one in rows),
        }
        assert naive["received"] == 36 and naive["late"] == 12
        assert {name: getattr(row, name) for name in naive} == naive
        assert (row.passed_on, row.joined, row.in_time, row.rewards) == (0, 0, 24, 0)


@pytest.mark.django_db
def test_a_row_stays_as_it_was_while_it_would_move_by_fewer_than_five() -> None:
    place = make_division("990100")
    Figure.objects.create(year=2026, place=place, until=date(2026, 3, 31), received=20, rewards=0)
    now = {"received": 23, "rewards": 0}
    former = Figure.objects.get()
    assert not figuring.moved_enough(former, now, date(2026, 6, 30))
    assert figuring.moved_enough(former, {**now, "received": 25}, date(2026, 6, 30))
    assert figuring.moved_enough(former, {**now, "received": 20}, date(2026, 6, 30))
    assert not figuring.moved_enough(former, {**now, "received": 40}, date(2026, 3, 31))  # not within a quarter
    assert not figuring.moved_enough(former, {"received": 40, "rewards": 3}, date(2026, 6, 30))


@pytest.mark.parametrize(
    ("today", "until"),
    [
        ("2026-01-01", "2025-12-31"),
        ("2026-03-31", "2025-12-31"),
        ("2026-04-01", "2026-03-31"),
        ("2026-12-31", "2026-09-30"),
    ],
)
def test_it_is_counted_up_to_the_end_of_the_last_quarter(today: str, until: str) -> None:
    assert figuring.quarters_end(date.fromisoformat(today)).isoformat() == until


@pytest.mark.django_db
def test_the_page_tells_what_is_told_and_what_is_not(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "Nothing has been counted yet" in client.get("/reporting-figures/").content.decode()
    Figure.objects.create(
        year=2025, place=make_division("990100"), until=date(2025, 12, 31), received=1234, in_time=1230
    )
    page = client.get("/reporting-figures/").content.decode()
    assert "1,234" in page and "Yunze" in page and "not told" in page
    assert not client.cookies.get("sessionid")
