"""Takes in calendars and limits: those shipped with the product, and the calendar of a year when its notice is out.

A file of a calendar has a line for each day that is not what its weekday says, with the columns of
reference/calendar/2026.csv. It replaces what was known of its years, and clocks that run through them are reckoned
again.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from .calendar import SATURDAY, known
from .models import CalendarYear, Clock, Limit, SpecialDay
from .reckoning import reckon

REFERENCE = Path(__file__).with_name("reference")
COLUMNS = ["day", "kind", "name_zh", "name_en", "source", "verified"]


class CalendarRejected(Exception):
    """A file is no calendar; the sentence says where and why."""


def read(file: TextIO) -> dict[int, list[dict[str, str]]]:
    """The lines of a calendar by year."""
    table = csv.DictReader(file)
    if table.fieldnames != COLUMNS:
        raise CalendarRejected(_("The first line must read: %(columns)s") % {"columns": ",".join(COLUMNS)})
    years: dict[int, list[dict[str, str]]] = defaultdict(list)
    for number, line in enumerate(table, start=2):
        try:
            years[checked(line).year].append(line)
        except ValueError as wrong:
            raise CalendarRejected(_("Line %(number)d: %(why)s") % {"number": number, "why": wrong}) from wrong
    for year, lines in years.items():
        check_year(year, lines)
    if not years:
        raise CalendarRejected(_("The file holds no day."))
    return dict(years)


def checked(line: Mapping[str, str | None]) -> date:
    """The day of a line that can be taken in."""
    if None in line.values() or None in line:
        raise ValueError(_("has another number of columns"))
    day = date.fromisoformat(line["day"] or "")
    if line["kind"] not in SpecialDay.Kind.values:
        raise ValueError(_("the kind is off or work"))
    if line["kind"] == SpecialDay.Kind.WORK and day.weekday() < SATURDAY:
        raise ValueError(_("only a Saturday or a Sunday is worked to make up for a holiday"))
    if not line["source"]:
        raise ValueError(_("a source is missing"))
    return day


def check_year(year: int, lines: list[dict[str, str]]) -> None:
    if len({line["day"] for line in lines}) < len(lines):
        raise CalendarRejected(_("A day of %(year)d stands there twice.") % {"year": year})
    if len({(line["source"], line["verified"]) for line in lines}) > 1:
        raise CalendarRejected(_("The lines of %(year)d have different sources.") % {"year": year})


@transaction.atomic
def load_calendar(file: TextIO) -> list[int]:
    """The years that were replaced; clocks that run through them are due when the new calendar says."""
    years = read(file)
    for year, lines in years.items():
        store(year, lines)
    reckon_again(years)
    return sorted(years)


def differences(file: TextIO) -> list[str]:
    """What loading it would change, a line for each day: as it would be, and as it is now."""
    words = {True: _("worked"), False: _("off")}
    now, told = known(), []
    for year, lines in sorted(read(file).items()):
        new = {date.fromisoformat(line["day"]): line["kind"] == SpecialDay.Kind.WORK for line in lines}
        old = {day: worked for day, worked in now.special.items() if day.year == year}
        if year not in now.years:
            told.append(_("%(year)d was not loaded.") % {"year": year})
        for day in sorted(new.keys() | old.keys()):
            plain = day.weekday() < SATURDAY
            before, after = old.get(day, plain), new.get(day, plain)
            if before != after or year not in now.years:
                told.append(f"{day.isoformat()}: {words[after]} ({_('before')}: {words[before]})")
    return told


def store(year: int, lines: list[dict[str, str]]) -> None:
    values = {"source": lines[0]["source"], "verified": lines[0]["verified"] == "yes"}
    kept, _new = CalendarYear.objects.update_or_create(year=year, defaults=values)
    kept.days.all().delete()
    names = ("day", "kind", "name_zh", "name_en")
    SpecialDay.objects.bulk_create(SpecialDay(year=kept, **{name: line[name] for name in names}) for line in lines)


def reckon_again(years: Iterable[int]) -> None:
    """Set anew when the clocks that run through these years are due."""
    first, last, calendar = min(years), max(years), known()
    through = Clock.objects.going().filter(since__year__lte=last, due_at__year__gte=first)
    for clock in through.select_for_update(of=("self",)).select_related("limit").order_by("pk"):
        before = clock.due_at
        reckon(clock, calendar)
        if clock.due_at != before:
            clock.red_at = None
            clock.save()


@transaction.atomic
def load_shipped() -> None:
    """What the product brings and is not there yet. What was set here stays."""
    for file in sorted((REFERENCE / "calendar").glob("*.csv")):
        add_missing(file)
    if settings.PROVISIONAL_CALENDARS:
        load_provisional()
    Limit.objects.bulk_create(shipped_limits(), ignore_conflicts=True)


@transaction.atomic
def load_provisional() -> list[int]:
    """The statutory holidays of years that are not there: for trials, a deadline through them may come out days off."""
    added = add_missing(REFERENCE / "provisional.csv")
    if added:
        reckon_again(added)
    return added


def add_missing(file: Path) -> list[int]:
    """The years of a shipped file that were not there."""
    there = set(CalendarYear.objects.values_list("year", flat=True))
    with file.open(encoding="utf-8", newline="") as text:
        missing = {year: lines for year, lines in read(text).items() if year not in there}
    for year, lines in missing.items():
        store(year, lines)
    return sorted(missing)


def shipped_limits() -> list[Limit]:
    rows = tomllib.loads((REFERENCE / "limits.toml").read_text(encoding="utf-8"))["limit"]
    return [Limit(valid=DateRange(row.pop("since"), row.pop("until", None)), **row) for row in rows]
