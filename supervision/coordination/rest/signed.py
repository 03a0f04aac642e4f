"""Whose request it is: signed with a key of the department, in the form that the review's door takes."""

import hmac
import re
import time
from dataclasses import dataclass

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from institutions.models import Account
from supervision.coordination import keys
from supervision.coordination.models import DepartmentKey
from supervision.review.gateway import signing

NAME = re.compile(r"department-(\d{1,18})\.(\d{1,6})", re.ASCII)
HOW = (
    "`Authorization: HMAC-SHA256 key=department-<number>.<number>, time=<seconds since 1970>, signature=<hex>`. Signed "
    "with the key's secret are the time, a line feed, the method, a space, the address with its query, a line feed, "
    "and the bytes of the body, as in `1760000000\\nGET /api/departments/packages/\\n`. HMAC-SM3 is taken likewise."
)


@dataclass(frozen=True)
class Caller:
    """A department's system. It acts in the name of the liaison who opened its key."""

    account: Account
    key: str


def signed(at: int, method: str, address: str, body: bytes) -> bytes:
    """What is signed, so that no signature opens another address or carries another body."""
    return f"{at}\n{method} {address}\n".encode() + body


def sign(name: str, method: str, address: str, body: bytes = b"", *, at: int | None = None) -> str:
    """The header that a system sends."""
    at = int(time.time()) if at is None else at
    what = signing.SIGNATURES["HMAC-SHA256"](keys.secret(name), signed(at, method, address, body))
    return f"HMAC-SHA256 key={name}, time={at}, signature={what.hex()}"


def check(header: str, method: str, address: str, body: bytes) -> Caller:
    """Who signed; raises NotSigned."""
    found = signing.SCHEME.fullmatch(header)
    if found is None:
        raise signing.NotSigned("the Authorization header is missing or has another form")
    scheme, name, at, signature = found[1], found[2], int(found[3]), bytes.fromhex(found[4])
    if scheme not in signing.SIGNATURES or scheme not in settings.REVIEW_SIGNATURES:
        raise signing.NotSigned(f"{scheme} is not taken here")
    known = NAME.fullmatch(name)
    if known is None:
        raise signing.NotSigned("the key is unknown")
    masters = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    what = signed(at, method, address, body)
    reckoned = [signing.SIGNATURES[scheme](keys.secret(name, master=one), what) for one in masters]
    if not any(hmac.compare_digest(signature, one) for one in reckoned):
        raise signing.NotSigned("the signature differs")
    if abs(time.time() - at) > settings.REVIEW_CLOCK_SKEW:
        raise signing.NotSigned("the time is too far from ours")
    rows = DepartmentKey.objects.filter(
        partner=int(known[1]), number=int(known[2]), closed_at=None, partner__until=None
    )
    key = rows.select_related("account__department", "account__territory").first()
    # Who opened it may have left: then it opens nothing, until somebody else opens another.
    if key is None or not key.account.at_liaison or key.account.department_id != key.partner_id:
        raise signing.NotSigned("the key is closed or was never opened")
    return Caller(key.account, name)


class SignedByDepartment(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Account, Caller]:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        try:
            caller = check(header, request.method or "", request.get_full_path(), request.body)
        except signing.NotSigned as why:
            raise AuthenticationFailed(str(why)) from why
        return caller.account, caller  # rows that change keep who changed them

    def authenticate_header(self, request: Request) -> str:
        return "HMAC-SHA256"


class SignedScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema describes it."""

    target_class = SignedByDepartment
    name = "signedByDepartment"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": HOW}
