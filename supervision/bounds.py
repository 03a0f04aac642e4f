"""Requests that nobody sends by mistake, refused before anything reads on."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse

MESSAGES = "/api/national/"


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
        return self.get_response(request)


def most(request: HttpRequest) -> int:
    """Bytes of a body: files come from those who are signed in, and a hospital's message tells of a whole stay."""
    if request.path_info == MESSAGES:
        return settings.REVIEW_MESSAGE_LIMIT
    return settings.UPLOAD_LIMIT if request.user.is_authenticated else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
