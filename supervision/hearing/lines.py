"""An accused line: what was charged, what the fund paid of it, what is answered and what of both was confirmed."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from supervision.monitoring.models import FindingLine

ACCOUNT = "institutions.Account"


class Loss(models.TextChoices):
    """How it is known what the fund lost with a line (the brief's 3.5)."""

    LINE_RATIO = "line_ratio", _("share of the fund in the line")
    WHOLE = "whole", _("what the fund paid for the whole claim")
    GROUP = "group", _("paid by disease group: the line by itself changes nothing for the fund")
    RECOMPUTED = "recomputed_group", _("disease group worked out anew")
    AGREED = "agreed", _("agreed with the institution")
    APPRAISAL = "appraisal", _("appraisal")


# By which a person puts the loss where the line's own share says nothing; each with a written reason.
BY_ANOTHER_METHOD = (Loss.RECOMPUTED, Loss.AGREED, Loss.APPRAISAL)


class HearingLine(models.Model):
    """One accused line. `suspected` and `confirmed` are of the charge; `fund_…` is what the fund paid of them."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("answer to a finding", "accepted")
        APPEALED = "appealed", _("appealed")

    class Decision(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        PARTLY = "partly", _("upheld in part")
        WITHDRAWN = "withdrawn", _("withdrawn")

    hearing = models.ForeignKey("hearing.Hearing", models.PROTECT, related_name="lines")
    line = models.OneToOneField(FindingLine, models.PROTECT, related_name="heard", db_constraint=False)
    claim = models.CharField(max_length=120, blank=True)
    charge = models.CharField(max_length=160, blank=True)
    suspected = models.DecimalField(max_digits=18, decimal_places=2)  # what the finding owned of it when it was sent
    fund_suspected = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    grounds = models.TextField(blank=True)  # why it is appealed
    answered_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=9, choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True)  # of the decision, for the institution to read
    confirmed = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    fund_confirmed = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    fund_method = models.CharField(max_length=16, choices=Loss.choices, default=Loss.LINE_RATIO)
    fund_reason = models.TextField(blank=True, default="")  # of a loss put by another method

    if TYPE_CHECKING:
        hearing_id: int
        answered_by_id: int | None

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["charge"]), models.Index(fields=["claim"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed__gte=0) & Q(confirmed__lte=F("suspected")), name="line_confirmed_within_suspected"
            ),
            models.CheckConstraint(
                condition=~Q(answer="appealed") | ~Q(grounds=""), name="an_appeal_gives_its_grounds"
            ),
            models.CheckConstraint(
                condition=Q(fund_suspected__gte=0, fund_suspected__lte=F("suspected"))
                & Q(fund_confirmed__gte=0, fund_confirmed__lte=F("confirmed")),
                name="line_fund_within_its_charge",
            ),
            models.CheckConstraint(
                condition=~Q(fund_method__in=["recomputed_group", "agreed", "appraisal"]) | ~Q(fund_reason=""),
                name="a_loss_put_by_people_gives_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.charge or self.claim
