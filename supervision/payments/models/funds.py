"""A pooling area's fund month by month, and what it may spend in a year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution

from .settlements import ACCOUNT


class FundMonthQuerySet(models.QuerySet["FundMonth"]):
    def visible_to(self, account: Account) -> "FundMonthQuerySet":
        if account.territory is None:
            return self.none()
        return self.filter(area__code__startswith=account.territory.prefix)

    def published(self) -> "FundMonthQuerySet":
        """What the public page tells."""
        return self.filter(published_at__isnull=False)


class FundMonth(models.Model):
    """Income, expenditure and balance of a pooling area's fund at the end of a month, as its accounts say."""

    area = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("pooling area"))
    fund = models.CharField(_("fund"), max_length=20)
    month = models.CharField(_("month"), max_length=7)
    income = models.DecimalField(_("income"), max_digits=18, decimal_places=2)
    expenditure = models.DecimalField(_("expenditure"), max_digits=18, decimal_places=2)
    balance = models.DecimalField(_("accumulated balance"), max_digits=18, decimal_places=2)
    source = models.CharField(_("source"), max_length=200)
    told_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", editable=False)
    published_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    objects = FundMonthQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "area", "fund"]
        verbose_name = _("month of a fund")
        verbose_name_plural = _("months of funds")
        constraints = [
            models.UniqueConstraint(fields=["area", "fund", "month"], name="one_row_a_fund_and_month"),
            models.CheckConstraint(condition=Q(income__gte=0, expenditure__gte=0), name="fund_month_in_order"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("told_by")),
                name="fund_month_published_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.fund} {self.month}"

    def reaches(self, account: Account) -> bool:
        """Whether the account's territory holds the pooling area."""
        inside = account.territory is not None and self.area_id.startswith(account.territory.prefix)
        return inside and not account.institution_id


class BudgetQuerySet(models.QuerySet["Budget"]):
    def visible_to(self, account: Account) -> "BudgetQuerySet":
        """Those of the territory and of its institutions; an institution sees its own."""
        if account.institution_id:
            return self.filter(institution=account.institution_id)
        if account.territory is None:
            return self.none()
        prefix = account.territory.prefix
        # A county has no budget of its own, but the institutions that have one.
        return self.filter(Q(area__code__startswith=prefix) | Q(institution__division__code__startswith=prefix))


class Budget(models.Model):
    """What was agreed that a fund may pay in a year: in the whole pooling area, or to one institution."""

    area = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("pooling area"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    fund = models.CharField(_("fund"), max_length=20)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    source = models.CharField(_("source"), max_length=200)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "area", "institution", "fund"]
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "institution", "year", "fund"], nulls_distinct=False, name="one_budget_a_year_and_fund"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.institution_id or ''} {self.year} {self.fund}"
