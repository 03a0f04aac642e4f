"""What a reporter of the demonstration holds in the hand: the receipt, with which anybody can follow the report."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Kept:
    """A receipt, and what became of its report."""

    number: str
    receipt: str
    about: str


def file() -> Path:
    # Beside the passwords of the demonstration's accounts, and like them of no worth to anybody.
    return Path(settings.FUND_HOME) / "demo" / "receipts.json"


def keep(receipts: Iterable[Kept]) -> None:
    file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file().with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        json.dump([asdict(one) for one in receipts], opened, ensure_ascii=False, indent=1)
    part.replace(file())


def read() -> list[Kept]:
    return [Kept(**one) for one in json.loads(file().read_text())] if file().exists() else []
