"""The register of measures: who is held back from serving, or being paid, on account of the funds, and for how long."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import Account
from .parties import Institution


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, account: Account) -> "MeasureQuerySet":
        """Those on the institutions that the account sees."""
        return self.filter(institution__in=Institution.objects.visible_to(account))

    def in_force(self, on: dt.date | None = None) -> "MeasureQuerySet":
        day = on or timezone.localdate()
        begun = self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))
        return begun.filter(Q(lifted_on=None) | Q(lifted_on__gt=day))

    def of_payment(self) -> "MeasureQuerySet":
        """Those that hold money back, and leave the service alone."""
        return self.filter(kind__in=Measure.HOLDING)


class Measure(models.Model):
    """One measure on an institution, or on a department or a person of it. Written by institutions/measures.py alone.

    Nothing of it is changed afterwards but that it is lifted.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment suspended")
        SETTLEMENT = "settlement", _("settlement suspended while fraud is looked into")
        DEPARTMENT = "department", _("department suspended")
        PERSON = "person", _("person suspended")
        SUSPENDED = "suspended", _("agreement suspended")
        TERMINATED = "terminated", _("agreement terminated")

    HOLDING = (Kind.PAYMENT, Kind.SETTLEMENT)  # what is declared is not paid; nobody is kept from treating
    NAMING = (Kind.DEPARTMENT, Kind.PERSON)

    kind = models.CharField(_("measure"), max_length=10, choices=Kind.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="measures", verbose_name=_("institution"))
    code = models.CharField(_("department or person"), max_length=40, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    because = models.CharField(_("because of"), max_length=120)  # number of the proceeding that decided it
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)  # from this day on it holds no more
    lifted_because = models.CharField(_("lifted because of"), max_length=200, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("measure in force")
        verbose_name_plural = _("register of measures")
        indexes = [models.Index(fields=["institution", "-since"]), models.Index(fields=["because"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["department", "person"]) & ~Q(code="")
                | ~Q(kind__in=["department", "person"]) & Q(code=""),
                name="measure_names_whom",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="measure_in_order"),
            models.CheckConstraint(
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("since")) & ~Q(lifted_because=""),
                name="measure_lifted_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"measure {self.pk}"

    @property
    def holds_payment(self) -> bool:
        return self.kind in self.HOLDING

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds; the day before its first where it was annulled from the beginning."""
        ended = self.lifted_on - dt.timedelta(days=1) if self.lifted_on else None
        return min((day for day in (self.until, ended) if day), default=None)

    @property
    def counts(self) -> bool:
        """Whether there is a day on which it held or holds."""
        return self.last_day is None or self.last_day >= self.since

    @property
    def stands(self) -> bool:
        """Whether it holds today."""
        today = timezone.localdate()
        return self.since <= today and (self.last_day is None or self.last_day >= today)
