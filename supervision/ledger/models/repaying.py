"""What came and turned out not to be owed: it is owed to the party, and paid back."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.moves import MoveEvent

from .book import Entry, Item
from .recovering import Agreed


class RepaymentQuerySet(models.QuerySet["Repayment"]):
    def visible_to(self, account: Account) -> "RepaymentQuerySet":
        return self.filter(item__in=Item.objects.visible_to(account))


class Repayment(Agreed):
    """An amount that goes back to whoever had paid it, by a decision of two people."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        APPROVED = "approved", _("owed back to the party")
        PAID = "paid", _("repaid to the party")
        REFUSED = "refused", _("refused")
        TAKEN_BACK = "taken_back", _("taken back")

    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    set_aside = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="repayment")
    payment = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="repayment_paid")

    objects = RepaymentQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["RepaymentEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("repayment to a party")
        verbose_name_plural = _("repayments to parties")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="repayment_above_zero"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="repayment_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "paid"], set_aside__isnull=False, decided_by__isnull=False)
                | (~Q(state__in=["approved", "paid"]) & Q(set_aside__isnull=True)),
                name="repayment_approved_is_booked",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", payment__isnull=False) | (~Q(state="paid") & Q(payment__isnull=True)),
                name="repayment_paid_is_booked",
            ),
            models.UniqueConstraint(fields=["item"], condition=Q(state="asked"), name="one_repayment_asked"),
        ]

    def __str__(self) -> str:
        return f"repayment {self.pk} of {self.item}"

    def get_state_display(self) -> str:
        return str(self.State(self.state).label)


class RepaymentEvent(MoveEvent):
    repayment = models.ForeignKey(Repayment, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
