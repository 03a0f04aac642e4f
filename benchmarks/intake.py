"""How fast claims come in, every row checked."""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from claims import warehouse

from .sheet import Sheet, peak_memory_mb, watch

ROOT = Path(__file__).resolve().parent.parent


def manage(*arguments: str) -> dict[str, object]:
    """A manage.py command in a process of its own; answers its JSON object."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments, "--json"]
    ended = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    answer = json.loads(ended.stdout)
    assert isinstance(answer, dict)
    return answer


def measure(sheet: Sheet, data: Path, claims: Mapping[str, int]) -> int:
    """Simulate the claims if they are not there yet, take them in, and answer the number of charges."""
    if not (data / "truth.parquet").exists():
        with watch() as simulating:
            sized = [text for name, number in claims.items() for text in (f"--{name}", str(number))]
            manage("simulate", "--out", str(data), "--seed", "1", "--format", "parquet", *sized)
        sheet.add("simulate, whole command", simulating.seconds, "s")
    with watch() as taking_in:
        manage("intake", str(data))
    charges = rows("charge")
    sheet.add("fee lines taken in", rows("fee_line"), "lines")
    sheet.add("charges in the warehouse", charges, "charges", 20_000_000)
    sheet.add("intake, whole command", taking_in.seconds, "s")
    sheet.add("intake", rows("fee_line") / taking_in.seconds, "charges/s", 500_000)
    every = sum(rows(table) for table in ("fee_line", "stay", "visit", "diagnosis", "operation", "scan", "member"))
    sheet.add("intake, rows of every kind", every / taking_in.seconds, "rows/s")
    sheet.add("intake, largest process", peak_memory_mb(resource.RUSAGE_CHILDREN), "MB")
    return charges


def rows(table: str, months: Sequence[str] | None = None) -> int:
    """Rows of a table at the published version, in these months only."""
    con = warehouse.connect()
    files = warehouse.files(warehouse.published(), table, months)
    counted = con.execute("SELECT count(*) FROM read_parquet(?)", [files]).fetchone() if files else None
    return int(counted[0]) if counted else 0
