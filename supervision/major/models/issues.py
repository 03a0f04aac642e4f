"""A major issue: what was found where and when, how grave it is, and where its handling stands."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent, Workflow

from .reference import IssueLevel, Level

if TYPE_CHECKING:
    from .beside import Guidance, IssueLink, IssueReport, IssueTask, Listing

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where an issue stands (the brief's state machine 28)."""

    FOUND = "found", pgettext_lazy("of a major issue", "found")
    REPORTED = "reported", pgettext_lazy("of a major issue", "reported")
    GRADED = "graded", pgettext_lazy("of a major issue", "graded")
    RESPONDING = "responding", pgettext_lazy("of a major issue", "being dealt with")
    SUPERVISED = "supervised", pgettext_lazy("of a major issue", "listed and supervised")
    STABILISED = "stabilised", pgettext_lazy("of a major issue", "stabilised")
    REVIEWED = "reviewed", pgettext_lazy("of a major issue", "reviewed")
    CLOSED = "closed", pgettext_lazy("of a major issue", "closed")


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, account: Account) -> "IssueQuerySet":
        """Those of the territory; institutions see none."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def reported_late(self) -> "IssueQuerySet":
        """Those whose first report came after it was due."""
        return self.filter(reports__kind="first", reports__at__gt=F("reports__due_at"))


class Issue(Movable):
    """Something that the levels above must know of within hours. Amounts in yuan."""

    class Kind(models.TextChoices):
        LOSS = "loss", _("loss of the fund")
        MEDIA = "media", _("reports in the media")
        MASS = "mass", _("mass event")
        REPEATED = "repeated", _("repeated reports by citizens")
        DATA = "data", _("data or systems")
        OTHER = "other", pgettext_lazy("kind of a major issue", "other")

    number = models.CharField(_("number"), max_length=30, unique=True)  # ZD-990100-2026-000001
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    rule = models.ForeignKey(IssueLevel, models.PROTECT, related_name="+")  # the level as it held when it was set
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    facts = models.TextField(_("what it is about"))
    est_amount = models.DecimalField(_("estimated loss"), max_digits=18, decimal_places=2, null=True, blank=True)
    institutions = models.PositiveSmallIntegerField(_("institutions concerned"), default=0)
    divisions = models.PositiveSmallIntegerField(_("places concerned"), default=1)
    owner = models.CharField(_("who leads"), max_length=100, blank=True)
    found_at = models.DateTimeField(_("found at"))
    finder = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    reporter = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True)
    # What happened, why, and what is to change: written once it is stable.
    happened = models.TextField(_("what happened"), blank=True)
    cause = models.TextField(_("why"), blank=True)
    change = models.TextField(_("what is to change"), blank=True)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # of the next report
    reviewing = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # of the review

    objects = IssueQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["IssueEvent"]
        reports: models.QuerySet["IssueReport"]
        listings: models.QuerySet["Listing"]
        guidance: models.QuerySet["Guidance"]
        links: models.QuerySet["IssueLink"]
        tasks: models.QuerySet["IssueTask"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("major issue")
        verbose_name_plural = _("major issues")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="issue_state_is_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="issue_has_a_level"),
            models.CheckConstraint(
                condition=Q(est_amount__isnull=True) | Q(est_amount__gte=0), name="issue_amount_in_order"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("found_at")), name="issue_closed_after_found"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("major:issue", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    @property
    def goes_up(self) -> bool:
        """Whether its level is reported beyond the place that found it."""
        return self.rule.up_to < self.place.level

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class IssueEvent(MoveEvent):
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        """The state that it led to; of a move that changed none, what was done."""
        move = Workflow.known["major_issue"].moves.get(self.move)
        return str(move.words if move and self.before == self.after else State(self.after).label)
