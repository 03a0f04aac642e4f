"""The node: a page over a month of claims, run by DuckDB on the warehouse's files.

A page says only what is wrong. The engine lays out what it reads, and fetches what the runner must know of each
line found: whose it is, and what the fund paid of it. Pages need no hints for speed: files of `charge` are sorted by
item, so joining a short list reaches only the parts that hold its items, and reads wide columns for the hits alone.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from claims import warehouse
from claims.models import SeenCode, Snapshot
from supervision.knowledge import loading

from . import dialect, schema
from .rulebook import ANSWER, CERTAINTIES, Rule

# What a page need not say. Its rows are kept apart by what they accuse.
DEFAULTS = {"role": "'accused'", "finding": "coalesce(a.charge, a.claim, a.subject)"}
BIGINTS = {"at_stake", "units"}
KEY = "coalesce(a.finding, a.charge, a.claim, a.subject)"
# What the runner must know of every claim that a page may name; unsound ones too, which claim_data_invalid accuses.
KNOWN = """
SELECT claim, member, insured_area, fund_ratio, pay_method, total, eligible, province, area, admitted_on AS day
FROM any_stay
UNION ALL
SELECT claim, member, insured_area, fund_ratio, NULL, total, eligible, province, area, day FROM any_visit
"""
CLAIMS = f"CREATE OR REPLACE VIEW known AS {KNOWN}"
# Where and when each claim began that was accused just now.
PLACES = f"""
SELECT DISTINCT {KEY}, c.province, c.area, c.day FROM answer AS a JOIN known AS c ON c.claim = a.claim
WHERE a.fresh AND coalesce(a.role, 'accused') = 'accused'
"""
CHARGES = "SELECT charge, quantity, amount, eligible FROM charge WHERE charge IN (SELECT charge FROM answer)"
MOST_COMPILED = 2_000  # pages and sets of their values; the library has some hundred
_compiled: dict[tuple[object, ...], str] = {}
FACTS = """
a.variant AS of_variant, c.member AS of_member, c.insured_area AS of_insured_area, c.fund_ratio AS of_fund_ratio,
c.pay_method AS of_pay_method, l.quantity AS of_quantity,
CASE WHEN a.charge IS NULL THEN c.total ELSE l.amount END AS of_amount,
CASE WHEN a.charge IS NULL THEN c.eligible ELSE l.eligible END AS of_eligible
"""


def answers(rule: Rule, month: str, *, snapshot: Snapshot | None, knowledge_version: int) -> pa.Table:
    """What a rule says about a month: the columns of an answer, facts of the claim and the line, evidence."""
    try:
        kept = engine(warehouse.root(), snapshot)
        judge(kept, month)
        wanted = rule.relations | {"charge"}
        warehouse.attach(kept.con, snapshot, month=month, back=rule.back, ahead=rule.ahead, only=wanted, held=kept.of)
        lay_out(kept.con, rule, loading.relations(knowledge_version, seen_codes()))
        return answer(kept.con, rule)
    except warehouse.EngineError:
        engine.cache_clear()  # what failed once may have left it unusable
        raise


@lru_cache(maxsize=1)
def engine(_root: str, snapshot: Snapshot | None) -> warehouse.Kept:
    """An engine and the months it holds. A worker keeps it: rule after rule asks for the same ones."""
    return warehouse.Kept(warehouse.connect(), snapshot)


def at_hand(snapshot: Snapshot | None) -> str:
    """The month of which this process answers the next rule fastest; at first none."""
    return engine(warehouse.root(), snapshot).judging


def judge(kept: warehouse.Kept, month: str) -> None:
    """Have the engine hold the month, where there is room for it, and know its claims: every answer asks for those."""
    if month == kept.judging:
        return
    kept.hold(month)
    for table in ("stay", "visit"):
        sound = warehouse.read(kept.snapshot, table, [month], kept.of(table))
        others = warehouse.selected(kept.snapshot, table, [month], where="WHERE NOT sound")
        kept.con.execute(f"CREATE OR REPLACE VIEW any_{table} AS {sound} UNION ALL {others}")
    kept.con.execute(f"CREATE OR REPLACE TABLE known AS {KNOWN}")
    kept.judging = month


def seen_codes() -> Sequence[str]:
    """The diagnosis codes that stand in the warehouse; prefixes and ranges are spelt out over them."""
    return list(SeenCode.objects.order_by("code").values_list("code", flat=True))


def lay_out(con: warehouse.Connection, rule: Rule, folder: Path) -> None:
    """The lists that the page joins on, in memory; of the codes, those of code lists that it can name."""
    names = sorted(filter(schema.is_list, rule.relations))
    for name in names:
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM read_parquet(?)", [str(folder / f"{name}.parquet")])
    if "code_list" in rule.relations:
        said = [literal.this for literal in rule.tree.find_all(exp.Literal) if literal.is_string]
        named = "".join(
            f" UNION SELECT {column} FROM {name}"
            for name in names
            for column, kind in schema.types(name).items()
            if kind == "VARCHAR"
        )
        con.execute(
            "CREATE OR REPLACE TEMP TABLE code_list AS FROM read_parquet($file) "
            f"WHERE list IN (SELECT unnest($said){named})",
            {"file": str(folder / "code_list.parquet"), "said": said},
        )


def answer(con: warehouse.Connection, rule: Rule) -> pa.Table:
    """Run the page over the relations laid out, and complete what it answers."""
    variants = rule.variants()
    for number, values in enumerate(variants):
        into = "INSERT INTO answer" if number else "CREATE OR REPLACE TEMP TABLE answer AS"
        con.execute(f"{into} {said(con, rule, values, number)}")
        if len(variants) > 1:
            leave_out(con, rule, values)
    return con.sql(completed(rule)).to_arrow_table()


def said(con: warehouse.Connection, rule: Rule, values: Mapping[str, object], variant: int) -> str:
    """Run the page with these values; its answer in the columns that every answer has, then its evidence."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE said AS {compiled(rule, values)}")
    said = {name: f"said.{name}" for name in rule.answered}
    columns = [
        f"CAST({said.get(name, 'NULL')} AS {'BIGINT' if name in BIGINTS else 'VARCHAR'}) AS {name}" for name in ANSWER
    ]
    return f"SELECT {', '.join(columns + evidence(con, rule))}, {variant} AS variant, true AS fresh FROM said"


def compiled(rule: Rule, values: Mapping[str, object]) -> str:
    """The page as DuckDB reads it, written once for each set of values."""
    key = (rule.hash, *sorted(values.items()))
    if key not in _compiled:
        if len(_compiled) >= MOST_COMPILED:
            _compiled.clear()
        _compiled[key] = dialect.node(rule.tree, values)
    return _compiled[key]


def leave_out(con: warehouse.Connection, rule: Rule, values: Mapping[str, object]) -> None:
    """Of what was found with these values, the findings of places and days where others hold."""
    found = con.execute(PLACES).fetchall()
    wrong = [key for key, province, area, day in found if rule.values_at(province, area, day) != values]
    con.execute(f"DELETE FROM answer AS a WHERE fresh AND {KEY} IN (SELECT unnest(?))", [wrong])
    con.execute("UPDATE answer SET fresh = false")


def evidence(con: warehouse.Connection, rule: Rule) -> list[str]:
    """The evidence as it is; whole numbers as BIGINT, for DuckDB makes sums wider."""
    kinds = {row[0]: row[1] for row in con.execute("DESCRIBE said").fetchall()}
    return [
        f"CAST(said.{name} AS BIGINT) AS {name}" if kinds[name] in ("HUGEINT", "INTEGER") else f"said.{name}"
        for name in rule.evidence
    ]


def completed(rule: Rule) -> str:
    """The answer with its defaults and facts, always in the same order."""
    charges = CHARGES
    if "item" in rule.evidence:  # then the charge is looked for in the parts of the files that hold its item
        charges += " AND item IN (SELECT item FROM answer)"
    if "charge" not in rule.answered:
        charges = "SELECT NULL AS charge, NULL AS quantity, NULL AS amount, NULL AS eligible WHERE false"
    said = [f"coalesce(a.{name}, {DEFAULTS[name]}) AS {name}" if name in DEFAULTS else f"a.{name}" for name in ANSWER]
    said[ANSWER.index("certainty")] = f"{capped(rule)} AS certainty"
    shown = ", ".join(f"a.{name}" for name in rule.evidence)
    return (
        f"SELECT {', '.join(said)}, {FACTS}{', ' if shown else ''}{shown} FROM answer AS a "
        f"LEFT JOIN known AS c ON c.claim = a.claim LEFT JOIN ({charges}) AS l ON l.charge = a.charge "
        f"ORDER BY finding, role, a.claim, a.charge, a.at_stake, a.variant{', ' if shown else ''}{shown}"
    )


def capped(rule: Rule) -> str:
    """A row may lower the certainty of the header, never raise it."""
    lower = ", ".join(f"'{word}'" for word in CERTAINTIES[: CERTAINTIES.index(rule.certainty)])
    return f"CASE WHEN a.certainty IN ({lower or 'NULL'}) THEN a.certainty ELSE '{rule.certainty}' END"
