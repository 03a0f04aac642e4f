"""What an institution's standing is worth elsewhere. Credit writes it; whoever draws, pays or reminds reads it here."""

import datetime as dt
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.clocks.models import Limit

from .accounts import Account
from .parties import Institution


class GradeFactor(models.Model):
    """By how much a grade moves something, in one place and for a time, with its source."""

    class What(models.TextChoices):
        INSPECTION = "inspection", _("odds of being drawn for an inspection")
        PREPAYMENT = "prepayment", _("size of the prepayment")
        DEPOSIT = "deposit", _("rate of the quality deposit")
        REMINDERS = "reminders", _("strictness of reminders")
        DISCRETION = "discretion", _("what it speaks for when a penalty is weighed")

    place = models.CharField(_("place"), max_length=6, default="000000")
    what = models.CharField(_("what it moves"), max_length=10, choices=What.choices)
    grade = models.CharField(_("grade"), max_length=4)
    value = models.DecimalField(_("factor"), max_digits=6, decimal_places=2)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["place", "what", "grade"]
        verbose_name = _("factor of a grade")
        verbose_name_plural = _("factors of grades")
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="grade_factor_not_below_zero"),
            ExclusionConstraint(
                name="one_grade_factor_a_place_and_day",
                expressions=[
                    ("place", RangeOperators.EQUAL), ("what", RangeOperators.EQUAL), ("grade", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.place} {self.what} {self.grade} {self.value}"


class StandingFactQuerySet(models.QuerySet["StandingFact"]):
    def visible_to(self, account: Account) -> "StandingFactQuerySet":
        return self.filter(institution__in=Institution.objects.visible_to(account))


class StandingFact(models.Model):
    """What an app beside credit tells it of an institution. Only added to; taken back by a day and a reason."""

    class Kind(models.TextChoices):
        SELF_REPORTED = "self_reported", _("reported by itself and paid back")
        SELF_CHECK_FALSE = "self_check_false", _("false or perfunctory self-check")
        ASSESSED_WELL = "assessed_well", _("assessed well under the agreement")
        ASSESSED_POORLY = "assessed_poorly", _("assessed poorly under the agreement")
        GRIEVANCE = "grievance", _("grievance of an insured person that was upheld")
        PROMISED = "promised", _("commitment in force")

    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="standing", verbose_name=_("institution"))
    record = models.CharField(_("record"), max_length=80)  # number of what shows it
    happened_on = models.DateField(_("happened on"))
    known_on = models.DateField(_("known on"), default=timezone.localdate)
    amount = models.DecimalField(_("sum"), max_digits=18, decimal_places=2, default=Decimal(0))
    taken_back_on = models.DateField(_("taken back on"), null=True, blank=True)
    taken_back_because = models.CharField(_("taken back because of"), max_length=200, blank=True)

    objects = StandingFactQuerySet.as_manager()

    class Meta:
        ordering = ["institution", "known_on", "pk"]
        verbose_name = _("fact about an institution's standing")
        verbose_name_plural = _("facts about institutions' standing")
        constraints = [
            models.UniqueConstraint(fields=["kind", "institution", "record"], name="a_standing_fact_once_a_record"),
            models.CheckConstraint(condition=Q(happened_on__lte=F("known_on")), name="standing_fact_in_order"),
            models.CheckConstraint(
                condition=Q(taken_back_on=None) | Q(taken_back_on__gte=F("known_on")) & ~Q(taken_back_because=""),
                name="standing_fact_taken_back_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


class WithheldQuerySet(models.QuerySet["Withheld"]):
    def visible_to(self, account: Account) -> "WithheldQuerySet":
        return self.filter(institution__in=Institution.objects.visible_to(account))

    def in_force(self, on: dt.date) -> "WithheldQuerySet":
        begun = self.filter(since__lte=on, until__gt=on)
        return begun.filter(Q(lifted_on=None) | Q(lifted_on__gt=on))


class Withheld(models.Model):
    """A favour that an institution has lost for a time: simplified handling, after a promise was broken."""

    class What(models.TextChoices):
        SIMPLIFIED = "simplified", _("simplified handling")

    what = models.CharField(_("what"), max_length=12, choices=What.choices)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="withheld", verbose_name=_("institution"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))  # the first day on which it may have it again
    because = models.CharField(_("because of"), max_length=120)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)

    objects = WithheldQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("favour withheld")
        verbose_name_plural = _("favours withheld")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="withheld_in_order"),
            models.UniqueConstraint(fields=["what", "institution", "because"], name="withheld_once_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.institution_id}"
