"""The year's evaluations: at its end, of institutions that the demonstration does not evaluate."""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from credit.demonstration.cast import assemble
from credit.demonstration.evaluated import promised, publicised
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.telling import Story

if TYPE_CHECKING:
    from .year import Scale

TAKES = 24  # working days until a grade that nobody objects to takes effect
YEARS_END = 60


def stories(cast: Cast, chosen: random.Random, scale: "Scale") -> Iterator[tuple[int, Story]]:
    desk = assemble(cast)
    free = [*desk.hospitals[6:], *desk.clinics[2:-2], *desk.pharmacies[:-1]]
    for place in chosen.sample(free, min(scale.evaluations, len(free))):
        yield chosen.randint(150, 230), promised(desk, place)
        yield chosen.randint(TAKES, YEARS_END), publicised(desk, place)
