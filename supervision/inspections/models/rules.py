"""What inspections go by: the list of items with their guide, the numbers of a place, what risk weighs in a draw."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models.territory import NATION
from supervision.clocks.models import Limit
from supervision.language import in_chinese


class Item(models.Model):
    """One line of the list of inspection items, with its basis and the guide that inspectors go by."""

    code = models.CharField(_("code"), max_length=20)
    place = models.CharField(_("place"), max_length=6, default=NATION)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    basis = models.CharField(_("basis"), max_length=200)
    guide_zh = models.TextField(_("guide in Chinese"))
    guide_en = models.TextField(_("guide in English"))
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = _("inspection item")
        verbose_name_plural = _("inspection items")
        constraints = [
            ExclusionConstraint(
                name="one_inspection_item_a_place_and_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en

    @property
    def guide(self) -> str:
        return self.guide_zh if in_chinese() else self.guide_en


class Number(models.Model):
    """One number that holds in a place for a time."""

    class Code(models.TextChoices):
        OFFICERS = "officers", _("least number of officers of an inspection")
        VISITS = "visits", _("planned visits to one institution within a year")

    code = models.CharField(_("number"), max_length=16, choices=Code.choices)
    place = models.CharField(_("place"), max_length=6, default=NATION)
    value = models.PositiveSmallIntegerField(_("value"))
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = _("number of inspections")
        verbose_name_plural = _("numbers of inspections")
        constraints = [
            ExclusionConstraint(
                name="one_inspection_number_a_place_and_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en


class RiskBand(models.Model):
    """By how much likelier an institution is drawn, from a share of its charges on that open findings question.

    `least` in 1/10000 of what it has charged; the highest band that is reached counts.
    """

    place = models.CharField(_("place"), max_length=6, default=NATION)
    least = models.PositiveSmallIntegerField(_("from this share on (1/10000)"))
    value = models.DecimalField(_("factor"), max_digits=6, decimal_places=2)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["place", "least"]
        verbose_name = _("weight of risk")
        verbose_name_plural = _("weights of risk")
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="weight_of_risk_not_below_zero"),
            models.CheckConstraint(condition=Q(least__lte=10_000), name="share_at_risk_is_a_share"),
            ExclusionConstraint(
                name="one_weight_of_risk_a_place_and_day",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("least", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.least}: {self.value}"
