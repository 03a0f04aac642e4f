"""What changes a clock that runs: pauses, extensions, and the hands that it passes through."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .clocks import Clock

ACCOUNT = settings.AUTH_USER_MODEL


class PauseQuerySet(models.QuerySet["Pause"]):
    def undecided(self) -> "PauseQuerySet":
        return self.filter(approved_at=None, refused_at=None)

    def approved(self) -> "PauseQuerySet":
        return self.filter(approved_at__isnull=False)


class Pause(models.Model):
    """Time that does not count, for a written reason that a second person has approved."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # none: the step was made

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="pause_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="pause_approved_by_another"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="pause_in_order"),
            models.UniqueConstraint(
                fields=["clock"], condition=Q(until=None, refused_at=None), name="one_open_pause_a_clock"
            ),
        ]

    def __str__(self) -> str:
        return f"pause of {self.clock_id}"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def undecided(self) -> "ExtensionQuerySet":
        return self.filter(approved_at=None, refused_at=None)

    def approved(self) -> "ExtensionQuerySet":
        return self.filter(approved_at__isnull=False)


class Extension(models.Model):
    """A later end, for a written reason that a second person has approved; at most what the limit allows, once."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="extensions")
    amount = models.PositiveIntegerField()  # in the limit's unit
    reason = models.TextField()
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="extension_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="extension_approved_by_another",
            ),
            models.UniqueConstraint(fields=["clock"], condition=Q(refused_at=None), name="one_extension_a_clock"),
        ]

    def __str__(self) -> str:
        return f"extension of {self.clock_id}"


class HandOver(models.Model):
    """What one person owed is owed by another from now on."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    taker = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock_id} to {self.taker_id}"
