"""A settlement: what an institution declared for a month and a fund, what is taken off, and what is paid."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.models import Snapshot
from institutions.models import Account, AppraisedYear, Division, Institution, Measure
from supervision.clocks.models import Clock
from supervision.ledger.models import Item
from supervision.moves import Movable, MoveEvent

ACCOUNT = "institutions.Account"


def yuan(words: Any) -> "models.DecimalField[Any, Any]":
    """An exact sum, nothing where nobody has said one."""
    return models.DecimalField(words, max_digits=18, decimal_places=2, default=0)


class State(models.TextChoices):
    """Where a settlement stands (the brief's state machine 32)."""

    DECLARED = "declared", _("declared")
    AUTO_REVIEW = "auto_review", _("reckoned from the records")
    MANUAL_REVIEW = "manual_review", pgettext_lazy("of a settlement", "being checked")
    APPEAL = "appeal", _("before the institution")
    CONFIRMED = "confirmed", _("approved")
    PAID = "paid", pgettext_lazy("of a settlement", "paid")
    RECONCILED = "reconciled", _("reconciled")
    YEAR_SETTLED = "year_settled", _("settled for the year")


# Until it is approved, a settlement follows the records; afterwards what changes goes into a later one.
FOLLOWING = (State.DECLARED, State.AUTO_REVIEW, State.MANUAL_REVIEW, State.APPEAL)
DISBURSED = (State.PAID, State.RECONCILED, State.YEAR_SETTLED)


class MonthlySettlementQuerySet(models.QuerySet["MonthlySettlement"]):
    def visible_to(self, account: Account) -> "MonthlySettlementQuerySet":
        """Those of the territory; an institution sees its own from the day it is asked."""
        if account.institution_id:
            told = Q(told_at__isnull=False)
            return self.filter(told, institution=account.institution_id)
        if account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class MonthlySettlement(Movable):
    """One institution, month and fund. Every figure is the sum of lines that can be looked at."""

    number = models.CharField(_("number"), max_length=60, unique=True)  # JS-H99010100001-2026-03-310
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="settlements", verbose_name=_("institution")
    )
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    month = models.CharField(_("month"), max_length=7)
    fund = models.CharField(_("fund"), max_length=20, blank=True)  # insurance type, as the claims say it
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")  # what it was reckoned from

    claims = models.PositiveIntegerField(_("claims"), default=0)
    declared = yuan(_("declared"))  # what the fund was charged
    out_of_scope = yuan(_("out of scope"))  # while the agreement was suspended or ended
    refused = yuan(_("refused by review"))
    deposit = yuan(_("kept as deposit"))
    prepaid_offset = yuan(_("prepaid and set off"))
    offset = yuan(_("recovered by set-off"))
    adjustments = yuan(_("adjustments of earlier months"))  # either way
    payable = yuan(_("payable"))
    withheld = yuan(_("withheld"))  # of what is payable, while a measure holds it
    paid = yuan(pgettext_lazy("of a settlement", "paid"))
    released = yuan(_("deposit given back"))

    left_out = ArrayField(models.BigIntegerField(), default=list)  # items of the ledger that are not set off here
    to_release = models.DecimalField(_("deposit to be given back"), max_digits=18, decimal_places=2, null=True)

    declared_at = models.DateTimeField(_("declared at"), default=timezone.now)
    due_on = models.DateField(_("to be paid by"), null=True)
    told_at = models.DateTimeField(_("put before the institution at"), null=True)
    accepted_at = models.DateTimeField(_("accepted by the institution at"), null=True)
    preparer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    payer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    assessor = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # of the year
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # of the payment
    appraised = models.ForeignKey(AppraisedYear, models.PROTECT, null=True, related_name="+")  # releases the deposit
    answer_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # the institution's time

    objects = MonthlySettlementQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["SettlementEvent"]
        lines: models.QuerySet["SettlementLine"]
        payments: models.QuerySet["SettlementPayment"]

    class Meta:
        ordering = ["-month", "institution", "fund"]
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        indexes = [
            models.Index(fields=["place", "-month"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["institution", "fund", "month"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["institution", "month", "fund"], name="one_settlement_a_month_and_fund"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="settlement_state_is_known"),
            models.CheckConstraint(
                condition=Q(
                    payable=F("declared") - F("out_of_scope") - F("refused") - F("offset") - F("deposit")
                    - F("prepaid_offset") + F("adjustments")
                ),
                name="settlement_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    payable__gte=0, refused__gte=0, deposit__gte=0, prepaid_offset__gte=0, offset__gte=0,
                    out_of_scope__gte=0, withheld__gte=0, paid__gte=0, released__gte=0,
                ),
                name="settlement_takes_off_no_less_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(withheld__lte=F("payable"), released__lte=F("deposit"))
                & (Q(paid=0) | Q(paid=F("payable"), withheld=0)),
                name="settlement_is_paid_whole",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("preparer")), name="settlement_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(payer__isnull=True) | (~Q(payer=F("preparer")) & ~Q(payer=F("approver"))),
                name="settlement_paid_by_a_third",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("payments:settlement", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    @property
    def follows(self) -> bool:
        """Whether its figures still follow the records."""
        return self.state in FOLLOWING

    def reaches(self, account: Account) -> bool:
        if account.institution_id:
            return account.institution_id == self.institution_id and self.told_at is not None
        return account.territory is not None and self.place_id.startswith(account.territory.prefix)


class SettlementEvent(MoveEvent):
    settlement = models.ForeignKey(MonthlySettlement, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)


class SettlementLine(models.Model):
    """One part of one figure: the ledger's item, the register's measure or the month from which it comes."""

    class Figure(models.TextChoices):
        OUT_OF_SCOPE = "out_of_scope", _("out of scope")
        REFUSED = "refused", _("refused by review")
        DEPOSIT = "deposit", _("kept as deposit")
        PREPAID_OFFSET = "prepaid_offset", _("prepaid and set off")
        OFFSET = "offset", _("recovered by set-off")
        ADJUSTMENTS = "adjustments", _("adjustments of earlier months")

    BOOKED = (Figure.REFUSED, Figure.OFFSET)  # by the ledger, when the settlement is paid

    settlement = models.ForeignKey(MonthlySettlement, models.PROTECT, related_name="lines")
    figure = models.CharField(_("figure"), max_length=14, choices=Figure.choices)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="settlement_lines")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    prepayment = models.ForeignKey("payments.Prepayment", models.PROTECT, null=True, related_name="settlement_lines")
    earlier = models.ForeignKey(MonthlySettlement, models.PROTECT, null=True, related_name="adjusted_by")
    rate = models.ForeignKey("payments.Rate", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["figure", "pk"]
        verbose_name = _("line of a settlement")
        verbose_name_plural = _("lines of a settlement")
        constraints = [
            models.CheckConstraint(
                condition=Q(figure="adjustments") & ~Q(amount=0) | Q(amount__gt=0), name="settlement_line_is_something"
            ),
            models.CheckConstraint(
                condition=~Q(figure__in=["refused", "offset"]) | Q(item__isnull=False),
                name="settlement_line_of_the_ledger_has_its_item",
            ),
            models.UniqueConstraint(
                fields=["settlement", "item"], condition=Q(item__isnull=False), name="an_item_once_a_settlement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.figure} {self.amount}"


class SettlementPayment(models.Model):
    """Money that went to the institution by a voucher of the bank: a month's, or a year's deposit."""

    class What(models.TextChoices):
        MONTH = "month", _("the month")
        DEPOSIT = "deposit", _("the deposit")

    settlement = models.ForeignKey(MonthlySettlement, models.PROTECT, related_name="payments")
    what = models.CharField(_("for"), max_length=7, choices=What.choices)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+")  # the prefecture, whose bank numbers it
    voucher = models.CharField(_("bank's voucher"), max_length=80)
    day = models.DateField(_("day"))
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("payment of a settlement")
        verbose_name_plural = _("payments of settlements")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="settlement_payment_above_zero"),
            models.UniqueConstraint(fields=["settlement", "what"], name="a_settlement_is_paid_once"),
            models.UniqueConstraint(fields=["place", "voucher"], name="a_settlement_voucher_counts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.what} {self.amount}"
