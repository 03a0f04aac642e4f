"""An assessment on paper and on site: a team of two, and points for each criterion."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.documents.models import Document

from .applications import Application, OfAnApplicationQuerySet
from .reference import Criterion

ACCOUNT = "institutions.Account"


class Assessment(models.Model):
    """One round: the first, or the one after what was wrong was put right."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assessments")
    round = models.PositiveSmallIntegerField(default=1)
    first = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("first assessor"))
    second = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("second assessor"))
    began_on = models.DateField(default=timezone.localdate)
    on_paper = models.DateField(_("looked at on paper"), null=True)
    on_site = models.DateField(_("looked at on site"), null=True)
    # The other of the two says that the sheet is right; whoever changes a line takes that back.
    scored_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    agreed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    # A body that the agency commissioned to look into it; its report lies beside the sheet (ApplicationFile.round).
    third_party = models.CharField(_("commissioned third party"), max_length=120, blank=True)
    total = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True)
    needed = models.DecimalField(_("points needed"), max_digits=6, decimal_places=2)
    passed = models.BooleanField(null=True)  # as the person in charge decided
    # Its result, filed with the department.
    filed_on = models.DateField(_("result filed on"), null=True)
    filed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    filing = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    if TYPE_CHECKING:
        scores: models.QuerySet["Score"]
        reports: "OfAnApplicationQuerySet"

    class Meta:
        ordering = ["pk"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="one_assessment_a_round"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="assessed_by_two"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("scored_by")), name="agreed_by_the_other"
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True, filed_by__isnull=True, filing__isnull=True)
                | Q(filed_on__isnull=False, filed_by__isnull=False, filing__isnull=False, passed__isnull=False),
                name="result_filed_by_somebody_with_a_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.round}"

    def is_by(self, account: Account) -> bool:
        return account.pk in (self.first_id, self.second_id)

    @property
    def complete(self) -> bool:
        """Whether everything was scored, on paper and on site, and both of the team stand by it."""
        return self.agreed_by_id is not None and bool(self.on_paper and self.on_site)

    @property
    def sum(self) -> Decimal:
        return Decimal(sum(score.points for score in self.scores.all()))

    @property
    def reaches_it(self) -> bool:
        """Enough points, and nothing missing that must be met."""
        missed = self.scores.filter(criterion__required=True, points=0).exists()
        return not missed and self.sum >= self.needed


class Score(models.Model):
    """The points for one criterion, and what was seen."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)
    seen = models.CharField(_("what was seen"), max_length=300, blank=True)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["criterion__order", "pk"]
        verbose_name = _("points for a criterion")
        verbose_name_plural = _("points for criteria")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"
