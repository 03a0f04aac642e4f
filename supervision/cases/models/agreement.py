"""What only the agreement track knows: measures and damages of a breach, and what went back to which fund."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Division, Institution, Insurer
from supervision.clocks.models import Limit
from supervision.language import in_chinese
from supervision.ledger.models import SelfCorrected

from .proceedings import Proceeding


class BreachMeasure(models.Model):
    """A measure that an agency may take under the agreement (the brief's M1 to M7), and against whom."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    name_zh = models.CharField(_("Chinese name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120)
    pharmacies = models.BooleanField(_("against pharmacies too"), default=True)
    told_at_once = models.BooleanField(_("told to the administrative department at once"), default=False)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("measure of an agreement")
        verbose_name_plural = _("measures of agreements")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en

    def applies_to(self, institution: Institution) -> bool:
        return self.pharmacies or institution.kind != Institution.Kind.PHARMACY


class DamagesRate(models.Model):
    """What the agreements of an insurer say of liquidated damages: a share of the amount. There is none in law."""

    insurer = models.ForeignKey(Insurer, models.PROTECT, related_name="damages_rates", verbose_name=_("insurer"))
    rate = models.DecimalField(_("rate"), max_digits=6, decimal_places=4)  # 0.3000: 30 % of the amount
    source = models.TextField(_("source"))
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["insurer", "valid"]
        verbose_name = _("rate of damages")
        verbose_name_plural = _("rates of damages")
        constraints = [
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lte=5), name="damages_rate_is_a_share"),
            ExclusionConstraint(
                name="one_damages_rate_a_day",
                expressions=[("insurer", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insurer_id} {self.rate}"


class Breach(models.Model):
    """The agreement's side of a case: what is meant to be done, what was decided, what has been carried out."""

    class Forum(models.TextChoices):
        COORDINATION = "coordination", _("coordination by the department")
        RECONSIDERATION = "reconsideration", _("administrative reconsideration")
        SUIT = "suit", _("suit in court")

    proceeding = models.OneToOneField(Proceeding, models.CASCADE, primary_key=True, related_name="breach")
    measures = models.ManyToManyField(BreachMeasure, related_name="+")
    base = models.DecimalField(max_digits=18, decimal_places=2, default=0)  # the fund's loss that the damages go by
    rate = models.ForeignKey(DamagesRate, models.PROTECT, null=True, related_name="+")
    damages = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    defence = models.TextField(blank=True)
    forum = models.CharField(max_length=15, choices=Forum.choices, blank=True)
    executed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(damages__gte=0), name="damages_not_below_zero")]

    def __str__(self) -> str:
        return f"breach of {self.proceeding_id}"


class Lightened(models.Model):
    """What the institution had reported itself of the breach, and how much of it the damages are reckoned from."""

    breach = models.ForeignKey(Breach, models.CASCADE, related_name="lightened")
    line = models.ForeignKey(SelfCorrected, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=18, decimal_places=2)  # of it paid by the fund
    factor = models.DecimalField(max_digits=8, decimal_places=4)
    reason = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0, factor__gte=0), name="lightened_in_order"),
            models.UniqueConstraint(fields=["breach", "line"], name="lightened_once_a_breach"),
        ]

    def __str__(self) -> str:
        return f"{self.breach_id} {self.line_id}"


class Concerned(models.Model):
    """A department or a person whom a measure of a breach is to suspend (M5), and until when."""

    class About(models.TextChoices):
        DEPARTMENT = "department", _("department")
        PERSON = "person", _("person")

    breach = models.ForeignKey(Breach, models.CASCADE, related_name="concerned")
    about = models.CharField(max_length=10, choices=About.choices)
    code = models.CharField(max_length=40)
    until = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["breach", "about", "code"], name="concerned_once_a_breach")]

    def __str__(self) -> str:
        return f"{self.get_about_display()} {self.code}"


class Remittance(models.Model):
    """What of a recovery went to the fund of one pooling area and insurance; less than nothing came back from it."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="remittances")
    pooling_area = models.ForeignKey(Division, models.PROTECT, related_name="+")
    fund = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    voucher = models.CharField(max_length=80)
    on = models.DateField()

    if TYPE_CHECKING:
        pooling_area_id: str

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_remittance_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} to {self.pooling_area_id} {self.fund}"
