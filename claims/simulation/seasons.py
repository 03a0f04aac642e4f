"""The calendar of the simulated months: days, holidays, and what each season brings."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

DAY = 86_400
HOUR = 3_600

# Share of a year's illness by calendar month, 1 = an average month.
CURVES = {
    "flat": [1.0] * 12,
    "winter": [1.7, 1.4, 1.2, 0.9, 0.7, 0.6, 0.5, 0.5, 0.7, 0.9, 1.2, 1.7],
    "flu": [3.0, 2.0, 1.2, 0.5, 0.2, 0.2, 0.2, 0.2, 0.3, 0.6, 1.2, 2.4],
    "spring": [0.5, 0.8, 1.7, 2.0, 1.6, 0.9, 0.6, 0.8, 1.2, 0.8, 0.6, 0.5],
    "summer": [0.6, 0.6, 0.7, 0.9, 1.2, 1.6, 1.8, 1.7, 1.2, 0.8, 0.5, 0.4],
}
# New Year, Labour Day and National Day by the solar calendar; spring festival by the lunar one.
HOLIDAYS = {(1, 1), (5, 1), (5, 2), (5, 3), (10, 1), (10, 2), (10, 3), (10, 4), (10, 5)}
SPRING_FESTIVAL = {
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 3),
}


def number_of(day: date) -> int:
    """The day's number, counted from 1970-01-01 as the warehouse's files count them."""
    return (day - date(1970, 1, 1)).days


def day_of(number: int) -> date:
    return date.fromordinal(number + date(1970, 1, 1).toordinal())


@dataclass(frozen=True, order=True)
class Month:
    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        year, month = text.split("-")
        first = date(int(year), int(month), 1)
        return cls(first.year, first.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    def later(self, months: int) -> "Month":
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)

    @property
    def first(self) -> int:
        return number_of(date(self.year, self.month, 1))

    @property
    def after(self) -> int:
        """The first day that no longer belongs to it."""
        return self.later(1).first

    @property
    def tag(self) -> int:
        """Four digits to begin a number with: 2603."""
        return self.year % 100 * 100 + self.month

    def rest_days(self) -> npt.NDArray[np.bool_]:
        """For each day, whether it is a Sunday or a public holiday."""
        days = [day_of(number) for number in range(self.first, self.after)]
        return np.array([day.weekday() == 6 or is_holiday(day) for day in days])


def is_holiday(day: date) -> bool:
    festival = SPRING_FESTIVAL.get(day.year)
    return (day.month, day.day) in HOLIDAYS or bool(festival and -1 <= (day - festival).days <= 5)


def months_from(start: Month, count: int) -> list[Month]:
    return [start.later(number) for number in range(count)]


def month_of(days: npt.NDArray[np.int64], months: list[Month]) -> npt.NDArray[np.int64]:
    """The place of each day's month in the list; -1 before it, its length after it."""
    edges = np.array([month.first for month in months] + [months[-1].after])
    return np.searchsorted(edges, days, side="right") - 1
