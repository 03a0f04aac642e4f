"""tus 1.0 for strangers: creation (with a first piece), termination, expiration. Nothing here knows a session.

No page of another site can act for somebody here, for nobody is anybody: a file begins with a proof of work, and goes
on under a token that only its sender holds.
"""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from . import proving, uploading
from .models import Upload
from .refusing import UploadRefused

VERSION, EXTENSIONS = "1.0.0", "creation,creation-with-upload,termination,expiration"
PIECE = "application/offset+octet-stream"
STATUSES = {"gone": 410, "full": 413, "unproved": 403, "photo": 413, "pdf": 413, "audio": 413, "video": 413}
View = Callable[..., HttpResponse]


def refused(status: int, why: str = "") -> HttpResponse:
    return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")


def in_tus(view: View) -> View:
    """Its version is asked for and told, and what is refused is refused in a sentence."""

    @wraps(view)
    def answered(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            answer = refused(412)
            answer.headers["Tus-Version"] = VERSION
            return answer
        try:
            answer = view(request, *args, **kwargs)
        except UploadRefused as refusal:
            answer = refused(STATUSES.get(refusal.code, 422), str(refusal))
        except UnreadablePostError:  # no fault of ours, so no line of it in the log
            answer = refused(400)
        answer.headers["Tus-Resumable"] = VERSION
        return answer

    return answered


@login_not_required
@require_GET
def challenge(request: HttpRequest) -> HttpResponse:
    """The work for which some files may begin."""
    return HttpResponse(proving.challenge(proving.FILES), content_type="application/json")


@login_not_required
@csrf_exempt
@require_http_methods(["OPTIONS", "POST"])
@in_tus
def files(request: HttpRequest) -> HttpResponse:
    """Begin a file, with its first piece where it comes along; or what this server can do."""
    if request.method == "OPTIONS":
        largest = str(max(settings.GATE_LIMITS.values()))
        told = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": largest}
        return HttpResponse(status=204, headers=told)
    size = number(request, "Upload-Length")
    first = request.body if request.content_type == PIECE else b""
    if size is None or len(first) > size or broke_off(request):
        return refused(400)
    ticket = request.headers.get("Upload-Ticket", "")
    upload = uploading.begin_with(ticket, first, size=size, name=named(request))
    told = {"Location": reverse("gate_file", args=[upload.token]), "Upload-Expires": expires(upload)}
    return HttpResponse(status=201, headers=told | {"Upload-Offset": str(len(first))})


@login_not_required
@csrf_exempt
@require_http_methods(["HEAD", "PATCH", "DELETE"])
@in_tus
def file(request: HttpRequest, token: str) -> HttpResponse:
    """How much of it has come; its next piece; or its end."""
    if request.method == "PATCH":
        return piece(request, token)
    if request.method == "DELETE":
        uploading.give_up(token)
        return HttpResponse(status=204)
    upload = uploading.found(token)
    told = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.size), "Upload-Expires": expires(upload)}
    return HttpResponse(status=200, headers=told)


def piece(request: HttpRequest, token: str) -> HttpResponse:
    offset = number(request, "Upload-Offset")
    if request.content_type != PIECE:
        return refused(415)
    if offset is None:
        return refused(400)
    try:
        upload = uploading.append(token, request.body, offset=offset)
    except uploading.OutOfStep:
        return refused(409, _("Something of this file was lost on the way. It goes on where it stopped."))
    come = str(offset + len(request.body))  # what is kept of the whole may be shorter
    return HttpResponse(status=204, headers={"Upload-Offset": come, "Upload-Expires": expires(upload)})


def broke_off(request: HttpRequest) -> bool:
    """Whether the line broke before all had come: nobody would hear of a file that began with this."""
    return request.content_type == PIECE and str(len(request.body)) != request.META.get("CONTENT_LENGTH")


def number(request: HttpRequest, header: str) -> int | None:
    said = request.headers.get(header, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 15 else None


def named(request: HttpRequest) -> str:
    """The name among what the browser tells beside a file; what cannot be read is no name."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def expires(upload: Upload) -> str:
    """The end of the last day on which a file waits for its report."""
    last = upload.given_on + timedelta(days=settings.GATE_UNCLAIMED_DAYS)
    return http_date(datetime.combine(last, time.max, timezone.get_current_timezone()).timestamp())
