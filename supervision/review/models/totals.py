"""What was asked, remarked and chosen, by institution and day: pages add these up, never the rows behind them."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution

from .asked import Review
from .connecting import OfInstitution


class AskedTotal(models.Model):
    """How often an institution's system spoke on a day, and how often it asked."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="asked_totals")
    day = models.DateField()
    messages = models.PositiveIntegerField()  # of every kind
    reminders = models.PositiveIntegerField()
    reviews = models.PositiveIntegerField()
    counted_at = models.DateTimeField(default=timezone.now)

    objects = OfInstitution.as_manager()

    class Meta:
        ordering = ["day", "institution"]
        verbose_name = _("total of messages")
        verbose_name_plural = _("totals of messages")
        constraints = [models.UniqueConstraint(fields=["institution", "day"], name="messages_are_counted_once_a_day")]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.day}"


class RemarkTotal(models.Model):
    """What one rule remarked at an institution on a day, at one moment, and what became of it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="remark_totals")
    day = models.DateField()
    moment = models.CharField(max_length=6, choices=Review.Moment.choices)
    rule = models.CharField(max_length=60)
    reviews = models.PositiveIntegerField()  # encounters with at least one remark of this rule
    remarks = models.PositiveIntegerField()
    obeyed = models.PositiveIntegerField()
    overrode = models.PositiveIntegerField()
    at_stake = models.DecimalField(max_digits=18, decimal_places=2)
    saved = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))

    objects = OfInstitution.as_manager()

    class Meta:
        ordering = ["day", "institution", "rule"]
        verbose_name = _("total of remarks")
        verbose_name_plural = _("totals of remarks")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "day", "moment", "rule"], name="remarks_are_counted_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(remarks__gte=F("obeyed") + F("overrode")), name="no_more_choices_than_remarks"
            ),
        ]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.day} {self.rule}"

    @property
    def unanswered(self) -> int:
        return self.remarks - self.obeyed - self.overrode
