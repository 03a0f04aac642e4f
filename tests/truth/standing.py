"""A rule's page, whole or mutated, over the claims of a simulated prefecture, without a run of everything."""

import threading
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake import DeltaTable

from claims import warehouse
from supervision.monitoring import dialect, rulebook

from .checking import Found, Verdict, judge, rows

PATIENCE = 5  # seconds; a page that needs more over so few claims is no longer the same page
PLANTED = "%:____99_______"  # the claims of plants by their numbers
RETIRED = "supervision/knowledge/lists/retired_code.csv"
# What the neighbouring prefecture holds: points that would accuse or excuse some of the plants, were they asked for.
PARACETAMOL, FUROSEMIDE, OZAGREL = "XY01AAS019A001010100001", "XY01AAS025A001010100001", "XB01AXA223B002010100156"
KIDNEY, OXYGEN, NURSING, TABLET = "009901000040000", "001203000010000", "001201000040000", "ZD02AAF0202010105046"
SCAN = "002103000010000"
NEIGHBOURS = {
    "k_sex_drug": f"'{PARACETAMOL}' AS item, '2' AS sex",
    "k_sex_item": f"'{KIDNEY}' AS item, '2' AS sex",
    "k_age_drug": f"'{PARACETAMOL}' AS item, 17 AS most",
    "k_indication": f"'{PARACETAMOL}' AS item",
    "k_course": f"'{FUROSEMIDE}' AS item, 1 AS most",
    "k_freq_day": f"'{OXYGEN}' AS item, 10000 AS most",
    "k_pair": f"'{KIDNEY}' AS item, '{TABLET}' AS other, 'day' AS span",
    "k_hourly": f"'{OZAGREL}' AS item",
    "k_bed": f"'{NURSING}' AS item",
    "k_readmit_exempt": "(SELECT min(list) FROM code_list WHERE code = 'J18.900') AS list",
    "k_dialysis": f"'{SCAN}' AS item",
    "k_mortuary": f"'{FUROSEMIDE}' AS item",
}


class Standing:
    """The prefecture's warehouse and lists in memory, and the truth about them."""

    def __init__(self, home: Path, truth: Path) -> None:
        self.truth = list(rows(truth))
        self.con = duckdb.connect(config={"threads": 2})
        self.con.execute("SET TimeZone = 'Asia/Shanghai'")
        for name in warehouse.TABLES:
            self._keep(f"all_{name}", DeltaTable(str(home / "warehouse" / name)).to_pyarrow_table())
        for file in sorted(max((home / "knowledge").iterdir()).glob("*.parquet")):
            self.con.execute(f"CREATE TABLE {file.stem} AS FROM '{file}'")
        for name in warehouse.REGISTERS:
            self.con.execute(f"CREATE TABLE {name} AS FROM all_{name} {warehouse.latest(name)}")
        for name, point in NEIGHBOURS.items():
            told = f"SELECT * REPLACE ({point}, '990200' AS place) FROM {name} LIMIT 2"
            self.con.execute(f"INSERT INTO {name} {told}")
        self.laid_out: set[str] = set()
        months = self.con.execute("SELECT DISTINCT month FROM all_charge ORDER BY 1").fetchall()
        self.months = [month for (month,) in months]

    def _keep(self, name: str, table: pa.Table) -> None:
        """Without most of normal life: a mutated page need not be held against everybody to be found out."""
        few = (
            f"WHERE claim IS NULL OR claim LIKE '{PLANTED}' OR member LIKE '%7'"
            if "claim" in table.column_names
            else ""
        )
        self.con.register("kept", table)
        self.con.execute(f"CREATE TABLE {name} AS FROM kept {few}")
        self.con.unregister("kept")

    def found(self, rule: rulebook.Rule) -> Iterable[Found]:
        """What the page accuses in each month, with what is at stake."""
        accused = "WHERE role = 'accused'" if "role" in rule.answered else ""
        charge, certainty = (name if name in rule.answered else "NULL" for name in ("charge", "certainty"))
        first: dict[tuple[str, str], str] = {}
        for month in self.months:
            self._lay_out(month, rule.back, rule.ahead)
            page = dialect.node(rule.tree, rule.values)
            whom = "coalesce(claim, subject)" if rule.subject else "claim"
            said = self._patiently(f"SELECT {whom}, {charge}, at_stake, {certainty} FROM ({page}) {accused}")
            for claim, line, at_stake, sure in said:
                stake, sure_of = Decimal(at_stake or 0) / 100, sure or rule.certainty
                yield Found(rule.code, claim, line or "", stake, sure_of)
                if first.setdefault((claim, line), month) != month and ":" in claim:  # a claim belongs to one month
                    yield Found(rule.code, f"{claim}, in {month} too", line or "", stake, sure_of)

    def verdict(self, rule: rulebook.Rule) -> Verdict:
        mine = [row for row in self.truth if row["rule"] == rule.code]
        return next(one for one in judge(mine, self.found(rule)) if one.rule == rule.code)

    def faults(self, sql: str) -> Verdict:
        """The same for the page that claim_data_invalid rests on, which looks at claims before they are judged."""
        self.con.execute(f"""
            CREATE SCHEMA IF NOT EXISTS unjudged;
            SET search_path = 'unjudged,main';
            CREATE OR REPLACE VIEW stay AS FROM all_stay;
            CREATE OR REPLACE VIEW visit AS FROM all_visit;
            CREATE OR REPLACE VIEW diagnosis AS FROM all_diagnosis;
            CREATE OR REPLACE VIEW operation AS FROM all_operation;
            CREATE OR REPLACE VIEW encounter AS
                SELECT *, CAST(settled_at AS DATE) AS settled_on FROM (
                    SELECT admitted_on AS begun_on, * FROM stay UNION ALL BY NAME SELECT day AS begun_on, * FROM visit);
            CREATE OR REPLACE VIEW reversal AS
                SELECT claim, charge, fault, value FROM all_fault WHERE fault LIKE 'reversal%';
            CREATE OR REPLACE VIEW k_retired_code AS
                SELECT code, place, coalesce(CAST(since AS DATE), DATE '0001-01-01') AS since,
                    coalesce(CAST(until AS DATE), DATE '9999-12-31') AS until
                FROM read_csv('{RETIRED}')
                UNION ALL SELECT 'J06.900', '990200', DATE '2026-01-01', DATE '9999-12-31'""")
        rule, found = "claim_data_invalid", self._patiently(f"SELECT claim, charge FROM ({sql})")
        mine = [row for row in self.truth if row["rule"] == rule]
        said = {Found(rule, claim, line or "", Decimal(0), "certain") for claim, line in found}
        return next(one for one in judge(mine, said) if one.rule == rule)

    def _patiently(self, sql: str) -> list[tuple[str, ...]]:
        timer = threading.Timer(PATIENCE, self.con.interrupt)
        timer.start()
        try:
            return self.con.execute(sql).fetchall()
        finally:
            timer.cancel()

    def _lay_out(self, month: str, back: int, ahead: int) -> None:
        """What a page reads when it judges a month, once for each reach of its history."""
        name = f"judged_{month.replace('-', '_')}_{back}_{ahead}"
        if name not in self.laid_out:
            self.laid_out.add(name)
            around = "', '".join(warehouse.months_around(month, back, ahead))
            self.con.execute(f"CREATE SCHEMA {name}")
            for table in ("charge", "stay", "visit", "diagnosis", "operation", "scan"):
                history = "history" if table == "charge" else f"{table}_history"
                for relation, months in ((table, month), (history, around)):
                    of = f"FROM all_{table} WHERE sound AND month IN ('{months}')"
                    self.con.execute(f"CREATE TABLE {name}.{relation} AS SELECT *, month = '{month}' AS judged {of}")
            for relation, months in (("stock", month), ("stock_history", around)):
                of = f"FROM all_stock WHERE month IN ('{months}')"
                self.con.execute(f"CREATE TABLE {name}.{relation} AS SELECT *, month = '{month}' AS judged {of}")
            self.con.execute(f"CREATE TABLE {name}.fault AS FROM all_fault WHERE month = '{month}'")
        self.con.execute(f"SET search_path = '{name},main'")
