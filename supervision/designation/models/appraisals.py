"""How an agreement was performed in a year, by criteria, and what that brings."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account

from .contracts import Contract
from .reference import PerformanceBand

ACCOUNT = "institutions.Account"


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    def visible_to(self, account: Account) -> "AppraisalQuerySet":
        """Those of agreements that the account sees; an institution's once a second person has confirmed them."""
        seen = self.filter(contract__in=Contract.objects.visible_to(account))
        return seen.filter(confirmed_by__isnull=False) if account.institution_id else seen

    def confirmed(self) -> "AppraisalQuerySet":
        return self.filter(confirmed_by__isnull=False)


class Appraisal(models.Model):
    """One year of one agreement: written by one person of the agency, confirmed by another."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="appraisals")
    year = models.PositiveSmallIntegerField(_("year"))
    scores: Any = models.JSONField(default=list)  # code, words in both tongues, points, of how many, what was seen
    total = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    band = models.ForeignKey(PerformanceBand, models.PROTECT, related_name="+", verbose_name=_("band"))
    written_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = _("appraisal of performance")
        verbose_name_plural = _("appraisals of performance")
        constraints = [
            models.UniqueConstraint(fields=["contract", "year"], name="one_appraisal_a_year"),
            models.CheckConstraint(condition=Q(total__gte=0, total__lte=100), name="appraisal_out_of_a_hundred"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("written_by")),
                name="appraisal_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.year}"
