"""By how much lighter is treated what an institution reports itself, and how large a sample is looked at again."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models.territory import NATION
from supervision.clocks.models import Limit
from supervision.language import in_chinese


class Leniency(models.Model):
    """One number that holds in a place for a time."""

    class Code(models.TextChoices):
        DAMAGES = "damages", _("factor on damages for what was reported and returned in time")
        POINTS = "points", _("factor on what it costs in credit")
        FALSE = "false", _("factor where the report was false or perfunctory")
        SAMPLE_SHARE = "sample_share", _("share of the lines that is looked at again")
        SAMPLE_LEAST = "sample_least", _("least number of lines that is looked at again")

    code = models.CharField(_("number"), max_length=16, choices=Code.choices)
    place = models.CharField(_("place"), max_length=6, default=NATION)
    value = models.DecimalField(_("value"), max_digits=8, decimal_places=4)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = _("number of self-correction")
        verbose_name_plural = _("numbers of self-correction")
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="self_correction_number_is_not_negative"),
            ExclusionConstraint(
                name="one_self_correction_number_a_place_and_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en
