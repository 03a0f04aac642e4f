"""Fee lines as they came, and the charges that rules read: netted, with what a rule needs to know beside them."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from claims import warehouse
from claims.checking import literal
from claims.judging import STAGED
from claims.loading import Load

FILE = "FORMAT parquet, COMPRESSION zstd"
# Rules reach charges by item and scans by code: small row groups let them skip nearly all (measured: 5 times faster).
SOUGHT = FILE + ", ROW_GROUP_SIZE 32768"

# What the fund paid of each eligible yuan, in 1/10000.
RATIO = (
    "coalesce(least(greatest("
    "CASE WHEN eligible > 0 THEN (fund_paid * 20000 + eligible) // (2 * eligible) END, 0), 10000), 0)"
)
# The shapes of the national codes; a local code is its own generic.
DRUG = "(starts_with(item, 'X') AND strlen(item) BETWEEN 20 AND 23 OR starts_with(item, 'Z') AND strlen(item) = 20)"
ITEM_KIND = f"""
    CASE WHEN {DRUG} THEN 'drug'
        WHEN starts_with(item, 'T') AND strlen(item) = 10 THEN 'slice'
        WHEN starts_with(item, '00') AND strlen(item) >= 15 THEN 'service'
        WHEN starts_with(item, 'C') AND strlen(item) IN (20, 27) THEN 'consumable' ELSE 'other' END"""
GENERIC = f"CASE WHEN {DRUG} THEN left(item, CASE WHEN starts_with(item, 'X') THEN 10 ELSE 11 END) ELSE item END"
AGE = """
    CASE WHEN a.born IS NOT NULL THEN CAST(greatest(year(l.done_at) - year(a.born) - CASE WHEN
        (month(l.done_at), day(l.done_at)) < (month(a.born), day(a.born)) THEN 1 ELSE 0 END, 0) AS BIGINT) END"""
OF_THE_LINE = ("item", "category", "department", "practitioner", "payment_class")
OF_THE_CLAIM = ("institution", "province", "area", "sex", "kind")


def write_lines(load: Load, staged: list[Path]) -> dict[str, Path]:
    """Write the fee lines and charges of this batch as the warehouse will hold them; answers their folders."""
    lines, charges = load.work / "fee_line", load.work / "charge"
    _narrow(load)
    copies = []
    for number, path in enumerate(staged):
        source = f"read_parquet({literal(str(path))})"
        fallen, months = _fallen(load, source), _months(load, source)
        for month in months:
            within = f"SELECT * FROM {source} WHERE of_month = {literal(month)}"
            copies.append(_copy(_charges(load, within), charges / f"month={month}" / f"{number}.parquet"))
            if fallen or len(months) > 1:
                stored = ", ".join(f'"{column}"' for column in STAGED)
                kept = f"SELECT {stored} FROM ({within}) WHERE claim NOT IN (SELECT claim FROM fallen)"
                copies.append(_copy(kept, lines / f"month={month}" / f"{number}.parquet"))
        if not fallen and len(months) == 1:
            # The staged file is already what the warehouse holds; readers do not ask for its further columns.
            target = lines / f"month={months[0]}" / f"{number}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, target)
    side_by_side(load.con, copies, lambda share: load.progress("writing", share))
    return {name: folder for name, folder in (("fee_line", lines), ("charge", charges)) if folder.exists()}


def _fallen(load: Load, source: str) -> bool:
    """Whether a staged file holds rows that do not go in."""
    asked = f"SELECT count(*) FROM {source} WHERE of_month IS NULL"
    if load.one("SELECT count(*) FROM fallen") != (0,):
        asked += " OR claim IN (SELECT claim FROM fallen)"
    return load.one(asked) != (0,)


def _months(load: Load, source: str) -> list[str]:
    """The months for which a staged file holds rows that go in."""
    found = load.con.execute(f"SELECT DISTINCT of_month FROM {source} WHERE of_month IS NOT NULL ORDER BY 1").fetchall()
    kept = "SELECT 1 FROM accepted WHERE month = ? LIMIT 1"
    return [month for (month,) in found if load.con.execute(kept, [month]).fetchone()]


def _narrow(load: Load) -> None:
    """Lay repeated texts of the charges out as numbers with names, which sort and pack several times faster."""
    con = load.con
    for column in OF_THE_LINE:
        _name(load, column, "staged")
    for column in OF_THE_CLAIM:
        _name(load, column, "accepted")
    named = ", ".join(f"CAST({column} AS {column}_name) AS {column}" for column in OF_THE_CLAIM)
    con.execute(f"""
        CREATE TABLE of_item AS
            SELECT CAST(item AS item_name) AS item, {ITEM_KIND} AS item_kind, {GENERIC} AS generic
            FROM (SELECT DISTINCT item FROM staged WHERE item IS NOT NULL);
        CREATE TYPE item_kind_name AS ENUM (SELECT DISTINCT item_kind FROM of_item);
        CREATE TYPE generic_name AS ENUM (SELECT DISTINCT generic FROM of_item);
        CREATE TABLE of_items AS SELECT item, CAST(item_kind AS item_kind_name) AS item_kind,
            CAST(generic AS generic_name) AS generic FROM of_item;
        CREATE TABLE of_claim AS
            SELECT claim, {named}, level, born, newborn, {RATIO} AS fund_ratio,
                claim NOT IN (SELECT claim FROM unsound) AS sound,
                claim IN (SELECT claim FROM with_reversals) AS reversed
            FROM accepted""")


def _name(load: Load, column: str, table: str) -> None:
    told = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1"
    load.con.execute(f"CREATE TYPE {column}_name AS ENUM ({told})")


def _copy(query: str, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    return f"COPY ({query}) TO {literal(str(target))} ({SOUGHT})"


def side_by_side(
    con: warehouse.Connection, statements: Sequence[str], done: Callable[[float], None] = lambda share: None
) -> None:
    """Run statements in two cursors at once: a sorted file is written by one thread alone."""
    with ThreadPoolExecutor(2) as two:
        waiting = [two.submit(con.cursor().execute, statement) for statement in statements]
        for number, one in enumerate(waiting):
            one.result()
            done((number + 1) / len(statements))


def _charges(load: Load, lines: str) -> str:
    undone = "AND NOT EXISTS (SELECT 1 FROM undone AS x WHERE x.claim = l.claim AND x.settlement = l.settlement)"
    return f"""
        SELECT l.charge, l.claim, a.institution, a.province, a.area, a.level, l.member, a.sex, {AGE} AS age, a.kind,
            i.item, i.item_kind, i.generic, CAST(l.category AS category_name) AS category,
            CAST(l.done_at AS DATE) AS day, l.done_at, coalesce(n.quantity, l.quantity) AS quantity, l.price,
            coalesce(n.amount, l.amount) AS amount,
            CASE WHEN n.quantity IS NULL OR n.quantity = l.quantity THEN l.eligible
                ELSE CAST((CAST(l.eligible AS HUGEINT) * n.quantity * 2 + l.quantity) // (l.quantity * 2) AS BIGINT)
            END AS eligible,
            greatest(coalesce(l.days, 1), 1) AS days, coalesce(l.approved, false) AS approved,
            coalesce(l.special, false) AS special, l.reason, CAST(l.department AS department_name) AS department,
            CAST(l.practitioner AS practitioner_name) AS practitioner, l.prescription, l.taken_home,
            CAST(l.payment_class AS payment_class_name) AS payment_class, a.newborn, a.fund_ratio, a.sound, l.batch
        FROM ({lines}) AS l
        JOIN of_claim AS a ON a.claim = l.claim
        JOIN of_items AS i ON i.item = CAST(l.item AS item_name)
        LEFT JOIN netted AS n ON n.charge = l.charge
        WHERE (NOT a.reversed OR n.charge IS NOT NULL) AND l.quantity > 0
            {undone if load.profile.has("settlements") else ""}
        ORDER BY i.item"""
