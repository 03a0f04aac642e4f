"""The numbers by which is settled and prepaid: rates and months, each with its place, source and time."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models.territory import NATION
from supervision.clocks.models import Limit
from supervision.language import in_chinese


class Rate(models.Model):
    """One number that holds in a place for a time. What a grade makes of it stands among the factors of grades."""

    class Code(models.TextChoices):
        DEPOSIT = "deposit", _("part of a month that is kept as deposit")
        EMPLOYEE_MONTHS = "employee_months", _("months that the employees' balance must cover")
        RESIDENT_MONTHS = "resident_months", _("months that the residents' balance must cover")
        SIZE = "size", _("months that are prepaid")
        YEARS = "years", _("years of which the monthly average is taken")
        SET_OFF_FROM = "set_off_from", _("month of the year from which prepaid money is set off")
        APPLY_BY = "apply_by", _("first days of a year in which it is applied for")
        BUDGET_PACE = "budget_pace", _("pace of a budget beyond which it is told")
        OUTLIER = "outlier", _("robust distance from peers that is told")

    code = models.CharField(_("number"), max_length=16, choices=Code.choices)
    place = models.CharField(_("place"), max_length=6, default=NATION)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = _("number of settling")
        verbose_name_plural = _("numbers of settling")
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=Decimal(0)), name="settling_number_is_not_negative"),
            models.CheckConstraint(condition=~Q(code="deposit") | Q(value__lte=1), name="deposit_is_part_of_a_month"),
            ExclusionConstraint(
                name="one_settling_number_a_place_and_day",
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
