"""What hospitals' systems have asked and were answered, and what their doctors chose."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution


class OfInstitution(models.QuerySet):  # type: ignore[type-arg]
    """Rows that belong to an institution, and are seen by whoever sees it."""

    path = "institution"

    def visible_to(self, account: Account) -> "OfInstitution":
        return self.filter(**{f"{self.path}__in": Institution.objects.visible_to(account)})


class Key(models.Model):
    """A key by which an institution's system signs its messages. Its secret is derived, never stored."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="keys")
    number = models.PositiveIntegerField()  # of this institution: 1, 2, …
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")  # nobody: by command
    closed_at = models.DateTimeField(null=True, blank=True)  # from then on it opens nothing

    objects = OfInstitution.as_manager()

    class Meta:
        ordering = ["institution", "-number"]
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        constraints = [models.UniqueConstraint(fields=["institution", "number"], name="keys_are_numbered")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As the system sends it."""
        return f"{self.institution_id}.{self.number}"


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

    def __str__(self) -> str:
        return f"{self.infno} {self.msgid}"


class OfReview(OfInstitution):
    path = "review__message__institution"


class OfMessage(OfInstitution):
    path = "message__institution"


class Review(models.Model):
    """An encounter that rules were asked about, with what they knew then."""

    class Moment(models.TextChoices):
        REMIND = "remind", _("reminder")
        REVIEW = "review", _("review before settlement")

    message = models.ForeignKey(Message, models.PROTECT, related_name="reviews")
    claim = models.CharField(max_length=120)
    member = models.CharField(max_length=120)
    moment = models.CharField(max_length=6, choices=Moment.choices)
    knowledge_version = models.PositiveIntegerField()
    rules = models.JSONField()  # code: hash of the page that was asked
    asked_at = models.DateTimeField()

    objects = OfMessage.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("review at the desk")
        verbose_name_plural = _("reviews at the desk")
        indexes = [models.Index(fields=["claim", "asked_at"])]

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

    def __str__(self) -> str:
        return self.number
