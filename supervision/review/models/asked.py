"""What hospitals' systems have asked and were answered, and what their doctors chose."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution
from supervision.language import in_chinese

from .connecting import Handling, OfInstitution


class Message(models.Model):
    """A message as it came, with its answer. Its id is the sender's: the same again is answered the same."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="messages")
    msgid = models.CharField(max_length=30)
    infno = models.CharField(max_length=6)
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes
    body = models.TextField()
    received_at = models.DateTimeField()
    answer = models.JSONField()

    objects = OfInstitution.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [models.UniqueConstraint(fields=["institution", "msgid"], name="a_message_counts_once")]
        indexes = [
            BrinIndex(fields=["received_at"], name="messages_of_a_day"),  # costs the answer nothing
            models.Index(fields=["institution", "received_at"], name="messages_of_an_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.infno} {self.msgid}"


class OfReview(OfInstitution):
    path = "review__message__institution"


class OfMessage(OfInstitution):
    path = "message__institution"


class Edition(models.Model):
    """The rules that were asked together, and the version of the knowledge they were asked with."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of what follows
    rules = models.JSONField()  # code: hash of the page
    knowledge_version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("edition of the rules")
        verbose_name_plural = _("editions of the rules")

    def __str__(self) -> str:
        return self.digest[:12]


class Review(models.Model):
    """An encounter that rules were asked about, with what they knew then."""

    class Moment(models.TextChoices):
        REMIND = "remind", _("reminder")
        REVIEW = "review", _("review before settlement")

    message = models.ForeignKey(Message, models.PROTECT, related_name="reviews")
    claim = models.CharField(max_length=120)
    member = models.CharField(max_length=120)
    moment = models.CharField(max_length=6, choices=Moment.choices)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reviews")
    asked_at = models.DateTimeField()

    objects = OfMessage.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("review at the desk")
        verbose_name_plural = _("reviews at the desk")
        indexes = [models.Index(fields=["claim", "asked_at"]), BrinIndex(fields=["asked_at"], name="reviews_of_a_day")]

    def __str__(self) -> str:
        return self.claim


class Remark(models.Model):
    """What one rule said about an encounter that was not settled yet, and what the doctor did about it."""

    class Choice(models.TextChoices):
        OVERRODE = "1", _("the order goes on")
        OBEYED = "2", _("the order is changed")

    review = models.ForeignKey(Review, models.PROTECT, related_name="remarks")
    number = models.CharField(max_length=40, unique=True)  # jr_id
    rule = models.CharField(max_length=60)
    page_hash = models.CharField(max_length=64)
    key = models.CharField(max_length=300)  # of the finding, as a later run finds it
    certainty = models.CharField(max_length=10)
    at_stake = models.DecimalField(max_digits=18, decimal_places=2)
    because_en = models.TextField()
    because_zh = models.TextField()
    lines = models.JSONField()
    department = models.CharField(max_length=30, blank=True)  # who ordered the first line accused, as the message says
    practitioner = models.CharField(max_length=30, blank=True)
    way = models.CharField(max_length=5, choices=Handling.Way.choices, default=Handling.Way.TELL)
    choice = models.CharField(max_length=1, choices=Choice.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)

    objects = OfReview.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = [
            models.CheckConstraint(condition=~Q(choice="1") | ~Q(reason=""), name="an_override_has_its_reason"),
            models.CheckConstraint(
                condition=Q(choice="", chosen_at=None) | (~Q(choice="") & Q(chosen_at__isnull=False)),
                name="a_choice_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["rule", "id"]),
            models.Index(fields=["chosen_at"], name="choices_of_a_day", condition=Q(chosen_at__isnull=False)),
            models.Index(fields=["review"], name="reasons_owed", condition=Q(choice="") & ~Q(way="tell")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def because(self) -> str:
        """The sentence in the reader's language."""
        return self.because_zh if in_chinese() else self.because_en

    @property
    def is_owed(self) -> bool:
        """Whether the doctor was asked for a reason, or the order was blocked, and nobody has answered yet."""
        return not self.choice and self.way != Handling.Way.TELL

    @property
    def accused(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["role"] == "accused"]

    def choose(self, choice: str, *, reason: str = "") -> None:
        """What the doctor did about it; a second word is a correction."""
        self.choice, self.reason, self.chosen_at = choice, reason, timezone.now()
        self.save(update_fields=["choice", "reason", "chosen_at"])
