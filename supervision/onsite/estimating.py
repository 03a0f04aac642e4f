"""From the claims that were looked at to all of them: what the fund paid wrongly, and between which sums it lies.

The estimate is the stratified mean per unit of the wrong amounts, which is unbiased whatever they look like (Cochran,
Sampling Techniques, 5.3). Where enough wrong claims were found its interval is that of Student's t with Satterthwaite's
degrees of freedom and the finite population's correction (Cochran 5.4). Where few were found that interval promises
more than it keeps, above all at its upper end: then the upper end is exact, by the hypergeometric distribution of how
many of the claims nobody looked at may be wrong, each counted with the largest amount among them. docs/adr/0044.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats


class Way(StrEnum):
    """How the interval came about."""

    T = "t"
    EXACT = "exact"  # its upper end
    WHOLE = "whole"  # nothing was left out of the sample


@dataclass(frozen=True)
class Looked:
    """A stratum after it was looked at. Amounts in fen."""

    size: int  # claims in it
    rest: int  # sum of the claims that were not drawn
    most: int  # the largest of them
    wrong: Sequence[int]  # of each claim that was drawn, what of it was paid wrongly; nought where it is right

    @property
    def left(self) -> int:
        return self.size - len(self.wrong)

    @property
    def says_more(self) -> bool:
        """Whether it tells how claims differ: of a single one that was drawn only itself is known."""
        return len(self.wrong) > 1 or not self.left

    @property
    def count(self) -> int:
        return sum(1 for one in self.wrong if one)


@dataclass(frozen=True)
class Estimate:
    """What was paid wrongly in all, in fen: found for sure, estimated, and the ends of the interval."""

    found: int
    point: int
    low: int
    high: int
    count: int  # wrong claims that were found
    way: Way


def estimate(strata: Sequence[Looked], *, confidence: float, enough: int) -> Estimate:
    """Two-sided at the confidence; `enough` wrong claims let the interval be Student's at both ends."""
    found = sum(sum(one.wrong) for one in strata)
    count = sum(one.count for one in strata)
    most = found + sum(one.rest for one in strata)
    point = sum(one.size * sum(one.wrong) / len(one.wrong) for one in strata)
    half = student(strata, confidence)
    way = Way.WHOLE if not any(one.left for one in strata) else Way.T if count >= enough else Way.EXACT
    high = point + half if way != Way.EXACT else max(upper(strata, confidence), point + half)
    sure = sum(one.size * sum(one.wrong) / len(one.wrong) if one.says_more else sum(one.wrong) for one in strata)
    low = min(max(math.ceil(sure - half), found), most)
    return Estimate(found, min(round(point), most), low, max(min(math.floor(high), most), low), count, way)


def student(strata: Sequence[Looked], confidence: float) -> float:
    """Half of the width of Student's interval, in fen."""
    parts = [(variance(one), len(one.wrong) - 1) for one in strata if one.left and len(one.wrong) > 1]
    total = sum(part for part, _freedom in parts)
    if not total:
        return 0.0
    freedom = total**2 / sum(part**2 / free for part, free in parts)
    return float(stats.t.ppf((1 + confidence) / 2, freedom)) * math.sqrt(total)


def variance(one: Looked) -> float:
    """Of the estimated sum of a stratum."""
    drawn = len(one.wrong)
    return one.size * one.left / drawn * float(np.var(np.asarray(one.wrong, dtype=float), ddof=1))


def upper(strata: Sequence[Looked], confidence: float) -> float:
    """What was paid wrongly at most, whatever the amounts look like; the doubt is shared out among the strata."""
    open_ones = [one for one in strata if one.left]
    doubt = (1 - confidence) / 2 / max(len(open_ones), 1)
    found = sum(sum(one.wrong) for one in strata)
    return found + sum(min(one.rest, (wrong_at_most(one, doubt) - one.count) * one.most) for one in open_ones)


def wrong_at_most(one: Looked, doubt: float) -> int:
    """The largest number of wrong claims in the stratum with which so few would be found with this probability."""
    low, high = one.count, one.count + one.left
    while low < high:
        middle = (low + high + 1) // 2
        if stats.hypergeom.cdf(one.count, one.size, middle, len(one.wrong)) > doubt:
            low = middle
        else:
            high = middle - 1
    return low
