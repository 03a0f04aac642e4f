"""What the stays of a month weigh by their disease groups. For indicators.

No account's sight bounds it: for acts of the site, never for a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.models import Snapshot

from .reading import connect, view
from .seen import Row, rows

# A stay is weighed by the list of its scheme that holds on the day of discharge in the area of its institution.
WEIGHED = """
    WITH list AS (
        SELECT unnest($lists) AS list, unnest($schemes) AS scheme, unnest($areas) AS area, unnest($since) AS since,
            unnest($until) AS until
    ), weight AS (
        SELECT unnest($of) AS list, unnest($groups) AS "group", unnest($weights) AS weight
    ), weights AS (
        SELECT list.*, weight."group", weight.weight FROM list JOIN weight USING (list)
    )
    SELECT stay.institution, count(*) AS measured, count(weights.weight) AS weighted,
        coalesce(sum(weights.weight), 0) AS weights
    FROM stay_all AS stay LEFT JOIN weights
        ON weights.scheme = stay.pay_method AND weights."group" = stay."group" AND weights.area = stay.area
        AND stay.discharged_on >= weights.since AND stay.discharged_on < weights.until
    WHERE EXISTS (
        SELECT 1 FROM list
        WHERE list.area = stay.area AND stay.discharged_on >= list.since AND stay.discharged_on < list.until)
    GROUP BY stay.institution ORDER BY stay.institution"""


@dataclass(frozen=True)
class Weights:
    """Lists as (number, scheme, area, first day, first day after it), and weights as (list, group, 1/10000)."""

    lists: Sequence[tuple[int, str, str, date, date]]
    weights: Sequence[tuple[int, str, int]]


def case_mix(snapshot: Snapshot | None, month: str, weights: Weights) -> list[Row]:
    """One row an institution with stays that a list could weigh: `measured` of them, `weighted` and what they weigh.

    `weights` of a row is their sum in 1/10000. Where no list holds, there is no row.
    """
    if not weights.lists or not weights.weights:
        return []
    names = ("lists", "schemes", "areas", "since", "until")
    told = {name: list(column) for name, column in zip(names, zip(*weights.lists, strict=True), strict=True)}
    of, groups, weighed = (list(column) for column in zip(*weights.weights, strict=True))
    with connect(memory_mb=1024) as con:
        view(con, "stay_all", snapshot, "stay", [month])
        return rows(con, WEIGHED, **told, of=of, groups=groups, weights=weighed)
