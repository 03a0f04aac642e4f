"""Meetings held together with other departments: who was called, what was decided, and what became of it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .partners import Partner

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    CALLED = "called", _("called")
    MINUTED = "minuted", _("held, minutes written")
    CONFIRMED = "confirmed", _("minutes confirmed")
    CANCELLED = "cancelled", _("called off")


class TaskState(models.TextChoices):
    PROPOSED = "proposed", _("in the minutes")
    OPEN = "open", _("to be done")
    DONE = "done", _("reported as done")
    ACCEPTED = "accepted", pgettext_lazy("of a task", "done")
    DROPPED = "dropped", _("dropped")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, account: Account) -> "MeetingQuerySet":
        """Those of the territory; for a liaison those the department was called to."""
        if account.at_liaison:
            return self.filter(
                pk__in=Meeting.members.through.objects.filter(partner=account.department_id).values("meeting")
            )
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Meeting(Movable):
    """One joint meeting (联席会议)."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # LX-990100-2026-000003
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    title = models.CharField(_("title"), max_length=200)
    held_at = models.DateTimeField(_("held at"))
    where = models.CharField(_("where"), max_length=200)
    agenda = models.TextField(_("agenda"))
    members = models.ManyToManyField(Partner, related_name="meetings", verbose_name=_("members"))
    present = models.CharField(_("who took part"), max_length=200, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    caller = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # of the minutes
    confirmer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    objects = MeetingQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["MeetingEvent"]
        tasks: models.QuerySet["JointTask"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("joint meeting")
        verbose_name_plural = _("joint meetings")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="meeting_state_is_known"),
            models.CheckConstraint(
                condition=Q(confirmer__isnull=True) | ~Q(confirmer=F("keeper")), name="minutes_confirmed_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("coordination:meeting", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class MeetingEvent(MoveEvent):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)


class JointTaskQuerySet(models.QuerySet["JointTask"]):
    def visible_to(self, account: Account) -> "JointTaskQuerySet":
        """Those of meetings of the territory; for a liaison the department's own, once the minutes are confirmed."""
        if account.at_liaison:
            return self.filter(partner=account.department_id).exclude(state=TaskState.PROPOSED)
        return self.filter(meeting__in=Meeting.objects.visible_to(account))

    def unfinished(self) -> "JointTaskQuerySet":
        return self.filter(state__in=[TaskState.OPEN, TaskState.DONE])


class JointTask(Movable):
    """What a meeting decided that somebody does by a day: a department, or our own."""

    number = models.CharField(_("number"), max_length=40, unique=True)  # LX-990100-2026-000003-1
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks", verbose_name=_("meeting"))
    words = models.TextField(_("what is to be done"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, related_name="tasks", verbose_name=_("responsible department")
    )  # nobody: our own
    due_on = models.DateField(_("to be done by"))
    report = models.TextField(_("what was done"), blank=True)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = JointTaskQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["JointTaskEvent"]

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("task of a joint meeting")
        verbose_name_plural = _("tasks of joint meetings")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="joint_task_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "accepted"]) | ~Q(report=""), name="a_task_done_says_how"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("coordination:task", args=[self.number])

    def get_state_display(self) -> str:
        return str(TaskState(self.state).label)

    @property
    def overdue(self) -> bool:
        return self.state == TaskState.OPEN and self.due_on < timezone.localdate()

    def reaches(self, account: Account) -> bool:
        if account.at_liaison:
            return account.department_id == self.partner_id and self.state != TaskState.PROPOSED
        return self.meeting.reaches(account)


class JointTaskEvent(MoveEvent):
    task = models.ForeignKey(JointTask, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(TaskState(self.after).label)
