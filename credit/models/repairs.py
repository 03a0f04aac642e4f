"""A repair: an institution has put something right and asks that the record counts no more."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .events import CreditEvent

ACCOUNT = "institutions.Account"


class RepairState(models.TextChoices):
    """Where a repair stands (the brief's state machine 24)."""

    APPLIED = "applied", _("applied for")
    REVIEWING = "reviewing", _("being looked into")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")


class RepairQuerySet(models.QuerySet["Repair"]):
    def visible_to(self, account: Account) -> "RepairQuerySet":
        return self.filter(institution__in=Institution.objects.visible_to(account))


class Repair(Movable):
    """One application about one record, with what was put right and what is promised."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="repairs", verbose_name=_("institution"))
    event = models.ForeignKey(CreditEvent, models.PROTECT, related_name="repairs", verbose_name=_("record"))
    statement = models.TextField(_("what was put right"))
    promise = models.TextField(_("what is promised"))
    applicant = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    applied_on = models.DateField(_("applied on"), default=timezone.localdate)
    handler = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = RepairQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["RepairEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("credit repair")
        verbose_name_plural = _("credit repairs")
        indexes = [models.Index(fields=["institution", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RepairState.values), name="repair_state_is_known"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(state__in=["applied", "reviewing"]), name="one_repair_under_way_a_record"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("handler")), name="repair_decided_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("credit:repair", args=[self.number])

    def get_state_display(self) -> str:
        return str(RepairState(self.state).label)

    def reaches(self, account: Account) -> bool:
        return Institution.objects.visible_to(account).filter(pk=self.institution_id).exists()


class RepairEvent(MoveEvent):
    repair = models.ForeignKey(Repair, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(RepairState(self.after).label)
