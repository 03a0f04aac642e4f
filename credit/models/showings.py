"""Many evaluations shown to their institutions by one act of one person, and what became of each."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account

from .evaluations import Evaluation


class ShowingQuerySet(models.QuerySet["Showing"]):
    def visible_to(self, account: Account) -> "ShowingQuerySet":
        """One's own: what became of each is in its evaluation's history, for everybody who sees that."""
        return self.filter(by=account.pk)


class Showing(models.Model):
    """One wish to show many evaluations; each is shown by itself, or refused with the reason."""

    by = models.ForeignKey("institutions.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    asked = models.PositiveIntegerField()  # how many evaluations
    finished_at = models.DateTimeField(null=True)

    objects = ShowingQuerySet.as_manager()

    if TYPE_CHECKING:
        lines: models.QuerySet["ShowingLine"]

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["at"], condition=Q(finished_at=None), name="showing_under_way")]

    def __str__(self) -> str:
        return f"showing {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("credit:showing", args=[self.pk])


class ShowingLine(models.Model):
    """One evaluation of such a wish, as it stood when it was asked for."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", _("shown")
        REFUSED = "refused", _("refused")

    showing = models.ForeignKey(Showing, models.PROTECT, related_name="lines")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="in_showings")
    turn = models.PositiveIntegerField()  # of the evaluation, that was looked at
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    why = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["showing", "evaluation"], name="an_evaluation_is_asked_for_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["waiting", "shown", "refused"]), name="showing_line_outcome_is_known"
            ),
            models.CheckConstraint(condition=~Q(outcome="refused") | ~Q(why=""), name="a_refused_showing_says_why"),
            models.CheckConstraint(
                condition=Q(outcome="waiting") | Q(done_at__isnull=False), name="a_showing_line_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.showing_id} {self.evaluation_id}"
