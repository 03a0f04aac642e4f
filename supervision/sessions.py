"""How long somebody stays signed in: 30 minutes without a request, 10 hours in all."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

NOTED_EVERY = 60  # seconds; noting each request would write a row for each
ASKED_BY_THE_PAGE = "/progress/"  # what a page left open asks for by itself keeps nobody signed in


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session, now = request.session, int(time.time())
        if SESSION_KEY in session:
            since, seen = session.get("since", now), session.get("seen", now)
            too_long = now - since > settings.SESSION_ABSOLUTE.total_seconds()
            if too_long or now - seen > settings.SESSION_IDLE.total_seconds():
                session.flush()
            elif "since" not in session or (now - seen >= NOTED_EVERY and not request.path.endswith(ASKED_BY_THE_PAGE)):
                session.update({"since": since, "seen": now})
        return self.get_response(request)
