"""What moves of rewards do besides changing the state."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from institutions.models import Division
from supervision.cases import owed
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.clocks.calendar import day_of
from supervision.complaints.models import Message
from supervision.language import in_chinese
from supervision.ledger.models import RETURNED, Stage
from supervision.moves import Made, refuse_unless

from . import claiming, ruling, timing
from .models import Reward, RewardPayment, RewardRule, RewardVoucher
from .reckoning import Reckoned, reckon

# What stands as verified in the ledger: confirmed and whatever became of it, but for what turned out not to be owed.
VERIFIED = (Stage.CONFIRMED, Stage.DEMANDED, *RETURNED, Stage.WRITTEN_OFF)
BASES = {RewardRule.Base.VERIFIED: VERIFIED, RewardRule.Base.RECOVERED: RETURNED}
EXCLUDED: dict[str, Any] = {
    "on_duty": gettext_lazy("The reporter is not staff on duty whose work is to find such things."),
    "co_offender": gettext_lazy("The reporter took no part in what was reported."),
    "duty_holder": gettext_lazy("No law or office obliged the reporter to report it."),
    "new_to_us": gettext_lazy("The main facts and evidence were not known to the department before."),
}
INTEREST: dict[str, Any] = {
    "none": gettext_lazy("I have no interest in this report, and no tie to anybody who could have made it."),
}


def levels(reward: Reward) -> Iterable[tuple[str, str]]:
    """The levels for which a share has been set where it was reported."""
    found = ruling.levels(reward.place_id, ruling.against(reward.case), timezone.localdate())
    return [(str(level), _("level %(level)s") % {"level": level}) for level in found]


LEVEL = ask("reward_level", Asked.CHOICE, gettext_lazy("Level of the report, by its evidence"), choices=levels)
STATEMENTS = ask(
    "reward_statements", Asked.CHOICES, gettext_lazy("What was checked, as far as it can be known"),
    choices=lambda _reward: EXCLUDED.items(),
)  # fmt: skip
NO_INTEREST = ask(
    "no_interest", Asked.CHOICES, gettext_lazy("My own statement"), choices=lambda _reward: INTEREST.items()
)


# --- Proposing and approving ------------------------------------------------------------------------


def propose(reward: Reward, made: Made[Reward]) -> None:
    """reckons the amount from what the ledger says was verified, and keeps who proposed it"""
    refuse_unless(set(made.facts["reward_statements"]) == EXCLUDED.keys(), _("All of it must be checked."))
    level, today = int(made.facts["reward_level"]), timezone.localdate()
    rule = ruling.rule(reward.place_id, ruling.against(reward.case), level, today)
    found = reckon(value_of(reward, rule), ruling.shares(rule, today))
    refuse_unless(found.amount > 0, _("The ledger has nothing that was verified in this case."))
    reward.rule, reward.value, reward.amount, reward.reckoned = rule, found.value, found.amount, written(found)
    reward.proposer, reward.checker, reward.approver = made.by, None, None


def value_of(reward: Reward, rule: RewardRule) -> Decimal:
    """What the ledger says was verified in the case, or came back: money of the fund alone."""
    return owed.total(owed.refunds(reward.case), *BASES[RewardRule.Base(rule.base)])


def written(found: Reckoned) -> list[dict[str, str]]:
    """How it was reckoned, as it is kept."""
    steps = [
        {
            "above": f"{one.above:.2f}", "up_to": "" if one.up_to is None else f"{one.up_to:.2f}",
            "part": f"{one.part:.2f}", "rate": str(one.rate), "extra": f"{one.extra:.2f}", "gives": f"{one.gives:.2f}",
        }
        for one in found.steps
    ]  # fmt: skip
    return [*steps, {"before": f"{found.before:.2f}", "held": found.held}]


def still_so(reward: Reward, made: Made[Reward]) -> None:
    """refuses where the ledger says another sum by now"""
    assert reward.rule is not None
    refuse_unless(set(made.facts["no_interest"]) == INTEREST.keys(), _("Say that you have no interest in it."))
    refuse_unless(
        value_of(reward, reward.rule) == reward.value,
        _("The ledger says another sum by now: send it back, so that it is reckoned anew."),
    )


def check(reward: Reward, made: Made[Reward]) -> None:
    """keeps who approved first"""
    reward.checker = made.by


def approve(reward: Reward, made: Made[Reward]) -> None:
    """keeps who approved second"""
    reward.approver = made.by


def begin_anew(reward: Reward, made: Made[Reward]) -> None:
    """takes the proposal back"""
    reward.rule = reward.value = reward.amount = reward.proposer = reward.checker = reward.approver = None
    reward.reckoned, reward.refuser = [], None


def refuse(reward: Reward, made: Made[Reward]) -> None:
    """keeps who refused it, and tells the reporter in the words of the note"""
    reward.refuser = made.by
    tell(reward, made, made.note)


# --- The reporter -----------------------------------------------------------------------------------


def notify(reward: Reward, made: Made[Reward]) -> None:
    """tells the reporter sum and last day, and starts reward_claim"""
    reward.clock = timing.start_claim(reward)
    reward.notified_on, reward.claim_until = timezone.localdate(), day_of(reward.clock.due_at)
    with override(reward.complaint.language):
        form = "Y年n月j日" if in_chinese() else "j F Y"
        words = _(
            "Your report was found true. You are granted a reward of ¥%(amount)s. Claim it on this page with your "
            "receipt, by %(day)s at the latest; after that day it counts as waived. It is paid to an account or "
            "against a code, never in cash, and never by the fund."
        ) % {"amount": f"{reward.amount:,}", "day": date_format(reward.claim_until, form)}
    tell(reward, made, words)


def tell(reward: Reward, made: Made[Reward], words: str) -> None:
    """The reporter reads it with the receipt, in an office's name."""
    message = Message(
        complaint=reward.complaint, kind=Message.Kind.DECISION, by=made.by, day=timezone.localdate()
    )  # fmt: skip
    message.words = words
    message.save()


def take_claim(reward: Reward, made: Made[Reward]) -> None:
    """keeps the day of the claim"""
    claimed = claiming.first_claim(reward)
    assert claimed is not None
    reward.claimed_on = claimed.day


# --- Paying, and taking back ------------------------------------------------------------------------


def issue(reward: Reward, made: Made[Reward]) -> None:
    """issues a voucher to finance, with the sum and no name"""
    assert reward.amount is not None
    RewardVoucher.objects.create(
        reward=reward, number=f"{reward.number}-{reward.vouchers.count() + 1}", amount=reward.amount,
        issued_on=timezone.localdate(), issued_by=made.by,
    )  # fmt: skip


def void(reward: Reward, made: Made[Reward]) -> None:
    """makes the voucher void"""
    reward.vouchers.filter(void_on=None).update(void_on=timezone.localdate())


def void_and_tell(reward: Reward, made: Made[Reward]) -> None:
    """makes the voucher void, and tells the reporter in the words of the note"""
    void(reward, made)
    tell(reward, made, made.note)


def pay(reward: Reward, made: Made[Reward]) -> None:
    """books the payment, from the department's budget"""
    voucher = reward.vouchers.filter(void_on=None).first()
    refuse_unless(voucher is not None, _("There is no voucher that stands."))
    assert voucher is not None
    refuse_unless(made.facts["on"] >= voucher.issued_on, _("It was not paid before its voucher was issued."))
    book(reward, made, RewardPayment.Way.OUT, voucher=voucher)


def book_back(reward: Reward, made: Made[Reward]) -> None:
    """books what came back"""
    book(reward, made, RewardPayment.Way.BACK)


def book(reward: Reward, made: Made[Reward], way: RewardPayment.Way, **more: Any) -> None:
    assert reward.amount is not None
    refuse_unless(made.facts["on"] <= timezone.localdate(), _("That day has not come yet."))
    number = " ".join(str(made.facts["voucher"]).split())[:80]
    try:
        with transaction.atomic():
            RewardPayment.objects.create(
                reward=reward, way=way, amount=reward.amount, place=prefecture(reward.place), bank_voucher=number,
                day=made.facts["on"], by=made.by, **more,
            )  # fmt: skip
    except IntegrityError:
        refuse_unless(False, _("That was booked already: this reward, or this voucher of the bank."))


def prefecture(place: Division) -> Division:
    """Whose bank numbers the vouchers."""
    while place.level > 2 and place.parent is not None:
        place = place.parent
    return place


def reclaim(reward: Reward, made: Made[Reward]) -> None:
    """keeps who asks for it back"""
    reward.reclaimer, reward.demander = made.by, None


def drop(reward: Reward, made: Made[Reward]) -> None:
    """nobody asks for it back any more"""
    reward.reclaimer = None


def demand(reward: Reward, made: Made[Reward]) -> None:
    """keeps who demands it back, and tells the reporter in the words of the note"""
    reward.demander = made.by
    tell(reward, made, made.note)
