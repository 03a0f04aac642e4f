"""Monitoring runs, their steps, and what they found."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Count, Exists, Func, OuterRef, Q, Sum, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models import Snapshot
from institutions.models import Institution
from supervision.language import in_chinese

from .guards import Demotion, Exemption, Hold, Review, Threshold
from .leases import UNHELD

if TYPE_CHECKING:
    from institutions.models import Account

__all__ = [
    "Demotion", "Exemption", "Finding", "FindingLine", "FindingTotal", "Hold", "Review", "Run", "Step", "Threshold",
    "UnsettledClaim",
]  # fmt: skip


class RulePage(models.Model):
    """A rule's page to the letter, kept by its hash: whatever was found with it can be read beside it for ever."""

    rule = models.CharField(max_length=60)
    hash = models.CharField(max_length=64)
    text = models.TextField()
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "hash"], name="a_page_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.hash[:8]}"


class Standing(models.Model):
    """What counts of a rule instead of the page shipped with the site; without a row, that page does.

    The laboratory writes it, in the transaction in which a version is published, suspended or taken back.
    """

    class Stage(models.TextChoices):
        IN_FORCE = "in_force", _("in force")
        SUSPENDED = "suspended", _("suspended")
        RETIRED = "retired", _("retired")

    rule = models.CharField(max_length=60, primary_key=True)
    page = models.ForeignKey(RulePage, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()  # its number in the laboratory
    stage = models.CharField(max_length=9, choices=Stage.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["in_force", "suspended", "retired"]), name="standing_stage_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.version} {self.stage}"


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, account: "Account") -> "RunQuerySet":
        """Runs whose every claim came from the account's territory, and those started from there."""
        if account.institution_id or (territory := account.territory) is None:
            return self.none()
        prefix = territory.prefix
        foreign = Snapshot.objects.filter(version__lte=OuterRef("snapshot"), batch__isnull=False).exclude(
            batch__territory__code__startswith=prefix
        )
        return self.filter(~Exists(foreign) | Q(started_by__territory__code__startswith=prefix))

    def with_progress(self) -> "RunQuerySet":
        """Each with its steps counted: `done`, `stuck`, and what they `found` and `withdrew`."""
        return self.annotate(
            done=Count("steps", filter=Q(steps__done_at__isnull=False)),
            stuck=Count("steps", filter=Q(steps__done_at__isnull=True) & ~Q(steps__parked="")),
            found=Sum("steps__found", default=0),
            withdrew=Sum("steps__withdrawn", default=0),
        )


class Run(models.Model):
    """Rules over months of claims, at one version of the warehouse and of the knowledge."""

    class Status(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        PARKED = "parked", _("done, with parked steps")
        CANCELLED = "cancelled", _("cancelled")

    number = models.BigAutoField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="runs")
    knowledge_version = models.BigIntegerField()
    started_by = models.ForeignKey("institutions.Account", models.PROTECT, null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.RUNNING)
    steps_total = models.PositiveIntegerField(default=0)
    not_runnable = models.JSONField(default=dict)  # {rule code: what it needs and is not uploaded}

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("monitoring run")
        verbose_name_plural = _("monitoring runs")
        constraints = [
            # So an older run can never write over what a newer one has found.
            models.UniqueConstraint(fields=["status"], condition=Q(status="running"), name="one_run_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:run", args=[self.number])


class StepQuerySet(models.QuerySet["Step"]):
    def owed(self) -> "StepQuerySet":
        """Neither done nor given up."""
        return self.filter(done_at=None, parked="")

    def free(self) -> "StepQuerySet":
        """Owed, and held by nobody whose lease still runs."""
        return self.owed().filter(UNHELD)


class Step(models.Model):
    """One rule over one month of claims. Whoever holds the lease may write its findings."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    rule = models.CharField(max_length=60)
    month = models.CharField(max_length=7)
    page_hash = models.CharField(max_length=64)
    inputs = models.CharField(max_length=64)  # hash of all that the answer depends on
    grounds = models.CharField(max_length=64, blank=True)  # hash of what it depends on beside the claims
    owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    parked = models.TextField(blank=True)  # the last error, when it failed five times
    charges = models.BigIntegerField(default=0)  # charges judged
    found = models.BigIntegerField(default=0)
    withdrawn = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)  # of all that was found, for the chain of acts

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "rule", "month"], name="one_step_each")]
        indexes = [models.Index(fields=["rule", "month", "done_at"])]

    def __str__(self) -> str:
        return f"{self.run_id} {self.rule} {self.month}"


# A claim is known as institution:number; people search for the number alone.
CLAIM_NUMBER = Func("claim", Value(":"), Value(2), function="split_part", output_field=models.CharField())


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, account: "Account") -> "FindingQuerySet":
        """Findings about institutions, or members insured, in the account's territory.

        An institution sees only what has been sent to it; nothing is sent before the hearing is built.
        """
        if account.institution_id or account.territory is None:
            return self.none()
        if not (prefix := account.territory.prefix):
            return self.all()
        # Named one by one: of a join the planner cannot tell how many there are, and walks a million rows for a county.
        here = list(Institution.objects.visible_to(account).order_by().values_list("pk", flat=True))
        return self.filter(Q(institution__in=here) | Q(insured_area__startswith=prefix))

    def open(self) -> "FindingQuerySet":
        return self.filter(status=Finding.Status.OPEN)


class Finding(models.Model):
    """What a rule noticed; it accuses nobody yet. Amounts in yuan."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        HELD = "held", _("held back")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Withdrawn(models.TextChoices):
        """Why it was withdrawn."""

        GONE = "gone", _("no longer found")
        EXEMPTED = "exempted", _("exempted")
        REVIEWED = "reviewed", _("withdrawn after review")
        REJECTED = "rejected", _("held back, then rejected")
        RULE_ENDED = "rule_ended", _("its rule is no longer in force")

    class Relabelled(models.TextChoices):
        """What has changed since somebody decided on it: a later run would say otherwise."""

        KNOWLEDGE = "knowledge", _("knowledge changed")
        CLAIMS = "claims", _("claims changed")

    class Certainty(models.IntegerChoices):
        LEAD = 1, _("lead")
        REMIND = 2, _("reminder")
        LOW = 3, _("slightly suspicious")
        HIGH = 4, _("highly suspicious")
        CERTAIN = 5, _("certain")

    rule = models.CharField(max_length=60)
    key = models.CharField(max_length=300)  # by default claim and charge; a page may build its own
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    month = models.CharField(max_length=7)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="findings", db_index=False
    )
    claim = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    member = models.CharField(max_length=60, blank=True)
    insured_area = models.CharField(max_length=6, blank=True)
    certainty = models.PositiveSmallIntegerField(choices=Certainty.choices)
    severity = models.PositiveSmallIntegerField()  # 1..4, S1..S4 of the catalogue
    at_stake = models.DecimalField(max_digits=18, decimal_places=2)
    owned = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    fund_at_stake = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    fund_method = models.CharField(max_length=20, blank=True)
    because_en = models.TextField()
    because_zh = models.TextField()
    page_hash = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)
    knowledge_version = models.BigIntegerField()
    # What it says, lines and all: found again with the same content, its lines are left alone.
    content = models.UUIDField()
    # Written by the run's own step, a million at a time: a check of each against the run would only repeat it.
    # Nothing where people found it on the spot (noticing.py).
    first_run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="first_seen", db_constraint=False)
    last_run = models.ForeignKey(
        Run, models.PROTECT, null=True, related_name="last_seen", db_constraint=False, db_index=False
    )
    found_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=10, choices=Withdrawn.choices, blank=True)
    # Somebody has acted on it: no later run may withdraw it (a review sets this).
    acted_on = models.BooleanField(default=False)
    relabelled = models.CharField(max_length=9, choices=Relabelled.choices, blank=True)
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, blank=True, related_name="held", db_index=False)
    exemption = models.ForeignKey(
        Exemption, models.PROTECT, null=True, blank=True, related_name="exempted", db_index=False
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(fields=["rule", "key"], name="one_finding_a_key", nulls_distinct=False),
            models.CheckConstraint(condition=Q(owned__lte=models.F("at_stake")), name="owned_within_at_stake"),
            models.CheckConstraint(condition=Q(status="open") | Q(owned=0), name="only_the_open_own"),
        ]
        indexes = [
            models.Index(fields=["status", "institution", "-id"]),
            models.Index(fields=["status", "rule", "-id"]),
            models.Index(fields=["status", "month", "-id"]),
            models.Index(fields=["status", "-at_stake", "-id"]),
            models.Index(fields=["hold"], condition=Q(hold__isnull=False), name="finding_hold"),
            models.Index(fields=["rule", "month"], condition=Q(acted_on=True), name="finding_acted_on"),
            models.Index(fields=["exemption"], condition=Q(exemption__isnull=False), name="finding_exemption"),
            models.Index(OpClass("claim", name="varchar_pattern_ops"), name="finding_claim"),
            models.Index(OpClass("insured_area", name="varchar_pattern_ops"), name="finding_insured_area"),
            models.Index(OpClass(CLAIM_NUMBER, name="varchar_pattern_ops"), name="finding_claim_number"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:finding", args=[self.pk])

    @property
    def because(self) -> str:
        """The sentence a hospital can answer, in the reader's language."""
        return self.because_zh if in_chinese() else self.because_en


class FindingLine(models.Model):
    """One row of a rule's answer: a line accused or involved, with its evidence columns."""

    class Role(models.TextChoices):
        ACCUSED = "accused", _("accused")
        INVOLVED = "involved", _("involved")

    # Written together with its finding: checking a million lines one by one would take longer than writing them.
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="lines", db_constraint=False)
    claim = models.CharField(max_length=120, blank=True)
    charge = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.ACCUSED)
    at_stake = models.DecimalField(max_digits=18, decimal_places=2)
    owned = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    units = models.BigIntegerField(null=True)  # accused units, 1/10000; None: the whole line
    quantity = models.BigIntegerField(null=True)  # of the charge, 1/10000
    amount = models.BigIntegerField(null=True)  # of the charge, fen
    evidence = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["claim", "charge"])]

    def __str__(self) -> str:
        return self.charge or self.claim


class UnsettledClaim(models.Model):
    """A claim whose findings changed since it was last settled who owns its amounts (see owning.py)."""

    claim = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.claim


class FindingTotalQuerySet(models.QuerySet["FindingTotal"]):
    def visible_to(self, account: "Account") -> "FindingTotalQuerySet":
        """The totals of exactly the findings that `Finding.objects.visible_to` lets this account see."""
        if account.institution_id or (territory := account.territory) is None:
            return self.none()
        prefix = territory.prefix
        return self.filter(Q(institution__division__code__startswith=prefix) | Q(insured_area__startswith=prefix))

    def open(self) -> "FindingTotalQuerySet":
        return self.filter(status=Finding.Status.OPEN)


class FindingTotal(models.Model):
    """How many findings there are of a kind, and what they own.

    What they put at stake is an exposure: a rule's own may be shown, those of several are never added up.
    Triggers on the findings keep these rows (migration 0004), in the transaction of each change, so that a page's
    figure equals the list it opens to at every moment, in the middle of a run too.
    """

    status = models.CharField(max_length=9, choices=Finding.Status.choices)
    rule = models.CharField(max_length=60)
    month = models.CharField(max_length=7)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="finding_totals")
    insured_area = models.CharField(max_length=6, blank=True)
    certainty = models.PositiveSmallIntegerField(choices=Finding.Certainty.choices)
    findings = models.BigIntegerField()
    owned = models.DecimalField(max_digits=18, decimal_places=2)
    at_stake = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    objects = FindingTotalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["status", "rule", "month", "institution", "insured_area", "certainty"],
                name="one_total_a_kind",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.month} {self.institution_id or self.insured_area}: {self.findings}"
