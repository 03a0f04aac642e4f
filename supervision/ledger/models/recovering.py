"""What is agreed about money that is owed: to pay it in instalments, or to give it up. Both take two people."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.moves import Movable, MoveEvent

from .book import ACCOUNT, Entry, Item


class Agreed(Movable):
    """Something asked about an item by one person and decided by another."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="%(class)ss")
    reason = models.TextField(_("reason"))
    basis = models.CharField(_("basis"), max_length=200)  # the decision, the agreement or the ruling it rests on
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def reaches(self, account: Account) -> bool:
        return account.territory is not None and self.item.place_id.startswith(account.territory.prefix)

    def get_absolute_url(self) -> str:
        return reverse("ledger:item", args=[self.item_id])


class WriteOffQuerySet(models.QuerySet["WriteOff"]):
    def visible_to(self, account: Account) -> "WriteOffQuerySet":
        return self.filter(item__in=Item.objects.visible_to(account))


class WriteOff(Agreed):
    """An amount that will not come back, given up by a decision."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        TAKEN_BACK = "taken_back", _("taken back")

    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="write_off")

    objects = WriteOffQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["WriteOffEvent"]

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="write_off_above_zero"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="write_off_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(state="approved", entry__isnull=False, decided_by__isnull=False)
                | (~Q(state="approved") & Q(entry__isnull=True)),
                name="write_off_approved_is_booked",
            ),
            models.UniqueConstraint(fields=["item"], condition=Q(state="asked"), name="one_write_off_asked"),
        ]

    def __str__(self) -> str:
        return f"write-off {self.pk} of {self.item}"

    def get_state_display(self) -> str:
        return str(self.State(self.state).label)


class WriteOffEvent(MoveEvent):
    write_off = models.ForeignKey(WriteOff, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, account: Account) -> "PlanQuerySet":
        return self.filter(item__in=Item.objects.visible_to(account))


class Plan(Agreed):
    """The instalments in which an outstanding amount is paid."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    objects = PlanQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["PlanEvent"]
        instalments: models.QuerySet["Instalment"]

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="plan_takes_two"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=["asked", "agreed"]), name="one_plan_an_item"
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk} of {self.item}"

    def get_state_display(self) -> str:
        return str(self.State(self.state).label)


class PlanEvent(MoveEvent):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False


class Instalment(models.Model):
    """One part of a plan and the day it is due. Whether it is paid follows from what the ledger holds."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="instalments")
    due_on = models.DateField(_("due on"))
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_above_zero"),
            models.UniqueConstraint(fields=["plan", "due_on"], name="one_instalment_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount}"
