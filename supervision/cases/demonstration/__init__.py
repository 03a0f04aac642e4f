"""Findings heard and cases handled in the invented prefecture, by its accounts and the moves that people make."""

from .before import came_before
from .cast import Cast, assemble
from .handled import cases
from .heard import findings, hearings, varied
from .telling import tell

__all__ = ["Cast", "assemble", "hear_and_handle"]

FIRST_DAY = 94  # working days ago: a little more than the oldest story


def hear_and_handle(cast: Cast) -> None:
    """The last months of the prefecture, day by day."""
    came_before(FIRST_DAY)
    own = varied(findings().filter(institution=cast.institution))
    tell([*cases(cast, own), *hearings(cast, own)])
