"""Divides an institution's claims by their amounts and draws from each part: by a seed, so that anybody draws the same.

The parts are those of Dalenius and Hodges (1959): equal steps of the cumulated square root of the frequency. Each part
gets claims in proportion to its sum, which is Neyman's allocation where an error is as likely in a large claim as in a
small one and as large as the claim; what would get more than it has is looked at whole. Amounts in fen.
"""

import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

CLASSES = 200  # of amounts, from which the parts are made
LEAST = 10  # claims of a part: fewer say nothing about how amounts differ


@dataclass(frozen=True)
class Part:
    """A stratum: its claims in order, and those that were drawn."""

    claims: Sequence[str]
    drawn: Sequence[str]


def parts(amounts: Mapping[str, int], *, seed: str, size: int, strata: int) -> list[Part]:
    """The strata of these claims (fen by claim), smallest amounts first, and what the seed draws of each."""
    divided = divide(amounts, strata)
    shares = allocated([(len(claims), sum(amounts[one] for one in claims)) for claims in divided], size)
    return [
        Part(claims, sorted(random.Random(f"{seed}:{number}").sample(claims, share)))  # noqa: S311 - drawn again by it
        for number, (claims, share) in enumerate(zip(divided, shares, strict=True))
    ]


def divide(amounts: Mapping[str, int], strata: int) -> list[list[str]]:
    """The claims by their amounts, in order of their numbers; no part is empty."""
    edges = boundaries(sorted(amounts.values()), strata) if amounts else []
    found: list[list[str]] = [[] for _edge in range(len(edges) + 1)]
    for claim in sorted(amounts):
        found[bisect_right(edges, amounts[claim])].append(claim)
    return [claims for claims in found if claims]


def boundaries(amounts: Sequence[int], strata: int) -> list[float]:
    """From which amount on a claim belongs to the next part; classes widen with the amounts, which are skewed."""
    low, high = max(amounts[0], 1), max(amounts[-1], 1)
    if low == high:
        return []
    edges = np.geomspace(low, high, CLASSES + 1)
    counts, _edges = np.histogram(np.maximum(amounts, 1), bins=edges)
    steps = np.cumsum(np.sqrt(counts * np.diff(edges)))
    wanted = steps[-1] * np.arange(1, strata) / strata
    return sorted({float(edges[place + 1]) for place in np.searchsorted(steps, wanted)})


def allocated(sums: Sequence[tuple[int, int]], size: int) -> list[int]:
    """How many claims of each part, by its number of claims and its sum in fen."""
    whole: set[int] = set()
    while True:
        rest = [one for one in range(len(sums)) if one not in whole]
        left = max(size - sum(sums[one][0] for one in whole), 0)
        total = sum(sums[one][1] for one in rest)
        shares = {one: max(LEAST, round(left * sums[one][1] / total) if total else 0) for one in rest}
        over = {one for one in rest if shares[one] >= sums[one][0]}
        if not over:
            return [sums[one][0] if one in whole else shares[one] for one in range(len(sums))]
        whole |= over


def digest(amounts: Mapping[str, int]) -> str:
    """What a sample was drawn from: SHA-256 over a line `claim fen` of each, in order."""
    return sha256("".join(f"{claim} {amounts[claim]}\n" for claim in sorted(amounts)).encode()).hexdigest()
