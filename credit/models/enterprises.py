"""Pharmaceutical enterprises: what courts and authorities found, and how a province's procurement body rates it."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from supervision.cases.models.violations import Sourced


class Matter(models.TextChoices):
    BRIBERY = "bribery", _("commercial bribery")
    TAX = "tax", _("violation of tax law")
    PRICE = "price", _("price violation or price monopoly")
    RESISTING = "resisting", _("resisting supervision")
    BIDDING = "bidding", _("violation in bidding")
    PROMISE = "promise", _("breach of a promise")


class Tier(models.IntegerChoices):
    NONE = 0, _("not dishonest")
    DISHONEST = 1, _("dishonest")
    SERIOUS = 2, _("seriously dishonest")
    ESPECIALLY = 3, _("especially seriously dishonest")


class TierThreshold(Sourced):
    """From which sum on a fact of a matter gives which tier; aggravated, where the norm names a circumstance."""

    matter = models.CharField(_("matter"), max_length=10, choices=Matter.choices)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices)
    above = models.DecimalField(_("from which sum on"), max_digits=18, decimal_places=2)
    aggravated = models.BooleanField(_("aggravated"), default=False)

    class Meta:
        ordering = ["matter", "aggravated", "above"]
        verbose_name = _("threshold of a tier")
        verbose_name_plural = _("thresholds of tiers")
        constraints = [
            models.UniqueConstraint(fields=["matter", "tier", "aggravated", "valid"], name="one_threshold_a_tier"),
            models.CheckConstraint(condition=Q(above__gte=0, tier__gte=1), name="tier_threshold_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.tier} {self.above}"


class TierMeasures(Sourced):
    """What an enterprise of a tier does to be repaired, by matter."""

    matter = models.CharField(_("matter"), max_length=10, choices=Matter.choices)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices)
    measures = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("corrective measures"))

    class Meta:
        ordering = ["matter", "tier"]
        verbose_name = _("corrective measures of a tier")
        verbose_name_plural = _("corrective measures of tiers")
        constraints = [models.UniqueConstraint(fields=["matter", "tier", "valid"], name="measures_once_a_tier")]

    def __str__(self) -> str:
        return f"{self.matter} {self.tier}: {self.measures}"


class Enterprise(models.Model):
    """A maker or seller of medicines and devices, by its unified social credit code."""

    code = models.CharField(_("unified social credit code"), max_length=18, primary_key=True)
    name_zh = models.CharField(_("Chinese name"), max_length=200)

    class Meta:
        ordering = ["code"]
        verbose_name = _("pharmaceutical enterprise")
        verbose_name_plural = _("pharmaceutical enterprises")

    def __str__(self) -> str:
        return self.name_zh


class EnterpriseFact(models.Model):
    """What a judgment, a penalty or an audit found. Where no sum decides, it says the tier itself."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="facts", verbose_name=_("enterprise"))
    matter = models.CharField(_("matter"), max_length=10, choices=Matter.choices)
    record = models.CharField(_("number of the record"), max_length=80)
    happened_on = models.DateField(_("happened on"))
    known_on = models.DateField(_("known on"))
    amount = models.DecimalField(_("sum"), max_digits=18, decimal_places=2, default=Decimal(0))
    aggravated = models.BooleanField(_("aggravated"), default=False)
    found_tier = models.PositiveSmallIntegerField(_("tier as it was found"), choices=Tier.choices, default=Tier.NONE)
    repaired_on = models.DateField(_("repaired on"), null=True, blank=True)
    repaired_because = models.CharField(_("repaired because of"), max_length=80, blank=True)

    class Meta:
        ordering = ["known_on", "pk"]
        verbose_name = _("fact about an enterprise")
        verbose_name_plural = _("facts about enterprises")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "matter", "record"], name="an_enterprise_fact_once"),
            models.CheckConstraint(condition=Q(happened_on__lte=F("known_on")), name="enterprise_fact_in_order"),
            models.CheckConstraint(
                condition=Q(repaired_on=None) | Q(repaired_on__gte=F("known_on")) & ~Q(repaired_because=""),
                name="enterprise_fact_repaired_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.record}"
