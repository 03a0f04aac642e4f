"""More time is asked for by one before the time is over, given by another, once and within what the limit allows."""

from datetime import date

import pytest

from institutions.models import Account, Duty
from supervision.clocks import running
from supervision.clocks.calendar import DeadlineRefused, end_of
from supervision.clocks.models import Clock, Extension
from tests.builders import make_account
from tests.clocks.building import make_clock
from tests.clocks.calendars import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    return make_account("officer", duties=[Duty.READ, Duty.INVESTIGATE])


@pytest.fixture
def head() -> Account:
    return make_account("head", duties=[Duty.READ, Duty.DECIDE])


@pytest.fixture
def clock(officer: Account) -> Clock:
    """Verify a lead within 15 working days, that may become 30."""
    return make_clock("P01", since="2026-11-02 09:00", duty=Duty.INVESTIGATE, holder=officer)


def test_an_extension_ends_later_by_what_was_given(clock: Clock, officer: Account, head: Account) -> None:
    assert clock.due_at == end_of(date(2026, 11, 23))
    asked = running.ask_extension(clock, amount=5, reason="papers abroad", by=officer, at=at("2026-11-20 09:00"))
    given = running.approve_extension(asked, by=head)
    assert (given.due_before, given.due_after) == (end_of(date(2026, 11, 23)), end_of(date(2026, 11, 30)))
    assert Clock.objects.get().due_at == given.due_after


@pytest.mark.parametrize(
    ("amount", "now", "why"),
    [
        (16, "2026-11-20 09:00", "15 at most"),
        (0, "2026-11-20 09:00", "15 at most"),
        (5, "2026-11-24 00:00", "due already"),
    ],
)
def test_too_much_or_too_late_is_refused(clock: Clock, officer: Account, amount: int, now: str, why: str) -> None:
    with pytest.raises(DeadlineRefused, match=why):
        running.ask_extension(clock, amount=amount, reason="papers abroad", by=officer, at=at(now))


def test_there_is_one_extension_and_none_where_the_norm_gives_none(
    clock: Clock, officer: Account, head: Account
) -> None:
    asked = running.ask_extension(clock, amount=5, reason="papers abroad", by=officer, at=at("2026-11-20 09:00"))
    running.approve_extension(asked, by=head)
    with pytest.raises(DeadlineRefused, match="once only"):
        running.ask_extension(clock, amount=5, reason="more papers", by=officer, at=at("2026-11-21 09:00"))
    without = make_clock("C02", since="2026-11-20 09:00", holder=officer)
    with pytest.raises(DeadlineRefused, match="no extension"):
        running.ask_extension(without, amount=1, reason="papers", by=officer, at=at("2026-11-21 09:00"))


def test_after_a_refusal_it_may_be_asked_for_again(clock: Clock, officer: Account, head: Account) -> None:
    asked = running.ask_extension(clock, amount=5, reason="papers abroad", by=officer, at=at("2026-11-20 09:00"))
    running.refuse_extension(asked, by=head)
    running.ask_extension(clock, amount=3, reason="fewer papers", by=officer, at=at("2026-11-20 10:00"))
    assert [one.amount for one in Extension.objects.undecided()] == [3]


def test_who_asks_does_not_give(clock: Clock, head: Account) -> None:
    asked = running.ask_extension(clock, amount=5, reason="papers abroad", by=head, at=at("2026-11-20 09:00"))
    with pytest.raises(DeadlineRefused, match="second person"):
        running.approve_extension(asked, by=head)
