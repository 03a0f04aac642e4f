"""What a disease group weighs beside the average stay, as a pooling area has laid it down for a year."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Division
from supervision.clocks.models import Limit


class WeightList(models.Model):
    """The weights of one scheme in one pooling area, for the stays that end on the days of `valid`."""

    class Scheme(models.TextChoices):
        """How a stay is paid by its group; the codes are those by which claims say it."""

        DRG = "drg", _("diagnosis-related groups (DRG)")
        DIP = "dip", _("diagnosis-intervention packets (DIP)")

    scheme = models.CharField(_("scheme"), max_length=3, choices=Scheme.choices)
    area = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("pooling area"))
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))
    loaded_at = models.DateTimeField(_("loaded at"), default=timezone.now)

    if TYPE_CHECKING:
        weights: models.QuerySet["GroupWeight"]

    class Meta:
        ordering = ["-year", "area", "scheme", "valid"]
        verbose_name = _("list of weights")
        verbose_name_plural = _("lists of weights")
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="weights_have_a_source"),
            ExclusionConstraint(
                name="one_list_of_weights_a_day",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()}, {self.area}, {self.year}"


class GroupWeight(models.Model):
    """One disease group of a list; a weight of one is the average stay."""

    of = models.ForeignKey(WeightList, models.PROTECT, related_name="weights")
    group = models.CharField(_("disease group"), max_length=60)
    name = models.CharField(_("name"), max_length=200, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=12, decimal_places=4)

    class Meta:
        ordering = ["of", "group"]
        verbose_name = _("weight of a disease group")
        verbose_name_plural = _("weights of disease groups")
        constraints = [
            models.UniqueConstraint(fields=["of", "group"], name="a_group_has_one_weight_in_a_list"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="weight_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.weight}"
