"""What visits and samples go by: checklists and numbers, each with its source and the time in which it holds."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models.territory import NATION
from supervision.clocks.models import Limit
from supervision.language import in_chinese


class Ruled(models.Model):
    """A row that holds in a place for a time."""

    place = models.CharField(_("place"), max_length=6, default=NATION)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en


def one_a_day(name: str) -> ExclusionConstraint:
    """Of a code one row holds for a place and a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("code", RangeOperators.EQUAL),
            ("place", RangeOperators.EQUAL),
            ("valid", RangeOperators.OVERLAPS),
        ],
    )


class Number(Ruled):
    """One number that holds in a place for a time."""

    class Code(models.TextChoices):
        OFFICERS_LEAST = "officers_least", _("least number of officers of a visit")
        SAMPLE_SIZE = "sample_size", _("claims in a sample")
        SAMPLE_STRATA = "sample_strata", _("strata of a sample")
        SAMPLE_CONFIDENCE = "sample_confidence", _("confidence of an interval")
        SAMPLE_ERRORS_LEAST = "sample_errors_least", _("least number of wrong claims for an extrapolation")

    code = models.CharField(_("number"), max_length=20, choices=Code.choices)
    value = models.DecimalField(_("value"), max_digits=8, decimal_places=4)

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = _("number for work on site")
        verbose_name_plural = _("numbers for work on site")
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="onsite_number_is_not_negative"),
            one_a_day("one_onsite_number_a_place_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"


class Checklist(Ruled):
    """A list of what is looked at on a visit."""

    code = models.CharField(_("code"), max_length=20)

    if TYPE_CHECKING:
        items: models.QuerySet["ChecklistItem"]

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        constraints = [one_a_day("one_checklist_a_place_and_day")]

    def __str__(self) -> str:
        return self.name


class ChecklistItem(models.Model):
    """One line of it: what to look at, and the rule it rests on."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="items")
    code = models.CharField(_("code"), max_length=10)
    words_zh = models.CharField(_("Chinese words"), max_length=300)
    words_en = models.CharField(_("English words"), max_length=400)
    basis = models.CharField(_("basis"), max_length=200)

    class Meta:
        ordering = ["checklist", "code"]
        verbose_name = _("line of a checklist")
        verbose_name_plural = _("lines of checklists")
        constraints = [models.UniqueConstraint(fields=["checklist", "code"], name="one_checklist_line_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"

    @property
    def words(self) -> str:
        return self.words_zh if in_chinese() else self.words_en
