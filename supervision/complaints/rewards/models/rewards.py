"""A reward: what is owed to who told it, from the day it may be due to the day it is paid. It knows no name."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Duty
from supervision.cases.models import Case
from supervision.clocks.models import Clock
from supervision.complaints.models import Complaint
from supervision.moves import Movable, MoveEvent
from supervision.words import Sealed

from .rules import RewardRule

if TYPE_CHECKING:
    from .payouts import RewardPayment, RewardVoucher

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where a reward stands (the brief's state machine of rewards)."""

    ELIGIBLE = "eligible", _("may be due")
    PROPOSED = "proposed", _("proposed")
    CHECKED = "checked", _("approved by one")
    APPROVED = "approved", _("approved by two")
    NOTIFIED = "notified", _("reporter told, to be claimed")
    CLAIMED = "claimed", _("claimed")
    VOUCHER = "voucher", _("with the department's finance")
    PAID = "paid", _("paid out")
    WAIVED = "waived", _("not claimed in time")
    REFUSED = "refused", pgettext_lazy("of a reward", "not granted")
    RECLAIMING = "reclaiming", _("to be taken back")
    DEMANDED = "demanded", _("demanded back")
    RECOVERED = "recovered", _("came back")


def sees_rewards(account: Account) -> bool:
    """Whether rewards are this account's to handle, to decide on or to pay; for others the pages do not exist."""
    return account.sees_complaints or account.holds(Duty.BOOK)


class RewardQuerySet(models.QuerySet["Reward"]):
    def visible_to(self, account: Account) -> "RewardQuerySet":
        """Rewards of the territory, for whoever handles complaints, decides or pays; for others there are none."""
        if account.institution_id or account.territory is None or not sees_rewards(account):
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Reward(Movable):
    """What a report may bring who told it. One a report, and one a case: the first effective report has it."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # JL-990101-2026-48392071, as the report's
    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="reward", verbose_name=_("report"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("case"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))

    rule = models.ForeignKey(RewardRule, models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(_("sum it is a share of"), max_digits=18, decimal_places=2, null=True)
    amount = models.DecimalField(_("reward"), max_digits=18, decimal_places=2, null=True)
    reckoned = models.JSONField(default=list)  # how the amount came about, step by step, as it was that day

    proposer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    checker = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # the first to approve
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # the second
    refuser = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    reclaimer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who asks for it back
    demander = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    notified_on = models.DateField(_("reporter told on"), null=True)
    claim_until = models.DateField(_("may be claimed until"), null=True)
    claimed_on = models.DateField(_("claimed on"), null=True)

    objects = RewardQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["RewardEvent"]
        vouchers: models.QuerySet["RewardVoucher"]
        payments: models.QuerySet["RewardPayment"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        indexes = [models.Index(fields=["place", "-id"]), models.Index(fields=["state", "claim_until"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="reward_state_is_known"),
            models.UniqueConstraint(fields=["case"], condition=~Q(state="refused"), name="one_reward_a_case"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("proposer")), name="reward_checked_by_another"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | (~Q(approver=F("proposer")) & ~Q(approver=F("checker"))),
                name="reward_approved_by_two",
            ),
            models.CheckConstraint(
                condition=Q(demander__isnull=True) | ~Q(demander=F("reclaimer")), name="reward_demanded_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["eligible", "proposed", "checked", "refused"])
                | Q(proposer__isnull=False, checker__isnull=False, approver__isnull=False, amount__gt=0),
                name="reward_granted_by_three",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("rewards:reward", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class RewardEvent(MoveEvent):
    reward = models.ForeignKey(Reward, models.PROTECT, related_name="events")
    words_sealed = models.TextField(blank=True)  # what was noted: the column `note` stays empty

    words = Sealed()

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def sealed_for(self) -> str:
        return f"{self.reward.number} event"

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)
