"""Findings heard and cases handled in the invented prefecture, by its accounts and the moves that people make."""

from collections.abc import Iterable

from .before import came_before
from .cast import PREFECTURE, Cast, assemble
from .handled import cases
from .heard import findings, hearings, varied
from .telling import Night, Story, tell

__all__ = ["PREFECTURE", "Cast", "assemble", "hear_and_handle"]

FIRST_DAY = 94  # working days ago: a little more than the oldest story


def hear_and_handle(cast: Cast, beside: Iterable[tuple[int, Story]] = (), nights: Iterable[Night] = ()) -> None:
    """The last months of the prefecture, day by day; `beside` is what apps above tell of the same days."""
    came_before(FIRST_DAY)
    own = varied(findings().filter(institution=cast.institution))
    tell([*beside, *cases(cast, own), *hearings(cast, own)], nights)
