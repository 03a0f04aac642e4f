"""What counts as a violation and what may follow, as data: each row with its source and the time it holds for."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from supervision.clocks.models import Limit
from supervision.language import in_chinese

from .citing import in_full_en, in_full_zh


class Sourced(models.Model):
    """A row of a norm or of a setting, with the words to cite it by."""

    norm = models.CharField(_("norm"), max_length=20, blank=True)  # code of the register of norms
    article = models.CharField(_("article"), max_length=60, blank=True)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        abstract = True

    @property
    def cited_zh(self) -> str:
        """The norm and the article in full, as Chinese letters cite them."""
        return in_full_zh(self.norm, self.article)

    @property
    def cited_en(self) -> str:
        return in_full_en(self.norm, self.article)

    @property
    def cited(self) -> str:
        return self.cited_zh if in_chinese() else self.cited_en


class ViolationType(Sourced):
    """An act that the Regulation names, and the range of what may follow."""

    class Subject(models.TextChoices):
        AGENCY = "agency", _("handling agency")
        INSTITUTION = "institution", _("designated institution")
        PERSON = "person", _("insured person or practitioner")
        HEAD = "head", _("legal representative or person in charge")
        ANY = "any", _("anybody")

    class Basis(models.TextChoices):
        NONE = "none", _("no fine")
        LOSS = "loss", _("multiple of the loss")
        FRAUD = "fraud", _("multiple of the amount obtained by fraud")
        FIXED = "fixed", _("a sum within a range")

    class Suspends(models.TextChoices):
        NOTHING = "", _("nothing")
        DEPARTMENT = "department", _("the responsible department's services for the fund")
        SETTLEMENT = "settlement", _("the insured person's online settlement")
        OFFICE = "office", _("managing designated institutions")

    code = models.CharField(_("code"), max_length=12)
    subject = models.CharField(_("subject"), max_length=11, choices=Subject.choices)
    words_zh = models.TextField(_("Chinese text"))
    words_en = models.TextField(_("English text"))
    remedy_zh = models.TextField(_("what follows, Chinese"))
    remedy_en = models.TextField(_("what follows, English"))
    refund = models.BooleanField(_("with refund"), default=False)
    basis = models.CharField(_("basis of the fine"), max_length=5, choices=Basis.choices, default=Basis.NONE)
    least = models.DecimalField(_("least"), max_digits=12, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(_("most"), max_digits=12, decimal_places=2, null=True, blank=True)
    confiscates = models.BooleanField(_("illegal income is confiscated"), default=False)
    only_if_refusing = models.BooleanField(_("fined only who refuses to correct"), default=False)
    suspends = models.CharField(_("suspends"), max_length=10, choices=Suspends.choices, blank=True)
    months_least = models.PositiveSmallIntegerField(_("months, least"), null=True, blank=True)
    months_most = models.PositiveSmallIntegerField(_("months, most"), null=True, blank=True)

    class Meta:
        ordering = ["code", "valid"]
        verbose_name = _("type of violation")
        verbose_name_plural = _("types of violations")
        constraints = [
            ExclusionConstraint(
                name="one_violation_type_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(basis="none", least=None, most=None)
                | Q(least__gt=0, most__gte=F("least")) & ~Q(basis="none"),
                name="violation_fine_has_its_range",
            ),
            models.CheckConstraint(
                condition=Q(months_least=None, months_most=None) | Q(months_most__gte=F("months_least")),
                name="violation_months_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.words}"

    @property
    def words(self) -> str:
        return self.words_zh if in_chinese() else self.words_en

    @property
    def remedy(self) -> str:
        return self.remedy_zh if in_chinese() else self.remedy_en

    @property
    def fined(self) -> bool:
        return self.basis != self.Basis.NONE


class Grade(models.TextChoices):
    """The five grades of discretion."""

    NONE = "none", _("no penalty")
    MITIGATED = "mitigated", _("mitigated, below the range")
    LIGHTER = "lighter", _("lighter")
    ORDINARY = "ordinary", _("ordinary")
    HEAVIER = "heavier", _("heavier")


class Band(Sourced):
    """Which part of a range a grade of discretion has in a place."""

    place = models.CharField(_("place"), max_length=6, default="000000")
    least = models.DecimalField(_("range from"), max_digits=12, decimal_places=2)
    most = models.DecimalField(_("range to"), max_digits=12, decimal_places=2)
    grade = models.CharField(_("grade"), max_length=9, choices=Grade.choices)
    low = models.DecimalField(_("from"), max_digits=12, decimal_places=2)
    high = models.DecimalField(_("to"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["place", "least", "low"]
        verbose_name = _("band of discretion")
        verbose_name_plural = _("bands of discretion")
        constraints = [
            models.CheckConstraint(
                condition=Q(low__gte=F("least"), high__gte=F("low"), most__gte=F("high")), name="band_within_its_range"
            ),
            ExclusionConstraint(
                name="one_band_a_grade_and_day",
                expressions=[
                    ("place", RangeOperators.EQUAL), ("least", RangeOperators.EQUAL), ("most", RangeOperators.EQUAL),
                    ("grade", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.place} {self.grade} {self.low}–{self.high}"


class Factor(Sourced):
    """A circumstance that the law or a benchmark makes count, and in which direction."""

    class Effect(models.TextChoices):
        NONE = "none", _("no penalty")
        MAY_BE_NONE = "may_none", _("a penalty may be left out")
        LIGHTER = "lighter", _("lighter or mitigated")
        HEAVIER = "heavier", _("heavier")

    code = models.CharField(_("code"), max_length=30)
    effect = models.CharField(_("effect"), max_length=8, choices=Effect.choices)
    words_zh = models.TextField(_("Chinese text"))
    words_en = models.TextField(_("English text"))

    class Meta:
        ordering = ["effect", "code"]
        verbose_name = _("factor of discretion")
        verbose_name_plural = _("factors of discretion")
        constraints = [
            ExclusionConstraint(
                name="one_factor_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return self.words_zh if in_chinese() else self.words_en


class PenaltyLimit(Sourced):
    """A sum or a rate on which the procedure turns: from where on a hearing is due, up to where it is on the spot."""

    code = models.CharField(_("code"), max_length=30)
    place = models.CharField(_("place"), max_length=6, default="000000")
    words_zh = models.TextField(_("Chinese text"))
    words_en = models.TextField(_("English text"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4)

    class Meta:
        ordering = ["code", "place", "valid"]
        verbose_name = _("limit of the penalty procedure")
        verbose_name_plural = _("limits of the penalty procedure")
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="penalty_limit_above_zero"),
            ExclusionConstraint(
                name="one_penalty_limit_a_place_and_day",
                expressions=[
                    ("code", RangeOperators.EQUAL), ("place", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.place}"
