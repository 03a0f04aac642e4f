"""Tells the database who is at work, so that triggers can write it beside a row's former state.

Every statement that may change rows is sent with the account and what they are doing, in one message: a trigger learns
it however the change came about. It is no proof (the app says it about itself); the chain of acts stands beside it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from celery import Task
from django.db import connection
from django.http import HttpRequest, HttpResponse

Who = Callable[[], int | None]
CHANGES = re.compile(r"\s*(INSERT|UPDATE|DELETE|WITH|MERGE)\b", re.IGNORECASE)
STRANGE = re.compile(r"[^\w./:<> -]|%", re.ASCII)  # neither quotes nor the marks of parameters


@contextmanager
def acting(during: str, who: Who = lambda: None) -> Iterator[None]:
    """What is changed within was changed by this account, doing this."""
    doing = STRANGE.sub("?", during)[:200]

    def tell(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        # A cursor with a name is a question that is read bit by bit: nothing can be put before it.
        if not many and isinstance(sql, str) and CHANGES.match(sql) and not getattr(context["cursor"], "name", None):
            account = who()
            sql = (
                f"SELECT set_config('fund.account', '{account or ''}', true), "
                f"set_config('fund.during', '{doing}', true); {sql}"
            )
        return execute(sql, params, many, context)

    with connection.execute_wrapper(tell):
        yield


class Acting:
    """For a request: whoever is signed in, by method and address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(f"{request.method} {request.path}", lambda: request.user.pk):
            return self.get_response(request)


class NamedTask(Task):  # type: ignore[type-arg]  # only the stubs know it as generic
    """For a task: its name, and nobody."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with acting(f"task {self.name}"):
            return super().__call__(*args, **kwargs)
