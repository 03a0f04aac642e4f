"""What is done in a case: each proceeding is a workflow of its own on one track, side by side with the others."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Department
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .cases import Case

ACCOUNT = "institutions.Account"


class Kind(models.TextChoices):
    """The proceedings, each with its own table of moves in supervision/cases/workflows/."""

    PENALTY = "penalty", _("administrative penalty")
    SUMMARY = "summary", _("penalty on the spot")
    BREACH = "breach", _("breach of agreement")
    RECOVERY = "recovery", _("recovery of fund money")
    SUSPENSION = "suspension", _("suspension of settlement")
    INTERVIEW = "interview", _("interview")
    RECTIFICATION = "rectification", _("rectification")
    CRIMINAL = "criminal", _("criminal referral")
    DISCIPLINE = "discipline", _("discipline referral")
    TRANSFER = "transfer", _("transfer to another department")


class Track(models.TextChoices):
    AGREEMENT = "agreement", _("agreement")
    ADMINISTRATIVE = "administrative", _("administrative")
    JUDICIAL = "judicial", _("judicial and discipline")
    DEPARTMENTS = "departments", _("other departments")


TRACKS = {
    Kind.BREACH: Track.AGREEMENT, Kind.RECOVERY: Track.AGREEMENT, Kind.INTERVIEW: Track.AGREEMENT,
    Kind.PENALTY: Track.ADMINISTRATIVE, Kind.SUMMARY: Track.ADMINISTRATIVE, Kind.SUSPENSION: Track.ADMINISTRATIVE,
    Kind.RECTIFICATION: Track.ADMINISTRATIVE, Kind.CRIMINAL: Track.JUDICIAL, Kind.DISCIPLINE: Track.JUDICIAL,
    Kind.TRANSFER: Track.DEPARTMENTS,
}  # fmt: skip


class ProceedingQuerySet(models.QuerySet["Proceeding"]):
    def visible_to(self, account: Account) -> "ProceedingQuerySet":
        """Those of the cases that the account sees."""
        return self.filter(case__in=Case.objects.visible_to(account))

    def open(self) -> "ProceedingQuerySet":
        return self.filter(closed_at=None)


class Proceeding(Movable):
    """One measure under way. What only its kind knows stands in a row of its own beside it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="proceedings")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    number = models.CharField(max_length=40, unique=True)  # the case's number, its kind and which of them
    opened_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    handler = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who prepared what is decided
    reviewer = models.ForeignKey(
        ACCOUNT, models.PROTECT, null=True, related_name="+"
    )  # who checked it for its legality
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who decided
    to = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")  # whom it was sent to
    to_name = models.CharField(max_length=200, blank=True)  # police, court: whoever is no department here
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # of the step it stands at
    overall_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # of the whole, e.g. 90 days
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    objects = ProceedingQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["ProceedingEvent"]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("proceeding")
        verbose_name_plural = _("proceedings")
        indexes = [models.Index(fields=["kind", "state"])]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="proceeding_kind_is_known"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | Q(handler__isnull=True) | ~Q(approver=models.F("handler")),
                name="proceeding_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | Q(handler__isnull=True) | ~Q(reviewer=models.F("handler")),
                name="proceeding_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("cases:proceeding", args=[self.number])

    @property
    def track(self) -> Track:
        return TRACKS[Kind(self.kind)]

    def reaches(self, account: Account) -> bool:
        return self.case.reaches(account)


class ProceedingEvent(MoveEvent):
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
