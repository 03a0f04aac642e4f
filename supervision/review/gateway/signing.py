"""How a message shows whose it is: signed with a key of the institution, in a form that this installation takes.

A request carries `Authorization: HMAC-SHA256 key=<institution>.<number>, time=<seconds>, signature=<hex>`; signed are
the time, a line feed and the body. HMAC-SM3 is the same with the national hash. The headers of the country's gateways
do not cover the body, so they are taken only where REVIEW_SIGNATURES says so (docs/adr/0020).

The secret is derived from the installation's own, so the database holds none: it is shown to the institution when the
key is opened, and can be shown again.
"""

import base64
import hmac
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as national
from django.conf import settings
from django.utils.crypto import salted_hmac

from supervision.review.models import Key
from supervision.review.recalling import recalled

SCHEME = re.compile(r"(HMAC-\w{3,6}) key=([\w-]{1,30}\.\d{1,6}), time=(\d{1,12}), signature=([0-9a-f]{64})", re.ASCII)
NAME = re.compile(r"([\w-]{1,30})\.(\d{1,6})", re.ASCII)
MILLISECONDS = re.compile(r"\d{13}", re.ASCII)
GATEWAY = "GATEWAY-HMAC-SHA1"
# Those that are signed, in the order in which they are signed; servers hand `_api_name` on as HTTP__API_NAME.
GATEWAY_HEADERS = ("_api_access_key", "_api_name", "_api_timestamp", "_api_version")
GATEWAY_SIGNATURE = "_api_signature"


class NotSigned(Exception):
    """Whose message it is was not shown; the words say why."""


def secret(name: str, *, master: str | bytes | None = None) -> str:
    """The secret of a key, by the name it is sent with."""
    return salted_hmac("review.key", name, secret=master or settings.SECRET_KEY, algorithm="sha256").hexdigest()


def sign(name: str, body: bytes, *, at: int | None = None, scheme: str = "HMAC-SHA256") -> str:
    """The header that a system sends with these bytes."""
    at = int(time.time()) if at is None else at
    return f"{scheme} key={name}, time={at}, signature={SIGNATURES[scheme](secret(name), signed(at, body)).hex()}"


def sign_for_gateway(name: str, infno: str, *, at: int | None = None) -> dict[str, str]:
    """The headers that a system sends as the country's gateways ask for them; `at` in milliseconds."""
    at = int(time.time() * 1000) if at is None else at
    said = dict(zip(GATEWAY_HEADERS, (name, infno, str(at), "1.0.0"), strict=True))
    return {**said, GATEWAY_SIGNATURE: base64.b64encode(_sha1(secret(name), _joined(said))).decode()}


def signer(sent: Mapping[str, Any], body: bytes) -> tuple[str, int]:
    """The institution that signed a request and the number of its key, out of the request's META; raises NotSigned."""
    said = {name: str(sent.get(f"HTTP_{name.upper()}", "")) for name in (*GATEWAY_HEADERS, GATEWAY_SIGNATURE)}
    if "HTTP_AUTHORIZATION" not in sent and any(said.values()):
        return check_gateway(said)
    return check(str(sent.get("HTTP_AUTHORIZATION", "")), body)


def check(header: str, body: bytes) -> tuple[str, int]:
    """The institution that signed, and the number of its key; raises NotSigned. Needs no database."""
    found = SCHEME.fullmatch(header)
    if found is None:
        raise NotSigned("the Authorization header is missing or has another form")
    scheme, name, at, signature = found[1], found[2], int(found[3]), bytes.fromhex(found[4])
    if scheme not in SIGNATURES or scheme not in settings.REVIEW_SIGNATURES:
        raise NotSigned(f"{scheme} is not taken here; {', '.join(settings.REVIEW_SIGNATURES)} are")
    return _checked(name, signature, at, lambda key: SIGNATURES[scheme](key, signed(at, body)))


def check_gateway(said: Mapping[str, str]) -> tuple[str, int]:
    """The same out of the gateway's headers. They say nothing of the body, and the key's name is the access key."""
    if GATEWAY not in settings.REVIEW_SIGNATURES:
        raise NotSigned("the gateway's headers are not taken here")
    if missing := [name for name, value in said.items() if not value]:
        raise NotSigned(f"{missing[0]} is missing")
    if not MILLISECONDS.fullmatch(said["_api_timestamp"]):
        raise NotSigned("_api_timestamp is not 13 digits")
    try:
        signature = base64.b64decode(said[GATEWAY_SIGNATURE], validate=True)
    except ValueError:
        raise NotSigned("the signature differs") from None
    at = int(said["_api_timestamp"]) / 1000
    return _checked(said["_api_access_key"], signature, at, lambda key: _sha1(key, _joined(said)))


def check_open(institution: str, number: int) -> None:
    """Raises NotSigned where the key was closed, or never opened."""
    if number not in _open(institution):
        raise NotSigned("the key is closed or was never opened")


@recalled
def _open(institution: str) -> frozenset[int]:
    """The numbers of its open keys."""
    return frozenset(Key.objects.filter(institution=institution, closed_at=None).values_list("number", flat=True))


def _checked(name: str, signature: bytes, at: float, reckon: Callable[[str], bytes]) -> tuple[str, int]:
    """Whose key it is, where the signature is right by this installation's secret or a former one, and fresh."""
    known = NAME.fullmatch(name)
    if known is None:
        raise NotSigned("the key is unknown")
    masters = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    right = [hmac.compare_digest(signature, reckon(secret(name, master=one))) for one in masters]
    if not any(right):
        raise NotSigned("the signature differs")
    if abs(time.time() - at) > settings.REVIEW_CLOCK_SKEW:
        raise NotSigned("the time is too far from ours")
    return known[1], int(known[2])


def signed(at: int, body: bytes) -> bytes:
    """What is signed: the time, a line feed, and the bytes as they are sent."""
    return f"{at}\n".encode() + body


def _sha256(key: str, what: bytes) -> bytes:
    return hmac.digest(key.encode(), what, "sha256")


def _sm3(key: str, what: bytes) -> bytes:
    reckoned = national.HMAC(key.encode(), hashes.SM3())
    reckoned.update(what)
    return reckoned.finalize()


def _sha1(key: str, what: bytes) -> bytes:
    return hmac.digest(key.encode(), what, "sha1")


def _joined(said: Mapping[str, str]) -> bytes:
    return "&".join(f"{name}={said[name]}" for name in GATEWAY_HEADERS).encode()


SIGNATURES: Mapping[str, Callable[[str, bytes], bytes]] = {"HMAC-SHA256": _sha256, "HMAC-SM3": _sm3}
