"""Acts of weight ask for a present code again: whoever finds a browser open cannot decide in its owner's name.

What was filled in travels through the page that asks, as hidden fields of its form, so the asking loses nothing and
needs no script.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from institutions import second_factor
from institutions.access import signed_in
from institutions.forms import CodeForm
from institutions.lockout import locked_out

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
PREFIX = "present"  # of the code's field, so that it is no other field of the form it travels with
SHOWN = "code_at"  # in a session: when a code was last shown


def is_fresh(request: HttpRequest) -> bool:
    """Whether a code was shown lately, at the sign-in or since."""
    now = time.time()
    shown: float = request.session.get(SHOWN) or request.session.get("since", now)
    return now - shown <= float(settings.FRESH_CODE_MINUTES * 60)


def asked(request: HttpRequest) -> HttpResponse | None:
    """The page that asks for a code; nothing where one was shown lately, or comes with the request."""
    return None if is_fresh(request) else proved(request)


def proved(request: HttpRequest, onward: str = "") -> HttpResponse | None:
    """Take the code that comes with the request, or ask for it."""
    account = signed_in(request)
    form = CodeForm(request.POST if f"{PREFIX}-code" in request.POST else None, prefix=PREFIX)
    if form.is_valid():
        try:
            second_factor.prove(account, form.cleaned_data["code"])
        except second_factor.CodesSpent:
            return locked_out(request, account.username)
        except second_factor.CodeRefused:
            form.refuse()
        else:
            request.session[SHOWN] = int(time.time())
            return None
    return ask(request, form, onward or request.get_full_path())


def ask(request: HttpRequest, form: CodeForm, onward: str) -> HttpResponse:
    """What was sent is sent again with the code; what was only looked at is looked at afterwards."""
    own = {"csrfmiddlewaretoken", "onward", *form.fields, f"{PREFIX}-code"}
    sent = [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
    again = request.method == "POST" and onward == request.get_full_path()
    context = {"form": form, "sent": sent, "onward": onward, "again": again, "minutes": settings.FRESH_CODE_MINUTES}
    return render(request, "registration/fresh_code.html", context)


def fresh_code_required(view: View[P]) -> View[P]:
    """For an address all of whose acts weigh."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return asked(request) or view(request, *args, **kwargs)

    return guarded
