"""Clocks and limits for tests."""

from datetime import date
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from supervision.clocks.limits import places_of
from supervision.clocks.models import Clock, Limit
from supervision.clocks.running import start
from tests.clocks.calendars import at

numbers = count(1)


def make_clock(code: str = "hearing_answer", *, since: str, division: str = "990101", **facts: Any) -> Clock:
    number = next(numbers)
    values = {
        "subject": f"thing {number}", "title_zh": f"事项{number}", "title_en": f"Thing {number}",
        "address": "/desk/", "duty": "hear",
    }  # fmt: skip
    return start(code, places=places_of(division), since=at(since), **{**values, **facts})


def make_limit(code: str, place: str = "990100", *, amount: int = 10, unit: str = "wd", **facts: Any) -> Limit:
    values = {
        "name_zh": "期限", "name_en": "Limit", "source": "a local rule", "verified": "setting",
        "valid": DateRange(date(2020, 1, 1), None),
    }  # fmt: skip
    return Limit.objects.create(code=code, place=place, amount=amount, unit=unit, **{**values, **facts})
