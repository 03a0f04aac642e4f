"""How a proceeding begins: each kind says who may open it and what is done then."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from institutions.models import Account, Department, Duty
from supervision.cases.models import Case, Proceeding
from supervision.moves import Effect


@dataclass(frozen=True)
class Beginning:
    """The row that stands before the first of a kind's table of moves."""

    duty: Duty
    words: Promise
    party: Department.Party | None = None
    asks: tuple[str, ...] = ()
    conditions: tuple[Callable[[Case, Account], None], ...] = ()
    effects: tuple[Effect[Proceeding], ...] = ()
    needs_note: bool = False
