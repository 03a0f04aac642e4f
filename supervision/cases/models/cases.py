"""A case: what is looked into from the first lead on. Its facts are shared by the proceedings on all three tracks."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution
from supervision.clocks.models import Clock
from supervision.hearing.models import Hearing
from supervision.moves import Movable, MoveEvent

if TYPE_CHECKING:
    from .proceedings import Proceeding

ACCOUNT = "institutions.Account"


class Lead(models.TextChoices):
    """Where a case stands: it begins as a lead (the brief's state machine 1)."""

    NEW = "new", _("new lead")
    TRIAGED = "triaged", _("sorted")
    ASSIGNED = "assigned", _("assigned to officers")
    VERIFYING = "verifying", _("being verified")
    FILED = "filed", _("filed for penalty")
    AGREEMENT_HANDLING = "agreement_handling", _("handled by agreement")
    TRANSFERRED = "transferred", _("passed on")
    NO_PROBLEM = "no_problem", _("no violation found")
    FED_BACK = "fed_back", _("result told")
    ARCHIVED = "archived", _("archived")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, account: Account) -> "CaseQuerySet":
        """Cases of the account's territory. Institutions see none: they are told by documents."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Case(Movable):
    """What is looked into, against whom, on which grounds."""

    class Origin(models.TextChoices):
        FINDINGS = "findings", _("intelligent monitoring")
        COMPLAINT = "complaint", _("complaint")
        FLIGHT = "flight", _("flight inspection")
        SPECIAL = "special", _("special inspection")
        DAILY = "daily", _("daily inspection")
        DEPARTMENT = "department", _("another department")
        SELF_CHECK = "self_check", _("self-check")
        OTHER = "other", _("other")

    class Respondent(models.TextChoices):
        INSTITUTION = "institution", _("designated institution")
        PERSON = "person", _("insured person or practitioner")
        AGENCY = "agency", _("handling agency")

    number = models.CharField(_("number"), max_length=30, unique=True)  # AJ-990100-2026-000012
    title = models.CharField(_("title"), max_length=200)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    place = models.ForeignKey(Division, models.PROTECT, related_name="cases", verbose_name=_("place"))
    respondent = models.CharField(_("kind of respondent"), max_length=11, choices=Respondent.choices)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("institution")
    )
    person = models.CharField(_("person"), max_length=60, blank=True)  # member's or practitioner's code
    facts = models.TextField(_("facts"))
    opened_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # of the step it stands at
    overall_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # until it is filed or not
    handler = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who proposed what to do with it
    proposal = models.CharField(_("proposal"), max_length=24, blank=True)  # the move proposed
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who decided on the proposal
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = CaseQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["CaseEvent"]
        officers: models.QuerySet["Officer"]
        recusals: models.QuerySet["Recusal"]
        proceedings: models.QuerySet["Proceeding"]
        findings: models.QuerySet["CaseFinding"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [models.Index(fields=["state", "-id"]), models.Index(fields=["institution", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Lead.values), name="case_state_is_known"),
            models.CheckConstraint(
                condition=~Q(respondent="institution") | Q(institution__isnull=False), name="case_names_its_institution"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=models.F("handler")), name="case_decided_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.number])

    def get_state_display(self) -> str:
        return str(Lead(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class CaseEvent(MoveEvent):
    case = models.ForeignKey(Case, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False


class Officer(models.Model):
    """Who handles a case, and until when: two at least; whoever has an interest in it steps aside."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="officers")
    account = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="offices")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    recused = models.BooleanField(default=False)  # stepped aside or was told to: may take no part any more
    reason = models.TextField(blank=True)
    named_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "account"], condition=Q(until=None), name="an_officer_once_a_case"),
            models.CheckConstraint(condition=Q(recused=False) | ~Q(reason=""), name="recusal_gives_its_reason"),
            models.CheckConstraint(condition=Q(recused=False) | Q(until__isnull=False), name="recused_is_no_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} of {self.case_id}"


class Recusal(models.Model):
    """That an officer should step aside was asked; the person in charge decides it."""

    class AskedBy(models.TextChoices):
        OFFICER = "officer", _("the officer")
        RESPONDENT = "respondent", _("the respondent")
        FOUND = "found", _("found by the department")

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="recusals")
    asked_for = models.CharField(_("asked by"), max_length=10, choices=AskedBy.choices)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")  # who wrote it down
    asked_at = models.DateTimeField(default=timezone.now)
    granted = models.BooleanField(_("granted"), null=True)
    decided_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_recusal_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="recusal_decided_by_another",
            ),
            models.UniqueConstraint(fields=["officer"], condition=Q(granted=None), name="one_recusal_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"recusal of {self.officer_id}"


class CaseFinding(models.Model):
    """A finding among the facts of a case: in one case at a time, after it was upheld or accepted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="findings")
    hearing = models.OneToOneField(Hearing, models.PROTECT, related_name="in_case")
    added_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.hearing_id} in {self.case_id}"
