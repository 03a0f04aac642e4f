"""Insured persons: the one thing that the Regulation lets follow, with its first and last day. No grade, no score."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Duty
from supervision.cases.models import Proceeding
from supervision.moves import Movable, MoveEvent

ACCOUNT = "institutions.Account"


class OfflineState(models.TextChoices):
    """Where a suspension of somebody's online settlement stands."""

    PROPOSED = "proposed", _("proposed")
    IN_FORCE = "in_force", _("in force: pays first, claims back later")
    ENDED = "ended", _("over")
    LIFTED = "lifted", _("lifted")
    DROPPED = "dropped", _("not imposed")


class OfflineQuerySet(models.QuerySet["Offline"]):
    def visible_to(self, account: Account) -> "OfflineQuerySet":
        """Those of the territory, and only for who keeps or decides them: it is about a patient."""
        keeps = account.holds(Duty.CREDIT) or account.holds(Duty.DECIDE)
        if account.institution_id or account.territory is None or not keeps:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Offline(Movable):
    """An insured person's online settlement is suspended, as a served penalty has decided; care is paid for, later."""

    number = models.CharField(_("number"), max_length=80, unique=True)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    proceeding = models.OneToOneField(Proceeding, models.PROTECT, related_name="+", verbose_name=_("proceeding"))
    months = models.PositiveSmallIntegerField(_("months"))
    since = models.DateField(_("first day"), null=True)
    until = models.DateField(_("last day"), null=True)
    lifted_on = models.DateField(_("lifted on"), null=True)
    proposer = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    decider = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    objects = OfflineQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["OfflineEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("suspension of online settlement")
        verbose_name_plural = _("suspensions of online settlement")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OfflineState.values), name="offline_state_is_known"),
            models.CheckConstraint(condition=Q(since=None) | Q(until__gte=F("since")), name="offline_in_order"),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(since__isnull=False, decider__isnull=False),
                name="offline_begins_and_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("proposer")), name="offline_decided_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("credit:person", args=[self.number])

    def get_state_display(self) -> str:
        return str(OfflineState(self.state).label)

    def reaches(self, account: Account) -> bool:
        return Offline.objects.visible_to(account).filter(pk=self.pk).exists()


class OfflineEvent(MoveEvent):
    offline = models.ForeignKey(Offline, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(OfflineState(self.after).label)
