"""The intervals hold the truth as often as they say, on institutions of which it is known."""

import math

import numpy as np
import pytest

from supervision.onsite.estimating import Way
from tests.onsite.simulated import institution, sampled

CONFIDENCE, ENOUGH = 0.95, 60
RATES = (0.005, 0.02, 0.05, 0.1, 0.2, 0.4)
TURNS = 120  # of each kind of institution


def at_least(turns: int, share: float) -> float:
    """What the share of hits may not fall below where it is `share`: three standard errors less."""
    return share - 3 * math.sqrt(share * (1 - share) / turns)


@pytest.fixture(scope="module")
def told() -> list[tuple[Way, bool, bool]]:
    """Of each sample: which way its interval came about, whether the truth lies in it, and whether below it."""
    chance, found = np.random.default_rng(20260401), []
    for spread in (1.0, 1.5):
        for rate in RATES:
            for whole in (True, False):
                for turn in range(TURNS):
                    paid, wrong = institution(chance, claims=1500, spread=spread, rate=rate, whole=whole)
                    said = sampled(paid, wrong, seed=f"{rate} {turn}", size=250, enough=ENOUGH, confidence=CONFIDENCE)
                    truth = sum(wrong.values())
                    found.append((said.way, said.low <= truth <= said.high, truth < said.low))
    return found


@pytest.mark.parametrize("way", [Way.T, Way.EXACT])
def test_the_interval_holds_the_truth_at_the_stated_rate(told: list[tuple[Way, bool, bool]], way: Way) -> None:
    hits = [hit for one, hit, _below in told if one == way]
    assert len(hits) > 400
    assert sum(hits) / len(hits) >= at_least(len(hits), CONFIDENCE)


def test_the_lower_end_lies_above_the_truth_no_more_often_than_said(told: list[tuple[Way, bool, bool]]) -> None:
    """It is what may be asked for at most."""
    below = [low for _way, _hit, low in told]
    assert sum(below) / len(below) <= 1 - at_least(len(below), 1 - (1 - CONFIDENCE) / 2)


def test_where_few_wrong_claims_are_found_the_upper_end_is_never_students_alone() -> None:
    """Student's interval alone would have missed the truth far more often than one time in twenty."""
    chance, missed = np.random.default_rng(7), {ENOUGH: 0, 0: 0}
    for turn in range(200):
        paid, wrong = institution(chance, claims=1500, spread=1.0, rate=0.02, whole=False)
        for enough in missed:
            said = sampled(paid, wrong, seed=str(turn), size=200, enough=enough)
            missed[enough] += not said.low <= sum(wrong.values()) <= said.high
    assert missed[0] > 20
    assert missed[ENOUGH] <= 5
