"""Holds what the rules found against what the simulator planted, and prints it by rule.

    python -m tests.truth.checking TRUTH.csv FINDINGS.csv

ends with 0 where every plant is found, no near-miss accused, and nobody else accused but the share that is stated.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

Key = tuple[str, str]  # claim, charge or ''

# Rules that accuse people of normal life: at most so many in a thousand stays, and why no rule could know better.
STATED = {
    "adm_drg_low_resource": (1, "hearts that were better on the next day, though their group is a dear one"),
    "adm_low_standard": (1, "stomachs looked into and sent home within three days"),
    "adm_readmit_split": (8, "hearts and lungs that truly worsened within two weeks (claims/simulation/stays.py)"),
}


@dataclass
class Verdict:
    """One rule's part of the truth, and what was found of it; each with the example it stands for."""

    rule: str
    planted: dict[Key, str] = field(default_factory=dict)
    near_misses: dict[Key, str] = field(default_factory=dict)
    stakes: dict[Key, Decimal] = field(default_factory=dict)
    sureness: dict[Key, str] = field(default_factory=dict)
    found: dict[Key, Decimal] = field(default_factory=dict)
    said: dict[Key, str] = field(default_factory=dict)  # how certain it was found

    @property
    def missed(self) -> Counter[str]:
        return Counter(example for key, example in self.planted.items() if key not in self.found)

    @property
    def accused(self) -> Counter[str]:
        return Counter(example for key, example in self.near_misses.items() if key in self.found)

    @property
    def misjudged(self) -> Counter[str]:
        """Found, but for another amount or with another certainty."""
        sums = [key for key, at_stake in self.stakes.items() if self.found.get(key, at_stake) != at_stake]
        sure = [key for key, certainty in self.sureness.items() if self.said.get(key, certainty) != certainty]
        return Counter(self.planted[key] for key in {*sums, *sure})

    @property
    def outside(self) -> list[Key]:
        return sorted(self.found.keys() - self.planted.keys() - self.near_misses.keys())

    def is_right(self, stays: int) -> bool:
        allowed = max(2, stays * STATED[self.rule][0] // 1_000) if self.rule in STATED else 0
        return not (self.missed or self.accused or self.misjudged) and len(self.outside) <= allowed


def rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


class Found(NamedTuple):
    """A line that a finding accuses, or a claim as a whole."""

    rule: str
    claim: str
    charge: str
    at_stake: Decimal
    certainty: str


def judge(truth: Iterable[dict[str, str]], found: Iterable[Found]) -> list[Verdict]:
    """Each rule of the truth, held against what was found."""
    verdicts: dict[str, Verdict] = {}
    for row in truth:
        verdict = verdicts.setdefault(row["rule"], Verdict(row["rule"]))
        key = row["claim"], row["charge"]
        (verdict.planted if row["accused"] == "yes" else verdict.near_misses)[key] = row["example"]
        if row["accused"] == "yes" and row["at_stake"]:
            verdict.stakes[key] = Decimal(row["at_stake"])
        if row["accused"] == "yes" and row.get("certainty"):
            verdict.sureness[key] = row["certainty"]
    for line in found:
        verdict, key = verdicts.setdefault(line.rule, Verdict(line.rule)), (line.claim, line.charge)
        verdict.found[key] = verdict.found.get(key, Decimal(0)) + line.at_stake
        verdict.said[key] = line.certainty
    return [verdicts[rule] for rule in sorted(verdicts)]


def from_export(path: Path) -> Iterable[Found]:
    """The accused lines of export_findings."""
    for row in rows(path):
        if row.get("role", "accused") == "accused":
            whom = row["claim"] or row["subject"]  # who is accused of no claim is accused for all their work
            yield Found(row["rule"], whom, row["charge"], Decimal(row["at_stake"] or 0), row["certainty"])


def table(verdicts: list[Verdict], stays: int) -> str:
    head = f"{'rule':<26}{'planted':>8}{'found':>7}{'missed':>8}{'near-misses':>13}{'accused':>9}{'outside':>9}"
    lines = [head, "-" * len(head)]
    for v in verdicts:
        found = len(v.planted) - v.missed.total()
        lines.append(
            f"{v.rule:<26}{len(v.planted):>8}{found:>7}{v.missed.total():>8}{len(v.near_misses):>13}"
            f"{v.accused.total():>9}{len(v.outside):>9}"
        )
        for what, examples in (
            ("missed", v.missed),
            ("accused", v.accused),
            ("other amount or certainty", v.misjudged),
        ):
            if examples:
                lines.append(f"    {what}: " + ", ".join(sorted(examples)))
        if v.outside and v.rule in STATED:
            share = 1_000 * len(v.outside) / max(1, stays)
            lines.append(f"    outside: {share:.1f} in 1,000 stays, at most {STATED[v.rule][0]}: {STATED[v.rule][1]}")
        elif v.outside:
            lines.append(f"    outside: {', '.join(':'.join(key) for key in v.outside[:5])} …")
    return "\n".join(lines)


def count_stays(folder: Path) -> int:
    return sum(row["kind"] == "inpatient" for path in folder.glob("claims-*.csv") for row in rows(path))


def main(truth: Path, findings: Path) -> int:
    verdicts, stays = judge(rows(truth), from_export(findings)), count_stays(truth.parent)
    print(table(verdicts, stays))
    return 0 if all(verdict.is_right(stays) for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
