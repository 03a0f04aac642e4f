"""What both regions see: claims as they stood when they were named, their lines, findings, and what became of each."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Division
from supervision.monitoring.models import Finding

from .requests import ACCOUNT, Request


class RequestClaim(models.Model):
    """A settled claim of the person at the institution, and the answer about it. Amounts in yuan."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="claims")
    claim = models.CharField(_("claim"), max_length=120)
    month = models.CharField(_("month"), max_length=7)
    kind = models.CharField(max_length=20, blank=True)
    begun = models.DateTimeField(_("begun"), null=True)
    insured_area = models.CharField(_("insured in"), max_length=6)
    fund = models.CharField(_("fund"), max_length=20, blank=True)
    total = models.DecimalField(_("total"), max_digits=18, decimal_places=2)
    paid = models.DecimalField(_("paid by the fund"), max_digits=18, decimal_places=2)
    named_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    # The answer of the place that handles it.
    found = models.BooleanField(_("found"), null=True)
    lost = models.DecimalField(_("lost by the fund"), max_digits=18, decimal_places=2, default=0)
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    answered_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    if TYPE_CHECKING:
        lines: models.QuerySet["EvidenceLine"]
        findings: models.QuerySet["EvidenceFinding"]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("claim of a request")
        verbose_name_plural = _("claims of requests")
        constraints = [
            models.UniqueConstraint(fields=["request", "claim"], name="a_claim_is_named_once"),
            models.CheckConstraint(condition=Q(lost__gte=0, lost__lte=F("paid")), name="lost_within_what_was_paid"),
        ]

    def __str__(self) -> str:
        return self.claim

    @property
    def reference(self) -> str:
        """What the ledger calls it."""
        return f"assistance line {self.pk}"


class EvidenceLine(models.Model):
    """A fee line of it, as it stood."""

    of = models.ForeignKey(RequestClaim, models.CASCADE, related_name="lines")
    charge = models.CharField(_("line"), max_length=160)
    done_at = models.DateTimeField(_("done at"), null=True)
    item = models.CharField(_("what was charged"), max_length=200, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=4, null=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of evidence")
        verbose_name_plural = _("lines of evidence")

    def __str__(self) -> str:
        return self.charge


class EvidenceFinding(models.Model):
    """A finding about it."""

    of = models.ForeignKey(RequestClaim, models.CASCADE, related_name="findings")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("finding of evidence")
        verbose_name_plural = _("findings of evidence")
        constraints = [models.UniqueConstraint(fields=["of", "finding"], name="a_finding_is_shown_once")]

    def __str__(self) -> str:
        return f"{self.finding_id}"


class Passed(models.Model):
    """What came back and was passed on to the fund that had paid. Amounts in yuan."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="passed")
    pooling_area = models.ForeignKey(Division, models.PROTECT, related_name="+")
    fund = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    voucher = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("amount passed on")
        verbose_name_plural = _("amounts passed on")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="something_is_passed_on")]

    def __str__(self) -> str:
        return f"{self.amount} to {self.pooling_area_id} {self.fund}"
