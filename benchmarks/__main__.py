"""`python -m benchmarks`: the goals of docs/performance.md, each beside what this machine does.

Everything happens in an installation of its own, FUND_HOME/bench/home; the figures stay in FUND_HOME/bench.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.sheet import Sheet, machine
from supervision.services import embedded, readiness

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("intake", "rules", "peer", "spark", "pages", "growth")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--months", type=int, default=6)
    parser.add_argument("--plants", type=int, default=300, help="copies of each planted case")
    parser.add_argument("--spark-months", type=int, default=1, help="the latest months, which Spark is asked about")
    parser.add_argument("--spark-minutes", type=int, default=20, help="after which Spark is asked no more")
    parser.add_argument("--parts", default=",".join(PARTS), help="comma-separated, of " + ", ".join(PARTS))
    chosen = parser.parse_args()

    base = Path(os.environ.get("FUND_HOME") or ROOT / "var").resolve() / "bench"
    home = base / "home"
    os.environ["FUND_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")
    home.mkdir(parents=True, exist_ok=True)

    readiness.before_command([sys.argv[0], "monitor"])
    try:
        measure(chosen, base)
    finally:
        embedded.stop(home)


def measure(chosen: argparse.Namespace, base: Path) -> None:
    # Only now: their models need the settings of the installation chosen above.
    intake, rules, peer, spark, pages, growth = (import_module(f"benchmarks.{part}") for part in PARTS)
    parts = chosen.parts.split(",")
    print(machine())
    charges = intake.rows("charge")
    claims = {"members": chosen.members, "months": chosen.months, "plants": chosen.plants}
    for part in PARTS:
        if part not in parts:
            continue
        print(f"\n{part}")
        sheet = Sheet(part, base)
        if part == "intake":
            data = base / f"data-{chosen.members}-{chosen.months}-{chosen.plants}"
            charges = intake.measure(sheet, data, claims)
        elif part == "rules":
            rules.measure(sheet, charges)
        elif part == "peer":
            peer.measure(sheet)
        elif part == "spark":
            spark.measure(sheet, chosen.spark_months, chosen.spark_minutes)
        elif part == "growth":
            growth.measure(sheet, base, claims)
        else:
            pages.measure(sheet)
        sheet.keep()


if __name__ == "__main__":
    main()
