"""How often the insured of an area were in hospital in a month, by the register of insured persons. For indicators.

No account's sight bounds it: for acts of the site, never for a page.
"""

from collections.abc import Sequence
from datetime import date

from claims.models import Snapshot

from .reading import connect, latest_of, view
from .seen import Row, rows

# Only who stands in the register counts, above and below the line; wherever the stay was.
HOSPITALIZED = """
    WITH insured AS (
        SELECT member, substr(insured_area, 1, 4) || '00' AS area FROM member_all
        WHERE insured_area IS NOT NULL AND (died_on IS NULL OR died_on >= $first)
    ), stays AS (
        SELECT insured.area, count(*) AS discharges FROM stay_all JOIN insured USING (member) GROUP BY insured.area
    )
    SELECT area, count(*) AS insured, coalesce(any_value(discharges), 0) AS discharges
    FROM insured LEFT JOIN stays USING (area) GROUP BY area ORDER BY area"""


def hospitalized(snapshot: Snapshot | None, month: str) -> Sequence[Row]:
    """One row a pooling area of the register: `insured` who lived when the month began, `discharges` settled in it."""
    with connect(memory_mb=1024) as con:
        view(con, "stay_all", snapshot, "stay", [month])
        view(con, "member_all", snapshot, "member", None, where=latest_of(snapshot, "member"))
        return rows(con, HOSPITALIZED, first=date.fromisoformat(f"{month}-01"))
