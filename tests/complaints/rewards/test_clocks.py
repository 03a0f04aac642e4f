"""The clocks of reports and rewards: a table that a lawyer can read, against the calendars of the State Council."""

import csv
import tomllib
from datetime import date
from pathlib import Path

import pytest

from supervision.clocks.calendar import BEIJING, YearMissing, end_of
from supervision.clocks.loading import REFERENCE
from supervision.clocks.models import Unit
from supervision.complaints import timing
from supervision.complaints.rewards.timing import CLAIM, PAYMENT
from tests.clocks.calendars import at, shipped

WORKED = list(csv.DictReader((Path(__file__).parent / "clocks.csv").read_text("utf-8").splitlines()))
LIMITS = {row["code"]: row for row in tomllib.loads((REFERENCE / "limits.toml").read_text("utf-8"))["limit"]}
CALENDAR = shipped()


@pytest.mark.parametrize("hour", ["00:00", "23:59"])
@pytest.mark.parametrize("example", WORKED, ids=lambda one: f"{one['limit']} {one['event']}")
def test_a_clock_ends_on_the_day_of_the_table_whatever_the_hour(example: dict[str, str], hour: str) -> None:
    limit = LIMITS[example["limit"]]
    due = CALENDAR.add(at(f"{example['event']} {hour}"), limit["amount"], Unit(limit["unit"]))
    assert due == end_of(date.fromisoformat(example["due"])), example["why"]
    assert due.astimezone(BEIJING).strftime("%H:%M") == "23:59"


def test_every_clock_of_reports_and_rewards_has_examples() -> None:
    codes = {
        timing.ACCEPTANCE, timing.FILING, timing.TOLD, timing.GRIEVANCE, timing.OBJECTION, timing.OBJECTION_DECIDED, CLAIM,
        PAYMENT,
    }  # fmt: skip
    assert {one["limit"] for one in WORKED} == codes


def test_every_limit_says_where_it_stands_and_how_sure_we_are() -> None:
    for code in {one["limit"] for one in WORKED}:
        assert LIMITS[code]["source"], code
        assert LIMITS[code]["verified"] in ("verified", "secondary", "knowledge", "setting")


def test_working_days_are_not_counted_through_a_year_nobody_knows() -> None:
    with pytest.raises(YearMissing):
        CALENDAR.add(at("2026-12-20 09:00"), 15, Unit.WORKING_DAYS)
