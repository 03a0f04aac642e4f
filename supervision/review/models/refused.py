"""The messages of an institution that were refused lately: what was wrong with them, and nothing they said."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution

from .connecting import OfInstitution


class Refusal(models.Model):
    """A message that was refused: the field and the reason, for those who mend the sending system."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="refusals")
    received_at = models.DateTimeField(default=timezone.now)
    infno = models.CharField(max_length=6, blank=True)  # as far as they could be read
    msgid = models.CharField(max_length=30, blank=True)
    field = models.CharField(max_length=200, blank=True)  # empty: the message as a whole
    reason = models.CharField(max_length=200)

    objects = OfInstitution.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("refused message")
        verbose_name_plural = _("refused messages")

    def __str__(self) -> str:
        return f"{self.infno} {self.msgid}"
