"""What institutions did in a month, counted: visits, discharges, days in bed and money by kind. For indicators.

No account's sight bounds it: for acts of the site, never for a page.
"""

from collections.abc import Sequence

from claims.models import Snapshot

from .reading import connect, view
from .seen import Row, rows

# Money in fen here: shares are formed of whole numbers, and no sum leaves this module as yuan.
COUNTED = """
    WITH encounters AS (
        SELECT institution, claim, member, insured_area, area, total, eligible, paid, cash_paid, category, 1 AS stay,
            bed_days FROM stay_all
        UNION ALL
        SELECT institution, claim, member, insured_area, area, total, eligible, paid, cash_paid, category, 0, 0
        FROM visit_all
    ), money AS (
        SELECT institution, count(*) FILTER (stay = 0) AS visits, count(*) FILTER (stay = 1) AS discharges,
            count(DISTINCT member) AS members, sum(bed_days) AS bed_days, sum(total) AS fees,
            sum(total) FILTER (stay = 0) AS visit_fees, sum(total) FILTER (stay = 1) AS stay_fees,
            sum(eligible) AS in_scope, sum(paid) AS fund_paid, sum(cash_paid) AS self_paid,
            count(*) FILTER (insured_area IS NOT NULL AND insured_area <> area) AS away, count(*) AS encounters
        FROM encounters GROUP BY institution
    ), kinds AS (
        SELECT institution, sum(amount) AS charged, sum(amount) FILTER (item_kind = 'drug') AS drugs,
            sum(amount) FILTER (item_kind = 'consumable') AS consumables,
            sum(amount) FILTER (category IN ('02', '03', '04')) AS tests, count(*) AS charge_lines
        FROM charge_all GROUP BY institution
    ), again AS (
        SELECT later.institution, count(DISTINCT later.claim) AS readmitted_late,
            count(DISTINCT later.claim) FILTER (date_diff('day', earlier.discharged_on, later.admitted_on) <= $days)
                AS readmitted
        FROM stay_all AS later JOIN stay_around AS earlier
            ON earlier.member = later.member AND earlier.category = later.category AND earlier.claim <> later.claim
            AND date_diff('day', earlier.discharged_on, later.admitted_on) BETWEEN 0 AND $late
        GROUP BY later.institution
    ), traced AS (
        SELECT institution, count(DISTINCT charge) AS drug_lines,
            count(DISTINCT charge) FILTER (charge IN (SELECT charge FROM scan_all WHERE event = 'sale')) AS coded
        FROM charge_all WHERE item_kind = 'drug' GROUP BY institution
    )
    SELECT money.*, coalesce(charged, 0) AS charged, coalesce(drugs, 0) AS drugs,
        coalesce(consumables, 0) AS consumables, coalesce(tests, 0) AS tests,
        coalesce(charge_lines, 0) AS charge_lines, coalesce(readmitted, 0) AS readmitted,
        coalesce(readmitted_late, 0) AS readmitted_late, coalesce(drug_lines, 0) AS drug_lines,
        coalesce(coded, 0) AS coded
    FROM money LEFT JOIN kinds USING (institution) LEFT JOIN again USING (institution)
        LEFT JOIN traced USING (institution) ORDER BY institution"""


def activity(snapshot: Snapshot | None, month: str, *, before: Sequence[str], days: int, late: int) -> list[Row]:
    """One row an institution that settled in the month; readmitted within so many days of a stay since `before`."""
    with connect(memory_mb=1024) as con:
        for table in ("stay", "visit", "charge", "scan"):
            view(con, f"{table}_all", snapshot, table, [month])
        view(con, "stay_around", snapshot, "stay", [*before, month])
        return rows(con, COUNTED, days=days, late=late)
