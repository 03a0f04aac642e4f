"""What PostgreSQL keeps of the claims: batches, rejects, month totals and published versions of the warehouse."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.rejects import failure_text, warning_text
from institutions.models import Division, Institution

if TYPE_CHECKING:
    from institutions.models import Account


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, account: "Account") -> "BatchQuerySet":
        """Those loaded for a territory within the account's; of an institution's account, its own uploads."""
        if account.institution_id:
            return self.filter(loaded_by__institution_id=account.institution_id)
        if account.territory is None:
            return self.none()
        return self.filter(territory__code__startswith=account.territory.prefix)

    def underway(self) -> "BatchQuerySet":
        return self.filter(status__in=Batch.UNDERWAY)

    def failed(self) -> "BatchQuerySet":
        return self.filter(status=Batch.Status.FAILED)

    def with_rejects(self) -> "BatchQuerySet":
        """Taken in, but not every row of them."""
        return self.filter(status=Batch.Status.LOADED, rows_rejected__gt=0)


class Batch(models.Model):
    """Files that came in together: all of a batch counts, or nothing of it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("being read")
        LOADED = "loaded", _("taken in")
        FAILED = "failed", _("failed")
        ENDED = "ended", _("ended by a later batch")

    UNDERWAY = (Status.WAITING, Status.READING)

    number = models.BigAutoField(_("number"), primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    profile = models.CharField(_("profile"), max_length=255)  # a name of ours, or the path of somebody's own
    digest = models.CharField(_("digest of the files"), max_length=64, db_index=True)
    territory = models.ForeignKey(Division, models.PROTECT, related_name="batches")
    loaded_by = models.ForeignKey("institutions.Account", models.PROTECT, null=True, blank=True, related_name="batches")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    failure = models.CharField(max_length=40, blank=True)  # a code of claims.rejects.FAILURES
    failure_detail = models.TextField(blank=True)
    warnings = models.JSONField(default=list, blank=True)  # [code of claims.rejects.WARNINGS, detail] each
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ended_by")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    # Progress and the sums of the batch: in = accepted + rejected, in rows and in yuan.
    rows_in = models.BigIntegerField(_("rows in"), default=0)
    rows_accepted = models.BigIntegerField(_("rows accepted"), default=0)
    rows_rejected = models.BigIntegerField(_("rows rejected"), default=0)
    amount_in = models.DecimalField(_("amount in"), max_digits=18, decimal_places=2, default=0)
    amount_accepted = models.DecimalField(_("amount accepted"), max_digits=18, decimal_places=2, default=0)
    amount_rejected = models.DecimalField(_("amount rejected"), max_digits=18, decimal_places=2, default=0)
    claims_accepted = models.BigIntegerField(_("claims accepted"), default=0)
    claims_rejected = models.BigIntegerField(_("claims rejected"), default=0)
    members_touched = models.BigIntegerField(_("members touched"), default=0)
    stage = models.CharField(_("stage"), max_length=20, blank=True)
    done_share = models.PositiveSmallIntegerField(_("done, per cent"), default=0)

    # A lease, so that a batch whose worker died is taken up again (docs/adr/0004).
    owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # When the history that the desk looks up (claims/recent/) took it in.
    recent_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(status__in=["waiting", "reading", "loaded"]), name="same_files_once"
            ),
            models.CheckConstraint(
                condition=Q(rows_in=models.F("rows_accepted") + models.F("rows_rejected")) | ~Q(status="loaded"),
                name="rows_reconcile",
            ),
            models.CheckConstraint(
                condition=Q(amount_in=models.F("amount_accepted") + models.F("amount_rejected")) | ~Q(status="loaded"),
                name="amounts_reconcile",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("claims:batch", args=[self.number])

    @property
    def failure_text(self) -> str:
        """Why it failed, in the reader's language."""
        return failure_text(self.failure, self.failure_detail)

    @property
    def warning_texts(self) -> list[str]:
        return [warning_text(code, detail) for code, detail in self.warnings]


class BatchFile(models.Model):
    """One file of a batch: an upload is kept under its digest, a file of the command's is read where it lies."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    table = models.CharField(_("table"), max_length=20, blank=True)
    name = models.CharField(_("file name"), max_length=255)
    path = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name


class Reject(models.Model):
    """One row that was not taken in, with the place and the reason; amounts in yuan."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rejects")
    claim = models.CharField(_("claim"), max_length=120, blank=True)
    file = models.CharField(_("file"), max_length=255)
    sheet = models.CharField(_("sheet"), max_length=60, blank=True)
    row = models.BigIntegerField(_("row"), null=True)
    column = models.CharField(_("column"), max_length=60, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=40)  # a code of claims.rejects.REASONS
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "reason"]), models.Index(fields=["batch", "claim"])]

    def __str__(self) -> str:
        return f"{self.file}:{self.row} {self.reason}"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def from_outside(self, account: "Account") -> "SnapshotQuerySet":
        """The versions that brought claims from outside the account's territory."""
        brought = self.filter(batch__isnull=False)
        if account.institution_id or account.territory is None:
            return brought
        return brought.exclude(batch__territory__code__startswith=account.territory.prefix)


class Snapshot(models.Model):
    """A published version of the warehouse: the Delta version of each table, as one fact.

    A batch commits to several Delta tables one after the other; it is in when its snapshot is, in the same
    PostgreSQL transaction as its totals. Readers only ever see the tables at a snapshot's versions.
    """

    version = models.BigAutoField(primary_key=True)
    batch = models.OneToOneField(Batch, models.PROTECT, null=True, blank=True, related_name="snapshot")
    tables = models.JSONField()  # {"charge": 12, "stay": 12, ...}
    months = ArrayField(models.CharField(max_length=7), default=list)  # months whose rows it changed
    published_at = models.DateTimeField(auto_now_add=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.version}"


class MonthTotalQuerySet(models.QuerySet["MonthTotal"]):
    def visible_to(self, account: "Account") -> "MonthTotalQuerySet":
        return self.filter(institution__in=Institution.objects.visible_to(account))


class MonthTotal(models.Model):
    """What one batch brought of one institution and month; dashboards add these up and never scan claims."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="totals")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="totals")
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=12)  # inpatient, outpatient, pharmacy, ...
    claims = models.BigIntegerField()
    charges = models.BigIntegerField()
    members = models.BigIntegerField()
    total = models.DecimalField(max_digits=18, decimal_places=2)
    paid = models.DecimalField(max_digits=18, decimal_places=2)

    objects = MonthTotalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "institution", "month", "kind"], name="one_total_each")]
        indexes = [models.Index(fields=["month", "institution"])]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.month} {self.kind}"


class SeenCode(models.Model):
    """A diagnosis code that stands in the warehouse; prefix lists of the knowledge base are spelt out over these."""

    code = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return self.code


# The history of the desk has models of its own, which stand here so that Django finds them.
from claims.recent.models import RecentClaim, RegisterWord  # noqa: E402

__all__ = [
    "Batch",
    "BatchFile",
    "BatchQuerySet",
    "MonthTotal",
    "MonthTotalQuerySet",
    "RecentClaim",
    "RegisterWord",
    "Reject",
    "SeenCode",
    "Snapshot",
    "SnapshotQuerySet",
]
