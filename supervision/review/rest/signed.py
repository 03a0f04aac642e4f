"""Whose request it is: signed with a key of the institution, as at the door of the national messages."""

from dataclasses import dataclass

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from supervision.api.refusing import Busy
from supervision.review.gateway import door, signing

HOW = (
    "`Authorization: HMAC-SHA256 key=<institution>.<number>, time=<seconds since 1970>, signature=<hex>`. Signed with "
    "the key's secret are the time, a line feed, and the bytes of the body of a POST; of any other request its method, "
    "a space and its address with the query, as in `GET /api/review/rules/?moment=remind`. HMAC-SM3 is taken likewise."
)


@dataclass(frozen=True)
class Caller:
    """The system of an institution, by one of its keys. No person is signed in."""

    institution: str
    key: int
    is_authenticated: bool = True

    @property
    def pk(self) -> str:
        return f"{self.institution}.{self.key}"


class SignedByInstitution(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Caller, Caller]:
        # What asks is signed by its address, whatever body it brings: no other request's signature opens it.
        asks = request.method != "POST" or not request.body
        signed = f"{request.method} {request.get_full_path()}".encode() if asks else request.body
        try:
            institution, key = signing.signer(request.META, signed)
            signing.check_open(institution, key)
        except signing.NotSigned as why:
            raise AuthenticationFailed(str(why)) from why
        except door.AWAY as why:
            raise Busy("Nobody can answer now.", wait=door.LATER) from why
        caller = Caller(institution, key)
        return caller, caller

    def authenticate_header(self, request: Request) -> str:
        return "HMAC-SHA256"


class SignedScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema describes it."""

    target_class = SignedByInstitution
    name = "signed"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": HOW}
