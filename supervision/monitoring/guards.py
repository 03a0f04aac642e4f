"""What keeps rules in check: thresholds, findings held back, exemptions, reviews and demotions."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Division, Institution

if TYPE_CHECKING:
    from institutions.models import Account

ACCOUNT = "institutions.Account"


class Measure(models.TextChoices):
    """What thresholds.toml holds a number of."""

    MONTH_SHARE = "month_share", _("newly accused of 10,000 charges of a month, at most")
    INSTITUTION_SHARE = "institution_share", _("newly accused of 10,000 charges of one institution and month, at most")
    JUMP = "jump", _("findings for 10,000 charges: above those of earlier runs by so many sigma, at most")
    JUMP_MONTHS = "jump_months", _("months of earlier runs that a jump is told from, at least")
    LEAST = "least", _("newly accused findings that can stop a rule, at least")
    EXEMPTION_DAYS = "exemption_days", _("days of an exemption, at most")
    EXEMPTION_NOTICE = "exemption_notice", _("days before its end that an exemption is shown as ending")
    DEMOTE_BELOW = "demote_below", _("a rule whose precision is surely below this is demoted by one level")
    OFF_BELOW = "off_below", _("a rule whose precision is surely below this is switched off")
    UNFAIR_ABOVE = "unfair_above", _("a group's precision may differ from the overall one, at most")
    UNFAIR_REVIEWS = "unfair_reviews", _("reviews in a group before its precision is compared, at least")
    PRECISION_MONTHS = "precision_months", _("months over which reviews count")
    CONNECTED_SHARE = "connected_share", _("share of institutions connected to reminders, at least")
    HEARD_DAYS = "heard_days", _("days without a message after which an institution counts as silent")


class Threshold(models.Model):
    """A number that holds in place of the shipped one: for one rule or for all, for a time."""

    measure = models.CharField(_("measure"), max_length=20, choices=Measure.choices)
    rule = models.CharField(_("rule"), max_length=60, blank=True, help_text=_("Empty: every rule."))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    source = models.TextField(_("source"))
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["measure", "rule", "valid"]
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="threshold_above_zero"),
            ExclusionConstraint(
                name="one_threshold_a_day",
                expressions=[
                    ("measure", RangeOperators.EQUAL),
                    ("rule", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another value of this measure holds on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.rule}".strip()


class HoldQuerySet(models.QuerySet["Hold"]):
    def visible_to(self, account: "Account") -> "HoldQuerySet":
        """Those whose every finding lies in the account's territory: who decides, decides on all of them."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(area__startswith=account.territory.prefix)

    def undecided(self) -> "HoldQuerySet":
        return self.filter(decision="")


class Hold(models.Model):
    """Findings of one step that went over the rule's budget: they accuse nobody until a person has decided."""

    class Decision(models.TextChoices):
        RELEASED = "released", _("released")
        REJECTED = "rejected", _("rejected")
        OUTDATED = "outdated", _("judged anew by a later run")

    class Cause(models.TextChoices):
        MONTH_SHARE = "month_share", _("too many of the month's charges")
        INSTITUTION_SHARE = "institution_share", _("too many of one institution's charges")
        JUMP = "jump", _("a jump against earlier runs")
        REJECTED = "rejected", _("rejected before, on the same grounds")

    step = models.ForeignKey("monitoring.Step", models.PROTECT, related_name="holds")
    rule = models.CharField(max_length=60)
    month = models.CharField(max_length=7)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="holds")  # None: the month
    grounds = models.CharField(max_length=64)  # of the step: the page and the lists it reads
    area = models.CharField(max_length=6, blank=True)  # leading digits of every division concerned
    cause = models.CharField(max_length=20, choices=Cause.choices)
    value = models.DecimalField(max_digits=14, decimal_places=2)  # what was measured, in the cause's own unit
    limit = models.DecimalField(max_digits=14, decimal_places=2)
    findings = models.PositiveIntegerField()
    at_stake = models.DecimalField(max_digits=18, decimal_places=2)
    held_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["rule", "month"])]
        constraints = [
            models.UniqueConstraint(fields=["step", "institution"], name="one_hold_each", nulls_distinct=False),
            models.CheckConstraint(
                condition=~Q(decision__in=["released", "rejected"]) | (~Q(reason="") & Q(decided_by__isnull=False)),
                name="hold_decided_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.month} {self.institution_id or ''}".strip()


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def visible_to(self, account: "Account") -> "ExemptionQuerySet":
        """Those asked for in the account's territory or below it."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(territory__code__startswith=account.territory.prefix)

    def in_force(self) -> "ExemptionQuerySet":
        """Approved, not ended, and today is one of their days."""
        today = timezone.localdate()
        return self.filter(approved_at__isnull=False, ended_at=None, since__lte=today, until__gte=today)


class Exemption(models.Model):
    """For a time, one rule or all accuse somebody of nothing; or one rule is switched off in a place.

    It exempts an institution, a member as far as insured in the territory that asked, or a place.
    """

    rule = models.CharField(max_length=60, blank=True)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="exemptions")
    member = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="+")
    territory = models.ForeignKey(Division, models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=6, blank=True)  # leading digits of the place, or of the territory that asked
    reason = models.TextField()
    evidence = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField()
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="exemption_in_order"),
            models.CheckConstraint(
                name="exempts_one_thing",
                condition=Q(institution__isnull=False, member="", place__isnull=True)
                | (Q(institution__isnull=True, place__isnull=True) & ~Q(member=""))
                | (Q(institution__isnull=True, member="", place__isnull=False) & ~Q(rule="")),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="approved_by_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("monitoring:exemptions") + f"#exemption-{self.pk}"

    @property
    def state(self) -> str:
        """asked, refused, coming, in_force, expired or ended."""
        today = timezone.localdate()
        if self.ended_at:
            return "ended" if self.approved_at else "refused"
        if self.until < today:
            return "expired"
        if not self.approved_at:
            return "asked"
        return "coming" if self.since > today else "in_force"


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, account: "Account") -> "ReviewQuerySet":
        """The reviews of the findings this account may see."""
        if account.institution_id or account.territory is None:
            return self.none()
        prefix = account.territory.prefix
        return self.filter(Q(institution__division__code__startswith=prefix) | Q(insured_area__startswith=prefix))

    def standing(self) -> "ReviewQuerySet":
        """The latest of each finding; the earlier ones stay as history."""
        return self.filter(stands=True)


class Review(models.Model):
    """What a person decided on a finding after looking at the record."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Cause(models.TextChoices):
        DATA_ERROR = "data_error", _("data error")
        KNOWLEDGE = "knowledge", _("knowledge wrong")
        EXEMPTION = "exemption", _("exemption")
        DOCUMENTED = "documented", _("documented")
        DUPLICATE = "duplicate", _("duplicate")
        OTHER = "other", _("other")

    finding = models.ForeignKey("monitoring.Finding", models.PROTECT, related_name="reviews")
    rule = models.CharField(max_length=60)
    page_hash = models.CharField(max_length=64)  # of the page that found it, as it was reviewed
    # As the finding has them: a card adds up reviews by the ten thousand, and findings are wide.
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    insured_area = models.CharField(max_length=6, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    cause = models.CharField(max_length=10, choices=Cause.choices, blank=True)
    note = models.TextField()
    stands = models.BooleanField(default=True)
    reviewed_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(default=timezone.now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["rule", "reviewed_at"])]
        constraints = [
            models.UniqueConstraint(fields=["finding"], condition=Q(stands=True), name="one_standing_review"),
            models.CheckConstraint(
                condition=(Q(outcome="upheld") & Q(cause="")) | (Q(outcome="withdrawn") & ~Q(cause="")),
                name="withdrawn_for_a_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.outcome}"


class Demotion(models.Model):
    """A rule's page that reviews have shown to be wrong too often accuses less surely, or not any more.

    It holds for that version of the page: a mended page starts anew.
    """

    rule = models.CharField(max_length=60)
    page_hash = models.CharField(max_length=64)
    certainty = models.CharField(max_length=10, blank=True)  # from now on; empty: switched off
    upheld = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    upper = models.DecimalField(max_digits=6, decimal_places=4)  # of the precision's interval
    limit = models.DecimalField(max_digits=6, decimal_places=4)
    demoted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["rule", "page_hash"])]
        constraints = [
            models.UniqueConstraint(fields=["rule", "page_hash", "certainty"], name="demoted_to_a_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.certainty or 'off'}"
