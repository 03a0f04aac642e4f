"""A double-random draw: of objects by weight and of inspectors for each, by one seed that is kept."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution

from .directories import ACCOUNT, Inspector
from .plans import Mode, PlanLine


class DrawQuerySet(models.QuerySet["Draw"]):
    def visible_to(self, account: Account) -> "DrawQuerySet":
        """Those of the territory; institutions are not told who is looked at next."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def published(self) -> "DrawQuerySet":
        return self.filter(published_on__isnull=False)


class Draw(models.Model):
    """One draw in one territory. Whoever has the seed, the candidates and the weights draws the same again."""

    number = models.CharField(_("number"), max_length=40, unique=True)  # CQ-990100-2026-1
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, related_name="draws")
    mode = models.CharField(_("mode"), max_length=6, choices=Mode.choices)
    reason = models.CharField(_("what for"), max_length=200)
    size = models.PositiveSmallIntegerField(_("how many"))
    officers = models.PositiveSmallIntegerField(_("inspectors for each"))
    seed = models.CharField(_("seed"), max_length=64)
    drawn_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("drawn"), default=timezone.now)
    published_on = models.DateField(_("published on"), null=True)
    publisher = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    objects = DrawQuerySet.as_manager()

    if TYPE_CHECKING:
        candidates: models.QuerySet["Candidate"]
        pairings: models.QuerySet["Pairing"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("double-random draw")
        verbose_name_plural = _("double-random draws")
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1), name="a_draw_draws_somebody"),
            models.CheckConstraint(
                condition=Q(publisher__isnull=True) | ~Q(publisher=F("drawn_by")), name="draw_published_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspections:draw", args=[self.number])


class Candidate(models.Model):
    """One institution that could be drawn, with its weight and what the weight is made of."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="candidates")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    grade = models.CharField(_("grade"), max_length=4, blank=True)
    grade_factor = models.DecimalField(_("factor of the grade"), max_digits=6, decimal_places=2)
    at_risk = models.PositiveIntegerField(_("charges in question (1/10000)"))
    risk_factor = models.DecimalField(_("factor of the risk"), max_digits=6, decimal_places=2)
    weight = models.DecimalField(_("weight"), max_digits=12, decimal_places=4)
    rank = models.PositiveIntegerField(_("rank"))
    drawn = models.BooleanField(_("drawn"), default=False)

    class Meta:
        ordering = ["rank"]
        verbose_name = _("institution in a draw")
        verbose_name_plural = _("institutions in draws")
        constraints = [
            models.UniqueConstraint(fields=["draw", "institution"], name="an_institution_once_in_a_draw"),
            models.UniqueConstraint(fields=["draw", "rank"], name="a_rank_once_in_a_draw"),
            models.CheckConstraint(condition=Q(weight__gt=0) | Q(drawn=False), name="no_weight_is_never_drawn"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.institution_id}"


class Pairing(models.Model):
    """One inspector who could be drawn for one drawn institution; whoever has an interest in it is left out."""

    class Standing(models.TextChoices):
        DRAWN = "drawn", _("drawn")
        SPARE = "spare", pgettext_lazy("of an inspector in a draw", "not drawn")
        CONFLICT = "conflict", _("left out: conflict of interest")
        RECUSED = "recused", _("stepped aside")

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="pairings")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("inspector"))
    rank = models.PositiveIntegerField(_("rank"), null=True)
    standing = models.CharField(_("standing"), max_length=8, choices=Standing.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["institution", F("rank").asc(nulls_last=True), "inspector"]
        verbose_name = _("inspector in a draw")
        verbose_name_plural = _("inspectors in draws")
        constraints = [
            models.UniqueConstraint(fields=["draw", "institution", "inspector"], name="once_in_a_pairing"),
            models.UniqueConstraint(fields=["draw", "institution", "rank"], name="one_rank_in_a_pairing"),
            models.CheckConstraint(
                condition=Q(standing="conflict", rank=None) | ~Q(standing="conflict") & Q(rank__isnull=False),
                name="whoever_has_an_interest_has_no_rank",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["drawn", "spare"]) | ~Q(reason=""), name="left_out_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.institution_id} {self.inspector_id}"
