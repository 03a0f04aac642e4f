"""A small prefecture simulated, taken in and judged by the commands, once a run."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.installations import Installation, installed

COMMON = ("--seed", "1", "--json")


@dataclass(frozen=True)
class Judged:
    """An installation whose claims were simulated, with the files that say what is true and what was found."""

    installation: Installation
    simulated: Path
    findings: Path
    summary: dict[str, Any]  # what the simulator said
    run: dict[str, Any]  # what the monitoring run said

    @property
    def truth(self) -> Path:
        return self.simulated / "truth.csv"


def judged(folder: Path, *, members: int, months: int, rules: str = "") -> Iterator[Judged]:
    """Simulate, take in, run the rules (all, or some), export."""
    with installed(folder / "home") as installation:
        manage = partial(_said, installation)
        simulated, findings = folder / "simulated", folder / "findings.csv"
        asked = ("--members", str(members), "--months", str(months), "--out", str(simulated))
        summary = manage("simulate", *asked, *COMMON)
        manage("intake", str(simulated), "--json")
        manage("load_knowledge", str(simulated / "invented"), "--json")
        run = manage("monitor", *(("--rules", rules) if rules else ()), "--json")
        manage("export_findings", "--to", str(findings), "--json")
        yield Judged(installation, simulated, findings, summary, run)


def _said(installation: Installation, *arguments: str) -> dict[str, Any]:
    """What a command answered as JSON; what it complained of where it failed."""
    try:
        answer = installation.manage(*arguments)
    except subprocess.CalledProcessError as failure:
        pytest.fail(f"{' '.join(arguments)} failed:\n{failure.stdout[-2000:]}\n{failure.stderr[-4000:]}")
    said: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return said


@pytest.fixture(scope="module")
def prefecture(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    """Two thousand members, three months."""
    yield from judged(tmp_path_factory.mktemp("prefecture"), members=2_000, months=3)
