"""python -m tests.truth [MEMBERS [MONTHS]]: simulate, take in, judge, and print by rule how true the findings are."""

import os
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")
django.setup()

from .checking import main  # noqa: E402
from .conftest import judged  # noqa: E402

members = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
months = int(sys.argv[2]) if len(sys.argv) > 2 else 6

with tempfile.TemporaryDirectory(prefix="truth-") as folder:
    for prefecture in judged(Path(folder), members=members, months=months):
        answer = main(prefecture.truth, prefecture.findings)
sys.exit(answer)
