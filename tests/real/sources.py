"""The files of ../shared/data, read in place; and what was made of them here."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from claims import intake
from claims.models import Batch
from supervision.knowledge.models import Point
from supervision.monitoring import runs
from supervision.monitoring.models import Finding, Run, Step
from tests.claims.building import stored

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PROFILES = Path(__file__).resolve().parents[1] / "profiles"

Row = dict[str, str]


def source(folder: str) -> Path:
    """The folder of a source, or skip and say so."""
    if not (DATA / folder).is_dir():
        pytest.skip(f"real claims are not here: ../shared/data/{folder} is absent")
    return DATA / folder


def every(row: Row) -> bool:
    return True


def rows(path: Path, kept: Callable[[Row], bool] = every) -> list[Row]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if kept(row)]


def written(path: Path, content: list[Row]) -> Path:
    """The rows under the name a profile knows them by: unpacked, for intake takes no compressed text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(content[0]))
        writer.writeheader()
        writer.writerows(content)
    return path


def register(folder: Path, codes: Iterable[str]) -> Batch:
    """The institutions that claims name, as a register of their own that comes first."""
    written(
        folder / "institutions.csv",
        [{"code": code, "name": code, "kind": "hospital", "division": "990101"} for code in sorted(set(codes))],
    )
    return intake.take_in(intake.make([folder], profile="template"))


def take_in(folder: Path, profile: str) -> Batch:
    batch = intake.take_in(intake.make([folder], profile=str(PROFILES / f"{profile}.toml")))
    assert batch.status == Batch.Status.LOADED, batch.failure_text
    return batch


def judge(rules: list[str] | None = None, months: list[str] | None = None) -> Run:
    """All rules over all that is in, in this process."""
    run = runs.start(rules, months)
    runs.work(run)
    run.refresh_from_db()
    return run


@dataclass
class Judged:
    """A source that was taken in and judged."""

    batches: list[Batch]
    run: Run

    @property
    def batch(self) -> Batch:
        return self.batches[-1]

    def reconciles(self) -> bool:
        """In = accepted + rejected, in rows and in yuan, and the rejects add up to what was refused."""
        return all(
            batch.rows_in == batch.rows_accepted + batch.rows_rejected
            and batch.amount_in == batch.amount_accepted + batch.amount_rejected
            and sum(reject.amount for reject in batch.rejects.all()) == batch.amount_rejected
            for batch in self.batches
        )

    def done(self) -> bool:
        """Every step of the run was done, none parked."""
        steps = Step.objects.filter(run=self.run)
        return self.run.status == Run.Status.DONE and not steps.filter(done_at=None).exists()

    def found(self) -> Counter[str]:
        """How many findings each rule made."""
        return Counter(Finding.objects.values_list("rule", flat=True))

    def at_stake(self, rule: str) -> dict[str, Decimal]:
        """What each claim a rule accuses puts at stake."""
        return dict(Finding.objects.filter(rule=rule).values_list("claim", "at_stake"))


def listed_items() -> set[str]:
    """Every item that any list speaks of."""
    known = Point.objects.filter(ended_by=None).values_list("values", flat=True)
    return {str(values[name]) for values in known for name in ("item", "other") if values.get(name)}


def billed_items() -> set[str]:
    return {str(item) for (item,) in stored("charge", "item")}
