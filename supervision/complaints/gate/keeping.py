"""What the rest of the house asks of the gate: files without a script, files bound to a report, files for the desk."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse

from . import checking, keys, shelf, uploading
from .models import Kind, State, Upload
from .recognising import ENDINGS
from .refusing import UploadRefused

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)
SHOWN = ("image/jpeg", "image/png")  # drawn anew by us
ALONE = "sandbox; default-src 'none'; frame-ancestors 'none'"


class NotReady(UploadRefused):
    """The file waits for the virus scanner, or is held back by it."""

    def __init__(self, upload: Upload) -> None:
        Exception.__init__(self, str(State(upload.state).label))
        self.code = upload.state


def take(file: "UploadedFile[bytes]", *, name: str) -> Upload:
    """A file that came with a form, whole or not at all: its token goes into the next page of the form."""
    pieces = file.chunks(shelf.FRAME)
    upload = begun = uploading.begin_with(uploading.ticket(), next(pieces, b""), size=file.size or 0, name=name)
    for piece in pieces:
        upload = uploading.append(begun.token, piece, offset=upload.offset)
    upload.token = begun.token
    return upload


def claim(tokens: Sequence[str], *, subject: str) -> "QuerySet[Upload]":
    """Bind files to a report; those that are bound. What is still on its way, or not there any more, stays behind.

    Their names are forgotten: telephones put the second and their own make into them, and people their own name.
    Sending the same again binds nothing twice; what belongs to another report is not taken from it.
    """
    asked = list(dict.fromkeys(token for token in tokens if token))
    if len(asked) > settings.GATE_FILES_MOST:
        raise UploadRefused("many", settings.GATE_FILES_MOST)
    bound = Upload.objects.filter(mark__in=all_marks(asked))
    ready = bound.filter(subject="").exclude(state=State.COMING)
    at_once = ready.update(subject=subject, name_sealed="") if asked else 0  # one statement where all lie there whole
    if at_once < len(asked):
        for token in asked:
            claim_one(token, subject)
    return bound.filter(subject=subject)


def claim_one(token: str, subject: str) -> None:
    upload = Upload.objects.filter(mark__in=keys.marks(token), subject__in=("", subject)).first()
    if upload is None:
        return
    if upload.state == State.COMING:
        if upload.offset < upload.size:
            return
        try:
            checking.finish(upload)  # the process that took its last piece was killed before it could
        except UploadRefused:
            return
    Upload.objects.filter(pk=upload.pk, subject="").update(subject=subject, name_sealed="")


def of(subject: str) -> "QuerySet[Upload]":
    return Upload.objects.filter(subject=subject) if subject else Upload.objects.none()


def waiting(tokens: Sequence[str]) -> list[tuple[str, Upload]]:
    """Those of a page's tokens that still stand, to be shown on the form's next page."""
    by_mark = {upload.mark: upload for upload in Upload.objects.unclaimed().filter(mark__in=all_marks(tokens))}
    return [(token, by_mark[mark]) for token in tokens for mark in keys.marks(token) if mark in by_mark]


def all_marks(tokens: Sequence[str]) -> list[str]:
    return [mark for token in tokens for mark in keys.marks(token)]


def erase(subject: str) -> int:
    """Erase a report's files, rows and all; how many those were."""
    with transaction.atomic():
        uploads = list(of(subject))
        for upload in uploads:
            uploading.forget(upload)
    return len(uploads)


def name_of(upload: Upload) -> str:
    """What its sender called it, until a report has it."""
    return keys.files().open(upload.name_sealed, about=f"name {upload.mark}") if upload.name_sealed else ""


def called(upload: Upload) -> str:
    """What it is called when it is saved: by us, after what it is."""
    return f"evidence-{upload.pk}.{ENDINGS[upload.media_type]}"


def stream(upload: Upload) -> Iterator[bytes]:
    """What was kept, piece by piece; NotReady before it was scanned."""
    if not upload.may_be_opened:
        raise NotReady(upload)
    return shelf.pieces(shelf.kept(upload.mark), upload.mark)


def opened(upload: Upload) -> bytes:
    return b"".join(stream(upload))


def may_be_shown(upload: Upload) -> bool:
    """Only pictures that we have drawn ourselves are shown in a page; all else is saved."""
    return upload.may_be_opened and upload.kind == Kind.PHOTO and upload.media_type in SHOWN


def download(upload: Upload) -> StreamingHttpResponse:
    """To be saved, and never opened inside a page of ours."""
    answer = StreamingHttpResponse(stream(upload), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{called(upload)}"'
    answer.headers["Content-Length"] = str(upload.size)
    return guarded(answer)


def shown(upload: Upload) -> HttpResponse:
    """A picture of ours, inside its page; what else it were, nothing in it could act."""
    if not may_be_shown(upload):
        raise NotReady(upload) if not upload.may_be_opened else UploadRefused("unknown")
    return guarded(HttpResponse(opened(upload), content_type=upload.media_type))


def guarded(answer: Answer) -> Answer:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer
