"""A rule's page, whole or mutated, over the claims of a simulated prefecture, without a run of everything."""

import threading
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import duckdb
from deltalake import DeltaTable

from claims import faults, warehouse
from supervision.monitoring import dialect, rulebook

from .checking import Verdict, judge, rows

PATIENCE = 10  # seconds; a page that needs more over so few claims is no longer the same page
RETIRED = "supervision/knowledge/lists/retired_code.csv"


class Standing:
    """The prefecture's warehouse and lists in memory, and the truth about them."""

    def __init__(self, home: Path, truth: Path) -> None:
        self.truth = list(rows(truth))
        self.con = duckdb.connect(config={"threads": 2})
        self.con.execute("SET TimeZone = 'Asia/Shanghai'")
        for name in warehouse.TABLES:
            # Kept as Arrow for a moment, for DuckDB must not see the file list change.
            kept = DeltaTable(str(home / "warehouse" / name)).to_pyarrow_table()
            self.con.register("kept", kept)
            self.con.execute(f"CREATE TABLE all_{name} AS FROM kept")
            self.con.unregister("kept")
        for file in sorted(max((home / "knowledge").iterdir()).glob("*.parquet")):
            self.con.execute(f"CREATE TABLE {file.stem} AS FROM '{file}'")
        self.con.execute("CREATE TABLE member AS FROM all_member QUALIFY row_number() OVER (PARTITION BY member ORDER BY batch DESC) = 1")
        self.months = [month for (month,) in self.con.execute("SELECT DISTINCT month FROM all_charge ORDER BY 1").fetchall()]

    def found(self, rule: rulebook.Rule) -> Iterable[tuple[str, str, str, Decimal]]:
        """What the page accuses in each month, with what is at stake."""
        accused = "WHERE role = 'accused'" if "role" in rule.answered else ""
        charge = "charge" if "charge" in rule.answered else "NULL"
        for month in self.months:
            self._lay_out(month, rule.back)
            said = f"SELECT claim, {charge}, at_stake FROM ({dialect.node(rule.tree, rule.values)}) {accused}"
            for claim, line, at_stake in self._patiently(said):
                yield rule.code, claim, line or "", Decimal(at_stake) / 100

    def verdict(self, rule: rulebook.Rule) -> Verdict:
        mine = [row for row in self.truth if row["rule"] == rule.code]
        return next(one for one in judge(mine, self.found(rule)) if one.rule == rule.code)

    def faults(self, sql: str) -> Verdict:
        """The same for the page that claim_data_invalid rests on, which looks at claims before they are judged."""
        self.con.execute(f"""
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
                SELECT code, place, coalesce(since, DATE '0001-01-01') AS since, coalesce(until, DATE '9999-12-31') AS until
                FROM read_csv('{RETIRED}')""")
        found = self._patiently(f"SELECT claim, charge FROM ({sql})")
        rule = "claim_data_invalid"
        said = {(rule, claim, line or "", Decimal(0)) for claim, line in found}
        return next(one for one in judge([row for row in self.truth if row["rule"] == rule], said) if one.rule == rule)

    def _patiently(self, sql: str) -> list[tuple[str, ...]]:
        timer = threading.Timer(PATIENCE, self.con.interrupt)
        timer.start()
        try:
            return self.con.execute(sql).fetchall()
        finally:
            timer.cancel()

    def _lay_out(self, month: str, back: int) -> None:
        around = "', '".join(warehouse.months_back(month, back))
        for table in ("charge", "stay", "visit", "diagnosis", "operation", "scan"):
            history = "history" if table == "charge" else f"{table}_history"
            self.con.execute(f"CREATE OR REPLACE VIEW {table} AS FROM all_{table} WHERE sound AND month = '{month}'")
            self.con.execute(f"CREATE OR REPLACE VIEW {history} AS FROM all_{table} WHERE sound AND month IN ('{around}')")
        self.con.execute(f"CREATE OR REPLACE VIEW fault AS FROM all_fault WHERE month = '{month}'")


def fault_page() -> Mapping[str, str]:
    return {"text": (faults.FOLDER / "fault.sql").read_text("utf-8")}
