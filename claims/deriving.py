"""From accepted rows to what the warehouse holds: encounters, charges netted of reversals, and their faults."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from claims import warehouse
from claims.charging import FILE, RATIO, SOUGHT, side_by_side, write_lines
from claims.checking import literal
from claims.faults import page
from claims.loading import Load
from claims.netting import Line, net
from supervision.knowledge.models import Point

ENCOUNTER = f"""
    claim, claim_no AS encounter, institution, province, area, level, member, sex, born, insured_area, insurance,
    illness, left(illness, 3) AS category, department, practitioner, settled_at, total, eligible,
    coalesce(fund_paid, 0) AS paid, coalesce(account_paid, 0) AS account_paid, coalesce(cash_paid, 0) AS cash_paid,
    {RATIO} AS fund_ratio, month"""


# The place of a diagnosis in its claim, where the source did not number them.
NUMBER = "row_number() OVER (PARTITION BY d.claim ORDER BY coalesce(d.main, false) DESC, d.file_no, d.row)"


def derive(load: Load, staged: list[Path]) -> dict[str, Path]:
    """Write every table's rows of this batch as the warehouse will hold them; answers the folder of each."""
    _net(load)
    _find_faults(load)
    load.progress("writing", 0.0)
    made = {name: _write(load, name, query) for name, query in _queries(load).items()}
    made |= write_lines(load, staged)
    return made


def accept(load: Load) -> None:
    """Gather what was not refused, in the shape of encounters with their diagnoses and operations."""
    numbered = load.one("SELECT count(*) FROM of_diagnoses WHERE number IS NULL") == (0,)
    number = "d.number" if numbered else f"coalesce(d.number, {NUMBER})"
    load.con.execute(
        f"""
        CREATE TABLE accepted AS SELECT * FROM header WHERE claim NOT IN (SELECT claim FROM fallen);
        CREATE TABLE ok_diagnosis AS
            SELECT d.* REPLACE ({number} AS number,
                coalesce(d.main, false) AS main), a.member, CAST(a.admitted AS DATE) AS day, a.month
            FROM of_diagnoses AS d JOIN accepted AS a ON a.claim = d.claim;
        CREATE TABLE ok_operation AS
            SELECT o.* REPLACE (coalesce(o.number, row_number() OVER (
                    PARTITION BY o.claim ORDER BY coalesce(o.main, false) DESC, o.file_no, o.row)) AS number),
                coalesce(o.main, row_number() OVER (PARTITION BY o.claim ORDER BY o.number, o.file_no, o.row) = 1)
                    AS is_main,
                a.member, coalesce(o.done_on, CAST(a.admitted AS DATE)) AS day, a.month
            FROM of_operations AS o JOIN accepted AS a ON a.claim = o.claim;
        CREATE TABLE encounter_all AS
            SELECT a.*, i.illness FROM accepted AS a
            LEFT JOIN (SELECT claim, arg_min(code, number) FILTER (main) AS illness FROM ok_diagnosis GROUP BY claim)
                AS i ON i.claim = a.claim;
        CREATE VIEW stay AS SELECT """
        + ENCOUNTER
        + """, admitted, discharged, CAST(admitted AS DATE) AS admitted_on,
            CAST(discharged AS DATE) AS discharged_on,
            greatest(date_diff('day', CAST(admitted AS DATE), CAST(discharged AS DATE)), 1) AS bed_days, course,
            transferred, newborn, pay_method, disease_group AS "group" FROM encounter_all WHERE kind = 'inpatient';
        CREATE VIEW visit AS SELECT """
        + ENCOUNTER
        + """, kind, admitted AS started, CAST(admitted AS DATE) AS day
            FROM encounter_all WHERE kind <> 'inpatient';
        CREATE VIEW encounter AS
            SELECT *, CAST(settled_at AS DATE) AS settled_on FROM (
                SELECT admitted_on AS begun_on, * FROM stay UNION ALL BY NAME SELECT day AS begun_on, * FROM visit);
        CREATE VIEW diagnosis AS SELECT * FROM ok_diagnosis;
        CREATE VIEW operation AS SELECT * FROM ok_operation"""
    )


def _net(load: Load) -> None:
    """Net the claims that have reversals; all other lines stand as they came."""
    undone = "AND NOT EXISTS (SELECT 1 FROM undone AS u WHERE u.claim = s.claim AND u.settlement = s.settlement)"
    lines = load.con.execute(f"""
        SELECT s.claim, s.charge, s.item, s.quantity, s.price, s.amount, s.done_at, s.reverses FROM staged AS s
        WHERE s.claim IN (SELECT claim FROM staged WHERE quantity < 0) AND s.claim IN (SELECT claim FROM accepted)
            {undone if load.profile.has("lines") and load.profile.has("settlements") else ""}
        ORDER BY s.claim""").fetchall()
    netted: list[tuple[str, int, int]] = []
    notes: list[tuple[str, str, str, str]] = []
    for claim, group in groupby(lines, key=itemgetter(0)):
        answer = net(
            Line(charge, (item, price), quantity, price, amount, done_at, reverses if quantity < 0 else None)
            for _claim, charge, item, quantity, price, amount, done_at, reverses in group
        )
        netted += [(charge, quantity, amount) for charge, (quantity, amount) in answer.left.items()]
        notes += [
            (claim, charge, "reversal_unmatched", f"{-left / 10000:g}") for charge, left in answer.unmatched.items()
        ]
        notes += [(claim, charge, "reversal_uneven", f"{amount / 100:.2f}") for charge, amount in answer.uneven.items()]
    _table(load, "netted", netted, [("charge", pa.string()), ("quantity", pa.int64()), ("amount", pa.int64())])
    _table(load, "reversal", notes, [(name, pa.string()) for name in ("claim", "charge", "fault", "value")])
    load.con.execute("CREATE TABLE with_reversals AS SELECT DISTINCT claim FROM staged WHERE quantity < 0")


def _table(load: Load, name: str, rows: Sequence[Sequence[object]],
           columns: list[tuple[str, pa.DataType]]) -> None:  # fmt: skip
    arrays = [pa.array([row[place] for row in rows], kind) for place, (_column, kind) in enumerate(columns)]
    load.con.register("given", pa.Table.from_arrays(arrays, names=[column for column, _kind in columns]))
    load.con.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    load.con.unregister("given")


def _find_faults(load: Load) -> None:
    retired = [
        (point.values.get("code"), point.place, point.valid.lower, point.valid.upper)
        for point in Point.objects.filter(list_id="retired_code", ended_by__isnull=True)
    ]
    columns = [("code", pa.string()), ("place", pa.string()), ("since", pa.date32()), ("upper", pa.date32())]
    _table(load, "kept", retired, columns)
    load.con.execute(f"""
        CREATE VIEW k_retired_code AS
            SELECT code, place, coalesce(since, DATE '0001-01-01') AS since,
                coalesce(upper - 1, DATE '9999-12-31') AS until FROM kept;
        CREATE TABLE found AS {page("fault").sql};
        CREATE TABLE unsound AS SELECT DISTINCT claim FROM found""")


# Pages compare fen; people read yuan.
YUAN = """CASE WHEN f.field IN ('total', 'eligible', 'paid') THEN printf('%.2f', CAST(f.{0} AS BIGINT) / 100.0)
    ELSE f.{0} END"""
SOUND = "NOT EXISTS (SELECT 1 FROM unsound AS u WHERE u.claim = t.claim) AS sound"


def _queries(load: Load) -> dict[str, str]:
    """SQL of every table but the fee lines and charges, in the columns of claims/warehouse.sql."""
    load.con.execute("""
        CREATE VIEW scanned AS
            SELECT t.* REPLACE (coalesce(t.member, a.member, k.member) AS member),
                coalesce(a.month, k.month, strftime(t.done_at, '%Y-%m')) AS month
            FROM of_scans AS t
            LEFT JOIN accepted AS a ON a.claim = t.claim
            LEFT JOIN already AS k ON k.claim = t.claim
            WHERE (t.claim IS NULL OR t.claim NOT IN (SELECT claim FROM fallen)) AND NOT EXISTS (
                SELECT 1 FROM refusal AS r
                WHERE r."table" = 'scans' AND r.file_no = t.file_no AND r.row = t.row)""")
    scans = f"""
        SELECT t.institution || ':' || t.scan_no AS scan, t.code, t.event, t.institution, t.claim,
            CASE WHEN t.line_no IS NOT NULL THEN t.claim || ':' || t.line_no END AS charge,
            t.member, coalesce(t.item, l.item) AS item, t.done_at,
            CAST(t.done_at AS DATE) AS day, coalesce(t.loose, false) AS loose,
            l.charge IS NOT NULL AND l.gone AS reversed, l.amount, {SOUND}, t.month
        FROM scanned AS t
        LEFT JOIN (
            SELECT s.charge, s.of_month, s.item,
                coalesce(n.amount, CASE WHEN w.claim IS NULL THEN s.amount END) AS amount,
                w.claim IS NOT NULL AND n.charge IS NULL AS gone
            FROM staged AS s
            LEFT JOIN netted AS n ON n.charge = s.charge
            LEFT JOIN with_reversals AS w ON w.claim = s.claim
        ) AS l ON l.of_month = t.month AND l.charge = t.claim || ':' || t.line_no"""
    settlement = """
        SELECT s.claim || ':' || s.settlement_no AS settlement, s.claim, s.institution, a.member, s.settled_at,
            coalesce(s.refunded, false) OR list_contains(coalesce(d.undone, []), s.settlement_no) AS refunded,
            s.total, s.eligible, s.fund_paid AS paid, s.account_paid, s.cash_paid, a.month
        FROM of_settlements AS s JOIN accepted AS a ON a.claim = s.claim
        JOIN settled AS d ON d.institution = s.institution AND d.claim_no = s.claim_no"""
    if not load.profile.has("settlements"):
        settlement = """
            SELECT claim || ':1' AS settlement, claim, institution, member, settled_at, false AS refunded, total,
                eligible, fund_paid AS paid, account_paid, cash_paid, month FROM accepted"""
    return {
        "stay": f"SELECT t.*, {SOUND} FROM stay AS t",
        "visit": f"SELECT t.*, {SOUND} FROM visit AS t",
        "diagnosis": f"SELECT t.*, {SOUND} FROM ok_diagnosis AS t",
        "operation": f"SELECT t.* REPLACE (t.is_main AS main), {SOUND} FROM ok_operation AS t",
        "settlement": settlement,
        "scan": scans,
        "member": f"""
            SELECT member, sex, born, insured_area, coalesce(died_on, CAST(died_at AS DATE)) AS died_on, died_at
            FROM {_good("members")}""",
        **REGISTERED,
        "fault": f"""
            SELECT f.* REPLACE ({YUAN.format("value")} AS value, {YUAN.format("other")} AS other), a.month
            FROM found AS f JOIN accepted AS a ON a.claim = f.claim""",
    }


def _good(name: str) -> str:
    """SQL of the rows of a table that were not refused."""
    return f"""(SELECT * FROM in_{name} AS t WHERE NOT EXISTS (SELECT 1 FROM refusal AS r
        WHERE r."table" = '{name}' AND r.file_no = t.file_no AND r.row = t.row))"""


# What a batch says of institutions and practitioners, of filings and of stock.
REGISTERED = {
    "institution": f"""
        SELECT code AS institution, kind, level, nullif(specialty, '') AS specialty, nullif(beds, 0) AS beds, province,
            area
        FROM place WHERE code IN (SELECT institution FROM accepted UNION SELECT code FROM {_good("institutions")})""",
    "registration": f"""
        SELECT code AS practitioner, institution, kind, department, since, until, standing
        FROM {_good("practitioners")}""",
    "permit": f"SELECT * FROM {_good('permits')}",
    "equipment": f"SELECT * FROM {_good('equipment')}",
    "filing": f"""
        SELECT * REPLACE (left(insured_area, 4) || '00' AS insured_area) FROM {_good("filings")}""",
    "stock": f"""
        SELECT institution || ':' || kind || ':' || movement_no AS movement, institution, item, kind, quantity, done_at,
            CAST(done_at AS DATE) AS day, strftime(done_at, '%Y-%m') AS month
        FROM {_good("stock")}""",
}


# What the rows of a file are sorted by: what rules look them up by.
KEPT_BY = {
    "stay": "member", "visit": "member", "diagnosis": "member", "operation": "member", "member": "member",
    "scan": "code", "registration": "practitioner", "filing": "member", "stock": "item",
}  # fmt: skip


def _write(load: Load, name: str, query: str) -> Path:
    """The rows of a query as files of the warehouse, a folder a month: no more than two months are in memory."""
    table = warehouse.TABLES[name]
    target = load.work / name
    columns = ", ".join(
        f"CAST({load.number if column.name == 'batch' else column.quoted} AS {column.type}) AS {column.quoted}"
        for column in table.stored
    )
    order = f"ORDER BY {KEPT_BY[name]}" if name in KEPT_BY else ""
    if not table.partitioned:
        target.mkdir()
        written = f"SELECT {columns} FROM ({query}) {order}"
        load.con.execute(f"COPY ({written}) TO {literal(str(target / '0.parquet'))} ({FILE})")
        return target
    of_months = "scanned" if name == "scan" else f"({query})"
    copies = []
    for (month,) in load.con.execute(f"SELECT DISTINCT month FROM {of_months} ORDER BY 1").fetchall():
        inside = target / f"month={month}"
        inside.mkdir(parents=True)
        copies.append(
            f"COPY (SELECT {columns} FROM ({query}) WHERE month = {literal(month)} {order}) TO "
            f"{literal(str(inside / '0.parquet'))} ({SOUGHT if name == 'scan' else FILE})"
        )
    side_by_side(load.con, copies)
    return target
