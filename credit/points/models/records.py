"""A score: proposed after its institution was punished, told, perhaps appealed against, in effect, then cleared."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution, Practitioner
from supervision.cases.models import Proceeding
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .rules import Matter, RepairActivity, Responsibility

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where a record stands (the brief's state machine 22)."""

    PROPOSED = "proposed", _("proposed")
    NOTIFIED = "notified", _("told to the institution")
    APPEALED = "appealed", _("appealed against")
    EFFECTIVE = "effective", _("in effect")
    REPAIR_ASKED = "repair_asked", _("in effect, repair applied for")
    REPAIRED = "repaired", _("in effect, repaired in part")
    CLEARED = "cleared", _("cleared with its year")
    WITHDRAWN = "withdrawn", _("withdrawn")


BEFORE_EFFECT = (State.PROPOSED, State.NOTIFIED, State.APPEALED)
COUNTED = (State.EFFECTIVE, State.REPAIR_ASKED, State.REPAIRED, State.CLEARED)


class ScoreRecordQuerySet(models.QuerySet["ScoreRecord"]):
    def visible_to(self, account: Account) -> "ScoreRecordQuerySet":
        """Those of the account's territory; an institution sees its own once it was told of them."""
        if account.institution_id:
            return self.filter(institution=account.institution_id).exclude(notified_on=None)
        if account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def counted(self) -> "ScoreRecordQuerySet":
        """Those that took effect and were not withdrawn since."""
        return self.filter(state__in=COUNTED)


class ScoreRecord(Movable):
    """What one person is scored for one act at one institution."""

    number = models.CharField(_("number"), max_length=50, unique=True)  # the proceeding's number and which of them
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, related_name="scores", verbose_name=_("practitioner")
    )
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="+", verbose_name=_("because of"))
    act = models.CharField(_("act"), max_length=40)  # the case's number: one act is scored once, at the highest
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+", verbose_name=_("matter"))
    responsibility = models.ForeignKey(
        Responsibility, models.PROTECT, related_name="+", verbose_name=_("responsibility")
    )
    proposed_points = models.PositiveSmallIntegerField(_("points proposed"))
    points = models.PositiveSmallIntegerField(_("points"))
    facts = models.TextField(_("what the person did"))
    appeal = models.TextField(_("appeal"), blank=True)
    answer = models.TextField(_("answer to the appeal"), blank=True)
    notified_on = models.DateField(_("told on"), null=True)
    effective_on = models.DateField(_("in effect since"), null=True)

    proposer = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who answered the appeal
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = ScoreRecordQuerySet.as_manager()

    if TYPE_CHECKING:
        practitioner_id: str
        institution_id: str
        place_id: str
        events: models.QuerySet["ScoreEvent"]
        repairs: models.QuerySet["Repair"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("record of points")
        verbose_name_plural = _("records of points")
        indexes = [models.Index(fields=["practitioner", "effective_on"]), models.Index(fields=["state", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="score_state_is_known"),
            models.CheckConstraint(
                condition=Q(points__gte=1, points__lte=F("proposed_points"), proposed_points__lte=12),
                name="score_points_never_rise",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("proposer")), name="score_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decider__isnull=True) | (~Q(decider=F("proposer")) & ~Q(decider=F("approver"))),
                name="score_appeal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["effective", "repair_asked", "repaired", "cleared"])
                | Q(effective_on__isnull=False, notified_on__isnull=False, approver__isnull=False),
                name="score_in_effect_was_told",
            ),
            models.UniqueConstraint(
                fields=["practitioner", "act"], condition=Q(state__in=["proposed", "notified", "appealed"]),
                name="one_score_of_an_act_under_way",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("points:record", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id:
            return account.institution_id == self.institution_id and self.notified_on is not None
        return account.territory is not None and self.place_id.startswith(account.territory.prefix)

    @property
    def repaired(self) -> int:
        """How many of its points were repaired."""
        return sum(one.granted_on is not None for one in self.repairs.all())


class ScoreEvent(MoveEvent):
    record = models.ForeignKey(ScoreRecord, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)


class Repair(models.Model):
    """What was done so that one point less counts: applied for, granted or refused."""

    record = models.ForeignKey(ScoreRecord, models.PROTECT, related_name="repairs")
    activity = models.ForeignKey(RepairActivity, models.PROTECT, related_name="+", verbose_name=_("way of repair"))
    told = models.TextField(_("what was done"))
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    asked_on = models.DateField(_("applied for on"))
    decided_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    granted_on = models.DateField(_("granted on"), null=True)
    refused_on = models.DateField(_("refused on"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(refused_on=None), name="repair_granted_or_refused"
            ),
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(granted_on__gte=F("asked_on")), name="repair_in_order"
            ),
            models.UniqueConstraint(
                fields=["record"], condition=Q(granted_on=None, refused_on=None), name="one_repair_asked_at_a_time"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.record} {self.activity_id}"
