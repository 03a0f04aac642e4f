"""How a grade is worked out in one place and for one kind of institution: all of it rows, each with its source."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution
from supervision.cases.models.violations import Sourced
from supervision.language import in_chinese


class Indicator(models.TextChoices):
    """What may stand on record about an institution, as the platform itself knows it."""

    FRAUD = "fraud", _("penalty for fraud")
    PENALTY = "penalty", _("administrative penalty")
    TERMINATED = "terminated", _("agreement terminated")
    SUSPENDED = "suspended", _("agreement suspended")
    PART_SUSPENDED = "part_suspended", _("department or person suspended")
    PAYMENT_HELD = "payment_held", _("payment suspended")
    BREACH = "breach", _("breach of the agreement handled")
    CONFIRMED = "confirmed", _("finding upheld and paid for")
    COMMITMENT_BREACHED = "promise_broken", _("commitment breached")
    SELF_CHECK_FALSE = "self_check_false", _("false or perfunctory self-check")
    ASSESSED_POORLY = "assessed_poorly", _("assessed poorly under the agreement")
    GRIEVANCE = "grievance", _("grievance of an insured person that was upheld")
    SELF_REPORTED = "self_reported", _("reported by itself and paid back")
    ASSESSED_WELL = "assessed_well", _("assessed well under the agreement")
    COMMITMENT_KEPT = "promise_kept", _("commitment kept to its end")


MERITS = frozenset({Indicator.SELF_REPORTED, Indicator.ASSESSED_WELL, Indicator.COMMITMENT_KEPT})
VIOLATIONS = frozenset(set(Indicator) - MERITS)


class Named(models.Model):
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en


class Scheme(Named, Sourced):
    """A place's scheme: where points begin, which records count and how long, and when one may be repaired."""

    class About(models.TextChoices):
        ANY = "any", _("every institution")
        MEDICAL = "medical", _("hospitals and clinics")
        PHARMACY = "pharmacy", _("retail pharmacies")

    class Counts(models.TextChoices):
        YEAR = "year", _("records of the calendar year")
        IN_FORCE = "in_force", _("each record for as long as it is in force")

    class Repaired(models.TextChoices):
        AT_ONCE = "at_once", _("at the next evaluation")
        NEXT_YEAR = "next_year", _("from the next calendar year on")

    place = models.CharField(_("place"), max_length=6)
    about = models.CharField(_("about"), max_length=8, choices=About.choices, default=About.ANY)
    base = models.DecimalField(_("points to begin with"), max_digits=6, decimal_places=2)
    least = models.DecimalField(_("least"), max_digits=6, decimal_places=2, default=0)
    most = models.DecimalField(_("most"), max_digits=6, decimal_places=2)
    bonus_most = models.DecimalField(_("most that can be added"), max_digits=6, decimal_places=2, default=0)
    counts = models.CharField(_("which records count"), max_length=8, choices=Counts.choices)
    repaired = models.CharField(_("a repaired record is left out"), max_length=9, choices=Repaired.choices)
    months_clean = models.PositiveSmallIntegerField(_("months without a new record before a repair"))
    months_new = models.PositiveSmallIntegerField(_("months before a new institution is evaluated"))

    if TYPE_CHECKING:
        bands: models.QuerySet["SchemeBand"]
        lines: models.QuerySet["SchemeLine"]

    class Meta:
        ordering = ["place", "about", "valid"]
        verbose_name = _("credit scheme")
        verbose_name_plural = _("credit schemes")
        constraints = [
            models.CheckConstraint(
                condition=Q(least__lte=F("base"), base__lte=F("most"), bonus_most__gte=0), name="scheme_in_order"
            ),
            ExclusionConstraint(
                name="one_scheme_a_place_and_day",
                expressions=[
                    ("place", RangeOperators.EQUAL), ("about", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @classmethod
    def about_of(cls, institution: Institution) -> "Scheme.About":
        return cls.About.PHARMACY if institution.kind == Institution.Kind.PHARMACY else cls.About.MEDICAL


class SchemeBand(Named):
    """A grade, and the points from which on it is given."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="bands")
    letter = models.CharField(_("grade"), max_length=4)
    from_points = models.DecimalField(_("from how many points"), max_digits=6, decimal_places=2)

    class Meta:
        ordering = ["scheme", "-from_points"]
        verbose_name = _("band of a credit scheme")
        verbose_name_plural = _("bands of a credit scheme")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "letter"], name="a_grade_once_a_scheme"),
            models.UniqueConstraint(fields=["scheme", "from_points"], name="one_grade_a_threshold"),
        ]

    def __str__(self) -> str:
        return self.letter


class SchemeLine(models.Model):
    """What a record is worth: points, and the best grade that is still open; from a sum on, where sums count."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="lines")
    indicator = models.CharField(_("indicator"), max_length=16, choices=Indicator.choices)
    above = models.DecimalField(_("from which sum on"), max_digits=18, decimal_places=2, default=0)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)  # less than nothing takes away
    at_best = models.CharField(_("best grade that is left"), max_length=4, blank=True)
    months = models.PositiveSmallIntegerField(_("months in force"), null=True, blank=True)
    repairable = models.BooleanField(_("may be repaired"), default=True)

    class Meta:
        ordering = ["scheme", "indicator", "above"]
        verbose_name = _("line of a credit scheme")
        verbose_name_plural = _("lines of a credit scheme")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "indicator", "above"], name="one_line_an_indicator_and_sum"),
            # A merit never takes away and a violation never adds: a further violation never improves a grade.
            models.CheckConstraint(
                condition=Q(indicator__in=sorted(MERITS), points__gte=0, at_best="")
                | Q(indicator__in=sorted(VIOLATIONS), points__lte=0),
                name="merits_add_and_violations_take_away",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.points}"
