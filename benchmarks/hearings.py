"""`python -m benchmarks.hearings`: pages over a year of hearings and postings, and three hundred decided together.

Everything happens in an installation of its own, FUND_HOME/bench/hearings, thrown away afterwards unless --keep is
said; the figures stay in FUND_HOME/bench.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.sheet import Sheet, machine
from supervision.services import embedded, readiness

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("hearing_pages", "together")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hearings", description=__doc__)
    parser.add_argument(
        "--rows", type=int, default=100_000, help="hearings; their postings are more than twice as many"
    )
    parser.add_argument("--parts", default=",".join(PARTS), help="comma-separated, of " + ", ".join(PARTS))
    parser.add_argument("--keep", action="store_true", help="leave what was laid out, and use what is there")
    chosen = parser.parse_args()
    base = Path(os.environ.get("FUND_HOME") or ROOT / "var").resolve() / "bench"
    home = base / "hearings"
    os.environ["FUND_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")
    home.mkdir(parents=True, exist_ok=True)
    readiness.before_command([sys.argv[0], "monitor"])
    try:
        measure(chosen, base)
    finally:
        (embedded.stop if chosen.keep else embedded.destroy)(home)


def measure(chosen: argparse.Namespace, base: Path) -> None:
    # Only now: their models need the settings of the installation chosen above.
    heard = import_module("benchmarks.heard")
    print(machine())
    heard.lay_out(chosen.rows)
    for part in PARTS:
        if part in chosen.parts.split(","):
            sheet = Sheet(part, base)
            import_module(f"benchmarks.{part}").measure(sheet)
            sheet.keep()


if __name__ == "__main__":
    main()
