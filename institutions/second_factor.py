"""The second factor: codes of an authenticator (RFC 6238), each of which counts once, and recovery codes.

Whoever knows a password may still try only five codes in five minutes and twenty in an hour. Both what was taken and
what was wrong stand in PostgreSQL under the lock of the account's row: an emptied cache opens nothing, and neither do
many requests at once.
"""

import hashlib
import hmac
import secrets
import time
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import pyotp
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from institutions.models import Account, RecoveryCode, SecondFactor, WrongCode
from supervision import sealing
from supervision.audit.chain import record
from supervision.audit.models import Act

STEP = 30  # seconds for which a code stands; authenticators know no other
DRIFT = 1  # steps by which a telephone's clock may differ from ours
BUDGETS = ((5, timedelta(minutes=5)), (20, timedelta(hours=1)))  # wrong codes, and the time in which they count
DRAWN_FOR = timedelta(minutes=15)  # a secret that was drawn and not confirmed is drawn anew after that
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


class CodeRefused(Exception):
    """A code that is wrong, or was taken before."""


class CodesSpent(Exception):
    """Too many wrong codes: for a while not even the right one is taken."""


class Way(StrEnum):
    """What was shown."""

    CODE = "code"
    RECOVERY = "recovery code"
    PASSWORD = "password"  # noqa: S105  (a name)


def ring() -> sealing.Ring:
    return sealing.ring(settings.SECOND_FACTOR_KEYS, settings.SECOND_FACTOR_KEYS_FILE)


def current(account: Account) -> SecondFactor | None:
    return SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).first()


def drawn(account: Account, key: UUID | str | None) -> SecondFactor | None:
    """The secret that waits for its first code, for whoever it was drawn for: they know its key."""
    if key is None:
        return None
    fresh = timezone.now() - DRAWN_FOR
    return SecondFactor.objects.filter(account=account, pk=key, confirmed_at=None, drawn_at__gt=fresh).first()


def draw(account: Account, secret: str = "") -> SecondFactor:
    """A new secret in place of any other that waits. The factor that counts goes on counting until it is confirmed."""
    with transaction.atomic():
        locked(account)
        SecondFactor.objects.filter(account=account, confirmed_at=None).delete()
        factor = SecondFactor(account=account)
        factor.sealed = ring().seal(secret or pyotp.random_base32(), about=str(factor.pk))
        factor.save(force_insert=True)
    return factor


def secret_of(factor: SecondFactor) -> str:
    return ring().open(factor.sealed, about=str(factor.pk))


def address_of(factor: SecondFactor, issuer: str) -> str:
    """What the picture holds, and what a telephone opens its authenticator with."""
    return pyotp.TOTP(secret_of(factor)).provisioning_uri(name=factor.account.username, issuer_name=issuer)


def confirm(account: Account, typed: str, key: UUID) -> list[str]:
    """This drawn secret counts from now on, and no other; answers with new recovery codes, never shown again.

    Sessions of the account end, since they are bound to the factor before.
    """
    with transaction.atomic():
        owner = locked(account)
        factor = drawn(owner, key)
        taken = not spent(owner) and factor is not None and take_step(factor, typed)
        if taken and factor:
            SecondFactor.objects.filter(account=owner, confirmed_at__isnull=False).delete()
            factor.confirmed_at = owner.factor_since = account.factor_since = timezone.now()
            factor.save()
            owner.save(update_fields=["factor_since"])
            codes = draw_recovery_codes(owner)
            record(Act.SECOND_FACTOR, owner, owner.username, what="set up")
            return codes
        count_wrong(owner)
    raise refusal(account)


def prove(account: Account, typed: str) -> Way:
    """Take a code of theirs, once; raises CodeRefused, or CodesSpent."""
    return _prove(account, lambda owner: taken(owner, typed))


def prove_both(account: Account, password: str, typed: str) -> Way:
    """Password and code together: a wrong password takes no code, and counts like a wrong one."""
    return _prove(account, lambda owner: taken(owner, typed) if owner.check_password(password) else None)


def prove_password(account: Account, password: str) -> Way:
    """The present password before it is changed: whoever found a browser open has as few guesses as at codes."""
    return _prove(account, lambda owner: Way.PASSWORD if owner.check_password(password) else None, "refused a password")


def _prove(account: Account, shown: Callable[[Account], Way | None], wrong: str = "refused a code") -> Way:
    with transaction.atomic():
        owner = locked(account)
        way = None if spent(owner) else shown(owner)
        if way is Way.RECOVERY:
            record(Act.SECOND_FACTOR, owner, owner.username, what="used a recovery code", left=left(owner))
        if way:
            return way
        count_wrong(owner, wrong)
    raise refusal(account)


def taken(account: Account, typed: str) -> Way | None:
    factor = current(account)
    if factor and take_step(factor, typed):
        return Way.CODE
    unused = RecoveryCode.objects.filter(account=account, used_at=None, digest=digest(account, plain(typed)))
    return Way.RECOVERY if unused.update(used_at=timezone.now()) else None


def take_step(factor: SecondFactor, typed: str) -> bool:
    """Whether it is a code of now, give or take a step, and later than any that was taken."""
    now, one = int(time.time()) // STEP, pyotp.TOTP(secret_of(factor))
    steps = [step for step in range(now - DRIFT, now + DRIFT + 1) if step > factor.last_step]
    right = [step for step in steps if hmac.compare_digest(one.generate_otp(step).encode(), plain(typed).encode())]
    if right:
        factor.last_step = right[-1]
        factor.save(update_fields=["last_step"])
    return bool(right)


def locked(account: Account) -> Account:
    """The account's row, held to the end of the transaction: one code is tried at a time."""
    return Account.objects.select_for_update(of=("self",)).get(pk=account.pk)


def spent(account: Account) -> bool:
    """Whether one of the budgets of wrong codes is used up."""
    wrong, now = WrongCode.objects.filter(account=account), timezone.now()
    return any(wrong.filter(at__gt=now - time)[:number].count() >= number for number, time in BUDGETS)


def count_wrong(account: Account, what: str = "refused a code") -> None:
    """What was refused because the budget is spent adds nothing to it: it ends, however often somebody asks."""
    if not spent(account):
        WrongCode.objects.create(account=account)
        record(Act.SECOND_FACTOR, account, account.username, what=what)


def refusal(account: Account) -> Exception:
    return CodesSpent() if spent(account) else CodeRefused()


def wrong_since(account: Account, moment: datetime | None) -> int:
    """How many wrong codes followed the right password since then: the owner should know."""
    return WrongCode.objects.filter(account=account, at__gt=moment).count() if moment else 0


def draw_recovery_codes(account: Account) -> list[str]:
    """Ten new ones in place of all others. Kept are their digests: 79 bits each cannot be tried through."""
    codes = [readable() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=digest(account, plain(code))) for code in codes
    )
    return codes


def readable() -> str:
    """Four groups of four letters and digits: 79 bits, and can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def left(account: Account) -> int:
    """Recovery codes not yet used."""
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


def digest(account: Account, code: str) -> str:
    return hashlib.sha256(f"recovery {account.pk} {code}".encode()).hexdigest()


def plain(typed: str) -> str:
    """As typed by people: with blanks, hyphens, capitals, full-width digits."""
    text = unicodedata.normalize("NFKC", typed).lower()
    return "".join(letter for letter in text if letter.isalnum())
