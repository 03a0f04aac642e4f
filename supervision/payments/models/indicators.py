"""What a month looks like in numbers, kept so that months and peers can be laid side by side."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models import Snapshot
from institutions.models import Account, Division, Institution


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, account: Account) -> "IndicatorQuerySet":
        return self.filter(institution__in=Institution.objects.visible_to(account))


class Indicator(models.Model):
    """One formula for one institution and month: what is divided, by what, and the version it was counted at."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    month = models.CharField(_("month"), max_length=7)
    code = models.CharField(_("indicator"), max_length=24)
    over = models.DecimalField(_("divided"), max_digits=20, decimal_places=4)
    under = models.DecimalField(_("divided by"), max_digits=20, decimal_places=4)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "code", "institution"]
        verbose_name = _("indicator of a month")
        verbose_name_plural = _("indicators of months")
        constraints = [
            models.UniqueConstraint(fields=["institution", "month", "code"], name="one_indicator_a_month"),
            models.CheckConstraint(condition=models.Q(under__gt=0), name="indicator_divides_by_something"),
        ]
        indexes = [models.Index(fields=["month", "code"])]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.month} {self.code}"


class HospitalizationQuerySet(models.QuerySet["Hospitalization"]):
    def visible_to(self, account: Account) -> "HospitalizationQuerySet":
        if account.territory is None:
            return self.none()
        return self.filter(area__code__startswith=account.territory.prefix)


class Hospitalization(models.Model):
    """A pooling area's month: discharges of its insured wherever they were, and how many are insured."""

    area = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("pooling area"))
    month = models.CharField(_("month"), max_length=7)
    discharges = models.PositiveIntegerField(_("discharges"))
    insured = models.PositiveIntegerField(_("insured persons"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")

    objects = HospitalizationQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "area"]
        verbose_name = _("hospitalization of a month")
        verbose_name_plural = _("hospitalization of months")
        constraints = [
            models.UniqueConstraint(fields=["area", "month"], name="one_hospitalization_a_month"),
            models.CheckConstraint(condition=models.Q(insured__gt=0), name="hospitalization_divides_by_something"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.month}"

    @property
    def rate(self) -> Decimal:
        return Decimal(self.discharges) / self.insured
