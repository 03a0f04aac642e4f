"""Institutions of which the truth is known: skewed amounts, wrong claims at a rate, wholly wrong or in part. In fen."""

import numpy as np

from supervision.onsite.estimating import Estimate, Looked, estimate
from supervision.onsite.strata import parts


def institution(
    chance: np.random.Generator, *, claims: int, spread: float, rate: float, whole: bool
) -> tuple[dict[str, int], dict[str, int]]:
    """Of each claim what the fund paid, and what of it was wrong."""
    paid = np.maximum(np.round(chance.lognormal(11, spread, claims)), 1).astype(int)
    share = 1.0 if whole else chance.beta(0.6, 1.5, claims)
    wrong = np.where(chance.random(claims) < rate, np.round(paid * share), 0).astype(int)
    names = [f"C{number:06}" for number in range(claims)]
    return dict(zip(names, paid.tolist(), strict=True)), dict(zip(names, wrong.tolist(), strict=True))


def sampled(
    amounts: dict[str, int], wrong: dict[str, int], *, seed: str, size: int, enough: int, confidence: float = 0.95
) -> Estimate:
    """What a sample of this size says."""
    looked = []
    for part in parts(amounts, seed=seed, size=size, strata=5):
        drawn = set(part.drawn)
        rest = [amounts[one] for one in part.claims if one not in drawn]
        looked.append(Looked(len(part.claims), sum(rest), max(rest, default=0), [wrong[one] for one in part.drawn]))
    return estimate(looked, confidence=confidence, enough=enough)
