"""Work that proves good will: a puzzle that a browser solves in a second and that a flood has to solve each time.

The protocol is ALTCHA's, the challenge signed and bounded; nothing of who solves it is asked or kept. Each answer lets
somebody in once: the library would take it again, so spent ones are kept until they have expired.
"""

import base64
import json
import secrets
import time
from datetime import date, datetime
from typing import Any

import altcha
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from . import keys, waiting
from .models import Spent, today
from .refusing import ProofRefused

ALGORITHM = "PBKDF2/SHA-256"  # a telephone does it nearly as fast as whoever would flood us
LONGEST = 4096  # characters of an answer
REPORT, FILES = "report", "files"  # what an answer is for: whoever sends both works twice


def challenge(purpose: str = REPORT) -> str:
    """A puzzle for one answer, as the browser's worker reads it."""
    ring = keys.proofs()
    made = altcha.create_challenge(
        ALGORITHM,
        settings.PROOF_ROUNDS,
        # The second half of the tries alone: no lucky draw is done at once, and no unlucky one takes twice as long.
        counter=settings.PROOF_TRIES // 2 + secrets.randbelow(settings.PROOF_TRIES // 2),
        expires_at=int(time.time()) + settings.PROOF_MINUTES * 60,
        data={"key": ring.newest, "for": purpose},
        hmac_secret=ring.keys[0][1],
        hmac_key_secret=ring.keys[0][1],
    )
    return json.dumps(made.to_dict())


def check(payload: str) -> None:
    """Let it in once, or raise ProofRefused: a browser's answer, or the ticket of a page that has waited."""
    if waiting.is_ticket(payload):
        until, digest = waiting.check(payload), waiting.digest(payload)
        if not Spent.objects.filter(digest=digest).exists():
            waiting.pass_the_door()
    else:
        given = read(payload)
        until, digest = solved(given), waiting.digest(str(given.challenge.signature))  # ours, and of this alone
    if not Spent.objects.spend(digest, until):
        raise ProofRefused(_("This was sent before. Load the page again if you want to send something else."))


def for_files(payload: str) -> tuple[date, str]:
    """Until when an answer lets files begin, and what tells it from others. It is spent file by file (uploading.py)."""
    given = read(payload)
    return solved(given, FILES), str(given.challenge.signature)


def solved(given: altcha.Payload, purpose: str = REPORT) -> date:
    """The day on which an answer expires, if it is right."""
    secret = key_of(given)
    found = altcha.verify_solution(given, secret, hmac_key_secret=secret)
    if found.expired:
        raise ProofRefused(_("This page has been open for too long. Send it again."))
    if not found.verified or found.error or said(given, "for", REPORT) != purpose:
        raise ProofRefused(_("The check that keeps machines out did not come right. Load the page again and send it."))
    return timezone.localdate(datetime.fromtimestamp(expiry(given), timezone.get_current_timezone()))


def read(payload: str) -> altcha.Payload:
    """An answer in ALTCHA's form."""
    try:
        if not payload or len(payload) > LONGEST:
            raise ValueError
        said: Any = json.loads(base64.b64decode(payload, validate=True))
        return altcha.Payload.from_dict(said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ProofRefused(
            _("The check that keeps machines out is missing. Load the page again and send it.")
        ) from None


def key_of(given: altcha.Payload) -> bytes:
    """The key that the challenge says it was signed with. Where that is none of ours, no signature of it is right."""
    return dict(keys.proofs().keys).get(said(given, "key", "")) or keys.proofs().keys[0][1]


def said(given: altcha.Payload, name: str, otherwise: str) -> str:
    """Of what we wrote into the challenge; before its signature is checked anybody may have written it."""
    data = given.challenge.parameters.data
    return str(data.get(name, otherwise)) if isinstance(data, dict) else otherwise


def expiry(given: altcha.Payload) -> int:
    """Signed by us: a number, and never missing."""
    return int(given.challenge.parameters.expires_at or 0)


def forget() -> int:
    """Forget what would be refused as expired anyway; how many those were."""
    return Spent.objects.filter(until__lt=today()).delete()[0]
