"""Planted violations and near-misses: the catalogue's example rows by number, and what lies beside them."""

from . import (
    age,
    beds,
    courses,
    deaths,
    faults,
    frequencies,
    hours,
    indications,
    overlaps,
    pairs,
    prices,
    readmissions,
    sex,
    traces,
)
from .case import PLANTS, Plant

FAMILIES = [
    sex, age, indications, courses, frequencies, pairs, prices, hours, beds, readmissions, overlaps, deaths,
    traces, faults,
]  # fmt: skip

__all__ = ["FAMILIES", "PLANTS", "Plant"]
