"""What every message asks anew and what changes rarely: institutions and what their grades move, keys and wishes,
what places do about rules.

A server recalls it until one of the tables behind it has changed, which it looks for every second. So a key that was
closed opens nothing after two seconds, in every process (`library.watch`). What does not look on its own recalls for
REVIEW_RECALLED seconds.
"""

import threading
import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection

from institutions.models import Division, GradeFactor, Institution
from supervision.monitoring import shaping, wording

from .models import Connection, Handling, Key

MOST = 50_000  # of one kind; then all are asked anew
BEHIND = (Institution, Division, GradeFactor, Key, Connection, Handling)

Asks = TypeVar("Asks", bound=Callable[..., Any])


class _Memory:
    """What was answered; `age` goes up with everything that is forgotten, `stands` once somebody looks for changes."""

    def __init__(self) -> None:
        self.answers: list[dict[Hashable, tuple[float, Any]]] = []
        self.age = 0
        self.stands: object = None
        self.changing = threading.Lock()


_memory = _Memory()


def recalled(ask: Asks) -> Asks:
    """Answer what was answered before. What was refused is asked anew."""
    answers: dict[Hashable, tuple[float, Any]] = {}
    _memory.answers.append(answers)

    @wraps(ask)
    def asked(*about: Hashable) -> Any:
        known = answers.get(about)
        if known and (_memory.stands or time.monotonic() - known[0] < settings.REVIEW_RECALLED):
            return known[1]
        age, answer = _memory.age, ask(*about)
        with _memory.changing:
            if age == _memory.age:  # else it may have been asked just before the change
                if len(answers) >= MOST:
                    answers.clear()
                answers[about] = (time.monotonic(), answer)
        return answer

    return asked  # type: ignore[return-value]


def forget() -> None:
    """Ask everything anew."""
    with _memory.changing:
        _memory.age += 1
        for answers in _memory.answers:
            answers.clear()


def look() -> None:
    """Forget where one of the tables has changed since the last look."""
    stands = _standing()
    if stands != _memory.stands:
        forget()
    _memory.stands = stands


def look_no_more() -> None:
    """Recall for some seconds only, as long as nobody looks."""
    _memory.stands = None
    forget()


def _standing() -> object:
    """Another one after every insert, change and deletion: the transactions that wrote the rows, added up."""
    parts = [
        f"(SELECT (count(*), sum(xmin::text::bigint))::text FROM {kind._meta.db_table})"  # noqa: S608 (our own tables)
        for kind in BEHIND
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}")
        return cursor.fetchone()


@recalled
def institution(code: str) -> Institution:
    found: Institution = Institution.objects.get(pk=code)
    return found


@recalled
def called(codes: frozenset[str]) -> tuple[wording.Names, wording.Names]:
    """The names of these institutions, in English and in Chinese."""
    return shaping.called(codes)
