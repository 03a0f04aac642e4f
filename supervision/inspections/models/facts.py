"""What an inspection found: each with its norm, the settlement lines it names, the answer and the votes."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account
from supervision.cases.models import Case
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.hearing.models import Hearing
from supervision.moves import Movable, MoveEvent

from .directories import ACCOUNT
from .inspections import Inspection, Member
from .rules import Item


class Fact(models.Model):
    """One problem that was found on the spot. Amounts in yuan."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("answer to a finding", "accepted")
        DISPUTED = "disputed", _("disputed")

    class Outcome(models.TextChoices):
        STANDS = "stands", _("stands")
        DROPPED = "dropped", _("dropped")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="facts")
    number = models.PositiveSmallIntegerField(_("number"))
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+", verbose_name=_("item"))
    words = models.CharField(_("what was found"), max_length=400)
    norm = models.CharField(_("norm"), max_length=200)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    grounds = models.CharField(_("grounds"), max_length=400, blank=True)
    answered_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices, blank=True)
    hearing = models.OneToOneField(Hearing, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    found_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)

    if TYPE_CHECKING:
        charges: models.QuerySet["Charge"]
        votes: models.QuerySet["Vote"]

    class Meta:
        ordering = ["number"]
        verbose_name = _("finding of an inspection")
        verbose_name_plural = _("findings of inspections")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="one_finding_a_number"),
            models.CheckConstraint(
                condition=~Q(answer="disputed") | ~Q(grounds=""), name="a_dispute_gives_its_grounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.number}"


class Charge(models.Model):
    """A line of a settled claim that a finding names, as the warehouse had it then. Amounts in yuan."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="charges")
    claim = models.CharField(_("claim"), max_length=120)
    charge = models.CharField(_("line"), max_length=160)
    month = models.CharField(_("month"), max_length=7)
    member = models.CharField(max_length=60, blank=True)
    insured_area = models.CharField(_("insured in"), max_length=6, blank=True)
    about = models.CharField(_("what was charged"), max_length=200, blank=True)
    amount = models.DecimalField(_("charged"), max_digits=18, decimal_places=2)
    suspected = models.DecimalField(_("of it in question"), max_digits=18, decimal_places=2)
    fund = models.DecimalField(_("of it paid by the fund"), max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line that a finding names")
        verbose_name_plural = _("lines that findings name")
        constraints = [
            models.UniqueConstraint(fields=["fact", "charge"], name="a_line_once_a_finding"),
            models.CheckConstraint(
                condition=Q(suspected__gt=0, suspected__lte=models.F("amount"), fund__lte=models.F("suspected")),
                name="named_line_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.charge


class Vote(models.Model):
    """One officer's voice on a disputed finding."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="votes")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    stands = models.BooleanField(_("it stands"))
    reason = models.CharField(_("reason"), max_length=400)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["fact", "member"], name="one_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.fact_id} {self.member_id}"


class SealingState(models.TextChoices):
    SEALED = "sealed", _("registered and preserved")
    DECIDED = "decided", _("decided on")


class Sealing(Movable):
    """Evidence that was registered and preserved beforehand: what becomes of it is decided in time."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="sealings")
    items = models.TextField(_("items"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    ordered_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    decision = models.TextField(_("decision"), blank=True)

    if TYPE_CHECKING:
        events: models.QuerySet["SealingEvent"]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("preserved evidence")
        verbose_name_plural = _("preserved evidence")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SealingState.values), name="sealing_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="decided") | ~Q(decision=""), name="a_sealing_is_decided_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} F{self.pk}"

    def get_absolute_url(self) -> str:
        return self.inspection.get_absolute_url()

    def get_state_display(self) -> str:
        return str(SealingState(self.state).label)

    def reaches(self, account: Account) -> bool:
        return account.institution_id is None and self.inspection.reaches(account)


class SealingEvent(MoveEvent):
    sealing = models.ForeignKey(Sealing, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
