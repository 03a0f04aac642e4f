"""A sheet of goals and figures: printed as it grows, kept as JSON."""

import json
import platform
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One figure beside its goal; `reached` is None where no goal was set."""

    what: str
    figure: float
    unit: str
    goal: float | None = None
    more_is_better: bool = True

    @property
    def reached(self) -> bool | None:
        if self.goal is None:
            return None
        return self.figure >= self.goal if self.more_is_better else self.figure <= self.goal


@dataclass
class Sheet:
    """The figures of one part of the bench."""

    name: str
    folder: Path
    lines: list[Line] = field(default_factory=list)

    def add(
        self, what: str, figure: float, unit: str, goal: float | None = None, *, more_is_better: bool = True
    ) -> None:
        line = Line(what, figure, unit, goal, more_is_better)
        self.lines.append(line)
        sign = {None: "", True: "  reached", False: "  NOT reached"}[line.reached]
        wanted = "" if goal is None else f"  goal {'≥' if more_is_better else '≤'} {goal:,.6g}"
        print(f"  {what:<58} {figure:>16,.6g} {unit:<18}{wanted}{sign}", flush=True)

    def keep(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        facts = {
            "bench": self.name,
            "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
            "machine": machine(),
            "lines": [{**asdict(line), "reached": line.reached} for line in self.lines],
        }
        (self.folder / f"{self.name}.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


def machine() -> str:
    """Processor, cores and memory, as this machine says them."""
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")]
    memory = Path("/proc/meminfo").read_text().split()[1] if Path("/proc/meminfo").exists() else "0"
    return f"{names[0] if names else platform.processor()}, {len(names) or '?'} cores, {int(memory) >> 20} GiB"


@dataclass
class Watch:
    """Seconds between entering and leaving."""

    seconds: float = 0.0


@contextmanager
def watch() -> Iterator[Watch]:
    measured, begun = Watch(), time.perf_counter()
    try:
        yield measured
    finally:
        measured.seconds = time.perf_counter() - begun


def peak_memory_mb(who: int = resource.RUSAGE_SELF) -> float:
    """The largest resident size so far: of this process, or of its largest child that has ended."""
    return resource.getrusage(who).ru_maxrss / 1024
