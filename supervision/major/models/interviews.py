"""An interview (约谈): who is called in, why and when, what was said and promised, and what came of it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution, Insurer
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent, Workflow

from .issues import ACCOUNT, Issue
from .reference import Ground


class Stage(models.TextChoices):
    """Where an interview stands (the brief's state machine 29)."""

    DECIDED = "decided", pgettext_lazy("of an interview", "decided on")
    NOTIFIED = "notified", pgettext_lazy("of an interview", "called in")
    HELD = "held", pgettext_lazy("of an interview", "held")
    RECTIFYING = "rectifying", pgettext_lazy("of an interview", "being put right")
    CHECKED = "checked", pgettext_lazy("of an interview", "checked")
    CLOSED = "closed", pgettext_lazy("of an interview", "closed")


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, account: Account) -> "InterviewQuerySet":
        """Those of the territory; whoever is interviewed sees it from the notice on."""
        told = Q(notified_at__isnull=False)
        if account.institution_id:
            return self.filter(told, institution=account.institution_id)
        if account.territory is None:
            return self.none()
        called = Q(subject_place=account.territory) | Q(agency__pooling_area=account.territory)
        return self.filter(Q(place__code__startswith=account.territory.prefix) | told & called)


class Interview(Movable):
    """One interview of one party: an institution, an agency, or the department of a place below."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # YT-990100-2026-000001
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    kind = models.CharField(_("interviewed"), max_length=11, choices=Ground.Party.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Insurer, models.PROTECT, null=True, blank=True, related_name="+")
    subject_place = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="+")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="interviews")
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="+")
    reason = models.TextField(_("why they are called in"))
    handler = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    notified_at = models.DateTimeField(_("notified at"), null=True)
    meets_at = models.DateTimeField(_("called in for"), null=True)
    where = models.CharField(_("where"), max_length=200, blank=True)
    held_at = models.DateTimeField(_("held at"), null=True)
    attendees = models.CharField(_("who took part"), max_length=200, blank=True)
    minutes = models.TextField(_("what was said"), blank=True)
    demand = models.TextField(_("what must be put right"), blank=True)
    commitments = models.TextField(_("what was promised"), blank=True)
    answer = models.TextField(_("what was put right"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    check_result = models.TextField(_("what the check saw"), blank=True)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = InterviewQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["InterviewEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Stage.values), name="interview_state_is_known"),
            models.CheckConstraint(
                condition=Q(kind="institution", institution__isnull=False, agency=None, subject_place=None)
                | Q(kind="agency", institution=None, agency__isnull=False, subject_place=None)
                | Q(kind="place", institution=None, agency=None, subject_place__isnull=False),
                name="interview_of_one_party",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("major:interview", args=[self.number])

    def get_state_display(self) -> str:
        return str(Stage(self.state).label)

    @property
    def party(self) -> Institution | Insurer | Division:
        found = self.institution or self.agency or self.subject_place
        assert found is not None
        return found

    @property
    def party_place(self) -> Division:
        """Where the party sits."""
        if self.institution is not None:
            return self.institution.division
        if self.agency is not None:
            return self.agency.pooling_area
        assert self.subject_place is not None
        return self.subject_place

    def is_called(self, account: Account) -> bool:
        """Whether the account answers for whoever is called in."""
        if account.institution_id:
            return self.institution_id == account.institution_id
        if self.institution_id or account.territory_id is None or account.territory_id != self.party_place.pk:
            return False
        return self.place_id != account.territory_id or (
            self.agency_id is not None and account.insurer_id == self.agency_id
        )

    def reaches(self, account: Account) -> bool:
        if account.territory is not None and self.place_id.startswith(account.territory.prefix):
            return True
        return self.notified_at is not None and self.is_called(account)


class InterviewEvent(MoveEvent):
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        """The state that it led to; of a move that changed none, what was done."""
        move = Workflow.known["major_interview"].moves.get(self.move)
        return str(move.words if move and self.before == self.after else Stage(self.after).label)
