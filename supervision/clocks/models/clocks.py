"""Clocks: deadlines that run, have been kept or have been missed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.language import in_chinese

from .reference import Limit

if TYPE_CHECKING:
    from .changes import ExtensionQuerySet, HandOver, PauseQuerySet

ACCOUNT = settings.AUTH_USER_MODEL


class Light(models.TextChoices):
    GREEN = "green", _("in time")
    YELLOW = "yellow", _("due soon")
    RED = "red", _("overdue")


class ClockQuerySet(models.QuerySet["Clock"]):
    def visible_to(self, account: Any) -> "ClockQuerySet":
        """Those that run in the account's territory, or against its institution."""
        if account.institution_id:
            return self.filter(institution=account.institution_id)
        if account.territory is None:
            return self.none()
        return self.filter(place__startswith=account.territory.prefix)

    def going(self) -> "ClockQuerySet":
        return self.filter(state__in=[Clock.State.RUNNING, Clock.State.PAUSED])

    def overdue(self, at: datetime | None = None) -> "ClockQuerySet":
        return self.filter(state=Clock.State.RUNNING, due_at__lt=at or timezone.now())

    def owed_by(self, account: Any) -> "ClockQuerySet":
        """Those that are this account's to keep: named, or holding the duty where nobody is named."""
        unnamed = Q(holder=None, institution=account.institution_id or "", duty__in=account.duties)
        return self.visible_to(account).filter(Q(holder=account.pk) | unnamed)


class Clock(models.Model):
    """One deadline that runs, has been kept or has been missed. It knows what it is about by its words and address."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        MET = "met", _("kept")
        MISSED = "missed", _("missed")  # done after it was due, or ended without having been done
        STOPPED = "stopped", _("no longer needed")

    limit = models.ForeignKey(Limit, models.PROTECT, related_name="clocks")
    subject = models.CharField(max_length=120)  # what it is about, as the chain of acts names it
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    address = models.CharField(max_length=200)  # of the page where it is done
    place = models.CharField(max_length=6)  # division in which it is owed
    institution = models.CharField(max_length=30, blank=True)  # code, where an institution owes it
    duty = models.CharField(max_length=12, blank=True)  # whoever holds it owes it, where nobody is named
    holder = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, blank=True, related_name="clocks")
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    yellow_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.RUNNING)
    red_at = models.DateTimeField(null=True, blank=True)  # when the site noticed that it was overdue
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    if TYPE_CHECKING:
        pauses: "PauseQuerySet"
        extensions: "ExtensionQuerySet"
        hand_overs: models.QuerySet["HandOver"]

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        indexes = [
            models.Index(fields=["place", "due_at"], condition=Q(ended_at=None), name="clock_going"),
            models.Index(fields=["institution", "due_at"], condition=Q(ended_at=None), name="clock_of_institution"),
            models.Index(fields=["subject"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gte=F("since")), name="clock_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["running", "paused"], ended_at=None)
                | Q(state__in=["met", "missed", "stopped"], ended_at__isnull=False),
                name="clock_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.limit_id} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("work:clock", args=[self.pk])

    @property
    def has_run_out(self) -> bool:
        """Whether its time is over; a clock that stands still runs out for nobody."""
        return self.state != Clock.State.PAUSED and self.due_at < timezone.now()

    @property
    def title(self) -> str:
        return self.title_zh if in_chinese() else self.title_en

    def reaches(self, account: Any) -> bool:
        """Whether the account's territory, or its institution, is the one that owes it."""
        if account.institution_id:
            return bool(self.institution == account.institution_id)
        return account.territory is not None and self.place.startswith(account.territory.prefix)

    def is_owed_by(self, account: Any) -> bool:
        """Whether it is this account's to keep: named, or holding the duty where nobody is named."""
        if self.holder_id:
            return bool(self.holder_id == account.pk)
        return self.reaches(account) and bool(self.duty) and account.holds(self.duty)

    def light(self, at: datetime | None = None) -> Light:
        """Green, yellow or red: as it stands, or as it ended."""
        at = self.ended_at or at or timezone.now()
        if self.state == Clock.State.MISSED or (at > self.due_at and self.state == Clock.State.RUNNING):
            return Light.RED
        return Light.YELLOW if at >= self.yellow_at and self.state == Clock.State.RUNNING else Light.GREEN
