"""What one person keeps goes to another with a reason: all of it at once, or nothing."""

import pytest

from institutions.models import Account, Duty
from supervision.clocks import running
from supervision.clocks.calendar import DeadlineRefused
from supervision.clocks.models import Clock, HandOver
from tests.builders import make_account
from tests.clocks.building import make_clock

pytestmark = pytest.mark.django_db
OFFICER = [Duty.READ, Duty.INVESTIGATE]


@pytest.fixture
def leaving() -> Account:
    return make_account("leaving", duties=OFFICER)


@pytest.fixture
def clocks(leaving: Account) -> list[Clock]:
    return [make_clock("P01", since="2026-11-02 09:00", duty="investigate", holder=leaving) for _ in range(3)]


def test_all_that_somebody_keeps_goes_to_another_at_once(leaving: Account, clocks: list[Clock]) -> None:
    taker = make_account("taker", duties=OFFICER)
    running.hand_over(clocks, to=taker, reason="moves to another bureau", by=leaving)
    assert set(Clock.objects.values_list("holder__username", flat=True)) == {"taker"}
    rows = HandOver.objects.values_list("giver__username", "taker__username", "reason")
    assert list(rows) == [("leaving", "taker", "moves to another bureau")] * 3


@pytest.mark.parametrize(
    ("territory", "duties", "why"),
    [("990200", OFFICER, "same place"), ("990100", [Duty.READ], "hold the duty")],
)
def test_who_cannot_keep_one_of_them_takes_none(
    leaving: Account, clocks: list[Clock], territory: str, duties: list[Duty], why: str
) -> None:
    with pytest.raises(DeadlineRefused, match=why):
        running.hand_over(clocks, to=make_account("taker", territory, duties=duties), reason="leaves", by=leaving)
    assert set(Clock.objects.values_list("holder__username", flat=True)) == {"leaving"}


def test_only_who_keeps_them_or_is_in_charge_hands_over(clocks: list[Clock]) -> None:
    taker = make_account("taker", duties=OFFICER)
    with pytest.raises(DeadlineRefused, match="not yours"):
        running.hand_over(clocks, to=taker, reason="leaves", by=make_account("colleague", duties=OFFICER))
    running.hand_over(clocks, to=taker, reason="leaves", by=make_account("head", duties=[Duty.READ, Duty.DECIDE]))
    assert set(Clock.objects.values_list("holder__username", flat=True)) == {"taker"}


def test_a_hand_over_says_why_and_hands_over_nothing_that_has_ended(leaving: Account, clocks: list[Clock]) -> None:
    taker = make_account("taker", duties=OFFICER)
    with pytest.raises(DeadlineRefused, match="Say why"):
        running.hand_over(clocks, to=taker, reason=" ", by=leaving)
    running.stop(clocks[0])
    with pytest.raises(DeadlineRefused, match="ended already"):
        running.hand_over(clocks, to=taker, reason="leaves", by=leaving)
