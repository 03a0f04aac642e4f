"""Which rows of a batch are refused. The claim is the unit: where one row falls, all rows of its claim do."""

from pathlib import Path

import pyarrow as pa

from claims import warehouse
from claims.checking import literal
from claims.loading import FAULTS, Load, rows_of
from claims.models import Snapshot
from institutions.models import Division, Institution

REGISTERS = ("divisions", "institutions", "practitioners", "members", "permits", "equipment", "filings")
BESIDE = ("stock",)  # neither a register nor of a claim
# What makes a row of these tables the same row.
KEYS = {
    "divisions": "code", "institutions": "code", "members": "member", "practitioners": "code, institution, since",
    "permits": "institution, kind, since", "equipment": "institution, kind, since",
    "filings": "member, place, kind, since", "stock": "institution, kind, movement_no",
}  # fmt: skip
OF_A_CLAIM = ("settlements", "diagnoses", "operations", "scans")
STAGED = ("charge", "claim", "line", "institution", "member", "reverses", "done_at", "item", "item_name", "category",
          "quantity", "price", "amount", "eligible", "days", "approved", "special", "reason", "department",
          "practitioner", "prescription", "taken_home", "payment_class", "settlement", "file", "row",
          "batch")  # fmt: skip


def know_places(load: Load) -> None:
    """The divisions and institutions that count: those kept, and those the batch itself brings."""
    con = load.con
    kept = pa.table({"code": pa.array(Division.objects.values_list("code", flat=True), pa.string())})
    con.register("kept", kept)
    con.execute("CREATE TABLE known_division AS SELECT code FROM kept UNION SELECT code FROM in_divisions")
    con.unregister("kept")
    facts = {"code": "code", "division_id": "division", "level": "level", "kind": "kind", "specialty": "specialty",
             "beds": "beds"}  # fmt: skip
    rows = list(Institution.objects.values_list(*facts))
    con.register("kept", pa.table({
        name: pa.array([row[place] for row in rows], pa.int64() if name in ("level", "beds") else pa.string())
        for place, name in enumerate(facts.values())
    }))  # fmt: skip
    con.execute(f"""
        CREATE TABLE place AS
        WITH brought AS (
            SELECT code, division, CAST(coalesce(level, '0') AS BIGINT) AS level, kind, specialty, beds
            FROM in_institutions
            WHERE faults IS NULL AND division IN (SELECT code FROM known_division)
            QUALIFY row_number() OVER (PARTITION BY code ORDER BY file_no, row) = 1
        ), known AS (SELECT * FROM brought UNION ALL SELECT * FROM kept WHERE code NOT IN (SELECT code FROM brought))
        SELECT *, left(division, 2) || '0000' AS province, left(division, 4) || '00' AS area FROM known
        WHERE {load.within}""")
    con.unregister("kept")


def know_members(load: Load, snapshot: Snapshot | None) -> None:
    """The register as it will stand with this batch, for the members that the batch names."""
    member = warehouse.relation(warehouse.TABLES["member"], warehouse.files(snapshot, "member"))
    load.con.execute(f"""
        CREATE TABLE register AS
        WITH told AS (
            SELECT member, sex, born, insured_area, {load.number} AS batch FROM in_members WHERE faults IS NULL
            UNION ALL BY NAME
            SELECT member, sex, born, insured_area, batch FROM ({member})
            WHERE member IN (SELECT member FROM in_claims)
        )
        SELECT member, sex, born, insured_area FROM told
        {warehouse.latest("member")}""")


def make_headers(load: Load) -> None:
    """One row a claim, with what its institution, its member's register entry and its settlements add to it."""
    con = load.con
    con.execute("CREATE TABLE settled AS " + SETTLED)
    summed = load.profile.has("settlements")
    con.execute(f"""
        CREATE TABLE header AS
        SELECT c.institution || ':' || c.claim_no AS claim, c.file_no, c.row, c.claim_no, c.institution, c.member,
            c.kind, coalesce(c.sex, m.sex) AS sex, coalesce(c.born, m.born) AS born,
            left(coalesce(c.insured_area, m.insured_area), 4) || '00' AS insured_area, c.insurance, c.admitted,
            c.discharged, {"s.settled_at" if summed else "c.settled_at"} AS settled_at, c.department, c.practitioner,
            c.course, coalesce(c.transferred, false) AS transferred, coalesce(c.newborn, false) AS newborn,
            c.pay_method, c.disease_group,
            {", ".join(f"{'s' if summed else 'c'}.{word}" for word in MONEY)},
            p.province, p.area, p.level, p.code IS NOT NULL AS known
        FROM in_claims AS c
        LEFT JOIN place AS p ON p.code = c.institution
        LEFT JOIN register AS m ON m.member = c.member
        LEFT JOIN settled AS s ON s.institution = c.institution AND s.claim_no = c.claim_no
        WHERE c.institution IS NOT NULL AND c.claim_no IS NOT NULL""")
    con.execute("""
        CREATE TABLE twice AS SELECT claim FROM header GROUP BY claim HAVING count(*) > 1;
        DELETE FROM header WHERE claim IN (SELECT claim FROM twice) AND rowid NOT IN (
            SELECT min(rowid) FROM header GROUP BY claim);
        ALTER TABLE header ADD COLUMN month VARCHAR;
        UPDATE header SET month = strftime(settled_at, '%Y-%m');
        CREATE TABLE by_number AS
            SELECT claim_no, any_value(institution) AS institution, count(*) AS times FROM header GROUP BY claim_no""")


MONEY = ("total", "eligible", "fund_paid", "account_paid", "cash_paid")
# A refunded settlement and its refund both leave the sums (catalogue 3.3, netting step 3).
SETTLED = f"""
    WITH undone AS (
        SELECT institution, claim_no, undoes AS settlement_no FROM in_settlements WHERE undoes IS NOT NULL
    ), counted AS (
        SELECT s.*, coalesce(s.refunded, false) OR s.undoes IS NOT NULL OR u.settlement_no IS NOT NULL AS undone
        FROM in_settlements AS s
        LEFT JOIN (SELECT DISTINCT * FROM undone) AS u USING (institution, claim_no, settlement_no)
    )
    SELECT institution, claim_no, max(settled_at) AS settled_at,
        {", ".join(f"CAST(coalesce(sum({word}) FILTER (NOT undone), 0) AS BIGINT) AS {word}" for word in MONEY)},
        list(settlement_no) FILTER (undone) AS undone
    FROM counted GROUP BY institution, claim_no"""


def place_children(load: Load) -> None:
    """Find each row's claim. A source that does not repeat the institution is matched by the claim's number."""
    for name in OF_A_CLAIM:
        whole = load.one(f"SELECT count(*) FROM in_{name} WHERE institution IS NULL") == (0,)
        if whole:
            claim = "institution || ':' || claim_no AS claim"
            load.con.execute(f"CREATE VIEW of_{name} AS SELECT *, {claim}, false AS ambiguous FROM in_{name}")
            continue
        load.con.execute(f"""
            CREATE TABLE of_{name} AS
            SELECT t.* REPLACE (coalesce(t.institution, n.institution) AS institution),
                coalesce(t.institution, n.institution) || ':' || t.claim_no AS claim,
                t.institution IS NULL AND n.times > 1 AS ambiguous
            FROM in_{name} AS t LEFT JOIN by_number AS n ON n.claim_no = t.claim_no""")


def stage_lines(load: Load) -> list[Path]:
    """Stream every fee line, typed and with its claim's month, into Parquet in the order it came."""
    folder = load.work / "lines"
    folder.mkdir()
    staged: list[Path] = []
    known = ", ".join(literal(source.name) for source in load.sources)
    for numbers, rows in rows_of(load, "lines"):
        one = len(numbers) == 1
        name = literal(load.sources[numbers[0]].name) if one else f"list_extract([{known}], t.file_no + 1)"
        target = folder / f"{len(staged)}.parquet"
        query = f"""
            COPY (
                SELECT h.claim || ':' || t.line_no AS charge,
                    coalesce(h.claim, coalesce(t.institution, n.institution) || ':' || t.claim_no) AS claim,
                    t.line_no AS line, coalesce(t.institution, n.institution) AS institution, h.member,
                    h.claim || ':' || t.reverses AS reverses, t.done_at, t.item, t.item_name, t.category, t.quantity,
                    t.price, t.amount, t.eligible, t.days, t.approved, t.special, t.reason, t.department,
                    t.practitioner, t.prescription, t.taken_home, t.payment_class, t.settlement, {name} AS file, t.row,
                    CAST({load.number} AS BIGINT) AS batch,
                    h.month AS of_month, t.file_no,
                    CASE WHEN h.claim IS NULL THEN list_append(coalesce(t.faults, CAST([] AS {FAULTS})),
                        {{'column': 'claim_no', 'code': CASE WHEN n.times > 1 THEN 'ambiguous_claim' ELSE 'orphan' END,
                        'value': t.claim_no}}) ELSE t.faults END AS faults
                FROM ({rows}) AS t
                LEFT JOIN by_number AS n ON t.institution IS NULL AND n.claim_no = t.claim_no
                LEFT JOIN header AS h
                    ON h.institution = coalesce(t.institution, n.institution) AND h.claim_no = t.claim_no
            ) TO {literal(str(target))} (FORMAT parquet, COMPRESSION snappy)"""
        load.read(query, numbers)
        staged.append(target)
        load.progress("reading lines", len(staged) / max(len(load.sources), 1))
    listed = ", ".join(literal(str(path)) for path in staged)
    empty = ", ".join(f"CAST(NULL AS {_type_of(column)}) AS {column}" for column in STAGED)
    load.con.execute(
        f"CREATE VIEW staged AS SELECT * FROM read_parquet([{listed}])" if staged else
        f"CREATE VIEW staged AS SELECT {empty}, CAST(NULL AS VARCHAR) AS of_month, CAST(NULL AS INTEGER) AS file_no, "
        f"CAST(NULL AS {FAULTS}) AS faults WHERE false"
    )  # fmt: skip
    return staged


def _type_of(column: str) -> str:
    return next(one.type for one in warehouse.TABLES["fee_line"].columns if one.name == column)


def refuse(load: Load, snapshot: Snapshot | None, *, ended: int | None) -> None:
    """Fill `refusal` with every row's own reasons, then `fallen` with the claims that fall with them."""
    con = load.con
    con.execute("""
        CREATE TABLE refusal ("table" VARCHAR, file_no INTEGER, row BIGINT, claim VARCHAR, "column" VARCHAR,
            code VARCHAR, "value" VARCHAR, detail VARCHAR)""")
    for name in (*REGISTERS, *BESIDE, "claims"):
        claim = "institution || ':' || claim_no" if name == "claims" else "NULL"
        _own_faults(load, name, f"in_{name}", claim)
    for name in OF_A_CLAIM:
        _own_faults(load, name, f"of_{name}", "claim")
    _own_faults(load, "lines", "staged", "claim")
    _refuse_registers(load)
    _refuse_known_stock(load, snapshot, ended)
    _refuse_headers(load, snapshot, ended)
    _refuse_children(load, snapshot, ended)
    _refuse_lines(load)
    if load.profile.has("lines"):
        _refuse_totals(load)
    con.execute("CREATE TABLE fallen AS SELECT DISTINCT claim FROM refusal WHERE claim IS NOT NULL")


def _own_faults(load: Load, name: str, table: str, claim: str) -> None:
    load.con.execute(f"""
        INSERT INTO refusal
        SELECT '{name}', file_no, row, claim, fault."column", fault.code, fault."value", '' FROM (
            SELECT file_no, row, {claim} AS claim, unnest(faults) AS fault FROM {table} WHERE faults IS NOT NULL)""")


def _insert(load: Load, query: str) -> None:
    load.con.execute(f"INSERT INTO refusal {query}")


def _refuse_registers(load: Load) -> None:
    for name, key in KEYS.items():
        first = key.split(", ")[-1] if name == "stock" else key.split(", ")[0]
        _insert(
            load,
            f"""
            SELECT '{name}', file_no, row, NULL, '{first}', 'duplicate_row', {first}, '' FROM in_{name}
            WHERE {first} IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY file_no, row) > 1""",
        )
    for name, column, known in (
        ("divisions", "parent", "known_division"), ("institutions", "division", "known_division"),
    ):  # fmt: skip
        _insert(
            load,
            f"""
            SELECT '{name}', file_no, row, NULL, '{column}', 'unknown_division', {column}, '' FROM in_{name}
            WHERE faults IS NULL AND {column} IS NOT NULL AND {column} NOT IN (SELECT code FROM {known})""",
        )
    for name in ("practitioners", "permits", "equipment", "stock"):
        _insert(
            load,
            f"""
            SELECT '{name}', file_no, row, NULL, 'institution', 'unknown_institution', institution, ''
            FROM in_{name} WHERE institution IS NOT NULL AND institution NOT IN (SELECT code FROM place)""",
        )


def _refuse_known_stock(load: Load, snapshot: Snapshot | None, ended: int | None) -> None:
    """Movements that an earlier batch has told."""
    if load.one("SELECT count(*) FROM in_stock") == (0,):
        return
    known = warehouse.relation(warehouse.TABLES["stock"], warehouse.files(snapshot, "stock"))
    _insert(
        load,
        f"""
        SELECT 'stock', t.file_no, t.row, NULL, 'movement_no', 'already_in', t.movement_no, CAST(s.batch AS VARCHAR)
        FROM in_stock AS t
        JOIN ({known}) AS s ON s.movement = t.institution || ':' || t.kind || ':' || t.movement_no
        WHERE {"s.batch <> " + str(ended) if ended else "true"} AND t.institution IN (SELECT code FROM place)""",
    )


def _refuse_headers(load: Load, snapshot: Snapshot | None, ended: int | None) -> None:
    claim = "c.institution || ':' || c.claim_no"
    _insert(
        load,
        f"""
        SELECT 'claims', c.file_no, c.row, {claim}, 'institution', 'unknown_institution', c.institution, ''
        FROM in_claims AS c WHERE c.institution IS NOT NULL AND c.institution NOT IN (SELECT code FROM place)""",
    )
    _insert(
        load,
        f"""
        SELECT 'claims', c.file_no, c.row, t.claim, 'claim_no', 'duplicate_claim', c.claim_no, ''
        FROM in_claims AS c JOIN twice AS t ON t.claim = {claim}""",
    )
    if load.profile.has("settlements"):
        _insert(
            load,
            """
            SELECT 'claims', file_no, row, claim, 'settled_at', 'required', NULL, '' FROM header
            WHERE settled_at IS NULL""",
        )
    if load.profile.has("claims"):
        _already_in(load, snapshot, ended)


def _already_in(load: Load, snapshot: Snapshot | None, ended: int | None) -> None:
    """What the warehouse holds of these claims. Of institutions that the batch may not speak of, nothing is told."""
    load.con.execute("CREATE TABLE already (claim VARCHAR, batch BIGINT, month VARCHAR, member VARCHAR)")
    for table in ("stay", "visit"):
        rows = warehouse.relation(warehouse.TABLES[table], warehouse.files(snapshot, table))
        load.con.execute(f"""
            INSERT INTO already SELECT claim, batch, month, member FROM ({rows})
            WHERE {"batch <> " + str(ended) if ended else "true"} AND claim IN (
                SELECT claim FROM header WHERE known
                UNION SELECT claim FROM of_scans WHERE institution IN (SELECT code FROM place))""")
    _insert(
        load,
        """
        SELECT 'claims', h.file_no, h.row, h.claim, 'claim_no', 'claim_already_in', h.claim_no,
            CAST(a.batch AS VARCHAR) FROM header AS h JOIN already AS a ON a.claim = h.claim""",
    )


def _refuse_children(load: Load, snapshot: Snapshot | None, ended: int | None) -> None:
    for name in OF_A_CLAIM:
        beside = "AND t.claim NOT IN (SELECT claim FROM already)" if name == "scans" else ""
        reason = "unknown_claim" if name == "scans" else "orphan"
        _insert(
            load,
            f"""
            SELECT '{name}', t.file_no, t.row, t.claim, 'claim_no',
                CASE WHEN t.ambiguous THEN 'ambiguous_claim' ELSE '{reason}' END, t.claim_no, ''
            FROM of_{name} AS t
            WHERE t.claim_no IS NOT NULL {beside}
                AND (t.ambiguous OR t.claim IS NULL OR t.claim NOT IN (SELECT claim FROM header))""",
        )
    for name, key in (("settlements", "settlement_no"), ("diagnoses", "number"), ("operations", "number")):
        _insert(
            load,
            f"""
            SELECT '{name}', file_no, row, claim, '{key}', 'duplicate_row', CAST({key} AS VARCHAR), ''
            FROM of_{name} WHERE claim IS NOT NULL AND {key} IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY claim, {key} ORDER BY file_no, row) > 1""",
        )
    _insert(
        load,
        """
        SELECT 'scans', file_no, row, claim, 'scan_no', 'duplicate_row', scan_no, '' FROM of_scans
        WHERE scan_no IS NOT NULL AND institution IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY institution, scan_no ORDER BY file_no, row) > 1""",
    )
    _insert(
        load,
        """
        SELECT 'scans', file_no, row, claim, 'institution', 'unknown_institution', institution, '' FROM of_scans
        WHERE institution IS NOT NULL AND institution NOT IN (SELECT code FROM place)""",
    )
    scans = warehouse.relation(warehouse.TABLES["scan"], warehouse.files(snapshot, "scan"))
    if load.one("SELECT count(*) FROM of_scans") != (0,):
        _insert(
            load,
            f"""
            SELECT 'scans', t.file_no, t.row, t.claim, 'scan_no', 'already_in', t.scan_no, CAST(s.batch AS VARCHAR)
            FROM of_scans AS t JOIN ({scans}) AS s ON s.scan = t.institution || ':' || t.scan_no
            WHERE {"s.batch <> " + str(ended) if ended else "true"}
                AND t.institution IN (SELECT code FROM place)""",
        )


def _refuse_lines(load: Load) -> None:
    """Lines that stand twice, and reversals of lines that the claim does not have; a month at a time."""
    months = [row[0] for row in load.con.execute("SELECT DISTINCT of_month FROM staged ORDER BY 1").fetchall()]
    for month in months:
        within = f"of_month = {literal(month)}" if month else "of_month IS NULL"
        _insert(
            load,
            f"""
            SELECT 'lines', s.file_no, s.row, s.claim, 'line_no', 'duplicate_row', s.line, ''
            FROM staged AS s
            JOIN (SELECT charge FROM staged WHERE {within} AND charge IS NOT NULL GROUP BY charge HAVING count(*) > 1)
                AS doubled ON doubled.charge = s.charge
            WHERE s.{within} QUALIFY row_number() OVER (PARTITION BY s.charge ORDER BY s.file_no, s.row) > 1""",
        )
        _insert(
            load,
            f"""
            SELECT 'lines', n.file_no, n.row, n.claim, 'reverses',
                CASE WHEN p.charge IS NULL THEN 'reverses_unknown' ELSE 'reverses_itself' END,
                substr(n.reverses, length(n.claim) + 2), ''
            FROM (SELECT * FROM staged WHERE {within} AND quantity < 0 AND reverses IS NOT NULL) AS n
            LEFT JOIN (SELECT charge, claim, quantity FROM staged WHERE {within}) AS p ON p.charge = n.reverses
            WHERE p.charge IS NULL OR p.quantity <= 0""",
        )


def _refuse_totals(load: Load) -> None:
    """A claim's lines add up to its total, within a fen; what was refunded is in neither."""
    load.con.execute(
        "CREATE TABLE undone AS "
        "SELECT institution || ':' || claim_no AS claim, unnest(undone) AS settlement FROM settled"
    )
    undone = "AND NOT EXISTS (SELECT 1 FROM undone AS u WHERE u.claim = s.claim AND u.settlement = s.settlement)"
    _insert(
        load,
        f"""
        SELECT 'claims', h.file_no, h.row, h.claim, 'total', 'total_differs',
            printf('%.2f', h.total / 100.0), printf('%.2f', coalesce(l.amount, 0) / 100.0)
        FROM header AS h
        LEFT JOIN (
            SELECT s.claim, CAST(sum(s.amount) AS BIGINT) AS amount FROM staged AS s
            WHERE s.charge IS NOT NULL {undone if load.profile.has("settlements") else ""} GROUP BY s.claim
        ) AS l ON l.claim = h.claim
        WHERE abs(coalesce(l.amount, 0) - h.total) > 1
            AND h.claim NOT IN (SELECT claim FROM refusal WHERE claim IS NOT NULL AND "table" = 'lines')""",
    )
