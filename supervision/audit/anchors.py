"""Notes of the chain's end, kept outside the database: who cuts or rewrites it there must alter these too."""

import os
from pathlib import Path

from django.conf import settings

from supervision.audit.models import Entry

SIGNED = "signed"  # a line with this word says from which number on every entry is signed


def place() -> Path:
    return Path(settings.FUND_HOME) / "audit" / "anchors"


def note() -> Entry | None:
    """Append number and hash of the newest entry, once."""
    last = Entry.objects.order_by("-number").first()
    if last and noted().get(last.number) != last.hash:
        if signed_from() is None and (first := Entry.objects.exclude(signature="").order_by("number").first()):
            write(f"{SIGNED} {first.number}")
        write(f"{last.number} {last.hash}")
    return last


def write(line: str) -> None:
    place().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place().open("a", encoding="ascii") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


def noted() -> dict[int, str]:
    """Every note, the first one of each number: a later one cannot replace it."""
    notes: dict[int, str] = {}
    for number, digest in lines():
        if number != SIGNED:
            notes.setdefault(int(number), digest)
    return notes


def signed_from() -> int | None:
    """From which number on every entry is signed, as it was first noted."""
    return next((int(number) for word, number in lines() if word == SIGNED), None)


def lines() -> list[tuple[str, str]]:
    if not place().exists():
        return []
    parts = (line.partition(" ") for line in place().read_text(encoding="ascii").splitlines())
    return [(first, rest) for first, _blank, rest in parts]
