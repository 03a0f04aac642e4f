"""What will be erased of a complaint, from which day on, and whether somebody holds it back."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.words import Sealed

from .complaint import ACCOUNT, Complaint


class ForgettingQuerySet(models.QuerySet["Forgetting"]):
    def visible_to(self, account: Account) -> "ForgettingQuerySet":
        """Those of complaints that the account may see."""
        return self.filter(complaint__in=Complaint.objects.visible_to(account))

    def within(self, days: int, today: date) -> "ForgettingQuerySet":
        """What is still there and is due by then, held back or not."""
        return self.filter(done_on=None, due_on__lte=today + timedelta(days))

    def due(self, today: date) -> "ForgettingQuerySet":
        """What is to be erased now: its day has come and nobody holds it back."""
        return self.within(0, today).filter(Q(held_until=None) | Q(held_until__lt=today))


class Forgetting(models.Model):
    """One part of one complaint. The row stays: it says what was erased, and on which day."""

    class What(models.TextChoices):
        IDENTITY = "identity", _("who told it")
        WORDS = "words", _("words and files")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="forgettings")
    what = models.CharField(_("what is erased"), max_length=8, choices=What.choices)
    due_on = models.DateField(_("erased on"))
    held_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    held_until = models.DateField(_("held back until"), null=True)
    why_sealed = models.TextField(blank=True)  # the reason may say who it is
    done_on = models.DateField(null=True)

    why = Sealed()

    objects = ForgettingQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(done_on=None), name="forgetting_to_come")]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "what"], name="forgotten_once"),
            models.CheckConstraint(
                condition=Q(held_by__isnull=True, held_until__isnull=True)
                | Q(held_by__isnull=False, held_until__isnull=False),
                name="held_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.complaint_id}"

    def get_absolute_url(self) -> str:
        return reverse("complaints:retention")

    @property
    def sealed_for(self) -> str:
        return f"forgetting {self.what} {self.complaint_id}"
