"""A sample of an institution's claims: what it was drawn from, what was drawn, found, and follows of it."""

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.models import Snapshot
from institutions.models import Account, Division, Institution
from supervision.moves import Movable, MoveEvent

from .visits import ACCOUNT


class SampleState(models.TextChoices):
    DRAWN = "drawn", pgettext_lazy("of a sample", "being judged")
    ESTIMATED = "estimated", pgettext_lazy("of a sample", "estimated")
    CONFIRMED = "confirmed", pgettext_lazy("of a sample", "confirmed")


class SampleQuerySet(models.QuerySet["Sample"]):
    def visible_to(self, account: Account) -> "SampleQuerySet":
        """Those of institutions of the territory."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Sample(Movable):
    """A sample by a seed. Sums in yuan: what the fund paid, and what of it was paid wrongly."""

    class Way(models.TextChoices):
        T = "t", _("Student's t at both ends")
        EXACT = "exact", _("few wrong claims: the upper end is exact")
        WHOLE = "whole", _("every claim was looked at")

    number = models.CharField(_("number"), max_length=40, unique=True)  # CY-990100-2026-1
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    first_month = models.CharField(_("first month"), max_length=7)
    last_month = models.CharField(_("last month"), max_length=7)
    seed = models.CharField(_("seed of the draw"), max_length=32)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    size = models.PositiveIntegerField(_("claims asked for"), validators=[MinValueValidator(1)])
    wanted_strata = models.PositiveSmallIntegerField(_("strata asked for"))
    claims = models.PositiveIntegerField(_("claims drawn from"))
    paid = models.DecimalField(_("of it paid by the fund"), max_digits=18, decimal_places=2)
    population = models.CharField(_("digest of the claims drawn from"), max_length=64)
    drawn_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("drawn by"))
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    confidence = models.DecimalField(_("confidence"), max_digits=5, decimal_places=4, null=True)
    enough = models.PositiveIntegerField(_("wrong claims that let the interval be Student's"), null=True)
    wrong_claims = models.PositiveIntegerField(_("wrong claims found"), null=True)
    found = models.DecimalField(_("found wrong"), max_digits=18, decimal_places=2, null=True)
    point = models.DecimalField(_("estimated wrong in all"), max_digits=18, decimal_places=2, null=True)
    low = models.DecimalField(_("lower end"), max_digits=18, decimal_places=2, null=True)
    high = models.DecimalField(_("upper end"), max_digits=18, decimal_places=2, null=True)
    way = models.CharField(_("how the interval came about"), max_length=5, choices=Way.choices, blank=True)
    confirmed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    objects = SampleQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["SampleEvent"]
        strata: models.QuerySet["Stratum"]
        sampled: models.QuerySet["SampledClaim"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("sample of claims")
        verbose_name_plural = _("samples of claims")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SampleState.values), name="sample_state_is_known"),
            models.CheckConstraint(condition=Q(last_month__gte=F("first_month")), name="sample_period_in_order"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(found__lte=F("low"), low__lte=F("high"), high__lte=F("paid")),
                name="sample_interval_in_order",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("drawn_by")),
                name="sample_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("onsite:sample", args=[self.number])

    def get_state_display(self) -> str:
        return str(SampleState(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class SampleEvent(MoveEvent):
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(SampleState(self.after).label)


class Stratum(models.Model):
    """Claims of like amounts, as they were when the sample was drawn."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="strata")
    number = models.PositiveSmallIntegerField(_("stratum"))  # from 1, the smallest amounts first
    claims = models.PositiveIntegerField(_("claims"))
    paid = models.DecimalField(_("of it paid by the fund"), max_digits=18, decimal_places=2)
    drawn = models.PositiveIntegerField(_("drawn"))
    rest = models.DecimalField(_("not drawn, paid by the fund"), max_digits=18, decimal_places=2)
    most = models.DecimalField(_("the largest that was not drawn"), max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["sample", "number"]
        verbose_name = _("stratum of a sample")
        verbose_name_plural = _("strata of samples")
        constraints = [models.UniqueConstraint(fields=["sample", "number"], name="one_stratum_a_number")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.number}"


class SampledClaim(models.Model):
    """A claim that was drawn, and what of it was paid wrongly: nothing yet where nobody has judged it."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="sampled")
    stratum = models.ForeignKey(Stratum, models.PROTECT, related_name="sampled")
    claim = models.CharField(_("claim"), max_length=120)
    month = models.CharField(_("month"), max_length=7)
    paid = models.DecimalField(_("paid by the fund"), max_digits=18, decimal_places=2)
    wrong = models.DecimalField(_("of it wrong"), max_digits=18, decimal_places=2, null=True)
    why = models.CharField(_("why"), max_length=400, blank=True)
    judged_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", verbose_name=_("judged by"))
    judged_at = models.DateTimeField(_("judged at"), null=True)

    class Meta:
        ordering = ["stratum", "claim"]
        verbose_name = _("claim of a sample")
        verbose_name_plural = _("claims of samples")
        constraints = [
            models.UniqueConstraint(fields=["sample", "claim"], name="one_sampled_claim_once"),
            models.CheckConstraint(
                condition=Q(wrong__isnull=True) | Q(wrong__gte=0, wrong__lte=F("paid")), name="sampled_wrong_in_order"
            ),
            models.CheckConstraint(
                condition=Q(wrong__isnull=True) | Q(judged_by__isnull=False), name="sampled_judged_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.claim

    @property
    def short(self) -> str:
        """Its number at the institution."""
        return self.claim.partition(":")[2]
