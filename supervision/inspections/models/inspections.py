"""One inspection of one institution, whichever its mode, and the team that makes it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .directories import ACCOUNT, Expert, Inspector
from .draws import Draw
from .plans import Mode, PlanLine
from .rules import Item

if TYPE_CHECKING:
    from .facts import Fact, Sealing


class FlightState(models.TextChoices):
    """Where a flight inspection stands (the brief's state machine 2)."""

    PROPOSED = "proposed", pgettext_lazy("of an inspection", "proposed")
    APPROVED = "approved", pgettext_lazy("of an inspection", "approved")
    FILED = "filed_with_nation", _("filed with the nation")
    DRAWN = "drawn", pgettext_lazy("of an inspection", "drawn")
    PREPARED = "prepared", pgettext_lazy("of an inspection", "prepared")
    ONSITE = "onsite", _("on site")
    FEEDBACK = "feedback", _("fed back to the institution")
    DEFENDED = "defended", _("defence received")
    REPORTED = "reported", _("decided and reported")
    HANDED_OVER = "handed_over", _("handed over to the place")
    HANDLING = "handling", _("being handled by the place")
    RECTIFIED = "rectified", _("put right")
    LOOKED_BACK = "looked_back", _("looked back at")
    CLOSED = "closed", pgettext_lazy("of an inspection", "closed")
    CANCELLED = "cancelled", pgettext_lazy("of an inspection", "cancelled")


class RandomState(models.TextChoices):
    """Where a random inspection stands (the brief's state machine 3)."""

    PLANNED = "planned", pgettext_lazy("of an inspection", "planned")
    DRAWN = "drawn", pgettext_lazy("of an inspection", "drawn")
    NOTIFIED = "notified", _("notice served")
    ONSITE = "onsite", _("on site")
    FEEDBACK = "feedback", _("fed back to the institution")
    DEFENDED = "defended", _("defence received")
    CONCLUDED = "concluded", pgettext_lazy("of an inspection", "concluded")
    PUBLISHED = "published", _("result published")
    CLOSED = "closed", pgettext_lazy("of an inspection", "closed")
    CANCELLED = "cancelled", pgettext_lazy("of an inspection", "cancelled")


class DailyState(models.TextChoices):
    """Where a daily inspection stands (the brief's state machine 5)."""

    PLANNED = "planned", pgettext_lazy("of an inspection", "planned")
    ISSUED = "issued", _("issued to the inspectors")
    ONSITE = "onsite", _("on site")
    FEEDBACK = "findings", _("fed back to the institution")
    DEFENDED = "defended", _("defence received")
    NO_PROBLEM = "no_problem", _("no problem found")
    CORRECTION = "correction", _("ordered to correct")
    BREACH = "breach", _("handled by agreement")
    CASE = "case", _("handed on as a case")
    CLOSED = "closed", pgettext_lazy("of an inspection", "closed")
    CANCELLED = "cancelled", pgettext_lazy("of an inspection", "cancelled")


STATES: dict[str, type[models.TextChoices]] = {
    Mode.FLIGHT: FlightState, Mode.RANDOM: RandomState, Mode.DAILY: DailyState
}  # fmt: skip
BEFORE_THE_VISIT = ("proposed", "approved", "filed_with_nation", "planned", "drawn", "prepared", "notified", "issued")
TOLD = ("feedback", "findings")  # the institution may state and defend
AT_WORK = (*BEFORE_THE_VISIT, "onsite", *TOLD, "defended")  # its team may still change


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, account: Account) -> "InspectionQuerySet":
        """Those organised in the territory or handed over to it; of an institution its own from the notice on."""
        if account.institution_id:
            return self.filter(institution=account.institution_id, notified_at__isnull=False)
        if account.territory is None:
            return self.none()
        prefix = account.territory.prefix
        return self.filter(Q(place__code__startswith=prefix) | Q(host__code__startswith=prefix))

    def published(self) -> "InspectionQuerySet":
        return self.filter(published_on__isnull=False)


class Inspection(Movable):
    """What is looked into on the spot, by whom, and what came of it."""

    class Trigger(models.TextChoices):
        """Why it is made (measures for flight inspections; the brief's 2.1)."""

        PLAN = "annual_plan", _("plan of the year")
        REPORT = "report_clue", _("report of a major risk")
        DATA = "monitoring_hint", _("intelligent monitoring")
        MEDIA = "media_exposure", _("exposed by the media")
        OTHER = "other", _("other")

    number = models.CharField(_("number"), max_length=40, unique=True)  # FJ-, SJ- or RJ-990100-2026-1
    mode = models.CharField(_("mode"), max_length=6, choices=Mode.choices)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("organised by"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="inspections", verbose_name=_("institution")
    )
    host = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+", verbose_name=_("handed over to"))
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, related_name="inspections")
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="inspections")
    trigger = models.CharField(_("trigger"), max_length=15, choices=Trigger.choices)
    trigger_ref = models.CharField(_("on the strength of"), max_length=200, blank=True)
    scope = models.CharField(_("what is inspected"), max_length=400)
    items = models.ManyToManyField(Item, related_name="+", verbose_name=_("items"))
    interprovincial = models.BooleanField(_("inter-provincial"), default=False)
    repeat_reason = models.CharField(_("why a second visit within a year"), max_length=400, blank=True)
    proposer = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    notified_at = models.DateTimeField(_("notice served"), null=True)
    entered_at = models.DateTimeField(_("on site since"), null=True)
    fed_back_at = models.DateTimeField(_("fed back"), null=True)
    defence = models.TextField(_("defence"), blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True)
    joined_on = models.DateField(_("findings handed on"), null=True)
    published_on = models.DateField(_("published on"), null=True)
    result = models.TextField(_("result as published"), blank=True)
    visit = models.CharField(_("visit"), max_length=60, blank=True)  # the number of the visit on site
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = InspectionQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["InspectionEvent"]
        members: "MemberQuerySet"
        facts: models.QuerySet["Fact"]
        sealings: models.QuerySet["Sealing"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        indexes = [models.Index(fields=["institution", "-id"]), models.Index(fields=["state", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode="flight", state__in=FlightState.values)
                | Q(mode="random", state__in=RandomState.values)
                | Q(mode="daily", state__in=DailyState.values),
                name="inspection_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("proposer")), name="inspection_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(notified_at=None) | Q(institution__isnull=False), name="a_notice_names_its_institution"
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | ~Q(result=""), name="what_is_published_has_its_result"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspections:inspection", args=[self.number])

    def get_state_display(self) -> str:
        return str(STATES[self.mode](self.state).label)

    @property
    def told(self) -> bool:
        """Whether the institution may answer what was found."""
        return self.state in TOLD

    def reaches(self, account: Account) -> bool:
        if account.institution_id:
            return account.institution_id == self.institution_id and self.notified_at is not None
        if account.territory is None:
            return False
        prefix = account.territory.prefix
        return self.place_id.startswith(prefix) or (self.host_id or "-").startswith(prefix)


class InspectionEvent(MoveEvent):
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(STATES[self.inspection.mode](self.after).label)


class MemberQuerySet(models.QuerySet["Member"]):
    def serving(self) -> "MemberQuerySet":
        return self.filter(until=None)

    def officers(self) -> "MemberQuerySet":
        return self.filter(until=None, inspector__isnull=False)


class Member(models.Model):
    """Somebody on the team: an officer of the library, an expert, or somebody of a third party."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="members")
    inspector = models.ForeignKey(Inspector, models.PROTECT, null=True, related_name="+")
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, related_name="+")
    third_party = models.CharField(_("third party"), max_length=120, blank=True)  # firm and person
    leader = models.BooleanField(_("leader"), default=False)
    drawn = models.BooleanField(_("drawn"), default=False)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    reason = models.CharField(_("why they left"), max_length=200, blank=True)
    named_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        constraints = [
            models.CheckConstraint(
                condition=Q(inspector__isnull=False, expert=None, third_party="")
                | Q(inspector=None, expert__isnull=False, third_party="")
                | Q(inspector=None, expert=None) & ~Q(third_party=""),
                name="a_member_is_one_of_three",
            ),
            models.UniqueConstraint(
                fields=["inspection", "inspector"], condition=Q(until=None), name="an_inspector_once_a_team"
            ),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(leader=True, until=None), name="one_leader_a_team"
            ),
            models.CheckConstraint(
                condition=Q(leader=False) | Q(inspector__isnull=False), name="a_leader_is_an_officer"
            ),
            models.CheckConstraint(condition=Q(until=None) | ~Q(reason=""), name="who_leaves_a_team_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.inspector or self.expert or self.third_party)
