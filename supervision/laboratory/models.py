"""Versions of rules written on the site, what was done with them, and what they would change."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models import Snapshot
from institutions.models import Account, Division, Institution
from supervision.language import in_chinese
from supervision.monitoring.leases import UNHELD
from supervision.monitoring.models import Finding

if TYPE_CHECKING:
    from decimal import Decimal


class Stage(models.TextChoices):
    DRAFT = "draft", _("draft")
    EXPERT_REVIEW = "expert_review", _("with the experts")
    TRIAL = "trial", _("on trial")
    IN_FORCE = "in_force", _("in force")
    SUSPENDED = "suspended", _("suspended")
    RETIRED = "retired", _("retired")


CHECKED = [Stage.TRIAL, Stage.IN_FORCE, Stage.SUSPENDED]
COUNTING = [Stage.IN_FORCE, Stage.SUSPENDED]


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, account: Account) -> "VersionQuerySet":
        """Those written in the account's territory; and all that were ever published, for they count everywhere."""
        if account.institution_id or (territory := account.territory) is None:
            return self.none()
        return self.filter(Q(territory__code__startswith=territory.prefix) | Q(published_at__isnull=False))


class Version(models.Model):
    """A page of a rule as somebody wrote it. Its text never changes: whoever saves writes the next version.

    The stage in the page's own header is what the author says of it; the stage that counts is the one here.
    """

    class Origin(models.TextChoices):
        PARAMETERS = "parameters", _("parameters changed")
        TEXT = "text", _("page edited")
        FILE = "file", _("page brought in as a file")

    rule = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    text = models.TextField()
    hash = models.CharField(max_length=64)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")  # None: shipped, or new
    origin = models.CharField(max_length=10, choices=Origin.choices)
    reason = models.TextField()
    examples_changed = models.TextField(blank=True)  # why examples of the page before it were changed
    verdicts = models.JSONField(default=list)  # of every example, see confined.verdicts
    stage = models.CharField(max_length=13, choices=Stage.choices, default=Stage.DRAFT)
    territory = models.ForeignKey(Division, models.PROTECT, related_name="+")  # of the author
    author = models.ForeignKey(Account, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    checker = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    publisher = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    # What counted before it was published, to which one click leads back; None: the shipped page, or nothing.
    replaced = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["rule"], condition=Q(stage__in=COUNTING), name="one_version_in_force"),
            models.UniqueConstraint(fields=["rule"], condition=Q(stage=Stage.TRIAL), name="one_version_on_trial"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="version_stage_is_known"),
            models.CheckConstraint(
                condition=Q(checker=None) | ~Q(checker=F("author")), name="author_and_checker_are_two"
            ),
            models.CheckConstraint(
                condition=Q(publisher=None) | (~Q(publisher=F("author")) & ~Q(publisher=F("checker"))),
                name="publisher_is_a_third",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=CHECKED) | Q(checker__isnull=False), name="no_trial_without_a_checker"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=COUNTING) | Q(publisher__isnull=False, published_at__isnull=False),
                name="not_in_force_without_a_publisher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("laboratory:version", args=[self.pk])


class VersionEvent(models.Model):
    """What was done with a version. Only ever added to."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="events")
    move = models.CharField(max_length=20)
    before = models.CharField(max_length=13, choices=Stage.choices, blank=True)
    after = models.CharField(max_length=13, choices=Stage.choices)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)
    affected = models.BigIntegerField(null=True, blank=True)  # findings that stood under it, when it was taken back

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.move}"


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def visible_to(self, account: Account) -> "ComparisonQuerySet":
        """Of the versions that it sees: the trials, and the back-tests asked for in its territory.

        A back-test from above has read claims that the account may not see, for a page that nobody has checked and that
        may repeat them; once the version is published, somebody has.
        """
        if account.institution_id or (territory := account.territory) is None:
            return self.none()
        asked_here = Q(asked_by__territory__code__startswith=territory.prefix)
        checked = Q(kind=Comparison.Kind.TRIAL) | Q(version__published_at__isnull=False)
        return self.filter(asked_here | checked, version__in=Version.objects.visible_to(account))


class Comparison(models.Model):
    """A version beside the page in force, over months of stored claims: a back-test, or a turn of a trial."""

    class Kind(models.TextChoices):
        BACKTEST = "backtest", _("back-test")
        TRIAL = "trial", _("trial")

    class Status(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped")

    version = models.ForeignKey(Version, models.PROTECT, related_name="comparisons")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    hash = models.CharField(max_length=64)  # of the version's page
    against = models.CharField(max_length=64, blank=True)  # hash of the page in force; empty where there was none
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    knowledge_version = models.BigIntegerField()
    run = models.BigIntegerField(null=True, blank=True)  # the run beside which a trial took its turn
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.RUNNING)
    digest = models.CharField(max_length=64, blank=True)  # of all that it found

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind"], condition=Q(status="running"), name="one_comparison_at_a_time"
            ),
            models.UniqueConstraint(fields=["version", "run"], name="one_turn_of_a_trial_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("laboratory:comparison", args=[self.pk])


class ComparedMonthQuerySet(models.QuerySet["ComparedMonth"]):
    def owed(self) -> "ComparedMonthQuerySet":
        """Neither done nor given up, of a comparison that goes on."""
        return self.filter(done_at=None, parked="", comparison__status=Comparison.Status.RUNNING)

    def free(self) -> "ComparedMonthQuerySet":
        return self.owed().filter(UNHELD)


class ComparedMonth(models.Model):
    """One month of a comparison. Whoever holds the lease may write what it found."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="months")
    month = models.CharField(max_length=7)
    owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    parked = models.TextField(blank=True)  # why it was given up
    digest = models.CharField(max_length=64, blank=True)

    objects = ComparedMonthQuerySet.as_manager()

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["comparison", "month"], name="one_comparison_a_month")]

    def __str__(self) -> str:
        return f"{self.comparison_id} {self.month}"


class Change(models.TextChoices):
    NEW = "new", _("newly accused")
    GONE = "gone", _("no longer accused")
    CHANGED = "changed", _("accused otherwise")
    SAME = "same", _("the same")


class InTerritory(models.QuerySet):  # type: ignore[type-arg]
    def visible_to(self, account: Account) -> "InTerritory":
        """About institutions, or members insured, in the account's territory: as findings are."""
        if account.institution_id or account.territory is None:
            return self.none()
        if not (prefix := account.territory.prefix):
            return self.all()
        here = list(Institution.objects.visible_to(account).order_by().values_list("pk", flat=True))
        return self.filter(Q(institution__in=here) | Q(insured_area__startswith=prefix))


class ChangeTotal(models.Model):
    """How many findings of a kind of change a month has, and their stake before and after, under this rule alone."""

    month = models.ForeignKey(ComparedMonth, models.CASCADE, related_name="totals")
    change = models.CharField(max_length=7, choices=Change.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    insured_area = models.CharField(max_length=6, blank=True)
    findings = models.BigIntegerField()
    before = models.DecimalField(max_digits=18, decimal_places=2)
    after = models.DecimalField(max_digits=18, decimal_places=2)

    objects = InTerritory.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "change", "institution", "insured_area"],
                name="one_total_a_change",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.change} {self.findings}"


class ChangedFinding(models.Model):
    """One finding of a comparison, to be looked at. It accuses nobody, is in no total and owns nothing."""

    month = models.ForeignKey(ComparedMonth, models.CASCADE, related_name="samples")
    change = models.CharField(max_length=7, choices=Change.choices)
    key = models.CharField(max_length=300)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    insured_area = models.CharField(max_length=6, blank=True)
    claim = models.CharField(max_length=120, blank=True)
    certainty = models.PositiveSmallIntegerField(choices=Finding.Certainty.choices)
    before = models.DecimalField(max_digits=18, decimal_places=2)
    after = models.DecimalField(max_digits=18, decimal_places=2)
    because_en = models.TextField()
    because_zh = models.TextField()

    objects = InTerritory.as_manager()

    class Meta:
        ordering = ["-after", "-before", "pk"]
        indexes = [models.Index(fields=["month", "change"])]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("laboratory:sample", args=[self.pk])

    @property
    def because(self) -> str:
        return self.because_zh if in_chinese() else self.because_en

    @property
    def at_stake(self) -> "Decimal":
        return self.after or self.before
