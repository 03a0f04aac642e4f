"""Files beside a hearing: what may be handed in, and a harmless copy of it that is kept."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.documents import apart
from supervision.documents.cleaning import JPEG, PDF, PNG, XLSX, NotClean
from supervision.invisible import IN_A_VALUE
from supervision.moves import refuse_unless

from .answering import locked_for
from .models import Attachment, Hearing, HearingLine, State

# CSV is not among them: any text is a CSV file, so its content proves nothing; a workbook says the same and is checked.
SUFFIXES = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", XLSX: ".xlsx"}
REASONS: dict[str, Promise] = {
    "empty": gettext_lazy("The file is empty."),
    "big": gettext_lazy("The file is larger than %(detail)s MB."),
    "many": gettext_lazy("At most %(detail)s files may stand beside a finding."),
    "unknown": gettext_lazy("By its content it is no PDF, JPEG, PNG or Excel file (.xlsx). %(detail)s"),
    "damaged": gettext_lazy("It cannot be read to its end. Save or scan it anew."),
    "locked": gettext_lazy("It is protected by a password. Save it without."),
    "pixels": gettext_lazy("The picture has too many points (%(detail)s). Save it smaller."),
    "bomb": gettext_lazy("It unpacks to far more than a document holds."),
    "active": gettext_lazy("It holds a script or starts programs (%(detail)s). Print it to a new PDF."),
    "carries": gettext_lazy("It carries other files or films (%(detail)s). Attach those by themselves."),
    "slow": gettext_lazy("It takes too long to be checked. Save it smaller."),
}
LONGEST_NAME = 120
Given: TypeAlias = "UploadedFile[bytes]"


class Kept(Protocol):
    """A harmless copy on disk, with what it was called and what it proves to be."""

    file: Any
    name: Any
    kind: Any


class FileRefused(Exception):
    """The file is not kept; the sentence says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(str(REASONS[code]) % {"detail": detail})
        self.code = code


@dataclass(frozen=True)
class Cleaned:
    """A harmless copy, and what its content proves it to be."""

    path: Path
    kind: str


def attach(hearing: Hearing, given: Given, *, by: Account, line: HearingLine | None = None) -> Attachment:
    """Put a file beside a hearing or one of its lines, or raise FileRefused or MoveRefused."""
    if (given.size or 0) > settings.ATTACHMENT_LIMIT:
        raise FileRefused("big", str(settings.ATTACHMENT_LIMIT >> 20))
    with cleaned(given) as copy, copy.path.open("rb") as content:
        facts = {
            "kind": copy.kind, "name": named(given.name or "", copy.kind), "size": copy.path.stat().st_size,
            "given_digest": digest_of(given), "digest": hashlib.file_digest(content, "sha256").hexdigest(),
        }  # fmt: skip
        content.seek(0)
        with transaction.atomic():
            refuse_unless(line is None or line.hearing_id == hearing.pk, _("That is not a line of this finding."))
            allow(hearing, by)
            beside = Attachment.objects.filter(hearing=hearing)
            if known := beside.filter(line=line, given_digest=facts["given_digest"], added_by=by).first():
                return known  # sent twice
            if beside.count() >= settings.ATTACHMENTS_MOST:
                raise FileRefused("many", str(settings.ATTACHMENTS_MOST))
            kept = Attachment(hearing=hearing, line=line, added_by=by, **facts)
            stored(kept, content)
            record(Act.HEARING, by, str(hearing), file=kept.name, digest=kept.digest)
    return kept


def stored(kept: Attachment, content: "File[bytes] | object") -> None:
    """On disk under a name of ours: what it was called is told, never used."""
    kept.file.save(f"{uuid4().hex}{SUFFIXES[kept.kind]}", File(content), save=False)  # type: ignore[arg-type]
    try:
        kept.save()
    except BaseException:
        kept.file.storage.delete(str(kept.file.name))
        raise


def allow(hearing: Hearing, by: Account) -> None:
    """The institution adds files while it may answer; whoever hears it, until it is closed."""
    if by.institution_id:
        locked_for(hearing, by)
        return
    locked = Hearing.objects.select_for_update(of=("self",)).get(pk=hearing.pk)
    refuse_unless(locked.reaches(by), _("There is nothing here by that number."))
    refuse_unless(by.holds(Duty.HEAR), _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.HEAR.label})
    refuse_unless(
        locked.state not in (State.RELEASED, State.CLOSED),
        _("That cannot be done with what is %(state)s.") % {"state": State(locked.state).label},
    )


def remove(attachment: Attachment, *, by: Account) -> None:
    """Take back a file of one's own institution before the answer is sent."""
    with transaction.atomic():
        locked_for(attachment.hearing, by)
        refuse_unless(attachment.added_by.institution_id == by.institution_id, _("Only your own institution's files."))
        name, storage = str(attachment.file.name), attachment.file.storage
        subject, facts = str(attachment.hearing), {"removed": attachment.name, "digest": attachment.digest}
        attachment.delete()
        transaction.on_commit(lambda: storage.delete(name))
        record(Act.HEARING, by, subject, **facts)


def download(attachment: Kept) -> FileResponse:
    """The kept copy, to be saved and never shown inside a page of ours."""
    answer = FileResponse(
        attachment.file.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.kind
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def named(given: str, kind: str) -> str:
    """What the file was called, as a line of text, with the ending that its content deserves."""
    last = IN_A_VALUE.sub("", given.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem = last.rpartition(".")[0] or last or _("file")
    return f"{stem[:LONGEST_NAME]}{SUFFIXES[kind]}"


def digest_of(given: Given) -> str:
    found = hashlib.sha256()
    for chunk in given.chunks():
        found.update(chunk)
    return found.hexdigest()


@contextmanager
def cleaned(given: Given) -> Iterator[Cleaned]:
    """Have another process make the copy: what breaks a reader of files breaks nothing of the site."""
    with tempfile.TemporaryDirectory(prefix="attached-") as folder:
        came, kept = Path(folder) / "given", Path(folder) / "kept"
        with came.open("wb") as file:
            for chunk in given.chunks():
                file.write(chunk)
        try:
            kind = apart.made(came, kept, among=SUFFIXES)
        except NotClean as problem:
            raise FileRefused(problem.code, problem.detail) from problem
        yield Cleaned(kept, kind)
