"""Guessing is stopped: five tries for a name from one address in five minutes, twenty for a name in an hour.

The hourly budget counts only tries from addresses that the account has not signed in from lately. So whoever
guesses from elsewhere can use it up, and the owner still gets in from the usual place.
"""

from datetime import timedelta
from ipaddress import ip_address

from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from supervision.audit.chain import record
from supervision.audit.models import Act

HOURLY_BUDGET = 20
KNOWN_FOR = timedelta(days=30)
NOBODYS = "::"  # a Unix socket says no address; all who come through it count as one


def address_of(request: HttpRequest) -> str:
    """Who asks. Each proxy of ours adds at the end by whom it was asked; what stands before that may be made up."""
    nearest = str(request.META.get("REMOTE_ADDR") or NOBODYS)
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not 0 < settings.TRUSTED_PROXIES <= len(told):
        return nearest
    try:
        return str(ip_address(told[-settings.TRUSTED_PROXIES]))
    except ValueError:
        return nearest


def budget_spent(request: HttpRequest, username: str) -> bool:
    now = timezone.now()
    signed_in = AccessLog.objects.filter(username=username, attempt_time__gt=now - KNOWN_FOR)
    if signed_in.filter(ip_address=address_of(request)).exists():
        return False
    tries = AccessFailureLog.objects.filter(username=username, attempt_time__gt=now - timedelta(hours=1))
    strange = tries.exclude(ip_address__in=signed_in.values("ip_address"))
    return bool(strange[:HOURLY_BUDGET].count() >= HOURLY_BUDGET)


def locked_out(request: HttpRequest, username: str) -> HttpResponse:
    """Says how long to wait, and writes it down. Whether the name exists is not said."""
    record(Act.LOCK_OUT, username, address=address_of(request))
    response = render(request, "registration/locked_out.html", status=429)
    response["Retry-After"] = "300"
    return response


def answer(request: HttpRequest, refused: HttpResponse, credentials: dict[str, str] | None) -> HttpResponse:
    """What django-axes answers in place of the refused sign-in."""
    return locked_out(request, (credentials or {}).get("username", ""))
