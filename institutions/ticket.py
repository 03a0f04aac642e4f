"""The ticket between password and code. It says whose password was right; nobody is signed in by it.

It is bound to the password, the factor and the last sign-in, so it ends with any of them and opens the door once. Where
a factor is still to be set up, it names the secret that was drawn for it: of a later one, which was drawn for somebody
else who gave the password, it shows nothing.
"""

import hmac
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from institutions.models import Account, SecondFactor

COOKIE = "second_step"
SALT = "institutions.ticket"
STANDS_FOR = 10 * 60  # seconds: long enough to set an authenticator up


@dataclass(frozen=True)
class Ticket:
    account: Account
    onward: str  # the page of ours that they wanted
    drawn: str | None = None  # key of the factor that was drawn for this browser


def give(response: HttpResponse, account: Account, onward: str, drawn: SecondFactor | None = None) -> None:
    said = {"account": account.pk, "bound": bound(account), "onward": onward, "drawn": str(drawn.pk) if drawn else None}
    held = signing.dumps(said, salt=SALT)
    response.set_cookie(
        COOKIE, held, max_age=STANDS_FOR, path=reverse("sign_in"), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def take_back(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=reverse("sign_in"), samesite="Lax")


def held(request: HttpRequest) -> Ticket | None:
    """Whose ticket the browser holds, if it still stands."""
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=STANDS_FOR)
    except signing.BadSignature:
        return None
    account = Account.objects.filter(pk=said["account"], is_active=True).first()
    if account is None or not hmac.compare_digest(said["bound"], bound(account)):
        return None
    return Ticket(account, said["onward"], said.get("drawn"))


def bound(account: Account) -> str:
    state = f"{account.password} {account.factor_since} {account.last_login}"
    return salted_hmac(SALT, state, algorithm="sha256").hexdigest()
