"""What an institution reports of itself: an answer to each problem, and the lines of settlements that it found."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution
from supervision.moves import Movable, MoveEvent

from .campaigns import ACCOUNT, Campaign, Problem


class State(models.TextChoices):
    """Where a report stands (the brief's state machine 31)."""

    ISSUED = "issued", _("issued to the institution")
    LOCALISED = "localised", _("list made the place's own")
    REPORTING = "reporting", _("being filled in")
    SUBMITTED = "submitted", _("handed in")
    ACCEPTED = "accepted", _("taken in and demanded")
    REFUNDED = "refunded", _("paid back")
    RECHECKED = "rechecked", _("looked at again")
    CLOSED = "closed", _("closed")


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, account: Account) -> "ReportQuerySet":
        """Those of institutions of the territory; of an institution its own. Nobody reads before it is handed in."""
        if account.institution_id:
            return self.filter(institution=account.institution_id)
        if account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Report(Movable):
    """One institution's report in one campaign. Sums in yuan."""

    class Outcome(models.TextChoices):
        TRUE = "true", _("it stood up")
        PERFUNCTORY = "perfunctory", _("perfunctory")
        FALSE = "false", _("false")

    number = models.CharField(_("number"), max_length=60, unique=True)  # ZC-990000-2026-1-H99010100001
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reports")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    charged = models.DecimalField(_("charges reported"), max_digits=18, decimal_places=2, default=0)
    lost = models.DecimalField(_("of it paid by the fund"), max_digits=18, decimal_places=2, default=0)
    signer = models.CharField(_("signed by"), max_length=60, blank=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    accepter = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    seed = models.CharField(_("seed of the draw"), max_length=32, blank=True)
    drawn_at = models.DateTimeField(_("drawn at"), null=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome.choices, blank=True)
    rechecker = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["ReportEvent"]
        answers: models.QuerySet["Answer"]
        lines: models.QuerySet["ReportedLine"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("report of self-correction")
        verbose_name_plural = _("reports of self-correction")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "institution"], name="one_report_a_campaign"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="report_state_is_known"),
            models.CheckConstraint(condition=Q(lost__gte=0, lost__lte=F("charged")), name="report_in_order"),
            models.CheckConstraint(
                condition=Q(rechecker__isnull=True) | ~Q(rechecker=F("accepter")), name="report_rechecked_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("selfchecks:report", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    @property
    def handed_in(self) -> bool:
        return self.state not in (State.ISSUED, State.LOCALISED, State.REPORTING)

    def reaches(self, account: Account) -> bool:
        if account.institution_id:
            return account.institution_id == self.institution_id
        return account.territory is not None and self.place_id.startswith(account.territory.prefix)


class ReportEvent(MoveEvent):
    report = models.ForeignKey(Report, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)


class Answer(models.Model):
    """The institution's word on one problem: found or not, and in its own words."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="answers")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+")
    found = models.BooleanField(_("found"))
    words = models.CharField(_("what was looked at"), max_length=400)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        ordering = ["problem"]
        verbose_name = _("answer to a problem")
        verbose_name_plural = _("answers to problems")
        constraints = [models.UniqueConstraint(fields=["report", "problem"], name="one_answer_a_problem")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.problem_id}"


class ReportedLine(models.Model):
    """A line of a settled claim that should not have been charged, or not so much."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="lines")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="+")
    claim = models.CharField(_("claim"), max_length=120)
    charge = models.CharField(_("line"), max_length=160, unique=True)  # reported once, whatever the campaign
    month = models.CharField(_("month"), max_length=7)
    fund = models.CharField(_("fund"), max_length=20, blank=True)
    insured_area = models.CharField(_("insured in"), max_length=6, blank=True)
    about = models.CharField(_("what was charged"), max_length=200, blank=True)
    amount = models.DecimalField(_("charged too much"), max_digits=18, decimal_places=2)
    lost = models.DecimalField(_("of it paid by the fund"), max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reported line")
        verbose_name_plural = _("reported lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, lost__gte=0, lost__lte=F("amount")), name="reported_line_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.charge

    @property
    def reference(self) -> str:
        """What the ledger calls it."""
        return f"self-correction line {self.pk}"


class Drawn(models.Model):
    """One of the lines or answers that the draw has chosen, and what was found when it was looked at again."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="drawn")
    line = models.ForeignKey(ReportedLine, models.PROTECT, null=True, related_name="+")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("part of a sample")
        verbose_name_plural = _("parts of samples")
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=False, answer__isnull=True) | Q(line__isnull=True, answer__isnull=False),
                name="drawn_is_a_line_or_an_answer",
            ),
            models.UniqueConstraint(fields=["report", "line"], name="a_line_is_drawn_once"),
            models.UniqueConstraint(fields=["report", "answer"], name="an_answer_is_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.line_id or self.answer_id}"
