"""A claim that a published case is wrong. Anybody makes it, so it holds the day and nothing of who did."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .cases import TypicalCase


class State(models.TextChoices):
    RECEIVED = "received", _("being looked into")
    CORRECTED = "corrected", _("right: the case is corrected")
    WITHDRAWN = "withdrawn", _("right: the case is withdrawn")
    REFUSED = "refused", _("not right")


class ErrorClaimQuerySet(models.QuerySet["ErrorClaim"]):
    def visible_to(self, account: Account) -> "ErrorClaimQuerySet":
        return self.filter(typical__in=TypicalCase.objects.visible_to(account))

    def open(self) -> "ErrorClaimQuerySet":
        return self.filter(state=State.RECEIVED)


class ErrorClaim(Movable):
    """What somebody says is wrong. Its receipt is a short code, under which the answer stands on the public page."""

    typical = models.ForeignKey(TypicalCase, models.PROTECT, related_name="claims")
    receipt = models.CharField(max_length=9, unique=True)
    text = models.TextField(_("what is wrong"))
    institution = models.CharField(_("institution's code, if one speaks"), max_length=30, blank=True)
    received_on = models.DateField()
    noted = models.BooleanField(default=False)  # in the chain of acts, by the night after
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(null=True)

    objects = ErrorClaimQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["ErrorClaimEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("claim of an error")
        verbose_name_plural = _("claims of errors")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="an_error_claim_says_something"),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED, answer="", answered_on=None)
                | ~Q(state=State.RECEIVED) & ~Q(answer="") & Q(answered_on__isnull=False),
                name="an_error_claim_is_answered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.typical} {self.receipt}"

    def get_absolute_url(self) -> str:
        return self.typical.get_absolute_url()

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        return self.typical.reaches(account)


class ErrorClaimEvent(MoveEvent):
    claim = models.ForeignKey(ErrorClaim, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
