"""The slower way without a script: a page that has waited a while lets somebody in, so many an hour for the whole site.

That is far less work for a flood than the puzzle, so it has a narrow door of its own: a flood that fills it keeps out
who waits, never who works.
"""

import hashlib
import secrets
import time
from datetime import date, datetime

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from redis.exceptions import RedisError

from supervision.sealing import NotOpened

from . import keys
from .models import Spent
from .refusing import ProofRefused

BEGINS = "wait."
HOUR = 3600


def ticket() -> str:
    """What a page carries from when it was opened."""
    said = f"{BEGINS}{int(time.time())}.{secrets.token_hex(8)}"
    return f"{said}.{keys.proofs().sign(said)}"


def is_ticket(payload: str) -> bool:
    return payload.startswith(BEGINS)


def check(payload: str) -> date:
    """The day on which it expires, or why it lets nobody in yet, or at all."""
    opened = opened_at(payload)
    left = opened + settings.WAITING_SECONDS - int(time.time())
    if left > 0:
        raise ProofRefused(
            ngettext(
                "Without a script this page has to wait for %(left)s more second. Then send it again.",
                "Without a script this page has to wait for %(left)s more seconds. Then send it again.",
                left,
            ) % {"left": left}
        )  # fmt: skip
    ends = opened + settings.PROOF_MINUTES * 60
    if ends < time.time():
        raise ProofRefused(_("This page has been open for too long. Send it again."))
    return timezone.localdate(datetime.fromtimestamp(ends, timezone.get_current_timezone()))


def goes_on(payload: str) -> bool:
    """Whether a page that is shown again may carry this ticket on."""
    if not is_ticket(payload) or Spent.objects.filter(digest=digest(payload)).exists():
        return False
    try:
        return opened_at(payload) + settings.PROOF_MINUTES * 60 > time.time()
    except ProofRefused:
        return False


def digest(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()


def opened_at(payload: str) -> int:
    """When the page was opened, if this ticket is ours."""
    said, _dot, signature = payload.rpartition(".")
    try:
        if payload.isascii() and keys.proofs().signed(said, signature):
            return int(said.split(".")[1])
    except NotOpened:
        pass  # a key of another site, or one taken off the ring
    raise ProofRefused(_("The check that keeps machines out did not come right. Load the page again and send it."))


def pass_the_door() -> None:
    """Counted in the cache, which forgets: the database would keep the hour at which somebody reported something."""
    door = f"gate:waiting:{int(time.time()) // HOUR}"
    try:
        cache.add(door, 0, HOUR)
        if cache.incr(door) <= settings.WAITING_PER_HOUR:
            return
    except (RedisError, ValueError):
        pass  # nobody counts now, and uncounted it would be no door
    raise ProofRefused(
        _(
            "Too many reports are being sent without a script just now. Allow scripts for this page, try again in an "
            "hour, or report by telephone or post."
        )
    )
