"""What only a penalty knows: the violations it punishes, how each fine was weighed, and how the decision fared."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.clocks.models import Clock
from supervision.hearing.models import HearingLine

from .proceedings import Proceeding
from .violations import Factor, Grade, ViolationType

ACCOUNT = "institutions.Account"


class PenaltyState(models.TextChoices):
    """Where a penalty stands (the brief's state machine 14)."""

    FILED = "filed", _("filed")
    INVESTIGATING = "investigating", _("being investigated")
    PRESERVED = "preserved", _("evidence preserved")
    REPORTED = "reported", _("investigation reported")
    LEGAL_REVIEW = "legal_review", _("in legal review")
    REVIEWED = "reviewed", _("legal review passed")
    NOTIFIED = "notified", _("party told beforehand")
    HEARING_REQUESTED = "hearing_requested", _("hearing asked for")
    HEARING_SET = "hearing_set", _("hearing called")
    HEARD = "heard", _("hearing held")
    DEFENDED = "defended", _("party heard, to be decided")
    DISCUSSED = "discussed", _("discussed collectively")
    DECIDED = "decided", _("penalty decided")
    NO_PENALTY = "no_penalty", _("decided not to punish")
    NONE_SERVED = "none_served", _("decision not to punish served")
    REFERRED = "referred", _("with the police instead")
    SERVED = "served", _("decision served")
    OVERDUE = "overdue", _("overdue, a surcharge grows")
    CHALLENGED = "challenged", _("challenged")
    REMINDED = "reminded", _("reminded")
    ENFORCEMENT = "enforcement", _("before the court for enforcement")
    PAID = "paid", _("paid")
    REVOKED = "revoked", _("revoked")
    ENDED = "ended", _("investigation ended")
    CLOSED = "closed", _("closed")
    ARCHIVED = "archived", _("archived")


class Penalty(models.Model):
    """Beside the proceeding of a penalty: its decision, its service and its payment."""

    proceeding = models.OneToOneField(Proceeding, models.PROTECT, primary_key=True, related_name="penalty")
    warning = models.BooleanField(_("warning"), default=False)
    noticed = models.DecimalField(_("fine told beforehand"), max_digits=18, decimal_places=2, null=True)
    noticed_months = models.PositiveSmallIntegerField(_("months of suspension told beforehand"), null=True)
    defence = models.TextField(_("defence"), blank=True)
    defended_at = models.DateTimeField(null=True)
    noticed_confiscation = models.DecimalField(
        _("confiscation told beforehand"), max_digits=18, decimal_places=2, null=True
    )
    hearing_on = models.DateField(_("day of the hearing"), null=True)
    hearing_told_on = models.DateField(_("notice of the hearing received on"), null=True)
    presider = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    heard = models.BooleanField(_("heard"), default=False)
    discussed = models.BooleanField(_("discussed collectively"), default=False)
    fine = models.DecimalField(_("fine"), max_digits=18, decimal_places=2, default=0)
    refund = models.DecimalField(_("refund"), max_digits=18, decimal_places=2, default=0)
    confiscated = models.DecimalField(_("confiscated"), max_digits=18, decimal_places=2, default=0)
    changed_fine = models.DecimalField(  # what a reconsideration or a court left of it; nothing where it was revoked
        _("fine after a challenge"), max_digits=18, decimal_places=2, null=True
    )
    decided_on = models.DateField(_("decided on"), null=True)
    served_on = models.DateField(_("served on"), null=True)
    payment_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    reconsideration_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    suit_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    reminder_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # from its receipt
    publication_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # to withdraw it
    paid_on = models.DateField(_("paid on"), null=True)

    if TYPE_CHECKING:
        challenges: models.QuerySet["Challenge"]

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        constraints = [
            models.CheckConstraint(condition=Q(fine__gte=0, refund__gte=0), name="penalty_sums_not_below_zero"),
            models.CheckConstraint(
                condition=Q(changed_fine=None) | Q(changed_fine__gte=0, changed_fine__lte=F("fine")),
                name="a_challenge_never_raises_the_fine",
            ),
        ]

    def __str__(self) -> str:
        return f"penalty {self.proceeding_id}"

    @property
    def standing_fine(self) -> Decimal:
        """What of the fine stands, after whatever a challenge has changed."""
        return self.fine if self.changed_fine is None else self.changed_fine


class Challenge(models.Model):
    """A reconsideration or a suit against the decision: while it lasts, no surcharge grows."""

    class Forum(models.TextChoices):
        RECONSIDERATION = "reconsideration", _("administrative reconsideration")
        SUIT = "suit", _("suit in court")

    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="challenges")
    forum = models.CharField(_("forum"), max_length=15, choices=Forum.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True)
    result = models.TextField(_("result"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="challenge_in_order"),
            models.UniqueConstraint(fields=["penalty"], condition=Q(until=None), name="one_challenge_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.forum} of {self.penalty_id}"


class Violation(models.Model):
    """One violation that a penalty punishes: its base, its grade, its multiple and the fine that follows from them."""

    class Method(models.TextChoices):
        """How the loss was found (the brief's 3.5)."""

        LINE_RATIO = "line_ratio", _("share of the fund in the lines")
        RECOMPUTED = "recomputed_group", _("group computed anew")
        AGREED = "agreed", _("agreed with the institution")
        APPRAISAL = "appraisal", _("appraisal")

    class Limitation(models.TextChoices):
        TWO = "2", _("two years")
        FIVE = "5", _("five years: life, health or financial safety, with harm")

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="violations")
    type = models.ForeignKey(ViolationType, models.PROTECT, related_name="+")  # the milder of then and now
    type_then = models.ForeignKey(ViolationType, models.PROTECT, related_name="+")  # in force on the day of the act
    acted_from = models.DateField(_("first day of the act"))
    acted_until = models.DateField(_("last day of the act"))
    limitation = models.CharField(_("limitation"), max_length=1, choices=Limitation.choices)
    limitation_reason = models.TextField(_("why this limitation"))
    correct_by = models.DateField(_("ordered to correct by"), null=True)
    refuses = models.BooleanField(_("refuses to correct"), default=False)
    base = models.DecimalField(_("base"), max_digits=18, decimal_places=2, default=0)
    method = models.CharField(_("method"), max_length=16, choices=Method.choices, default=Method.LINE_RATIO)
    base_reason = models.TextField(_("how the base was found"), blank=True)
    grade = models.CharField(_("grade"), max_length=9, choices=Grade.choices, blank=True)
    multiple = models.DecimalField(_("multiple"), max_digits=6, decimal_places=2, default=0)
    fine = models.DecimalField(_("fine"), max_digits=18, decimal_places=2, default=0)
    outside = models.BooleanField(_("outside the band of its grade"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    months = models.PositiveSmallIntegerField(_("months of suspension"), default=0)
    confiscated = models.DecimalField(_("illegal income"), max_digits=18, decimal_places=2, default=0)
    confiscation_reason = models.TextField(_("how the illegal income was found"), blank=True)
    found_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        lines: models.QuerySet["ViolationLine"]
        factors: models.QuerySet["WeighedFactor"]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        constraints = [
            models.CheckConstraint(condition=Q(acted_until__gte=F("acted_from")), name="act_in_order"),
            models.CheckConstraint(condition=~Q(limitation_reason=""), name="limitation_gives_its_reason"),
            models.CheckConstraint(condition=Q(base__gte=0, multiple__gte=0), name="fine_from_nothing_below_zero"),
            models.CheckConstraint(
                condition=Q(fine=Round(F("base") * F("multiple"), precision=2)), name="fine_is_base_times_multiple"
            ),
            models.CheckConstraint(
                condition=Q(confiscated=0) | Q(confiscated__gt=0) & ~Q(confiscation_reason=""),
                name="confiscated_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(outside=False) | ~Q(reason=""), name="outside_its_band_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.type.code} of {self.proceeding_id}"


class ViolationLine(models.Model):
    """A heard line among the acts of a violation. An act carries one fine, over all cases."""

    violation = models.ForeignKey(Violation, models.PROTECT, related_name="lines")
    line = models.ForeignKey(HearingLine, models.PROTECT, related_name="violations")
    fined = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["violation", "line"], name="a_line_once_a_violation"),
            models.UniqueConstraint(fields=["line"], condition=Q(fined=True), name="one_fine_an_act"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} in {self.violation_id}"


class WeighedFactor(models.Model):
    """A factor that counts in a violation, explained."""

    violation = models.ForeignKey(Violation, models.PROTECT, related_name="factors")
    factor = models.ForeignKey(Factor, models.PROTECT, related_name="+")
    explanation = models.TextField(_("explanation"))
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["violation", "factor"], name="a_factor_counts_once"),
            models.CheckConstraint(condition=~Q(explanation=""), name="a_factor_is_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.factor_id} in {self.violation_id}"
