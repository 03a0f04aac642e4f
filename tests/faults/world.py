"""An installation with claims in it, workers that can be killed, and a judge that shares no code with the product."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from supervision.services import embedded
from tests.installations import Installation, prepared

CRASHES = "adm_overlap"  # the rule that takes its process down in tests/faults/crashing.py
# What dies and comes back is the run, whatever its rules: some of every kind are enough. Lines and claims, pairs and sets,
# units of a quantity, members and scans.
RULES = (
    *(CRASHES, "adm_readmit_split", "bed_days_mismatch", "charge_after_death", "claim_data_invalid", "drug_child_only"),
    *(
        "drug_course_exceeded",
        "drug_indication_limited",
        "item_exact_duplicate",
        "item_freq_per_day",
        "item_multi_site_price",
    ),
    *("item_pair_exclusive", "item_price_over_cap", "item_qty_over_hours", "psn_identity_conflict", "trace_duplicate"),
)
Row = tuple[Any, ...]
QUEUES = "import,monitoring,housekeeping"
TABLES = "finding, findingline, findingtotal, unsettledclaim, hold, review, exemption, demotion, step, run"

# All that a finding says. Numbers of rows and runs, and moments of the clock, are no part of it.
FINDINGS = """
SELECT f.rule, f.key, f.status, f.month, f.institution_id, f.claim, f.subject, f.member, f.insured_area, f.certainty,
    f.severity, f.at_stake, f.owned, f.fund_at_stake, f.fund_method, f.because_en, f.because_zh, f.content::text,
    l.claim, l.charge, l.role, l.at_stake, l.owned, l.units, l.quantity, l.amount, l.evidence::text
FROM monitoring_finding AS f LEFT JOIN monitoring_findingline AS l ON l.finding_id = f.id
"""
NEVER = {
    "a finding twice": "SELECT rule, key FROM monitoring_finding GROUP BY rule, key HAVING count(*) > 1",
    "a line twice": """
        SELECT finding_id FROM monitoring_findingline
        GROUP BY finding_id, claim, charge, role, evidence HAVING count(*) > 1""",
    "a finding that does not own what its lines own": """
        SELECT f.id FROM monitoring_finding AS f JOIN monitoring_findingline AS l ON l.finding_id = f.id
        GROUP BY f.id HAVING f.owned <> sum(l.owned)""",
    "a line owned beyond its amount": """
        SELECT charge FROM monitoring_findingline WHERE charge <> ''
        GROUP BY charge HAVING sum(owned) * 100 > max(amount)""",
    "an owner that accuses nobody": "SELECT id FROM monitoring_finding WHERE status <> 'open' AND owned <> 0",
    "a line owned by a finding that accuses nobody": """
        SELECT l.id FROM monitoring_findingline AS l JOIN monitoring_finding AS f ON f.id = l.finding_id
        WHERE f.status <> 'open' AND l.owned <> 0""",
    "a finding held back by nothing": """
        SELECT f.id FROM monitoring_finding AS f LEFT JOIN monitoring_hold AS h ON h.id = f.hold_id
        WHERE f.status = 'held' AND h.decision IS DISTINCT FROM ''""",
    "a total that is not the sum": """
        (SELECT status, rule, month, institution_id, insured_area, certainty, count(*), sum(owned), sum(at_stake)
         FROM monitoring_finding GROUP BY 1, 2, 3, 4, 5, 6
         EXCEPT SELECT status, rule, month, institution_id, insured_area, certainty, findings, owned, at_stake
         FROM monitoring_findingtotal)
        UNION ALL
        (SELECT status, rule, month, institution_id, insured_area, certainty, findings, owned, at_stake
         FROM monitoring_findingtotal WHERE findings <> 0
         EXCEPT SELECT status, rule, month, institution_id, insured_area, certainty, count(*), sum(owned), sum(at_stake)
         FROM monitoring_finding GROUP BY 1, 2, 3, 4, 5, 6)""",
    "an unsettled claim": "SELECT claim FROM monitoring_unsettledclaim",
    "a step owed": "SELECT id FROM monitoring_step WHERE done_at IS NULL AND parked = ''",
}


SLOWNESS = float(os.environ.get("FAULT_SLOWNESS", "1"))  # above 1 on a machine that is busy with other work


def a_seed() -> int:
    """Printed, so that a failure can be played again: FAULT_SEED=… make test-faults."""
    seed = int(os.environ.get("FAULT_SEED", random.randrange(10**6)))
    print(f"FAULT_SEED={seed}")
    return seed


@dataclass(frozen=True)
class World:
    installation: Installation

    @property
    def home(self) -> Path:
        return self.installation.home

    @property
    def files(self) -> Path:
        return self.home.with_name("files")

    def ask(self, sql: str, *values: object) -> list[Row]:
        """Of the database itself, as its owner."""
        connection = psycopg2.connect(embedded.addresses(self.home).owner_url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def forget(self) -> None:
        """As if nothing had ever been monitored."""
        self.ask(
            "TRUNCATE "
            + ", ".join(f"monitoring_{table.strip()}" for table in TABLES.split(","))
            + " RESTART IDENTITY CASCADE"
        )

    def findings(self) -> list[Row]:
        return sorted(self.ask(FINDINGS), key=repr)

    def wrong(self) -> list[str]:
        return [what for what, sql in NEVER.items() if self.ask(sql)]

    def start_run(self) -> None:
        started = f"from supervision.monitoring import runs; runs.start({RULES!r})"
        self.installation.manage("shell", "-v", "0", "-c", started)

    def monitor(self, *arguments: str) -> None:
        self.installation.manage("monitor", "--json", "--rules", ",".join(RULES), *arguments)

    def status(self) -> str:
        return str(self.ask("SELECT status FROM monitoring_run ORDER BY number DESC LIMIT 1")[0][0])

    def held(self) -> int:
        """Steps in some worker's hands now."""
        return len(self.ask("SELECT id FROM monitoring_step WHERE done_at IS NULL AND lease_until > now()"))

    def wait_for(self, condition: str, *, at_most: float) -> float:
        """Until the query answers a row; how long that took."""
        began, at_most = time.monotonic(), at_most * SLOWNESS
        while not self.ask(condition):
            assert time.monotonic() - began < at_most, f"not within {at_most} s: {condition}"
            time.sleep(0.1)
        return time.monotonic() - began

    def until_finished(self, *, at_most: float) -> float:
        return self.wait_for("SELECT 1 FROM monitoring_run WHERE status <> 'running'", at_most=at_most)

    @contextmanager
    def workers(self, app: str = "supervision", *, processes: int = 2) -> Iterator[subprocess.Popen[bytes]]:
        """A worker with its children and the beat, in one process group; killed at the end."""
        timetable = str(self.home / "run" / f"beat-{time.time()}")
        group = self.installation.popen(
            sys.executable, "-m", "celery", "-A", app, "worker", "-B", "-s", timetable, "-Q", QUEUES,
            "-c", str(processes), "--without-gossip", "--without-mingle",
        )  # fmt: skip
        try:
            yield group
        finally:
            kill(group)


def kill(group: subprocess.Popen[bytes]) -> None:
    """The whole group at once, with no chance to tidy up."""
    with suppress(ProcessLookupError):
        os.killpg(group.pid, signal.SIGKILL)
    group.wait()


def migrated(home: Path) -> World:
    """A new installation with its tables and what is shipped."""
    return World(prepared(home))


def simulate(world: World) -> list[Path]:
    """The files of a small simulated prefecture, the same each time."""
    size = ["--members", "2000", "--months", "3", "--seed", "11"]
    world.installation.manage("simulate", "--out", str(world.files), *size)
    return sorted(world.files.iterdir())
