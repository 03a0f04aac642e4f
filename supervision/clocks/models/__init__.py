from .changes import Extension, HandOver, Pause
from .clocks import Clock, ClockQuerySet, Light
from .reference import CalendarYear, Limit, SpecialDay, Unit

__all__ = [
    "CalendarYear", "Clock", "ClockQuerySet", "Extension", "HandOver", "Light", "Limit", "Pause", "SpecialDay", "Unit",
]  # fmt: skip
