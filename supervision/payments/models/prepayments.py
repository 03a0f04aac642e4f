"""A prepayment: a month's money for drugs and consumables, lent at the beginning of a year and set off in it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution
from supervision.moves import Movable, MoveEvent

from .settlements import ACCOUNT


class State(models.TextChoices):
    """Where a prepayment stands (the brief's state machine 33)."""

    AREA_CHECKED = "area_checked", _("the fund may prepay")
    APPLIED = "applied", _("applied for")
    APPROVED = "approved", _("approved")
    PAID = "paid", pgettext_lazy("of a settlement", "paid")
    OFFSET = "offset", _("being set off")
    SETTLED = "settled", _("set off whole")
    REFUSED = "refused", _("not granted")


class PrepaymentQuerySet(models.QuerySet["Prepayment"]):
    def visible_to(self, account: Account) -> "PrepaymentQuerySet":
        """Those of the territory; an institution sees its own."""
        if account.institution_id:
            return self.filter(institution=account.institution_id)
        if account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def outstanding(self) -> "PrepaymentQuerySet":
        """What was paid and is not set off whole."""
        return self.filter(state__in=[State.PAID, State.OFFSET])


class Prepayment(Movable):
    """One institution, year and fund: the area's balance, the amount, and how it was reckoned."""

    number = models.CharField(_("number"), max_length=60, unique=True)  # YF-H99010100001-2026-310
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="prepayments", verbose_name=_("institution")
    )
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    year = models.PositiveSmallIntegerField(_("year"))
    fund = models.CharField(_("fund"), max_length=20)
    months_payable = models.DecimalField(_("months that the balance covers"), max_digits=8, decimal_places=2)
    reckoned = models.JSONField(default=dict)  # how area and amount came about, as it was that day
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, default=0)
    set_off = models.DecimalField(_("set off so far"), max_digits=18, decimal_places=2, default=0)
    voucher = models.CharField(_("bank's voucher"), max_length=80, blank=True)
    paid_on = models.DateField(_("paid on"), null=True)
    preparer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    objects = PrepaymentQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["PrepaymentEvent"]
        drawdowns: models.QuerySet["Drawdown"]

    class Meta:
        ordering = ["-year", "institution", "fund"]
        verbose_name = _("prepayment")
        verbose_name_plural = _("prepayments")
        constraints = [
            models.UniqueConstraint(fields=["institution", "year", "fund"], name="one_prepayment_a_year_and_fund"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="prepayment_state_is_known"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, set_off__gte=0, set_off__lte=F("amount")), name="prepayment_in_order"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("preparer")), name="prepayment_approved_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("payments:prepayment", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id:
            return account.institution_id == self.institution_id
        return account.territory is not None and self.place_id.startswith(account.territory.prefix)


class PrepaymentEvent(MoveEvent):
    prepayment = models.ForeignKey(Prepayment, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)


class Drawdown(models.Model):
    """What one settlement has set off of a prepayment, when it was paid."""

    prepayment = models.ForeignKey(Prepayment, models.PROTECT, related_name="drawdowns")
    settlement = models.OneToOneField("payments.MonthlySettlement", models.PROTECT, related_name="drawdown")
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("set-off of a prepayment")
        verbose_name_plural = _("set-offs of prepayments")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="drawdown_above_zero")]

    def __str__(self) -> str:
        return f"{self.prepayment_id} {self.settlement_id} {self.amount}"
