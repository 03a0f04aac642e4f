"""Seals what an evidence pack holds: canonical JSON under one digest, in an archive with its files and its print."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from .canonical import canonical, plain

FORMAT = "fund-supervision evidence pack"
VERSION = 1
PACK, PRINT = "pack.json", "pack.pdf"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # archives know no earlier moment; ours say theirs inside


@dataclass(frozen=True)
class Kept:
    """A file that goes with a pack: how it is opened, and what it must hash to."""

    digest: str
    ending: str
    name: str
    about: str
    open: Callable[[], IO[bytes]]

    @property
    def path(self) -> str:
        return f"files/{self.digest}{self.ending}"

    def told(self) -> dict[str, str]:
        return {"path": self.path, "digest": self.digest, "name": self.name, "about": self.about}


def sealed(kind: str, content: Mapping[str, Any], *, by: Any, files: Iterable[Kept]) -> dict[str, Any]:
    """The pack with the digest over everything else in it."""
    pack = {
        "format": FORMAT, "version": VERSION, "kind": kind, "made_at": spelt(timezone.now()), "made_by": str(by),
        **content, "files": [file.told() for file in files],
    }  # fmt: skip
    return {**pack, "digest": digest_of(pack)}


def digest_of(pack: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in pack.items() if name != "digest"}
    return hashlib.sha256(canonical(rest)).hexdigest()


def archive(pack: Mapping[str, Any], printed: bytes, files: Iterable[Kept]) -> bytes:
    """One file to take away. A file that is no longer what it was goes along as it is: verifying says so."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as into:
        text = json.dumps(pack, ensure_ascii=False, sort_keys=True, indent=1)
        into.writestr(zipfile.ZipInfo(PACK, EARLIEST), text.encode())
        into.writestr(zipfile.ZipInfo(PRINT, EARLIEST), printed)
        for one in {kept.path: kept for kept in files}.values():
            with one.open() as kept:
                into.writestr(zipfile.ZipInfo(one.path, EARLIEST), kept.read())
    return file.getvalue()


def told(row: models.Model, *leave: str) -> dict[str, Any]:
    """The columns of a row as a pack keeps them: amounts as text, moments with their zone, accounts by user name."""
    return {
        field.attname.removesuffix("_id"): _of(row, field)
        for field in row._meta.concrete_fields
        if field.attname.removesuffix("_id") not in leave
    }


def _of(row: models.Model, field: Any) -> object:
    if field.related_model is get_user_model():
        account = getattr(row, field.name)
        return account.get_username() if account else None
    return spelt(getattr(row, field.attname))


def spelt(value: Any) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case dict() | list():
            return value
        case UUID() | models.fields.files.FieldFile():
            return str(value)
        case _ if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, (str, date)):
            return [plain(value.lower), plain(value.upper)]  # a period: its first day, and the first after it
        case _:
            return plain(value)
