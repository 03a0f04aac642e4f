"""python -m tests.truth [MEMBERS [MONTHS]]: simulate, take in, judge, and print by rule how true the findings are."""

import sys
import tempfile
from pathlib import Path

from .checking import main
from .conftest import judged

members = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
months = int(sys.argv[2]) if len(sys.argv) > 2 else 6

with tempfile.TemporaryDirectory(prefix="truth-") as folder:
    for prefecture in judged(Path(folder), members=members, months=months):
        answer = main(prefecture.truth, prefecture.findings)
sys.exit(answer)
