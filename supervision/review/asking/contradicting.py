"""What contradicts itself in an encounter that is not settled: intake's own page for that, asked by a desk."""

import datetime as dt
from collections.abc import Iterator
from functools import cache

from claims.faults import page
from supervision.monitoring import dialect
from supervision.monitoring.desk import Desk
from supervision.monitoring.writing import EPOCH

from .reading import Row

# Stays and visits as one, as intake lays them out; a message of review tells of no reversals.
ENCOUNTER = """
WITH encounter AS (
    SELECT s.claim, s.institution, s.member, s.province, s.area, s.born, s.admitted_on AS begun_on,
        s.settled_at // 86400 AS settled_on, s.total, s.eligible, s.paid, s.account_paid, s.cash_paid
    FROM stay AS s
    UNION ALL
    SELECT v.claim, v.institution, v.member, v.province, v.area, v.born, v.day, v.settled_at // 86400, v.total,
        v.eligible, v.paid, v.account_paid, v.cash_paid
    FROM visit AS v
), reversal AS (
    SELECT c.claim, c.charge, c.item AS fault, c.item AS value FROM charge AS c WHERE c.claim <> c.claim
)
"""
NAMES = ("claim", "institution", "member", "charge", "fault", "field", "value", "other", "day")
DAYS = ("discharged", "born", "settled_at", "operation")  # fields that say a day, which the desk keeps as a number
YUAN = ("total", "eligible", "paid")


def faults(desk: Desk) -> list[Row]:
    """The faults of the encounter that a desk holds."""
    return list(_said(desk))


def _said(desk: Desk) -> Iterator[Row]:
    for row in desk.ask(_page()):
        said = dict(zip(NAMES, row, strict=True))
        for name in ("value", "other"):
            said[name] = _shown(str(said["field"]), name, said[name])
        yield said


def _shown(field: str, name: str, value: object) -> object:
    """As intake writes it: days and yuan, where the desk has numbers."""
    if value is None or field not in (*DAYS, *YUAN, "illness") or (field == "illness" and name == "value"):
        return value
    if field in YUAN:
        return f"{int(str(value)) / 100:.2f}"
    said = str(value)
    return (EPOCH + dt.timedelta(int(said))).isoformat() if said.lstrip("-").isdigit() else said


@cache
def _page() -> str:
    return dialect.desk(dialect.parse(ENCOUNTER + page("fault").sql), {})
