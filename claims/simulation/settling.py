"""Who pays a bill: the fund, the member's own account, cash; to the fen."""

import numpy as np

from .bills import Lines
from .catalogue import illnesses
from .encounters import CHRONIC, INPATIENT, PHARMACY, Encounters
from .people import People
from .places import Places
from .relations import Numbers
from .seasons import DAY, HOUR

DEDUCTIBLE = np.array([200, 300, 600, 1_000]) * 100  # of a stay, by level, fen
STAY_RATIO = {True: np.array([9_200, 9_200, 8_800, 8_500]), False: np.array([8_500, 8_500, 7_500, 6_500])}
VISIT_RATIO = {True: 6_000, False: 5_000}
CHRONIC_RATIO, DIALYSIS_RATIO = 7_000, 8_500
ACCOUNT_SHARE = 4_000  # of what the fund leaves to an employed member


def sums(some: Encounters, lines: Lines) -> tuple[Numbers, Numbers]:
    """Total and eligible amount of each encounter, reversals taken off."""
    total = np.bincount(lines.encounter, weights=lines.amount, minlength=len(some))
    eligible = np.bincount(lines.encounter, weights=lines.eligible, minlength=len(some))
    return total.astype(np.int64), eligible.astype(np.int64)


def split(people: People, places: Places, some: Encounters, total: Numbers, eligible: Numbers) -> dict[str, Numbers]:
    level, employed = places.level[some.place], people.employed[some.member]
    inpatient = some.kind == INPATIENT
    dialysis = np.array([illness.setting == "dialysis" for illness in illnesses()])[some.illness]
    bought = np.array([illness.setting == "pharmacy" for illness in illnesses()])[some.illness]
    ratio = np.select(
        [inpatient, dialysis, bought, some.kind == CHRONIC, some.kind == PHARMACY],
        [
            np.where(employed, STAY_RATIO[True][level], STAY_RATIO[False][level]),
            np.full(len(some), DIALYSIS_RATIO),
            np.zeros(len(some), np.int64),  # bought for oneself: the account's business
            np.full(len(some), CHRONIC_RATIO),
            np.full(len(some), CHRONIC_RATIO),
        ],
        default=np.where(employed, VISIT_RATIO[True], VISIT_RATIO[False]),
    )
    fund = np.maximum(0, eligible - np.where(inpatient, DEDUCTIBLE[level], 0)) * ratio // 10_000
    rest = total - fund
    account = np.where(employed, np.where(bought, rest, rest * ACCOUNT_SHARE // 10_000), 0)
    return {"fund_paid": fund, "account_paid": account, "cash_paid": rest - account}


def settled_at(some: Encounters, random: np.random.Generator) -> Numbers:
    """Two hours after a visit begins, one to three after a stay ends, never past midnight."""
    wait = np.where(some.kind == INPATIENT, random.integers(1, 4, len(some)), 2) * HOUR
    settled: Numbers = np.minimum(some.ended + wait, (some.ended // DAY + 1) * DAY - 60)
    return settled
