"""One simulated prefecture from its first member to its last file."""

import csv
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from . import life, people, places
from .plants.rows import lists, tables
from .plants.sowing import copies_for, sow
from .relations import Columns
from .seasons import Month, months_from
from .stock import Stock
from .writing import Files

BLOCK = 25_000  # members made at a time
LISTS = (
    "invented"  # folder of the knowledge that belongs to the plants; the knowledge base tells folders by their names
)
CSV_AT_MOST = 100_000  # members; above, Parquet unless asked for


@dataclass(frozen=True)
class Prefecture:
    """What was asked for."""

    members: int
    months: int
    seed: int
    start: Month
    copies: int = 0  # of each plant; 0: by the number of members

    def random(self, *place: int) -> np.random.Generator:
        """A source of chance for each part of the work, so that no part depends on another's draws."""
        return np.random.Generator(np.random.SFC64([self.seed, self.members, self.start.first, *place]))


@dataclass
class Summary:
    """What was written."""

    out: str
    format: str
    months: list[str]
    institutions: int
    rows: dict[str, int] = field(default_factory=dict)
    planted: dict[str, int] = field(default_factory=dict)
    innocent: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def write_lists(folder: Path, told: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """What the knowledge base is to hold of the plants: a folder for `load_knowledge`."""
    for name, points in told.items():
        if not points:
            continue
        folder.mkdir(exist_ok=True)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, list(points[0]), lineterminator="\n")
            rows.writeheader()
            rows.writerows(points)


def simulate(
    asked: Prefecture, out: Path, *, kind: str = "", progress: Callable[[float], object] = lambda _: None
) -> Summary:
    """Write the prefecture's files into a folder; the same question gives the same bytes."""
    kind = kind or ("csv" if asked.members <= CSV_AT_MOST else "parquet")
    months = months_from(asked.start, asked.months)
    ground = places.settle(asked.members, asked.random(0))
    summary = Summary(str(out), kind, [str(month) for month in months], len(ground.institutions))
    out.mkdir(parents=True, exist_ok=True)
    blocks = [(first, min(BLOCK, asked.members - first)) for first in range(0, asked.members, BLOCK)]
    with Files(out, kind) as files, ThreadPoolExecutor(1) as writer:
        waiting: list[Future[None]] = []
        stock, since = Stock(ground, months), asked.start.later(-60).first

        def write(name: str, columns: Columns) -> None:
            if name.startswith("lines"):
                stock.add(columns)
            waiting.append(writer.submit(files.write, name, columns))
            while len(waiting) > 16:  # no more in memory than the writer can keep up with
                waiting.pop(0).result()

        for name, table in places.registers(ground, asked.start).items():
            write(name, table)
        for number, (first, count) in enumerate(blocks):
            somebody = people.born_and_bred(first, count, months, asked.random(1, number))
            write("members", people.register(somebody))
            write("filings", people.filings(somebody, since))
            for name, table in life.live(somebody, ground, months, number, partial(asked.random, 2, number)):
                write(name, table)
            progress((number + 1) / len(blocks))
        sown = sow(ground, months, asked.copies or copies_for(asked.members))
        for name, table in tables(sown, months, asked.members):
            write(name, table)
        write_lists(out / LISTS, lists(sown))
        for name, table in stock.tables():  # only now all is sold
            write(name, table)
        for job in waiting:
            job.result()
    summary.left_out = sown.left_out
    summary.planted, summary.innocent = sown.counted()
    summary.rows = files.counted
    return summary
