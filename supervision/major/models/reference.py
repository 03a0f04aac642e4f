"""What major issues are graded by, and on what an interview rests: rows of a place and a time, with their source."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Division
from institutions.models.territory import NATION
from supervision.clocks.models import Limit
from supervision.language import in_chinese


class Level(models.IntegerChoices):
    """The first is the gravest."""

    ONE = 1, _("level I")
    TWO = 2, _("level II")
    THREE = 3, _("level III")
    FOUR = 4, _("level IV")


class IssueLevel(models.Model):
    """A level of a place for a time: what reaches it, to whom it is reported and by which limits. Amount in yuan."""

    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    place = models.CharField(_("place"), max_length=6, default=NATION)
    trigger_zh = models.CharField(_("trigger in Chinese"), max_length=200)
    trigger_en = models.CharField(_("trigger in English"), max_length=200)
    amount = models.DecimalField(_("suspected loss from"), max_digits=18, decimal_places=2, null=True, blank=True)
    institutions = models.PositiveSmallIntegerField(_("institutions from"), null=True, blank=True)
    divisions = models.PositiveSmallIntegerField(_("places from"), null=True, blank=True)
    up_to = models.PositiveSmallIntegerField(_("reported up to"), choices=Division.Level.choices)
    report_limit = models.CharField(_("limit of the first report"), max_length=30)
    follow_limit = models.CharField(_("limit from report to report"), max_length=30, blank=True)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["level", "place", "valid"]
        verbose_name = _("level of major issues")
        verbose_name_plural = _("levels of major issues")
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="issue_level_is_known"),
            ExclusionConstraint(
                name="one_issue_level_a_place_and_day",
                expressions=[
                    ("level", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_level_display())

    @property
    def trigger(self) -> str:
        return self.trigger_zh if in_chinese() else self.trigger_en


class Ground(models.Model):
    """On what interviews of one kind of party rest."""

    class Party(models.TextChoices):
        INSTITUTION = "institution", _("a designated institution")
        AGENCY = "agency", _("a handling agency")
        PLACE = "place", _("a department of a place below")

    kind = models.CharField(_("interviewed"), max_length=11, choices=Party.choices)
    place = models.CharField(_("place"), max_length=6, default=NATION)
    norm = models.CharField(_("norm"), max_length=20, blank=True)  # code of the register of norms
    article = models.CharField(_("article"), max_length=60, blank=True)
    words_zh = models.CharField(_("ground in Chinese"), max_length=200)
    words_en = models.CharField(_("ground in English"), max_length=200)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["kind", "place", "valid"]
        verbose_name = _("ground of interviews")
        verbose_name_plural = _("grounds of interviews")
        constraints = [
            ExclusionConstraint(
                name="one_ground_a_party_place_and_day",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.words_zh if in_chinese() else self.words_en
