"""A year of history for as many members as wanted: packed claims of a small prefecture, dealt out inside PostgreSQL.

Claims of a month and kind are put together to some twenty lines each. How many of them a member has is lognormal:
half of the members have at most 200 lines, one in a hundred more than 3,000. The table is not logged, for nothing
writes to it afterwards.
"""

import io
import math
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from claims import warehouse
from claims.models import Batch
from claims.recent import packing
from claims.recent.keeping import counted
from supervision.services import postgres
from supervision.services.places import Places

LINES = 20  # of a claim
MEDIAN, HUNDREDTH = 200, 3_000  # lines of a member
SPREAD = math.log(HUNDREDTH / MEDIAN) / 2.3263  # where a hundredth of a normal distribution lies above
MOST = 500  # claims of a member
AT_ONCE = 50_000  # members
MEMBER = "B{:08}"

BUNDLES = f"""
CREATE TEMP TABLE bundle AS
SELECT claim, first_value(claim) OVER (PARTITION BY month, kind, place ORDER BY claim) AS into_claim FROM (
    SELECT claim, month, kind, sum(lines) OVER (PARTITION BY month, kind ORDER BY claim) // {LINES} AS place FROM (
        SELECT c.claim, e.month, c.kind, count(*) AS lines FROM all_charge AS c
        JOIN (SELECT claim, month FROM all_stay UNION ALL SELECT claim, month FROM all_visit) AS e ON e.claim = c.claim
        WHERE c.sound GROUP BY c.claim, e.month, c.kind))"""
FIRST = "SELECT * FROM all_{0} WHERE claim IN (SELECT into_claim FROM bundle)"
BUNDLED = """
SELECT * REPLACE (b.into_claim AS claim, b.into_claim || ':' || row_number() OVER (PARTITION BY b.into_claim) AS charge)
FROM all_charge AS c JOIN bundle AS b ON b.claim = c.claim"""
PACKED = """
SELECT h.claim, h.month, h.pack, l.pack, d.pack FROM (
    {0} UNION ALL {1}
) AS h JOIN ({2}) AS l ON l.claim = h.claim LEFT JOIN ({3}) AS d ON d.claim = h.claim ORDER BY h.claim"""

# How many claims a member has, out of two numbers between 0 and 1 that its own number gives.
CLAIMS = f"""least({MOST}, greatest(1, round(exp(ln({MEDIAN}) + {SPREAD:.4f} *
    sqrt(-2 * ln(((hashint4(n)::bigint + 2147483649) / 4294967297.0)::float8)) *
    cos(2 * pi() * ((hashint4(n + 500000000)::bigint + 2147483648) / 4294967296.0)::float8)) / {LINES})))::int"""
DRAWS = f"""
SELECT 'B' || lpad(n::text, 8, '0') AS member, n, j,
    ((hashint8(n::bigint * 1000 + j)::bigint + 2147483648) % (SELECT count(*) FROM bench_pack))::int AS pack
FROM generate_series({{first}}, {{last}}) AS n CROSS JOIN LATERAL generate_series(1, {CLAIMS}) AS j"""
DEAL = f"""
SET session_replication_role = replica;
SET work_mem = '256MB';
INSERT INTO claims_recentclaim (member, claim, month, batch_id, header, lines, diagnoses, operations)
SELECT d.member, p.institution || ':' || d.n || 'J' || d.j, p.month, {{batch}}, p.header, p.lines, p.diagnoses, NULL
FROM ({DRAWS}) AS d JOIN bench_pack AS p ON p.id = d.pack ORDER BY d.member"""


def open_relations() -> warehouse.Connection:
    """The claims of the prefecture, and which of them are put together."""
    con, snapshot = warehouse.connect(), warehouse.published()
    for table in ("stay", "visit", "charge", "diagnosis"):
        con.execute(f"CREATE TEMP VIEW all_{table} AS {warehouse.selected(snapshot, table, None)}")
    con.execute(BUNDLES)
    return con


def lay_out(members: int) -> Iterator[int]:
    """Deal the history out; the members that have theirs, again and again."""
    _run("ALTER TABLE claims_recentclaim SET UNLOGGED; TRUNCATE claims_recentclaim")
    _keep_packs()
    batch = Batch.objects.latest("pk").pk
    for first in range(0, members, AT_ONCE):
        last = min(first + AT_ONCE, members) - 1
        _run(DEAL.format(first=first, last=last, batch=batch))
        yield last + 1
    _run("ANALYZE claims_recentclaim; CHECKPOINT")


def _keep_packs() -> None:
    """The packs to be dealt out, numbered."""
    _run("DROP TABLE IF EXISTS bench_pack")
    _run("""CREATE UNLOGGED TABLE bench_pack (
        id int PRIMARY KEY, claim text, institution text, month smallint, header bytea, lines bytea, diagnoses bytea);
        GRANT ALL ON bench_pack TO PUBLIC""")
    headers = (
        packing.headers(FIRST.format(kind), said)
        for kind, said in (("stay", packing.OF_STAY), ("visit", packing.OF_VISIT))
    )
    asked = PACKED.format(*headers, packing.lines(BUNDLED), packing.codes(FIRST.format("diagnosis")))
    rows = open_relations().execute(asked).fetchall()
    text = "".join(
        f"{number},{claim},{claim.partition(':')[0]},{counted(month)},{','.join(map(_packed, packs))}\n"
        for number, (claim, month, *packs) in enumerate(rows)
    )
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY bench_pack FROM STDIN (FORMAT csv)", io.StringIO(text))


def _packed(pack: str | None) -> str:
    return "" if pack is None else f"\\x{packing.deflated(pack).hex()}"


def _run(statements: str) -> None:
    postgres.query(Places.of(Path(settings.FUND_HOME)), postgres.DATABASE, statements)
