"""What the review's server runs: hospitals' messages go straight to the door, everything else to the site.

Messages are signed, so nobody has to be signed in: nothing of the site stands between them and their answer.
"""

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.settings")
site = get_wsgi_application()

from supervision.bounds import MESSAGES  # noqa: E402 (needs the settings)
from supervision.review.asking import library  # noqa: E402
from supervision.review.gateway import door  # noqa: E402

READY = "/ready/"
HEADERS = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
]
REASONS = {200: "OK", 401: "Unauthorized", 413: "Content Too Large", 500: "Internal Server Error", 503: "Unavailable"}
TURN = 0.001  # seconds that a thread keeps the interpreter while another one waits for it

log = logging.getLogger(__name__)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["PATH_INFO"] == READY:
        return _ready(start_response)
    sent = environ.get("CONTENT_LENGTH", "")
    if environ["PATH_INFO"] != MESSAGES or environ["REQUEST_METHOD"] != "POST" or not sent or _unsafe(environ):
        return site(environ, start_response)
    reply = _reply(environ, int(sent))
    body = reply.body
    headers = [*HEADERS, *reply.headers.items(), ("Content-Length", str(len(body)))]
    start_response(f"{reply.status} {REASONS[reply.status]}", headers)
    return [body]


def _ready(start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Whether reviews are to be had here, for whoever shares messages out among servers."""
    status = 200 if library.is_ready() else 503
    start_response(f"{status} {REASONS[status]}", [*HEADERS, ("Content-Length", "0")])
    return []


def _reply(environ: dict[str, Any], length: int) -> door.Reply:
    if length > settings.REVIEW_MESSAGE_LIMIT:
        return door.Reply({"code": 413, "message": "the body is larger than may be sent"}, 413)
    try:
        return door.answer(environ, environ["wsgi.input"].read(length))
    except Exception:
        log.exception("A message could not be answered")
        return door.Reply({"code": 500, "message": "this should not have happened; the log says more"}, 500)


def _unsafe(environ: dict[str, Any]) -> bool:
    """Whether it came in the open though the site insists on https; the site answers that."""
    scheme = environ.get("HTTP_X_FORWARDED_PROTO") if settings.TRUSTED_PROXIES else environ["wsgi.url_scheme"]
    return settings.SECURE_SSL_REDIRECT and scheme != "https"


def opened() -> Callable[..., Iterable[bytes]]:
    """The same once all that counts is known: what a server process begins with."""
    door.open_up()
    sys.setswitchinterval(TURN)
    # What is known stays: the collector need not walk through it again and again while a hospital waits.
    gc.collect()
    gc.freeze()
    return application
