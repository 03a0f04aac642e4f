"""What stands on record about an institution. Never edited: what falls or is repaired is said by a further row."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution

from .schemes import MERITS, Indicator


class RecordKind(models.TextChoices):
    """What a point cites."""

    PENALTY = "penalty", _("penalty")
    BREACH = "breach", _("breach of agreement")
    MEASURE = "measure", _("measure")
    HEARING = "hearing", _("hearing of a finding")
    COMMITMENT = "commitment", _("commitment")
    COMPLAINT = "complaint", _("complaint")
    SELF_CHECK = "self_check", _("self-check")
    ASSESSMENT = "assessment", _("assessment")


class CreditEventQuerySet(models.QuerySet["CreditEvent"]):
    def visible_to(self, account: Account) -> "CreditEventQuerySet":
        """Those of the institutions that the account sees."""
        return self.filter(institution__in=Institution.objects.visible_to(account))

    def standing(self) -> "CreditEventQuerySet":
        """Those that no further row has ended."""
        return self.filter(endings=None)


class CreditEvent(models.Model):
    """One fact with the record that shows it. What it is worth, the scheme of its place says."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="credit_events", verbose_name=_("institution")
    )
    indicator = models.CharField(_("indicator"), max_length=16, choices=Indicator.choices)
    record_kind = models.CharField(_("kind of record"), max_length=10, choices=RecordKind.choices)
    record = models.CharField(_("number of the record"), max_length=80)
    happened_on = models.DateField(_("happened on"))
    known_on = models.DateField(_("on record since"))  # the day of the decision: from then on it can count
    amount = models.DecimalField(_("sum"), max_digits=18, decimal_places=2, default=Decimal(0))
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)
    nth = models.PositiveSmallIntegerField(default=1)  # told anew of the same record, after it was changed

    objects = CreditEventQuerySet.as_manager()

    if TYPE_CHECKING:
        endings: models.QuerySet["CreditEnding"]

    class Meta:
        ordering = ["known_on", "pk"]
        verbose_name = _("credit record")
        verbose_name_plural = _("credit records")
        indexes = [models.Index(fields=["institution", "known_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "indicator", "record_kind", "record", "nth"], name="a_record_is_noted_once"
            ),
            models.CheckConstraint(condition=Q(happened_on__lte=F("known_on")), name="credit_event_in_order"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="credit_event_of_no_sum_below_zero"),
            models.CheckConstraint(condition=~Q(record=""), name="credit_event_cites_its_record"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.record}"

    @property
    def is_merit(self) -> bool:
        return self.indicator in MERITS


class CreditEnding(models.Model):
    """A record counts no more: its decision fell, or it was repaired."""

    class Why(models.TextChoices):
        WITHDRAWN = "withdrawn", _("the decision fell or was changed")
        CORRECTED = "corrected", _("wrong, as an objection showed")
        REPAIRED = "repaired", _("repaired")

    event = models.ForeignKey(CreditEvent, models.PROTECT, related_name="endings")
    why = models.CharField(_("why"), max_length=9, choices=Why.choices)
    known_on = models.DateField(_("known on"))
    from_on = models.DateField(_("counts no more from"))
    record = models.CharField(_("record"), max_length=80)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["known_on", "pk"]
        verbose_name = _("end of a credit record")
        verbose_name_plural = _("ends of credit records")
        constraints = [
            models.UniqueConstraint(fields=["event", "why"], name="a_record_ends_once_a_reason"),
            models.CheckConstraint(condition=Q(from_on__gte=F("known_on")), name="credit_ending_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.event_id}"
