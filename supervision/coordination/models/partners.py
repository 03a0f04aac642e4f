"""Which departments we work with, and what each kind of them may receive."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Department, Duty, chain
from institutions.models.territory import NATION
from supervision.clocks.models import Limit
from supervision.language import in_chinese


class PartnerQuerySet(models.QuerySet["Partner"]):
    def around(self, place: str) -> "PartnerQuerySet":
        """Those of the divisions that a place lies in: whoever may have a part in what happens there."""
        return self.filter(department__division__in=chain(place), until=None)


class Partner(models.Model):
    """A department of a place that takes part in supervision beside ours."""

    class Kind(models.TextChoices):
        PUBLIC_SECURITY = "public_security", _("public security")
        FINANCE = "finance", _("finance")
        HEALTH = "health", _("health")
        TCM = "tcm", _("traditional Chinese medicine")
        MARKET = "market", _("market regulation")
        DRUGS = "drugs", _("drug administration")
        DISCIPLINE = "discipline", _("discipline inspection and supervision")
        AUDIT = "audit", pgettext_lazy("a department", "audit")
        TAX = "tax", _("tax")
        COURT = "court", _("court")
        PROCURATORATE = "procuratorate", _("procuratorate")

    department = models.OneToOneField(
        Department, models.PROTECT, primary_key=True, related_name="partner", verbose_name=_("department")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["department__division", "kind"]
        verbose_name = _("partner department")
        verbose_name_plural = _("partner departments")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "public_security", "finance", "health", "tcm", "market", "drugs", "discipline", "audit", "tax",
                        "court", "procuratorate",
                    ]
                ),
                name="partner_kind_is_known",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.department)

    def liaisons(self) -> models.QuerySet[Account]:
        """Who reads for it here."""
        return Account.objects.filter(
            department=self.department_id, territory=None, institution=None, is_active=True,
            duties__contains=[Duty.LIAISE],
        )  # fmt: skip


class Allowance(models.Model):
    """What departments of a kind may receive about something: which fields, for which purpose, on which ground."""

    class About(models.TextChoices):
        CASE = "case", _("case")
        FINDING = "finding", _("finding")
        INSTITUTION = "institution", _("institution")

    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind of department"), max_length=16, choices=Partner.Kind.choices)
    about = models.CharField(_("about"), max_length=11, choices=About.choices)
    place = models.CharField(_("place"), max_length=6, default=NATION)
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200)
    basis = models.TextField(_("legal basis"))
    fields = ArrayField(models.CharField(max_length=24), verbose_name=_("fields"))
    persons = models.BooleanField(_("persons may be shown in full"), default=False)
    days = models.PositiveSmallIntegerField(_("longest time, in days"))
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["kind", "about", "code", "place"]
        verbose_name = _("what a department may receive")
        verbose_name_plural = _("what departments may receive")
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1), name="allowance_has_days"),
            ExclusionConstraint(
                name="one_allowance_a_place_and_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh if in_chinese() else self.name_en
