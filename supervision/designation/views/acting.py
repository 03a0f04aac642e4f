"""What desk and institution share: the deadlines that run, and acts beside the moves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest

from institutions.models import Account
from supervision.clocks.models import Clock
from supervision.refusal import Refused


def clocks_of(subject: Any, account: Account) -> list[Clock]:
    running: QuerySet[Clock] = Clock.objects.visible_to(account).filter(subject=subject.number).going()
    return list(running.select_related("limit"))


def tried(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """An act beside the moves: what is refused is said on the next page."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
