"""What applications, assessments and agreements go by: conditions, grounds, criteria, thresholds and texts, as rows."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution, StandingFact
from supervision.clocks.models import Limit
from supervision.language import in_chinese

if TYPE_CHECKING:
    import datetime as dt

NATION = "000000"
ANY_KIND = "any"
KINDS = [(ANY_KIND, _("any kind")), *Institution.Kind.choices]


class Sourced(models.Model):
    """A row that says where it comes from, how far that was confirmed, and from when to when it holds."""

    place = models.CharField(_("place"), max_length=6, default=NATION)
    norm = models.CharField(_("norm"), max_length=20, blank=True)
    article = models.CharField(_("article"), max_length=60, blank=True)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        abstract = True


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def holding(
        self, use: "Criterion.Use", kind: str, places: "list[str]", on: "dt.date | None" = None
    ) -> "CriterionQuerySet":
        """Those of a use that hold for a kind of institution in these places, on a day or today."""
        day = on or timezone.localdate()
        there = self.filter(use=use, kind__in=[kind, ANY_KIND], place__in=places, valid__contains=day)
        return there.order_by("order", "pk")


class Criterion(Sourced):
    """One thing that is asked: of an applicant, by the assessors, for a measure, or at the year's appraisal."""

    class Use(models.TextChoices):
        CONDITION = "condition", _("condition of applying")
        REFUSAL = "refusal", _("ground for not accepting")
        ASSESSMENT = "assessment", _("criterion of assessment")
        SUSPENSION = "suspension", _("ground for suspending")
        TERMINATION = "termination", _("ground for terminating")
        PERFORMANCE = "performance", _("criterion of performance")

    code = models.CharField(_("code"), max_length=40)
    use = models.CharField(_("what it is for"), max_length=11, choices=Use.choices)
    kind = models.CharField(_("kind of institution"), max_length=10, choices=KINDS, default=ANY_KIND)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_zh = models.CharField(_("Chinese words"), max_length=300)
    name_en = models.CharField(_("English words"), max_length=400)
    points = models.PositiveSmallIntegerField(_("points"), default=0)
    required = models.BooleanField(_("must be met"), default=False)
    # What the platform can know itself: the name of a check in checking.py.
    check_by = models.CharField(_("checked by"), max_length=40, blank=True)
    # Of a ground for terminating: how long the institution may not apply again, as the limit of this code says.
    bars = models.CharField(_("limit of the bar"), max_length=30, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ["use", "kind", "order", "pk"]
        verbose_name = _("criterion of designation")
        verbose_name_plural = _("criteria of designation")
        constraints = [
            models.CheckConstraint(
                condition=Q(use__in=["assessment", "performance"], points__gt=0)
                | ~Q(use__in=["assessment", "performance"]) & Q(points=0),
                name="criterion_has_points_where_it_is_scored",
            ),
            ExclusionConstraint(
                name="one_criterion_a_code_place_and_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en


class Threshold(Sourced):
    """A number that something must reach, in one place and for a time."""

    code = models.CharField(_("code"), max_length=40)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = _("threshold of designation")
        verbose_name_plural = _("thresholds of designation")
        constraints = [
            ExclusionConstraint(
                name="one_designation_threshold_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"


class PerformanceBand(Sourced):
    """What a year's score brings: how much of the quality deposit is released, and whether the agreement is renewed."""

    name_zh = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60)
    least = models.DecimalField(_("from which score on"), max_digits=5, decimal_places=2)
    release = models.DecimalField(_("share of the deposit released, percent"), max_digits=5, decimal_places=2)
    renews = models.BooleanField(_("may be renewed"), default=True)
    # What credit is told of it, if anything.
    tells = models.CharField(_("told to credit as"), max_length=20, blank=True, choices=StandingFact.Kind.choices)

    class Meta:
        ordering = ["place", "-least"]
        verbose_name = _("band of performance")
        verbose_name_plural = _("bands of performance")
        constraints = [
            models.CheckConstraint(
                condition=Q(release__gte=0, release__lte=Decimal(100)), name="band_releases_a_share_of_the_deposit"
            ),
            ExclusionConstraint(
                name="one_band_a_score_place_and_day",
                expressions=[
                    ("least", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en


class ContractTemplate(Sourced):
    """The text of an agreement for one kind of institution, in one version: clauses, and the figures of its annex."""

    class Use(models.TextChoices):
        MAIN = "main", _("service agreement")
        INTERNET = "internet", _("supplementary agreement for an internet hospital")

    use = models.CharField(_("what it is for"), max_length=8, choices=Use.choices, default=Use.MAIN)
    kind = models.CharField(_("kind of institution"), max_length=10, choices=Institution.Kind.choices)
    version = models.CharField(_("version"), max_length=20)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    clauses: Any = models.JSONField(_("clauses"), default=list)  # code, title_zh, title_en, text_zh, text_en
    figures: Any = models.JSONField(_("figures of the annex"), default=list)  # code, name_zh, name_en, unit_zh, unit_en

    class Meta:
        ordering = ["kind", "-use", "-valid"]
        verbose_name = _("text of an agreement")
        verbose_name_plural = _("texts of agreements")
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "use", "version"], name="one_text_a_version"),
            ExclusionConstraint(
                name="one_text_a_kind_place_and_day",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("use", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en
