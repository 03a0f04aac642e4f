"""Designations and agreements in the invented prefecture: at each step one, told over the last months."""

from collections.abc import Iterator

from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.telling import Story
from supervision.designation import taking_up

from . import agreed, applied
from .cast import assemble

__all__ = ["nights", "stories"]

nights = (taking_up.take_up,)


def stories(cast: Cast) -> Iterator[tuple[int, Story]]:
    desk = assemble(cast)
    yield 9, applied.supplementing(desk)
    yield 34, applied.publicised(desk)
    yield 84, applied.signed(desk)
    yield 90, applied.barred(desk)
    yield 88, agreed.suspended_and_appraised(desk)
    yield 64, agreed.suspended(desk)
    yield 30, agreed.supplemented(desk)
    yield 12, agreed.supplementing(desk)
    yield 58, agreed.terminated(desk)
    yield 6, agreed.proposed(desk)
