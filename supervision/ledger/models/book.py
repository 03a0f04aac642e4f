"""The ledger: what became of every fen in question. Double entry, only ever added to."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution

ACCOUNT = "institutions.Account"


class Book(models.TextChoices):
    """Where money goes back to. The two are never mixed (Regulation, art. 45)."""

    FUND = "fund", _("the fund's account")  # refunds, recoveries
    TREASURY = "treasury", _("the treasury")  # fines, confiscated income
    AGREEMENT = "agreement", _("liquidated damages under the agreement")


class Stage(models.TextChoices):
    """An account of the ledger: where an amount stands. An amount moves from one to another, never vanishes."""

    SOURCE = "source", _("source")  # what every amount is taken from; its balance is minus the sum of all the others
    SUSPECTED = "suspected", _("suspected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CONFIRMED = "confirmed", _("confirmed")
    DEMANDED = "demanded", _("demanded")
    CASH = "cash", _("returned in cash")
    OFFSET = "offset", _("returned by offset")
    INSTALMENT = "instalment", _("returned in instalments")
    WRITTEN_OFF = "written_off", _("written off")
    REPAYABLE = "repayable", _("owed back to the party")  # it had come back, and turned out not to be owed
    REPAID = "repaid", _("repaid to the party")


RETURNED = (Stage.CASH, Stage.OFFSET, Stage.INSTALMENT)


KINDS = {
    "hearing line": _("Line of a finding"),
    "self-correction line": _("Line of a self-correction"),
    "assistance line": _("Line of a request for assistance"),
    "penalty": _("Fine"),
    "surcharge": _("Surcharge on a fine"),
    "confiscation": _("Confiscated illegal income"),
    "damages": _("Liquidated damages"),
}


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, account: Account) -> "ItemQuerySet":
        """Those about institutions and persons of the account's territory; an institution sees its own demands."""
        if account.institution_id:
            return self.filter(institution=account.institution_id, demanded_at__isnull=False)
        if account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Item(models.Model):
    """What a sum is about and where it belongs: a line that was heard, a fine, damages."""

    reference = models.CharField(max_length=80, unique=True)  # "hearing line 12", "penalty 7"
    book = models.CharField(max_length=9, choices=Book.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="ledger_items")
    person = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+")  # where it is handled
    pooling_area = models.ForeignKey(Division, models.PROTECT, related_name="+")  # whose fund paid
    fund = models.CharField(max_length=20, blank=True)  # insurance type, as the claim says it
    month = models.CharField(max_length=7)
    case = models.CharField(max_length=30, blank=True)  # number of the case it belongs to, once it does
    address = models.CharField(max_length=200, blank=True)  # of the page it opens to
    demanded_at = models.DateTimeField(null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    if TYPE_CHECKING:
        postings: "PostingQuerySet"

    class Meta:
        ordering = ["pk"]
        verbose_name = _("item")
        verbose_name_plural = _("items")
        indexes = [models.Index(fields=["institution", "month"]), models.Index(fields=["case"])]
        constraints = [models.CheckConstraint(condition=Q(book__in=Book.values), name="item_book_is_known")]

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        """What it is in words; the bank is told the reference."""
        kind, _space, which = self.reference.rpartition(" ")
        return f"{KINDS[kind]} {which}" if kind in KINDS else self.reference


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, account: Account) -> "EntryQuerySet":
        """Those that moved an amount of an item the account sees."""
        return self.filter(postings__item__in=Item.objects.visible_to(account)).distinct()


class Entry(models.Model):
    """One booking: amounts leave one stage and arrive at another, in one transaction, for a reason."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()  # the day it counts for; of a payment, the day of the bank's voucher
    reason = models.CharField(max_length=300)
    voucher = models.CharField(max_length=80, blank=True)  # bank's or treasury's voucher, offset batch
    subject = models.CharField(max_length=120)  # what caused it: "hearing 12 uphold", "AJ-…-P1 pay"
    by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # nobody: the site itself
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")

    objects = EntryQuerySet.as_manager()

    if TYPE_CHECKING:
        postings: "PostingQuerySet"

    class Meta:
        ordering = ["-number"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("number")), name="an_entry_reverses_another"
            )
        ]

    def __str__(self) -> str:
        return f"entry {self.number}"

    @property
    def because(self) -> str:
        """The reason in the reader's tongue where the site gave it; what people wrote stays as they wrote it."""
        return gettext(self.reason) if self.reason else ""


class PostingQuerySet(models.QuerySet["Posting"]):
    def visible_to(self, account: Account) -> "PostingQuerySet":
        return self.filter(item__in=Item.objects.visible_to(account))


class Posting(models.Model):
    """One side of an entry: an amount, in yuan, that arrives (above zero) or leaves (below) a stage."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    item = models.ForeignKey(Item, models.PROTECT, related_name="postings")
    stage = models.CharField(max_length=11, choices=Stage.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["item", "stage"])]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_posting_moves_something"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="posting_stage_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.amount}"


class Voucher(models.Model):
    """A bank's or treasury's voucher that has been booked: it counts once. A reversal sets it free again."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="voucher_held")
    book = models.CharField(max_length=9, choices=Book.choices)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+")  # the prefecture, whose bank numbers it
    number = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "place", "number"], name="a_voucher_counts_once")]

    def __str__(self) -> str:
        return self.number


class Balance(models.Model):
    """What stands at a stage of an item: kept by a trigger with every posting, never written by the site."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="balances")
    stage = models.CharField(max_length=11, choices=Stage.choices)
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        # Sums read what stands somewhere, and nothing else of it.
        indexes = [
            models.Index(
                fields=["stage", "item"], include=["amount"], condition=~Q(amount=0), name="balance_that_stands"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "stage"], name="one_balance_a_stage"),
            models.CheckConstraint(
                condition=Q(stage="source") | Q(amount__gte=0), name="nothing_is_moved_that_is_not_there"
            ),
            models.CheckConstraint(condition=~Q(stage="source") | Q(amount__lte=0), name="the_source_only_gives"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.stage} {self.amount}"
