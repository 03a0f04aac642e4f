"""A sample of institutions for the daily inspections: drawn by a kept seed, weighted by grade, each weight shown."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution


class DrawQuerySet(models.QuerySet["Draw"]):
    def visible_to(self, account: Account) -> "DrawQuerySet":
        """Those of the territory; institutions are not told who is looked at next."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Draw(models.Model):
    """One draw in one territory. Whoever has the seed and the weights draws the same again."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    reason = models.CharField(_("what for"), max_length=200)
    size = models.PositiveSmallIntegerField(_("how many"))
    seed = models.CharField(_("seed"), max_length=64)
    drawn_by = models.ForeignKey("institutions.Account", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("drawn"), default=timezone.now)

    objects = DrawQuerySet.as_manager()

    if TYPE_CHECKING:
        lines: models.QuerySet["DrawLine"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("weighted draw")
        verbose_name_plural = _("weighted draws")
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="a_draw_draws_somebody")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("credit:draw", args=[self.number])


class DrawLine(models.Model):
    """One institution that could be drawn, with its weight and why."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="lines")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    grade = models.CharField(_("grade"), max_length=4, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2)
    rank = models.PositiveIntegerField(_("rank"))
    drawn = models.BooleanField(_("drawn"), default=False)

    class Meta:
        ordering = ["rank"]
        verbose_name = _("institution in a draw")
        verbose_name_plural = _("institutions in draws")
        constraints = [
            models.UniqueConstraint(fields=["draw", "institution"], name="once_in_a_draw"),
            models.UniqueConstraint(fields=["draw", "rank"], name="one_rank_in_a_draw"),
            models.CheckConstraint(condition=Q(weight__gt=0) | Q(drawn=False), name="no_weight_is_never_drawn"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.institution_id}"
