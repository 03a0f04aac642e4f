"""Files read and judged as an intake would, laid out as the warehouse would hold them, and thrown away."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from claims import warehouse
from claims.deriving import derive
from claims.intake import judge
from claims.loading import Load
from claims.profiles import load as load_profile
from claims.publishing import Totals, rejects, totals
from institutions.models import Account

PREFIX = "rehearsal-"  # of the folders in which it happens
LEFT_AFTER = 24 * 3600  # seconds: no rehearsal takes as long


@dataclass(frozen=True)
class Rehearsal:
    """What taking these files in would do; the folder of each table lasts as long as the rehearsal."""

    made: Mapping[str, Path]
    totals: Totals
    rejects: Iterator[tuple[object, ...]]
    warnings: Sequence[tuple[str, str]]


def places() -> Path:
    return Path(settings.FUND_HOME) / "tmp"


def clear() -> None:
    """Remove what killed rehearsals have left."""
    for folder in places().glob(f"{PREFIX}*"):
        if time.time() - folder.stat().st_mtime > LEFT_AFTER:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def rehearsed(
    files: Sequence[tuple[Path, str]], *, profile: str, by: Account, progress: Callable[[str, float], None]
) -> Iterator[Rehearsal]:
    """Check every row of these files. Claims that are in the warehouse already are checked again."""
    places().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=places()) as work, warehouse.connect() as con:
        load = Load(0, load_profile(profile), con, Path(work), progress=progress)
        load.only_for(by)
        staged = judge(load, files, warehouse.published(), again=True)
        made = derive(load, staged)
        yield Rehearsal(made, totals(load), rejects(load), load.warnings)
