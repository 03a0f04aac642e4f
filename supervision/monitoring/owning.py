"""Who owns an amount: each fen has one owner, however many rules point at it (the catalogue's section 6.2).

What several findings say of one line is ranked by certainty, severity, amount and rule. The first owns what it says;
a later one owns only what goes beyond. Rules that count units share out the units of the line, so no unit is taken
twice. A pair rule accuses the denied side only. A finding about a whole claim owns what the findings on its lines
leave of it. Leads and reminders, involved lines and findings held back or withdrawn own nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from supervision.monitoring import turns
from supervision.monitoring.models import Finding, FindingLine, FindingQuerySet, Run, UnsettledClaim

MANY = 10_000  # claims
put_off: ContextVar[bool] = ContextVar("put_off", default=False)  # whether many decisions are settled at their end
TAKE = """
CREATE TEMPORARY TABLE unsettled (claim text) ON COMMIT DROP;
WITH taken AS (DELETE FROM monitoring_unsettledclaim RETURNING claim)
INSERT INTO unsettled SELECT DISTINCT claim FROM taken;
ANALYZE unsettled
"""
# `reach`: how far into the line's (or claim's) amount a finding goes, in fen. It owns from where those before it end.
SHARE_OUT = """
CREATE TEMPORARY TABLE shared ON COMMIT DROP AS
WITH said AS (
    SELECT line.id, line.finding_id, line.claim, line.charge, line.units, found.certainty, found.severity, found.rule,
        found.key, (line.at_stake * 100)::bigint AS stake, least((line.at_stake * 100)::bigint, line.amount) AS most,
        line.amount, line.quantity
    FROM unsettled JOIN monitoring_findingline AS line USING (claim)
    JOIN monitoring_finding AS found ON found.id = line.finding_id
    WHERE found.status = 'open' AND found.certainty >= %(least)s AND line.role = 'accused' AND line.at_stake > 0
), ledger AS (
    SELECT said.*, least(quantity, units + coalesce(sum(units) OVER before, 0)) AS counted
    FROM said WHERE charge <> ''
    WINDOW before AS (PARTITION BY charge ORDER BY certainty DESC, severity DESC, stake DESC, rule, key, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), reached AS (
    SELECT ledger.*, CASE WHEN units IS NULL OR coalesce(quantity, 0) <= 0 OR amount IS NULL THEN most
        ELSE round(amount * counted / quantity) END AS reach
    FROM ledger
), of_lines AS (
    SELECT id, finding_id, claim,
        greatest(0, least(most, reach - coalesce(max(reach) OVER before, 0))) AS owned
    FROM reached
    WINDOW before AS (PARTITION BY charge ORDER BY certainty DESC, severity DESC, stake DESC, rule, key, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), of_claims AS (
    SELECT id, finding_id,
        greatest(0, most - greatest(coalesce(max(most) OVER before, 0), coalesce(spoken_for, 0))) AS owned
    FROM said LEFT JOIN (SELECT claim, sum(owned) AS spoken_for FROM of_lines GROUP BY claim) AS lines USING (claim)
    WHERE charge = ''
    WINDOW before AS (PARTITION BY claim ORDER BY certainty DESC, severity DESC, stake DESC, rule, key, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT id, finding_id, owned * 0.01 AS owned FROM of_lines
UNION ALL SELECT id, finding_id, owned * 0.01 FROM of_claims;
ANALYZE shared
"""
OF_LINES = """
UPDATE monitoring_findingline AS line SET owned = coalesce(shared.owned, 0)
FROM unsettled JOIN monitoring_findingline AS said USING (claim) LEFT JOIN shared ON shared.id = said.id
WHERE line.id = said.id AND line.owned <> coalesce(shared.owned, 0)
"""
OF_FINDINGS = """
UPDATE monitoring_finding AS found SET owned = summed.owned
FROM (
    SELECT finding_id, sum(owned) AS owned FROM monitoring_findingline
    WHERE finding_id IN (SELECT finding_id FROM unsettled JOIN monitoring_findingline USING (claim))
    GROUP BY finding_id
) AS summed
WHERE found.id = summed.finding_id AND found.owned <> summed.owned
"""


def unsettle(findings: FindingQuerySet) -> None:
    """Say that these findings have changed."""
    lines = FindingLine.objects.filter(finding__in=findings).exclude(claim="").order_by()
    UnsettledClaim.objects.bulk_create(
        UnsettledClaim(claim=claim) for claim in set(lines.values_list("claim", flat=True))
    )


def settle_between_runs() -> None:
    """Settle at once; while a run goes on, leave it to its end, for it may have a million claims to settle."""
    if not put_off.get() and not Run.objects.filter(status=Run.Status.RUNNING).exists():
        settle()


@contextmanager
def settled_together() -> Iterator[None]:
    """Of many decisions made one after the other: all are settled at the end, however it came. Killed on the way, what
    has changed stands in the database still, and the next settling takes it."""
    token = put_off.set(True)
    try:
        yield
    finally:
        put_off.reset(token)
        if UnsettledClaim.objects.exists():
            settle_between_runs()


def settle() -> None:
    """Settle the claims whose findings have changed; what it leaves depends on the findings alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        turns.alone()  # of two at once, each would settle by what it saw before the other
        cursor.execute(TAKE)
        cursor.execute("SELECT count(*) FROM unsettled")
        if cursor.fetchone()[0] > MANY:
            # Tables just filled have no statistics yet, and PostgreSQL would look up row after row.
            cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '128MB'")
        cursor.execute(SHARE_OUT, {"least": Finding.Certainty.LOW})
        cursor.execute(OF_LINES)
        cursor.execute(OF_FINDINGS)
        cursor.execute("DROP TABLE unsettled, shared")
