"""Self-checks: files of planned or past charges that an institution has reviewed for itself. Nobody else sees them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.rejects import failure_text, warning_text
from institutions.models import Account, Institution
from supervision.language import in_chinese


class OwnRows(models.QuerySet):  # type: ignore[type-arg]
    """Rows of self-checks, seen by the institution's own people and by no superior."""

    path = "institution"

    def visible_to(self, account: Account) -> "OwnRows":
        if account.institution_id is None:
            return self.none()
        return self.filter(**{self.path: account.institution_id})


class OfSelfCheck(OwnRows):
    path = "self_check__institution"


class SelfCheck(models.Model):
    """Files that were checked and reviewed as if they were taken in. What is found accuses nobody."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("being checked")
        DONE = "done", _("checked")
        FAILED = "failed", _("failed")

    UNDERWAY = (Status.WAITING, Status.READING)

    number = models.BigAutoField(_("number"), primary_key=True)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="self_checks")
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(_("name"), max_length=200)
    profile = models.CharField(_("layout"), max_length=40)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.WAITING)
    failure = models.CharField(max_length=40, blank=True)  # a code of claims.rejects.FAILURES
    failure_detail = models.CharField(max_length=2000, blank=True)
    warnings = models.JSONField(default=list, blank=True)  # [code of claims.rejects.WARNINGS, detail] each
    finished_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # when its files were deleted

    rows_in = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    claims_in = models.BigIntegerField(default=0)
    claims_rejected = models.BigIntegerField(default=0)
    rules = models.JSONField(default=dict)  # code: hash of the page that was asked
    unasked = models.JSONField(default=list, blank=True)  # codes of rules that could not be asked
    knowledge_version = models.PositiveIntegerField(null=True)
    done_share = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])

    # A lease, so that a self-check whose worker died is taken up again (docs/adr/0004).
    owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = OwnRows.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")
        indexes = [
            models.Index(fields=["number"], name="self_checks_owed", condition=Q(status__in=["waiting", "reading"]))
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("own:self_check", args=[self.number])

    @property
    def underway(self) -> bool:
        return self.status in self.UNDERWAY

    @property
    def claims_checked(self) -> int:
        return self.claims_in - self.claims_rejected

    @property
    def failure_text(self) -> str:
        """Why it failed, in the reader's language."""
        return failure_text(self.failure, self.failure_detail)

    @property
    def warning_texts(self) -> list[str]:
        return [warning_text(code, detail) for code, detail in self.warnings]


class SelfCheckFile(models.Model):
    """A file of a self-check, kept until the installation forgets it."""

    self_check = models.ForeignKey(SelfCheck, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.name


class SelfCheckReject(models.Model):
    """A row that intake would refuse, with place and reason."""

    self_check = models.ForeignKey(SelfCheck, models.CASCADE, related_name="rejects")
    claim = models.CharField(max_length=120, blank=True)
    file = models.CharField(max_length=255)
    sheet = models.CharField(max_length=60, blank=True)
    row = models.BigIntegerField(null=True)
    column = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=40)  # a code of claims.rejects.REASONS
    detail = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    objects = OfSelfCheck.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["self_check", "reason"])]

    def __str__(self) -> str:
        return f"{self.file}:{self.row} {self.reason}"


class SelfCheckRemark(models.Model):
    """What a rule said about the claims of a self-check; no finding, and never one."""

    self_check = models.ForeignKey(SelfCheck, models.CASCADE, related_name="remarks")
    rule = models.CharField(max_length=60)
    claim = models.CharField(max_length=120, blank=True)
    certainty = models.PositiveSmallIntegerField()  # as findings have it
    at_stake = models.DecimalField(max_digits=18, decimal_places=2)
    because_en = models.TextField()
    because_zh = models.TextField()
    charges = models.JSONField(default=list)  # of the lines accused

    objects = OfSelfCheck.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["self_check", "rule"]), models.Index(fields=["self_check", "claim"])]

    def __str__(self) -> str:
        return f"{self.rule} {self.claim}"

    @property
    def because(self) -> str:
        """The sentence in the reader's language."""
        return self.because_zh if in_chinese() else self.because_en
