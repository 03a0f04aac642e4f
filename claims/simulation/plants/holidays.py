"""Hospitals that admit on days of rest (F17)."""

from datetime import date

from claims.simulation.seasons import day_of, is_holiday

from .case import FEMALE, MALE, Bill, Case, plant

REST = "inst_holiday_anomaly"
WHERE = "institution"
AFTER = date(2026, 3, 1)  # the spring festival makes half of February days of rest
WORKED = date(2026, 1, 4)  # a Sunday worked for the new year


def _stays(case: Case, illness: str, days: list[int]) -> list[Bill]:
    """A stay at the case's own hospital from each of the days on, each of another person."""
    made = []
    for number, day in enumerate(days):
        who, time = _person(case, number, illness), f"{8 + number % 9:02}:{number % 60:02}"
        made.append(case.stay(who, illness, days=2, day=day, place=case.own(), time=time, department="A03.04"))
    return made


def _person(case: Case, number: int, illness: str) -> int:
    if illness.startswith("O"):
        return case.member(FEMALE, 22 + number % 15)
    return case.member(FEMALE if number % 2 else MALE, 40 + number % 40)


def _working(case: Case, *, rest: bool) -> list[int]:
    """The Sundays, or else the working days from Tuesday to Thursday, of the case's four weeks."""
    found = []
    for number in range(26):
        day = day_of(case.day + number)
        if day.weekday() == 6 and day != WORKED if rest else day.weekday() in (1, 2, 3) and not is_holiday(day):
            found.append(number)
    return found


def _monthful(case: Case, resting: int, working: int, illness: str = "I10.x00x002") -> Bill:
    """So many stays begun on Sundays and so many on working days; returns one of them."""
    sundays, workdays = _working(case, rest=True), _working(case, rest=False)
    days = [sundays[n % len(sundays)] for n in range(resting)] + [workdays[n % len(workdays)] for n in range(working)]
    return _stays(case, illness, days)[0]


@plant(REST, "F17-1", "all admissions on Sundays", span=28, since=AFTER, own=("hospital",), within="month")
def _(case: Case) -> None:
    _monthful(case, 30, 0).accuse_its(WHERE, certainty="low")


@plant(REST, "F17/working", "all admissions on working days", span=28, since=AFTER, own=("hospital",), within="month")
def _(case: Case) -> None:
    _monthful(case, 0, 90).spare_its(WHERE)


@plant(REST, "F17/few", "twenty-nine stays", span=28, since=AFTER, own=("hospital",), within="month")
def _(case: Case) -> None:
    _monthful(case, 29, 0).spare_its(WHERE)


@plant(REST, "F17-2", "a birth centre", span=28, since=AFTER, own=("hospital",), within="month")
def _(case: Case) -> None:
    _monthful(case, 30, 0, "O80.000").spare_its(WHERE)
