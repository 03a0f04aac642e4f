"""Holidays as people say them: from the first day to the last, and the days worked to make up for them."""

from dataclasses import dataclass
from datetime import date, timedelta

from supervision.clocks.models import SpecialDay
from supervision.language import in_chinese


@dataclass
class Span:
    """Days off in a row, and the weekend days worked for them."""

    name: str
    first: date
    last: date
    made_up: list[date]

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


def spans_of(days: list[SpecialDay]) -> list[Span]:
    """In the order of the year."""
    spans: list[Span] = []
    for day in sorted((one for one in days if one.kind == SpecialDay.Kind.OFF), key=lambda one: one.day):
        name = day.name_zh if in_chinese() else day.name_en
        if spans and spans[-1].name == name and day.day - spans[-1].last == timedelta(days=1):
            spans[-1].last = day.day
        else:
            spans.append(Span(name, day.day, day.day, []))
    for day in days:
        if day.kind == SpecialDay.Kind.WORK and spans:
            name = day.name_zh if in_chinese() else day.name_en
            of_it = [span for span in spans if span.name == name] or spans
            min(of_it, key=lambda span: abs((span.first - day.day).days)).made_up.append(day.day)
    return spans
