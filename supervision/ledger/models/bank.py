"""What the bank says has come in: a file of its rows, each booked, waiting for somebody, or set aside."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division
from supervision.moves import Movable, MoveEvent

from .book import ACCOUNT, Book, Entry


class BankFileQuerySet(models.QuerySet["BankFile"]):
    def visible_to(self, account: Account) -> "BankFileQuerySet":
        """Those of accounts that are kept in the account's territory."""
        if account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class BankFile(models.Model):
    """A statement of what came into one account, as it was handed in."""

    place = models.ForeignKey(Division, models.PROTECT, related_name="+")  # whose account it is
    book = models.CharField(_("account"), max_length=9, choices=Book.choices)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = BankFileQuerySet.as_manager()

    if TYPE_CHECKING:
        rows: "BankRowQuerySet"

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")

    def __str__(self) -> str:
        return f"bank file {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("ledger:bank_file", args=[self.pk])


class BankRowQuerySet(models.QuerySet["BankRow"]):
    def visible_to(self, account: Account) -> "BankRowQuerySet":
        return self.filter(file__in=BankFile.objects.visible_to(account))


class BankRow(Movable):
    """One row of the bank: a voucher with its amount. What cannot be booked is kept and says why."""

    class State(models.TextChoices):
        BOOKED = "booked", _("booked")
        WAITING = "waiting", _("matches nothing yet")
        SET_ASIDE = "set_aside", _("set aside")
        REFUSED = "refused", _("refused")

    class Reason(models.TextChoices):
        """Why a row was refused, or why it waits."""

        MISSING = "missing", _("is empty")
        NO_DAY = "no_day", _("is no day")
        FUTURE = "future", _("lies in the future")
        NO_AMOUNT = "no_amount", _("is no amount above zero in whole fen")
        TOO_LONG = "too_long", _("is too long")
        NO_VALUE = "no_value", _("is a formula or an error, not a value")
        TWICE = "twice", _("this voucher has come before")
        NO_ITEM = "no_item", _("names nothing that is demanded here")
        SEVERAL = "several", _("names several items and pays neither one nor all of them")
        TOO_MUCH = "too_much", _("is more than is outstanding")
        NOT_BOOKED = "not_booked", _("could not be booked")

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()  # of the row in the file, as a spreadsheet counts
    given = models.JSONField()  # the cells as they came
    voucher = models.CharField(_("voucher"), max_length=80, blank=True)
    day = models.DateField(_("day"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, null=True)
    payer = models.CharField(_("payer"), max_length=200, blank=True)
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    column = models.CharField(max_length=20, blank=True)  # where the fault is
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="bank_rows")

    objects = BankRowQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["BankRowEvent"]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("row of a bank file")
        verbose_name_plural = _("rows of bank files")
        indexes = [models.Index(fields=["voucher"], name="bank_row_voucher")]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_row_a_place"),
            models.CheckConstraint(
                condition=Q(state="booked", entry__isnull=False) | (~Q(state="booked") & Q(entry__isnull=True)),
                name="bank_row_booked_has_its_entry",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") | Q(amount__gt=0, day__isnull=False) & ~Q(voucher=""),
                name="bank_row_kept_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number} of bank file {self.file_id}"

    def get_absolute_url(self) -> str:
        return f"{reverse('ledger:bank_file', args=[self.file_id])}#row-{self.number}"

    def get_state_display(self) -> str:
        return str(self.State(self.state).label)

    def reaches(self, account: Account) -> bool:
        return account.territory is not None and self.file.place_id.startswith(account.territory.prefix)


class BankRowEvent(MoveEvent):
    row = models.ForeignKey(BankRow, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
