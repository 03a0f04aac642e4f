"""What a reward goes by: the nation's frame, and the shares that a province or a city has set within it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from supervision.clocks.models import Limit
from supervision.language import in_chinese

NATION = "000000"


class RewardRule(models.Model):
    """How a reward is reckoned in one place and for a time, with its source.

    The rule of the nation is a frame, least and most; it sets no share, so it has no bands.
    """

    class Against(models.TextChoices):
        ANY = "any", _("whomever it is about")
        INSTITUTION = "institution", _("designated institutions and agencies")
        INDIVIDUAL = "individual", _("individuals")

    class Base(models.TextChoices):
        VERIFIED = "verified", _("what was verified")
        RECOVERED = "recovered", _("what came back to the fund")

    place = models.CharField(_("place"), max_length=6, default=NATION)
    against = models.CharField(_("against"), max_length=11, choices=Against.choices, default=Against.ANY)
    level = models.PositiveSmallIntegerField(_("level of the report"), default=1)
    base = models.CharField(_("share of"), max_length=9, choices=Base.choices, default=Base.VERIFIED)
    least = models.DecimalField(_("least reward"), max_digits=18, decimal_places=2)
    most = models.DecimalField(_("greatest reward"), max_digits=18, decimal_places=2)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    if TYPE_CHECKING:
        bands: models.QuerySet["RewardBand"]

    class Meta:
        ordering = ["place", "against", "level", "valid"]
        verbose_name = _("reward rule")
        verbose_name_plural = _("reward rules")
        constraints = [
            models.CheckConstraint(condition=Q(least__gte=0, most__gte=F("least")), name="reward_rule_in_order"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=9), name="reward_rule_level_is_small"),
            ExclusionConstraint(
                name="one_reward_rule_a_place_and_day",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("against", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.against} {self.level}"

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en

    def clean(self) -> None:
        """A place moves within the nation's frame of the day on which its rule begins."""
        since = self.valid.lower if self.valid else None
        frames = RewardRule.objects.filter(place=NATION).exclude(pk=self.pk)
        frame = frames.filter(valid__contains=since).first() if since else None
        if frame and self.place != NATION and not (frame.least <= self.least and self.most <= frame.most):
            told = {"least": f"{frame.least:,}", "most": f"{frame.most:,}"}
            raise ValidationError(gettext("The nation's frame goes from ¥%(least)s to ¥%(most)s.") % told)


class RewardBand(models.Model):
    """The share of what lies between two sums, and what is added once the sum goes beyond the lower one."""

    rule = models.ForeignKey(RewardRule, models.CASCADE, related_name="bands")
    above = models.DecimalField(_("above"), max_digits=18, decimal_places=2, default=Decimal(0))
    up_to = models.DecimalField(_("up to"), max_digits=18, decimal_places=2, null=True, blank=True)
    rate = models.PositiveIntegerField(_("rate, in ten-thousandths"))
    extra = models.DecimalField(_("added to it"), max_digits=18, decimal_places=2, default=Decimal(0))

    class Meta:
        ordering = ["rule", "above"]
        verbose_name = _("band of a reward rule")
        verbose_name_plural = _("bands of a reward rule")
        constraints = [
            models.CheckConstraint(
                condition=Q(above__gte=0) & (Q(up_to__isnull=True) | Q(up_to__gt=F("above"))),
                name="reward_band_in_order",
            ),
            models.CheckConstraint(condition=Q(rate__lte=10_000, extra__gte=0), name="reward_band_rate_is_a_share"),
            ExclusionConstraint(
                name="reward_bands_side_by_side",
                expressions=[
                    ("rule", RangeOperators.EQUAL),
                    (Func("above", "up_to", function="numrange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.above}–{self.up_to or ''}"
