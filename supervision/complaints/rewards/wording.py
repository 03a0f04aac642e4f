"""How a reward came about, and what a rule gives, in sentences that a reporter and an auditor can follow."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from .models import Reward, RewardRule


def money(amount: Decimal | str) -> str:
    return f"¥{Decimal(amount):,.2f}"


def share(rate: int | str) -> str:
    """Ten-thousandths as a percentage: 1000 is 10 %."""
    return f"{(Decimal(rate) / 100).normalize():f} %"


def steps(reward: Reward) -> list[str]:
    """As it was reckoned on the day it was proposed."""
    return list(told(reward)) if reward.reckoned and reward.amount is not None else []


def told(reward: Reward) -> Iterator[str]:
    *parts, last = reward.reckoned
    for part in parts:
        words = (
            _("%(rate)s of the %(part)s above %(above)s, and %(extra)s more: %(gives)s")
            if Decimal(part["extra"])
            else _("%(rate)s of the %(part)s above %(above)s: %(gives)s")
        )
        yield words % {
            "rate": share(part["rate"]), "part": money(part["part"]), "above": money(part["above"]),
            "extra": money(part["extra"]), "gives": money(part["gives"]),
        }  # fmt: skip
    assert reward.amount is not None
    match last["held"]:
        case "up":
            yield _("That is less than the least reward: %(amount)s") % {"amount": money(reward.amount)}
        case "down":
            yield _("No reward is greater than %(amount)s") % {"amount": money(reward.amount)}


def bands(rule: RewardRule) -> list[str]:
    """What a rule gives, band by band."""
    return [band_words(one.rate, one.above, one.up_to, one.extra) for one in rule.bands.all()]


def band_words(rate: int, above: Decimal, up_to: Decimal | None, extra: Decimal) -> str:
    told = {"rate": share(rate), "above": money(above), "up_to": money(up_to or "0"), "extra": money(extra)}
    if up_to is not None:
        words = _("%(rate)s of what lies between %(above)s and %(up_to)s") % told
    elif above:
        words = _("%(rate)s of what lies above %(above)s") % told
    else:
        words = _("%(rate)s of all") % told
    return f"{words}{_(', and %(extra)s more') % told}" if extra else words
