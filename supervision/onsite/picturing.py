"""A photo or a signature that came with an entry: what the device took, to the byte, and a harmless copy to be shown.

Evidence must be what was taken, so unlike other files (docs/adr/0029) the bytes are kept as they came. They are never
shown in a page: pages show the copy, and what was taken is given out to be saved.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from supervision.documents import apart, scanning
from supervision.documents.cleaning import JPEG, PNG, WEBP, NotClean
from supervision.documents.scanning import Verdict

from .models import Entry, Picture
from .refusing import EntryRefused

SUFFIXES = {JPEG: ".jpg", PNG: ".png"}  # of copies
TAKEN = (JPEG, PNG, WEBP)
ALONE = "sandbox; default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Looked:
    """What came, on the disk, with its copy."""

    came: Path
    copy: Path
    kind: str  # of the copy
    digest: str


@contextmanager
def looked_at(given: "UploadedFile[bytes] | None", digest: str) -> Iterator[Looked]:
    """Check the digest that the device worked out, ask the scanner and make the copy; or EntryRefused."""
    if given is None:
        raise EntryRefused("bare")
    if (given.size or 0) > settings.ATTACHMENT_LIMIT:
        raise EntryRefused("no_picture")
    with tempfile.TemporaryDirectory(prefix="onsite-") as folder:
        came, copy = Path(folder) / "came", Path(folder) / "copy"
        with came.open("wb") as file:
            for chunk in given.chunks():
                file.write(chunk)
        if digest_of(came) != digest:
            raise EntryRefused("damaged")
        scanned(came)
        try:
            kind = apart.made(came, copy, among=TAKEN)
        except NotClean as problem:
            raise EntryRefused("no_picture") from problem
        yield Looked(came, copy, kind, digest)


def scanned(came: Path) -> None:
    with came.open("rb") as file:
        verdict = scanning.scan(iter(lambda: file.read(1 << 20), b""))
    if verdict != Verdict.CLEAN:
        raise EntryRefused("waits" if verdict == Verdict.UNKNOWN else "infected")


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(entry: Entry, looked: Looked) -> Picture:
    """Both on disk under names of ours, then the row that names them."""
    made = Picture(
        entry=entry, digest=looked.digest, size=looked.came.stat().st_size, shown_digest=digest_of(looked.copy),
        shown_kind=looked.kind,
    )  # fmt: skip
    written = []
    try:
        for field, path, suffix in ((made.file, looked.came, ".bin"), (made.shown, looked.copy, SUFFIXES[looked.kind])):
            with path.open("rb") as content:
                field.save(f"{uuid4().hex}{suffix}", File(content), save=False)
            written.append(field)
        made.save()
    except BaseException:
        for field in written:
            field.storage.delete(str(field.name))
        raise
    return made


def holds(picture: Picture) -> bool:
    """Whether what lies on the disk is still what was taken."""
    with picture.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == picture.digest


def shown(picture: Picture) -> FileResponse:
    """The copy, inside a page."""
    return guarded(FileResponse(picture.shown.open("rb"), content_type=picture.shown_kind))


def taken(picture: Picture) -> FileResponse:
    """The bytes as they were taken, to be saved."""
    name = f"{picture.entry.ident}.bin"
    answer = FileResponse(
        picture.file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    return guarded(answer)


def guarded(answer: FileResponse) -> FileResponse:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer
