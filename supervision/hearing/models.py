"""A finding's hearing: what it accuses line by line, what the institution answers, and what was decided."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models import Snapshot
from institutions.models import Account, Division, Institution
from supervision.clocks.models import Clock
from supervision.monitoring.models import Finding
from supervision.moves import Movable, MoveEvent

from .lines import BY_ANOTHER_METHOD, HearingLine, Loss

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where a finding stands between being raised and being closed (the brief's state machine 7)."""

    RAISED = "raised", _("raised")
    FIRST_REVIEW = "first_review", _("in first review")
    RELEASED = "released", _("released")
    NOTIFIED = "notified", _("sent to the institution")
    ACCEPTED = "accepted", _("accepted by the institution")
    APPEALED = "appealed", _("appealed")
    SECOND_REVIEW = "second_review", _("in second review")
    VERIFICATION = "verification", _("being verified on the spot")
    UPHELD = "upheld", _("upheld")
    WITHDRAWN = "withdrawn", _("withdrawn")
    HANDLED = "handled", _("handed on to a measure")
    CLOSED = "closed", _("closed")


class FrozenClaim(models.Model):
    """A claim's rows as they stood when a finding on it was first sent or decided; kept for ever."""

    claim = models.CharField(max_length=120)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="+"
    )  # the version of the warehouse it was read at
    rows = models.JSONField()  # by table: list of rows, amounts as text
    digest = models.CharField(max_length=64)  # SHA-256 of the rows as canonical JSON
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "digest"], name="a_claim_is_frozen_once")]

    def __str__(self) -> str:
        return f"{self.claim} {self.digest[:8]}"


class StandsOn(models.Model):
    """A claim that a finding stands on, as it was frozen for it: its own, and those that its lines name."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="stands_on")
    frozen = models.ForeignKey(FrozenClaim, models.PROTECT, related_name="stood_on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "frozen"], name="a_finding_stands_on_a_claim_once")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.frozen_id}"


class HearingQuerySet(models.QuerySet["Hearing"]):
    def visible_to(self, account: Account) -> "HearingQuerySet":
        """Those about institutions in the account's territory; an institution sees its own from the notice on."""
        if account.institution_id:
            return self.filter(institution=account.institution_id, notified_at__isnull=False)
        if account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def under_way(self) -> "HearingQuerySet":
        return self.exclude(state__in=[State.RELEASED, State.WITHDRAWN, State.CLOSED])


class Hearing(Movable):
    """One finding on its way from first review to its end. Amounts in yuan."""

    class Measure(models.TextChoices):
        """What an upheld finding leads to."""

        REFUSE = "refuse", _("payment refused")
        RECOVER = "recover", _("recovery")
        RECORD = "record", _("kept on record: the fund lost nothing by it")
        BREACH = "breach", _("breach of the agreement")
        CASE = "case", _("a case")

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="hearing")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="hearings")
    place = models.ForeignKey(Division, models.PROTECT, related_name="+")  # the institution's division when it began
    rule = models.CharField(max_length=60)
    month = models.CharField(max_length=7)
    frozen = models.ForeignKey(FrozenClaim, models.PROTECT, null=True, related_name="hearings")
    suspected = models.DecimalField(max_digits=18, decimal_places=2, default=0)  # of the charges
    confirmed = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    fund_suspected = models.DecimalField(max_digits=18, decimal_places=2, default=0)  # what the fund paid of them
    fund_confirmed = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    first_reviewer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    second_reviewer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    verifier = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    notified_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    measure = models.CharField(max_length=7, choices=Measure.choices, blank=True)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # of the step it stands at
    answer_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # the institution's window

    objects = HearingQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["HearingEvent"]
        lines: models.QuerySet["HearingLine"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        indexes = [
            models.Index(fields=["state", "institution", "-id"]),
            models.Index(fields=["state", "rule", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="hearing_state_is_known"),
            models.CheckConstraint(
                condition=Q(confirmed__gte=0) & Q(confirmed__lte=F("suspected")), name="confirmed_within_suspected"
            ),
            models.CheckConstraint(
                condition=Q(fund_suspected__gte=0, fund_suspected__lte=F("suspected"))
                & Q(fund_confirmed__gte=0, fund_confirmed__lte=F("confirmed")),
                name="fund_within_its_charge",
            ),
            models.CheckConstraint(
                condition=Q(second_reviewer__isnull=True) | ~Q(second_reviewer=F("first_reviewer")),
                name="second_review_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["handled", "closed"]) | ~Q(measure=""), name="what_is_handled_has_its_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"hearing {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("hearing:hearing", args=[self.pk])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    @property
    def by_silence(self) -> bool:
        """Whether the institution let its time run out without a word on some line."""
        return self.lines.filter(answer=HearingLine.Answer.ACCEPTED, answered_by=None).exists()

    def reaches(self, account: Account) -> bool:
        if account.institution_id:
            return account.institution_id == self.institution_id and self.notified_at is not None
        return account.territory is not None and self.place_id.startswith(account.territory.prefix)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, account: Account) -> "AttachmentQuerySet":
        """Both sides see them; what an institution puts beside an answer, regulators see once it has answered."""
        seen = self.filter(hearing__in=Hearing.objects.visible_to(account))
        if account.institution_id:
            return seen
        return seen.filter(Q(added_by__institution=None) | Q(hearing__answered_at__isnull=False))


class Attachment(models.Model):
    """A file that the institution or a reviewer puts beside a hearing."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="attachments")
    line = models.ForeignKey(HearingLine, models.PROTECT, null=True, blank=True, related_name="attachments")
    file = models.FileField(upload_to="hearing/%Y/%m/")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)  # media type, proved by the content
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file as it is kept
    given_digest = models.CharField(max_length=64)  # SHA-256 of the file as it was handed in
    added_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class BulkQuerySet(models.QuerySet["Bulk"]):
    def visible_to(self, account: Account) -> "BulkQuerySet":
        """One's own: what became of each is in the hearings' histories, for everybody who sees them."""
        return self.filter(by=account.pk)


class Bulk(models.Model):
    """Like findings decided together: one wish, and beside it each hearing's own event."""

    move = models.CharField(max_length=24)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)  # of the move, the same for all
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    wanted = models.JSONField(default=list)  # [[number, turn], …]: of hearings, or of findings to be taken up
    asked = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)  # [{"number": 12, "why": "…"}]
    finished_at = models.DateTimeField(null=True)

    objects = BulkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["at"], condition=Q(finished_at=None), name="bulk_under_way")]

    def __str__(self) -> str:
        return f"{self.move} × {self.asked}"

    def get_absolute_url(self) -> str:
        return reverse("hearing:bulk", args=[self.pk])


class HearingEvent(MoveEvent):
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="events")
    bulk = models.ForeignKey(Bulk, models.PROTECT, null=True, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False


# What only the institution's side needs stands in a module of its own; Django looks for models here.
from supervision.hearing.drafts import Draft  # noqa: E402

__all__ = [
    "BY_ANOTHER_METHOD",
    "Attachment",
    "Bulk",
    "Draft",
    "FrozenClaim",
    "Hearing",
    "HearingEvent",
    "HearingLine",
    "HearingQuerySet",
    "Loss",
    "StandsOn",
    "State",
]
