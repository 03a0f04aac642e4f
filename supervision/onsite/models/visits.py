"""A visit to an institution: who goes, by which list, on which devices its record travels, and its seal."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution
from supervision.moves import Movable, MoveEvent

from .rules import Checklist

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("of a visit", "on site")
    SEALED = "sealed", pgettext_lazy("of a visit", "sealed")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a visit", "withdrawn")


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, account: Account) -> "VisitQuerySet":
        """Those of the territory, and those that the account goes on with a level above."""
        if account.institution_id or account.territory is None:
            return self.none()
        gone_on = VisitOfficer.objects.filter(account=account).values("visit")
        return self.filter(Q(place__code__startswith=account.territory.prefix) | Q(pk__in=gone_on))

    def of_officer(self, account: Account) -> "VisitQuerySet":
        """Those that the account goes on."""
        return self.filter(officers=account)


class Visit(Movable):
    """One visit; `about` is the number of what it belongs to, empty where it is a daily visit of its own."""

    number = models.CharField(_("number"), max_length=40, unique=True)  # XC-990101-2026-1
    about = models.CharField(_("belongs to"), max_length=60, blank=True)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="+", verbose_name=_("checklist"))
    officers: "models.ManyToManyField[Account, VisitOfficer]" = models.ManyToManyField(
        ACCOUNT, through="VisitOfficer", related_name="+"
    )
    opened_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    sealed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(_("sealed at"), null=True)
    seal = models.CharField(_("seal"), max_length=64, blank=True)  # SHA-256 over all entries: sealing.py

    objects = VisitQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["VisitEvent"]
        devices: models.QuerySet["Device"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [models.Index(fields=["about"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="visit_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="sealed") | Q(sealed_at__isnull=False, sealed_by__isnull=False) & ~Q(seal=""),
                name="visit_sealed_with_a_seal",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("onsite:visit", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix) or self.is_gone_on_by(account)

    def is_gone_on_by(self, account: Account) -> bool:
        return self.officers.filter(pk=account.pk).exists()


class VisitOfficer(models.Model):
    """Who goes."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+")
    account = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("officer of a visit")
        verbose_name_plural = _("officers of visits")
        constraints = [models.UniqueConstraint(fields=["visit", "account"], name="one_officer_a_visit_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.account_id}"


class VisitEvent(MoveEvent):
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)


class Device(models.Model):
    """A browser on which an officer has taken the visit along, until it has handed everything back."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="devices")
    ident = models.UUIDField(_("device"), unique=True)  # made by the device
    account = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("officer"))
    taken_at = models.DateTimeField(_("taken along"), auto_now_add=True)
    returned_at = models.DateTimeField(_("handed back"), null=True)
    given_up_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    why = models.CharField(_("why it was given up"), max_length=400, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("device of a visit")
        verbose_name_plural = _("devices of visits")
        constraints = [
            models.CheckConstraint(
                condition=Q(given_up_by__isnull=True) | ~Q(why=""), name="device_given_up_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return str(self.ident)

    @property
    def is_out(self) -> bool:
        return self.returned_at is None and self.given_up_by_id is None
