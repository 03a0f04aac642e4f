"""The reporter claims a reward with the receipt. Where it is paid to goes straight into the vault, and nowhere else.

A claim is a message with a day. It changes no row of a reward: the site takes claims up at its own time, by night.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.clocks.calendar import end_of
from supervision.complaints import receipts, talking
from supervision.complaints.models import Complaint, Message
from supervision.complaints.vault.models import Kind
from supervision.complaints.vault.sealing import seal
from supervision.locks import one_at_a_time
from supervision.refusal import Refused

from .models import Reward, State

BANK, CODE = "bank", "code"  # to an account, or against a code that is shown to the department's finance
ASKED = {BANK: ("holder", "bank", "account"), CODE: ("code",)}
LONGEST = 100
DIGITS = range(8, 31)  # of an account's number
CODE_LETTERS = 12


class NotClaimed(Refused):
    """What cannot be claimed so, and which answer is to be mended where it is one."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field


def claim(complaint: Complaint, payout: Mapping[str, str], *, once: str) -> None:
    """Keep that it is claimed, and seal where it is paid to; sent twice it is kept once, and so is the sealed text."""
    told = understood(payout)
    once = talking.bound(once, *told.values())
    with transaction.atomic():
        one_at_a_time(lock_of(complaint))
        if complaint.messages.filter(once=once).exists():
            return
        if not may_claim(complaint):
            raise NotClaimed(_("There is no reward here that could be claimed, or the time for it is over."))
        seal(complaint.number, told, place=complaint.place_id, kind=Kind.PAYOUT)
        words = _("Reward claimed: to a bank account.") if told["way"] == BANK else _("Reward claimed: against a code.")
        talking.keep(complaint, Message.Kind.CLAIM, words, once=once)


def understood(payout: Mapping[str, str]) -> dict[str, str]:
    """What is asked for that way of paying and nothing else, or NotClaimed. Rewards are never paid in cash."""
    way = payout.get("way", "")
    if way not in ASKED:
        raise NotClaimed(_("Say how it is to be paid."), "way")
    told = {name: " ".join(payout.get(name, "").split()) for name in ASKED[way]}
    for name, words in told.items():
        if not words:
            raise NotClaimed(_("Fill this in."), name)
        if len(words) > LONGEST:
            raise NotClaimed(_("That is longer than %(most)d characters.") % {"most": LONGEST}, name)
    if way == BANK:
        told["account"] = told["account"].replace(" ", "").replace("-", "")
        if not (told["account"].isascii() and told["account"].isdigit() and len(told["account"]) in DIGITS):
            raise NotClaimed(_("An account's number is 8 to 30 digits long."), "account")
    return {"way": way, **told}


def may_claim(complaint: Complaint) -> bool:
    """Told of and in time; or claimed, and not yet with finance: what was given wrongly can be given anew."""
    reward = reward_of(complaint)
    if reward is None:
        return False
    if reward.state == State.CLAIMED:
        return True
    in_time = reward.claim_until is not None and now() <= end_of(reward.claim_until)
    return reward.state == State.NOTIFIED and (in_time or first_claim(reward) is not None)


def reward_of(complaint: Complaint) -> Reward | None:
    return Reward.objects.filter(complaint=complaint).select_related("complaint", "clock").first()


def first_claim(reward: Reward) -> Message | None:
    """Since the reporter was told; what was claimed of a decision that was taken back does not count."""
    claims = reward.complaint.messages.filter(kind=Message.Kind.CLAIM, day__gte=reward.notified_on)
    return claims.order_by("pk").first()


def code_of(receipt: str) -> str:
    """The code against which finance pays: made from the receipt, so that only who has that can show it."""
    number = int.from_bytes(hmac.digest(receipts.understood(receipt).encode(), b"pays the reward", "sha256")[:8], "big")
    return "".join(receipts.LETTERS[(number >> 5 * place) & 31] for place in reversed(range(CODE_LETTERS)))


def lock_of(complaint: Complaint) -> int:
    """A number among PostgreSQL's advisory locks: claims of one report take turns, with the end of its time, too."""
    return int.from_bytes(hashlib.sha256(f"claim {complaint.number}".encode()).digest()[:8], signed=True)


def now() -> datetime:
    return timezone.now()
