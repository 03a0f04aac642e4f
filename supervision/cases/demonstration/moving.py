"""The moves of a proceeding as stories make them: one after another, some working days between."""

from collections.abc import Generator, Iterable
from typing import Any

from django.utils import timezone

from institutions.models import Account
from supervision.cases.models import Kind, Proceeding
from supervision.cases.workflows import WORKFLOWS

Going = Generator[int, None, Proceeding]
Facts = dict[str, Any]  # what is given with a move; a function is called on the move's day


def move(what: Proceeding, name: str, by: Account, **facts: Any) -> Proceeding:
    said = {key: fact() if callable(fact) else fact for key, fact in facts.items()}
    return WORKFLOWS[Kind(what.kind)].make(what, name, by=by, **said)


def moved(what: Proceeding, steps: Iterable[tuple[int, str, Account, Facts]]) -> Going:
    """Each move so many working days after the one before."""
    for wait, name, by, facts in steps:
        yield wait
        what = move(what, name, by, **facts)
    return what


def today(**facts: Any) -> Facts:
    return {"on": timezone.localdate, **facts}
