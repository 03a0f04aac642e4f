"""A first password: drawn for somebody, shown once to whoever opened the account, good only for setting another.

It opens the door for FIRST_PASSWORD_DAYS. Behind the door it opens one page alone, that on which its owner sets a
password that nobody else has read. Two people know a first password, so nothing is done with it.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from institutions import second_factor
from institutions.models import Account

OPEN = {"password_change", "sign_out", "session", "set_language"}  # names of addresses


def draw(account: Account) -> str:
    """Answers with the password; the account is not saved."""
    password = second_factor.readable()
    account.set_password(password)
    account.first_password_at = timezone.now()
    return password


def is_over(account: Account) -> bool:
    """Whether it opens nothing any more."""
    since = account.first_password_at
    return since is not None and since < timezone.now() - timedelta(days=settings.FIRST_PASSWORD_DAYS)


class FirstPassword:
    """Sends to the change of password whoever came in by a first one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None  # a page for all asks nobody who they are
        account = request.user
        if not isinstance(account, Account) or account.first_password_at is None:
            return None
        match = request.resolver_match
        return None if match and match.view_name in OPEN else redirect("password_change")
