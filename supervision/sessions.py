"""How long somebody stays signed in: 30 minutes without a request, 10 hours in all."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRefresh

from supervision.silence import CITIZENS

NOTED_EVERY = 60  # seconds; noting each request would write a row for each
ASKED_BY_THE_PAGE = ("/progress/", "/session/")  # what a page left open asks for by itself keeps nobody signed in


@dataclass(frozen=True)
class Left:
    """What is left of a sign-in, in seconds; `final` where staying adds nothing to it."""

    left: int
    final: bool


def left_of(session: SessionBase) -> Left:
    now = int(time.time())
    in_all = session.get("since", now) + int(settings.SESSION_ABSOLUTE.total_seconds()) - now
    idle = session.get("seen", now) + int(settings.SESSION_IDLE.total_seconds()) - now
    return Left(min(in_all, idle), final=in_all <= idle)


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session, now = request.session, int(time.time())
        if SESSION_KEY in session:
            since, seen = session.get("since", now), session.get("seen", now)
            by_itself = request.method == "GET" and request.path.endswith(ASKED_BY_THE_PAGE)
            by_itself = by_itself or request.path.startswith(CITIZENS)  # a reporter's own account notes no second
            if left_of(session).left < 0:
                session.flush()
            elif "since" not in session or (now - seen >= NOTED_EVERY and not by_itself):
                session.update({"since": since, "seen": now})
        return self.get_response(request)


class SignInRequired(LoginRequiredMiddleware):
    """Sends to the sign-in whoever is not signed in, and afterwards back to the page where they were."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is None or request.method in ("GET", "HEAD"):
            return HttpResponseClientRefresh() if refusal and "HX-Request" in request.headers else refusal
        # What was sent is lost, and its address may be none to look at: signing out, cancelling a run.
        return redirect_to_login(sent_from(request))


def sent_from(request: HttpRequest) -> str:
    """The page of ours that a form stood on."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page._replace(scheme="", netloc="").geturl() if page.netloc == request.get_host() else "/"
