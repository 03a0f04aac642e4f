"""Calendars without a database: plain years, and the shipped ones read from their files."""

from datetime import date, datetime

from supervision.clocks.calendar import BEIJING, Calendar
from supervision.clocks.loading import REFERENCE, read

PLAIN = Calendar(frozenset(range(2020, 2061)))  # every weekday is worked


def shipped() -> Calendar:
    days: dict[date, bool] = {}
    for file in (REFERENCE / "calendar").glob("*.csv"):
        with file.open(encoding="utf-8") as text:
            for lines in read(text).values():
                days |= {date.fromisoformat(line["day"]): line["kind"] == "work" for line in lines}
    return Calendar(frozenset(day.year for day in days), days)


def at(text: str) -> datetime:
    """A moment of Beijing's: at("2026-11-20 09:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
