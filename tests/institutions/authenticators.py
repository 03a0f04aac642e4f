"""What people hold in their hands when they sign in: a password, and a telephone that shows codes."""

import time
from datetime import timedelta

import pyotp
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from institutions import second_factor
from institutions.models import Account, Duty
from tests.builders import make_account

PASSPHRASE = "a long enough passphrase"


def enrol(account: Account) -> str:
    """Give the account a second factor, as if set up a while ago, and answer with its secret."""
    factor = second_factor.draw(account)
    secret = second_factor.secret_of(factor)
    second_factor.confirm(account, code_of(secret), factor.pk)
    account.factors.update(last_step=0)
    account.refresh_from_db()
    return secret


def make_administrator(name: str, *, days: int = 30) -> Account:
    """An administrator who has been one for so many days, with a second factor from the first."""
    since = timezone.now() - timedelta(days=days)
    account = make_account(name, None, duties=[Duty.ADMINISTER], joined_at=since)
    enrol(account)
    account.factors.update(confirmed_at=since)
    return account


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the telephone shows now, or some steps of half a minute from now."""
    return pyotp.TOTP(secret).generate_otp(int(time.time()) // second_factor.STEP + steps)


def password_step(client: Client, username: str = "li", password: str = PASSPHRASE, **rest: str) -> HttpResponse:
    return client.post("/sign-in/", {"username": username, "password": password, **rest})  # type: ignore[return-value]


def sign_in(client: Client, code: str, username: str = "li", password: str = PASSPHRASE) -> int:
    """The status of the second step."""
    password_step(client, username, password)
    return client.post("/sign-in/code/", {"code": code}).status_code
