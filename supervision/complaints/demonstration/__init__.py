"""What citizens of the invented prefecture told over the last months, and what the desk has made of it."""

from collections.abc import Iterable

from supervision.cases.demonstration import hear_and_handle
from supervision.cases.demonstration.telling import Night, Story

from .cast import Desk, assemble
from .kept import Kept
from .stories import stories

__all__ = ["Kept", "assemble", "tell"]


def tell(desk: Desk, beside: Iterable[tuple[int, Story]] = (), nights: Iterable[Night] = ()) -> list[Kept]:
    """Day by day, beside the prefecture's hearings and cases; what is kept of each reporter's receipt."""
    kept: list[Kept] = []
    hear_and_handle(desk.cases, [*stories(desk, kept), *beside], nights)
    return kept
