"""The parties of supervision: departments, insurers, designated institutions and their practitioners."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.romanizing import findable
from supervision.language import in_chinese

from .territory import Division, chain

if TYPE_CHECKING:
    from .accounts import Account


class Named(models.Model):
    """Something with a Chinese name that counts in law and an English one for readers."""

    name_zh = models.CharField(_("Chinese name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        if in_chinese() or not self.name_en:
            return self.name_zh
        return self.name_en


class Department(Named):
    """An authority with a part in supervision: one of the five responsible parties, or a partner."""

    class Party(models.TextChoices):
        AUTHORITY = "authority", _("medical security department")
        HANDLING = "handling", _("handling agency")
        INSTITUTION = "institution", _("designated institution")
        INDUSTRY = "industry", _("department in charge of an industry")
        GOVERNMENT = "government", _("local government")

    party = models.CharField(_("responsible party"), max_length=12, choices=Party.choices)
    division = models.ForeignKey(Division, models.PROTECT, related_name="departments", verbose_name=_("division"))

    class Meta:
        ordering = ["division", "party"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = [models.UniqueConstraint(fields=["division", "party", "name_zh"], name="one_department_a_name")]


class InsurerQuerySet(models.QuerySet["Insurer"]):
    def visible_to(self, account: "Account") -> "InsurerQuerySet":
        """Those whose pooling area lies in the account's territory."""
        if account.territory is None:
            return self.none()
        return self.filter(pooling_area__code__startswith=account.territory.prefix)

    def of_place(self, division: Division) -> "InsurerQuerySet":
        """Those whose pooling area the place belongs to."""
        return self.filter(pooling_area__in=chain(division.pk))


class Insurer(Named):
    """An agency that handles and pays; its pooling area is a division, most often a prefecture."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    pooling_area = models.ForeignKey(Division, models.PROTECT, related_name="insurers", verbose_name=_("pooling area"))

    objects = InsurerQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("insurer")
        verbose_name_plural = _("insurers")


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def visible_to(self, account: "Account") -> "InstitutionQuerySet":
        """Those in the account's territory; for an account of an institution, that one alone."""
        if account.institution_id:
            return self.filter(pk=account.institution_id)
        if account.territory is None:
            return self.none()
        return self.filter(division__code__startswith=account.territory.prefix)


class Institution(Named):
    """A designated hospital, clinic or pharmacy."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital", _("hospital")
        CLINIC = "clinic", _("clinic")
        PHARMACY = "pharmacy", _("retail pharmacy")

    class Level(models.IntegerChoices):
        NONE = 0, _("no level")
        ONE = 1, _("level 1")
        TWO = 2, _("level 2")
        THREE = 3, _("level 3")

    code = models.CharField(_("national code"), max_length=30, primary_key=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.NONE)
    division = models.ForeignKey(Division, models.PROTECT, related_name="institutions", verbose_name=_("division"))
    beds = models.PositiveIntegerField(_("beds"), default=0)
    specialty = models.CharField(_("specialty"), max_length=40, blank=True)
    social_credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    publicly_run = models.BooleanField(_("publicly run"), default=False)
    # Written by credit alone: the grade that is in force, and since when.
    grade = models.CharField(_("grade"), max_length=4, blank=True, editable=False)
    grade_since = models.DateField(_("grade in force since"), null=True, editable=False)
    pinyin = models.CharField(max_length=1500, blank=True, editable=False)  # of the Chinese name, to be found by it

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        indexes = [models.Index(fields=["name_zh", "code"]), models.Index(fields=["name_en", "code"])]

    def save(self, *args: Any, **more: Any) -> None:
        self.pinyin = findable(self.name_zh)
        if (columns := more.get("update_fields")) is not None and "name_zh" in columns:
            more["update_fields"] = {*columns, "pinyin"}
        super().save(*args, **more)

    def get_absolute_url(self) -> str:
        return reverse("institutions:detail", args=[self.code])


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, account: "Account") -> "AgreementQuerySet":
        return self.filter(institution__in=Institution.objects.visible_to(account))


class Agreement(models.Model):
    """What an institution and an insurer have agreed for a time; one at a time."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", pgettext_lazy("of a paper", "in force")
        SUSPENDED = "suspended", _("suspended")
        TERMINATED = "terminated", _("terminated")
        ENDED = "ended", _("ended")

    OVER = (State.TERMINATED, State.ENDED)

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="agreements", verbose_name=_("institution")
    )
    insurer = models.ForeignKey(Insurer, models.PROTECT, related_name="agreements", verbose_name=_("insurer"))
    number = models.CharField(_("number"), max_length=40, unique=True)
    period = DateRangeField(_("period"))
    # Written by institutions/agreements.py alone.
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.IN_FORCE, editable=False)
    state_since = models.DateField(_("since"), null=True, editable=False)
    state_because = models.CharField(_("because of"), max_length=120, blank=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["institution", "period"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            ExclusionConstraint(
                name="one_agreement_at_a_time",
                expressions=[
                    ("institution", RangeOperators.EQUAL),
                    ("insurer", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["in_force", "suspended"]),  # after one that was ended there may be another
            ),
            models.CheckConstraint(
                condition=Q(state__in=["in_force", "suspended", "terminated", "ended"]),
                name="agreement_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last_day(self) -> date | None:
        """The last day it is in force; the period itself ends before the day after."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None


class PractitionerQuerySet(models.QuerySet["Practitioner"]):
    def visible_to(self, account: "Account") -> "PractitionerQuerySet":
        """Those registered at an institution the account sees."""
        seen = Institution.objects.visible_to(account)
        return self.filter(pk__in=Registration.objects.filter(institution__in=seen).values("practitioner"))


class Practitioner(models.Model):
    """A physician, pharmacist, nurse or technician with a national insurance code."""

    class Kind(models.TextChoices):
        PHYSICIAN = "physician", _("physician")
        PHARMACIST = "pharmacist", _("pharmacist")
        NURSE = "nurse", _("nurse")
        TECHNICIAN = "technician", _("technician")

    code = models.CharField(_("national code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("professional title"), max_length=40, blank=True)
    institutions = models.ManyToManyField(Institution, through="Registration", related_name="practitioners")

    objects = PractitionerQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")

    def __str__(self) -> str:
        return self.name


class Registration(models.Model):
    """Where a practitioner may work, and since when."""

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, related_name="registrations", verbose_name=_("practitioner")
    )
    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="registrations", verbose_name=_("institution")
    )
    department = models.CharField(_("clinical department"), max_length=40, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "institution", "since"], name="one_registration_a_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="registration_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} @ {self.institution_id}"
