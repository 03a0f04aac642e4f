"""What a year under an agreement was worth: written by those who appraise it, read by those who pay by it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.language import in_chinese

from .parties import Institution, Insurer
from .territory import chain


class AppraisedYearQuerySet(models.QuerySet["AppraisedYear"]):
    def paid_by(self, place: str) -> "AppraisedYearQuerySet":
        """Under agreements with the agencies whose pooling area the place lies in: it is they who settle there."""
        return self.filter(insurer__pooling_area__in=chain(place))


class AppraisedYear(models.Model):
    """The band that two people gave an agreement's year, and what share of the deposit it releases."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="appraised_years", verbose_name=_("institution")
    )
    insurer = models.ForeignKey(Insurer, models.PROTECT, related_name="+", verbose_name=_("agency"))
    year = models.PositiveSmallIntegerField(_("year"))
    record = models.CharField(_("record"), max_length=80, unique=True)  # the agreement's number and the year
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    band_zh = models.CharField(_("band in Chinese"), max_length=60)
    band_en = models.CharField(_("band in English"), max_length=60)
    release = models.DecimalField(_("share of the deposit released, percent"), max_digits=5, decimal_places=2)
    source = models.TextField(_("source"))  # of the band
    told_on = models.DateField(_("told on"), default=timezone.localdate)

    objects = AppraisedYearQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = _("appraised year")
        verbose_name_plural = _("appraised years")
        constraints = [
            models.CheckConstraint(condition=Q(release__gte=0, release__lte=100), name="year_releases_a_share"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=100), name="year_out_of_a_hundred"),
        ]

    def __str__(self) -> str:
        return self.record

    @property
    def band(self) -> str:
        return self.band_zh if in_chinese() else self.band_en
