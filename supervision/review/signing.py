"""How a message shows whose it is: HMAC-SHA256 over the moment and the bytes, with a key of the institution.

A request carries `Authorization: HMAC-SHA256 key=<institution>.<number>, time=<seconds>, signature=<hex>`; signed are
the time, a line feed and the body. The secret is derived from the installation's own, so the database holds none: it
is shown to the institution when the key is opened, and can be shown again.
"""

import hmac
import re
import time
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import salted_hmac

from .models import Key

SCHEME = re.compile(r"HMAC-SHA256 key=([\w-]{1,30})\.(\d{1,6}), time=(\d{1,12}), signature=([0-9a-f]{64})", re.ASCII)


class NotSigned(Exception):
    """Whose message it is was not shown; the words say why."""


def secret(name: str, *, master: str | bytes | None = None) -> str:
    """The secret of a key, by the name it is sent with."""
    return salted_hmac("review.key", name, secret=master or settings.SECRET_KEY, algorithm="sha256").hexdigest()


def sign(name: str, body: bytes, *, at: int | None = None) -> str:
    """The header that a system sends with these bytes."""
    at = int(time.time()) if at is None else at
    return f"HMAC-SHA256 key={name}, time={at}, signature={_signature(secret(name), at, body)}"


def check(header: str, body: bytes) -> tuple[str, int]:
    """The institution that signed, and the number of its key; raises NotSigned. Needs no database."""
    found = SCHEME.fullmatch(header)
    if found is None:
        raise NotSigned("the Authorization header is missing or has another form")
    institution, number, at, signature = found[1], int(found[2]), int(found[3]), found[4]
    name = f"{institution}.{number}"
    masters = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    right = [hmac.compare_digest(signature, _signature(secret(name, master=one), at, body)) for one in masters]
    if not any(right):
        raise NotSigned("the signature differs")
    if abs(time.time() - at) > settings.REVIEW_CLOCK_SKEW:
        raise NotSigned("the time is too far from ours")
    return institution, number


def check_open(institution: str, number: int) -> None:
    """Raises NotSigned where the key was closed, or never opened."""
    if not Key.objects.filter(institution=institution, number=number, closed_at=None).exists():
        raise NotSigned("the key is closed or was never opened")


def _signature(key: str, at: int, body: bytes) -> str:
    return hmac.new(key.encode(), f"{at}\n".encode() + body, sha256).hexdigest()
