"""Finds the rule of rewards that holds in a place on a day, within the nation's frame."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from supervision.cases.models import Case
from supervision.clocks.limits import narrowest, places_of
from supervision.refusal import Refused

from .models import RewardRule
from .models.rules import NATION
from .reckoning import Band, Shares

Against = RewardRule.Against


class NoRule(Refused):
    """Nobody has set how a reward is reckoned there."""


def against(case: Case) -> RewardRule.Against:
    """Whom the case is about, as rules of rewards tell them apart."""
    return Against.INDIVIDUAL if case.respondent == Case.Respondent.PERSON else Against.INSTITUTION


def rule(place: str, whom: str, level: int, on: date) -> RewardRule:
    """That of the narrowest place which has set a share; one for this kind goes before one for all."""
    rows = RewardRule.objects.filter(
        place__in=places_of(place), against__in=[whom, Against.ANY], level=level, valid__contains=on,
        bands__isnull=False,
    ).distinct()  # fmt: skip
    holds = narrowest(sorted(rows, key=lambda one: one.against == Against.ANY))
    if holds is None:
        raise NoRule(_("No share of rewards has been set for this place and level: an administrator adds the rule."))
    return holds


def levels(place: str, whom: str, on: date) -> list[int]:
    """The levels for which a share has been set there."""
    rows = RewardRule.objects.filter(
        place__in=places_of(place), against__in=[whom, Against.ANY], valid__contains=on, bands__isnull=False
    )
    return sorted(set(rows.values_list("level", flat=True)))


def frame(on: date) -> RewardRule:
    """The nation's least and most of that day."""
    holds = RewardRule.objects.filter(place=NATION, against=Against.ANY, valid__contains=on).order_by("level").first()
    if holds is None:
        raise NoRule(_("The nation's frame of rewards is not known for this day."))
    return holds


def shares(holds: RewardRule, on: date) -> Shares:
    """The rule's bands, held by its own least and most and by the nation's."""
    nation = frame(on)
    most = min(holds.most, nation.most)
    return Shares(bands(holds), min(max(holds.least, nation.least), most), most)


def bands(holds: RewardRule) -> Sequence[Band]:
    return [Band(one.above, one.up_to, one.rate, one.extra) for one in holds.bands.all()]
