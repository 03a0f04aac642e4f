"""Standing in the invented prefecture: promises, grades from A to D, a repair, and practitioners' points."""

from collections.abc import Iterator

from credit import evaluating
from credit.commitments import committing
from credit.points import nightly
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.telling import Story

from . import evaluated, scored
from .cast import assemble

__all__ = ["nights", "stories"]

nights = (committing.by_themselves, evaluating.take_effect_all, nightly.take_up)


def stories(cast: Cast) -> Iterator[tuple[int, Story]]:
    desk = assemble(cast)
    yield from evaluated.stories(desk)
    yield from scored.stories(desk)
