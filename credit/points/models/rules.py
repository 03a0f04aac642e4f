"""What points go by, as data: matters and their tiers, grades of responsibility, thresholds, and ways of repair."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from supervision.cases.models.violations import Sourced
from supervision.language import in_chinese

NATION = "000000"


def once_a_day(name: str, *columns: str) -> ExclusionConstraint:
    """Of one place and one day there is one row with these columns."""
    same = [(column, RangeOperators.EQUAL) for column in ("place", *columns)]
    return ExclusionConstraint(name=name, expressions=[*same, ("valid", RangeOperators.OVERLAPS)])


class Placed(Sourced):
    """A row that holds in a place and below it, unless a narrower place has one of its own."""

    place = models.CharField(_("place"), max_length=6, default=NATION)
    name_zh = models.CharField(_("Chinese name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en


class Matter(Placed):
    """What somebody is scored for: its tier of points, and after which handling of the institution."""

    code = models.CharField(_("code"), max_length=30)
    least = models.PositiveSmallIntegerField(_("least points"), validators=[MinValueValidator(1)])
    most = models.PositiveSmallIntegerField(_("most points"), validators=[MaxValueValidator(12)])
    # M4: a measure of the agreement; V38: violations whose code begins so; penalty: any penalty.
    after = ArrayField(models.CharField(max_length=12), verbose_name=_("after"))

    class Meta:
        ordering = ["least", "code", "valid"]
        verbose_name = _("matter that is scored")
        verbose_name_plural = _("matters that are scored")
        constraints = [
            models.CheckConstraint(condition=Q(least__gte=1, most__gte=F("least"), most__lte=12), name="matter_tier"),
            once_a_day("one_matter_a_place_and_day", "code"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.least}–{self.most})"


class Responsibility(Placed):
    """A grade of responsibility: how far above the least points of the tier it scores."""

    code = models.CharField(_("code"), max_length=12)
    adds = models.PositiveSmallIntegerField(_("points above the least of the tier"))
    main = models.BooleanField(_("suspended for the longer time"), default=False)

    class Meta:
        ordering = ["adds", "valid"]
        verbose_name = _("grade of responsibility")
        verbose_name_plural = _("grades of responsibility")
        constraints = [once_a_day("one_responsibility_a_place_and_day", "code")]

    def __str__(self) -> str:
        return self.name

    def points(self, matter: Matter) -> int:
        """What somebody of this grade is scored for the matter."""
        return min(matter.least + self.adds, matter.most)


class Threshold(Placed):
    """What follows from so many points in a calendar year, and for how many months."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("interview by the institution")
        SUSPENDED = "suspended", _("payment qualification suspended")
        TERMINATED = "terminated", _("payment qualification terminated")

    points = models.PositiveSmallIntegerField(_("from so many points"))
    kind = models.CharField(_("what follows"), max_length=10, choices=Kind.choices)
    at_once = models.BooleanField(_("by one record alone"), default=False)
    months_least = models.PositiveSmallIntegerField(_("months, least"), default=0)
    months_most = models.PositiveSmallIntegerField(_("months, most"), default=0)

    class Meta:
        ordering = ["points", "at_once", "valid"]
        verbose_name = _("threshold of points")
        verbose_name_plural = _("thresholds of points")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="interview") | Q(months_least__gte=1, months_most__gte=F("months_least")),
                name="threshold_months_in_order",
            ),
            once_a_day("one_threshold_a_place_and_day", "points", "at_once"),
        ]

    def __str__(self) -> str:
        return f"{self.points} {self.kind}"


class RepairActivity(Placed):
    """What may be done so that a point less counts."""

    code = models.CharField(_("code"), max_length=20)

    class Meta:
        ordering = ["code", "valid"]
        verbose_name = _("way of repair")
        verbose_name_plural = _("ways of repair")
        constraints = [once_a_day("one_repair_activity_a_place_and_day", "code")]

    def __str__(self) -> str:
        return self.name


class RepairCap(Placed):
    """How many points a person's repairs may take off in a calendar year at most."""

    most = models.PositiveSmallIntegerField(_("at most"))

    class Meta:
        ordering = ["place", "valid"]
        verbose_name = _("most points repaired in a year")
        verbose_name_plural = _("most points repaired in a year")
        constraints = [once_a_day("one_repair_cap_a_place_and_day")]

    def __str__(self) -> str:
        return f"{self.place} {self.most}"
