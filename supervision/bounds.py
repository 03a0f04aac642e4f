"""Requests that nobody sends by mistake, refused before anything reads on."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse

MESSAGES = "/api/national/"
STRANGERS_FILES = ("/report/", "/report/follow/act/")  # where a file may come with a form, without a script


class InMemory(MemoryFileUploadHandler):
    """A stranger's file is never put on the disk as it came: a photograph says where it was taken."""

    def handle_raw_input(self, *arguments: Any, **named: Any) -> None:
        super().handle_raw_input(*arguments, **named)
        self.activated = True  # however large: its body is bounded here


class RequestBounds:
    """No zero characters in an address, for no store of ours holds any; and no more in a body than may be taken in.

    Bodies are bounded here, before forms are checked: a file is on our disk by then, whoever sent it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise BadRequest("a zero character in the address")
        sent = request.META.get("CONTENT_LENGTH") or "0"
        if not sent.isascii() or not sent.isdigit() or int(sent) > most(request):
            raise RequestDataTooBig("the body is larger than may be sent")
        if brings_a_file(request):
            request.upload_handlers = [InMemory(request)]
        return self.get_response(request)


def most(request: HttpRequest) -> int:
    """Bytes of a body: files come from those who are signed in, and a hospital's message tells of a whole stay."""
    if request.path_info == MESSAGES:
        return settings.REVIEW_MESSAGE_LIMIT
    if brings_a_file(request):
        return settings.GATE_LIMITS["photo"] + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return settings.UPLOAD_LIMIT if request.user.is_authenticated else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def brings_a_file(request: HttpRequest) -> bool:
    """A page of the portal that was sent with a file: as large as one photo may be, and no larger."""
    return request.path_info in STRANGERS_FILES and request.content_type == "multipart/form-data"
