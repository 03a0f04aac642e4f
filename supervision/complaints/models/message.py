"""What reporter and desk tell each other once a report is in."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from supervision.words import Sealed

from .complaint import ACCOUNT, Complaint


class Message(models.Model):
    """One message: from the reporter, with a day and nothing else; or from the desk, in an office's name."""

    class Kind(models.TextChoices):
        MESSAGE = "message", _("message")
        DECISION = "decision", _("decision")  # of the desk: what was decided, in words for the reporter
        OBJECTION = "objection", _("objection")  # of the reporter
        CLAIM = "claim", _("reward claimed")  # of the reporter

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="messages")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.MESSAGE)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # nobody: the reporter
    day = models.DateField()
    words_sealed = models.TextField()
    once = models.CharField(max_length=64, blank=True)  # what the page was given: sent twice it is kept once

    words = Sealed()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "once"], condition=~Q(once=""), name="a_message_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.complaint_id}"

    @property
    def sealed_for(self) -> str:
        return f"message {self.key.hex}"
