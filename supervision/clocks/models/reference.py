"""What deadlines are reckoned by: the calendar of working days, and the limits that norms and settings give."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervision.language import in_chinese


class Unit(models.TextChoices):
    WORKING_DAYS = "wd", _("working days")
    DAYS = "cd", _("calendar days")
    HOURS = "h", _("hours")
    MONTHS = "mo", _("months")
    YEARS = "y", _("years")
    PERCENT_A_DAY = "pc", _("percent a day")  # a rate that a norm sets beside its deadlines: no clock runs by it


class CalendarYear(models.Model):
    """A year whose holidays are known. Working days are not counted through a year that is missing."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("verified"), default=False)  # read in the State Council's notice itself
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["year"]
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")

    def __str__(self) -> str:
        return str(self.year)


class SpecialDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a weekend that is worked to make up for one."""

    class Kind(models.TextChoices):
        OFF = "off", _("holiday")
        WORK = "work", _("make-up working day")

    day = models.DateField(_("day"), primary_key=True)
    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days", verbose_name=_("year"))
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    name_zh = models.CharField(_("Chinese name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)

    class Meta:
        ordering = ["day"]
        verbose_name = _("special day")
        verbose_name_plural = _("special days")

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Limit(models.Model):
    """How long something may take: in one place (the nation where it is 000000) and for a time, with its source."""

    class Verified(models.TextChoices):
        """The brief's marks of confidence."""

        VERIFIED = "verified", _("read in the norm")
        SECONDARY = "secondary", _("read in a secondary source")
        KNOWLEDGE = "knowledge", _("from general knowledge, not confirmed")
        SETTING = "setting", _("a setting of this site, not law")

    code = models.CharField(_("code"), max_length=30)  # P01, C02, hearing_answer …
    place = models.CharField(_("place"), max_length=6, default="000000")
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    amount = models.PositiveIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=2, choices=Unit.choices)
    extension = models.PositiveIntegerField(_("longest extension, in the same unit"), default=0)
    yellow = models.PositiveSmallIntegerField(_("yellow from, percent of the time"), default=70)
    norm = models.CharField(_("norm"), max_length=20, blank=True)  # code of the register of norms
    article = models.CharField(_("article"), max_length=60, blank=True)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = pgettext_lazy("of time", "limit")
        verbose_name_plural = _("limits")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="limit_above_zero"),
            models.CheckConstraint(condition=Q(yellow__gt=0, yellow__lte=100), name="limit_yellow_is_a_share"),
            ExclusionConstraint(
                name="one_limit_a_place_and_day",
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
