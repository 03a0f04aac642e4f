"""Small pages and claims for tests of runs, for the real reader, warehouse and engine."""

import datetime as dt
from collections.abc import Mapping

from supervision.monitoring.rulebook import Rule, read

Row = Mapping[str, object]
Library = dict[str, Rule]

HEADER = """/*
title = "{code}"
title_zh = "{code}"
basis = "none"
basis_zh = "无"
stage = "in_force"
moments = ["audit"]
certainty = "{certainty}"
severity = "{severity}"
violations = ["V08"]
natl_rule = []
about = "For tests."
about_zh = "测试用"
innocent = "Nobody."
innocent_zh = "无"
because = "{because}"
because_zh = "{because}"
back = {back}
needs = {needs}
{more}

[examples]
"One · 一" = '''
charge | amount | flagged
a      | 1.00   |
'''
*/
{sql}
"""


def make_rule(
    sql: str, *, code: str = "test_rule", certainty: str = "certain", severity: str = "S2", because: str = "It is so",
    back: int = 0, needs: str = "[]", more: str = "",
) -> Rule:  # fmt: skip
    facts = {
        "code": code,
        "certainty": certainty,
        "severity": severity,
        "because": because,
        "back": back,
        "needs": needs,
    }
    return read(code, HEADER.format(**facts, more=more, sql=sql))


EVERY_CHARGE = "SELECT c.institution, c.claim, c.charge, c.amount AS at_stake, c.item FROM charge AS c"


def dear(limit: int = 100, **facts: str) -> Rule:
    """Accuses every charge above so many yuan, of the whole amount."""
    sql = f"{EVERY_CHARGE} WHERE c.amount > {limit * 100}"
    return make_rule(sql, **{"code": "dear", "because": "{item} for {at_stake} yuan", **facts})  # type: ignore[arg-type]


def charge(number: int, yuan: float, *, claim: str = "1", month: str = "2026-01", **facts: object) -> Row:
    day = dt.date.fromisoformat(f"{month}-05")
    return {
        "charge": f"H1:{claim}:{number}", "claim": f"H1:{claim}", "institution": "H1", "member": "M1",
        "item": f"T{number}", "day": day, "done_at": dt.datetime.combine(day, dt.time(9)), "quantity": 10_000,
        "amount": round(yuan * 100), "eligible": round(yuan * 100), "price": round(yuan * 10**6),
        "fund_ratio": 7000, "sound": True, "month": month,
        **facts,
    }  # fmt: skip


def visit(claim: str = "1", *, month: str = "2026-01", **facts: object) -> Row:
    return {
        "claim": f"H1:{claim}", "institution": "H1", "member": "M1", "insured_area": "990100", "fund_ratio": 7000,
        "total": 100_000, "eligible": 100_000, "paid": 70_000, "sound": True, "month": month, **facts,
    }  # fmt: skip
