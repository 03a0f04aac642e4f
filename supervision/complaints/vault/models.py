"""What is kept of who told it: the sealed text, who asked to open it, who approved, and when it was read."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division
from supervision.moves import Movable, MoveEvent

ACCOUNT = "institutions.Account"


class Kind(models.TextChoices):
    IDENTITY = "identity", _("who it is")
    PAYOUT = "payout", _("where a reward is paid to")


class Purpose(models.TextChoices):
    """What an identity may be opened for."""

    TELL = "tell", _("to tell the reporter what was decided")
    VERIFY = "verify", _("to verify what was told")
    REWARD = "reward", _("to pay a reward")
    DEMAND = "demand", _("because a court or the police demand it")


class IdentityQuerySet(models.QuerySet["Identity"]):
    def visible_to(self, account: Account) -> "IdentityQuerySet":
        """That something is kept, never what: for regulators of the territory."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


Identities = models.Manager.from_queryset(IdentityQuerySet)


class IdentityManager(Identities["Identity"]):
    def get_queryset(self) -> IdentityQuerySet:
        """Without the sealed text, which the site's role may write and never read."""
        return IdentityQuerySet(self.model, using=self._db).defer("sealed")


class Identity(models.Model):
    """One sealed text. A later one of the same subject and kind replaces it; the earlier ones stay until erased."""

    subject = models.CharField(_("subject"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.IDENTITY)
    version = models.PositiveIntegerField(_("version"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    key = models.CharField(_("key"), max_length=8)
    sealed = models.TextField()
    kept_on = models.DateField(_("kept on"))  # a day: nothing tells at which second somebody gave their name

    objects = IdentityManager()

    class Meta:
        ordering = ["subject", "kind", "version"]
        verbose_name = _("sealed identity")
        verbose_name_plural = _("sealed identities")
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind", "version"], name="one_identity_a_version"),
        ]
        indexes = [models.Index(fields=["place"]), models.Index(fields=["key"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind} {self.version}"


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, account: Account) -> "OpeningQuerySet":
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Opening(Movable):
    """Somebody's wish to read an identity, for a purpose and for hours; a second person approves it."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        APPROVED = "approved", _("approved")
        ENDED = "ended", _("ended")
        REFUSED = "refused", _("refused")
        LAPSED = "lapsed", _("lapsed")

    subject = models.CharField(_("subject"), max_length=40, db_index=True)
    kind = models.CharField(_("what is opened"), max_length=8, choices=Kind.choices, default=Kind.IDENTITY)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    purpose = models.CharField(_("purpose"), max_length=6, choices=Purpose.choices)
    reason = models.TextField(_("reason"))
    hours = models.PositiveSmallIntegerField(_("hours"))
    asked_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    asked_at = models.DateTimeField(_("asked for at"))
    decided_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    until = models.DateTimeField(_("until"))  # while it is asked for, the day after which nobody answers any more

    objects = OpeningQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["OpeningEvent"]
        readings: models.QuerySet["Reading"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("opening of an identity")
        verbose_name_plural = _("openings of identities")
        indexes = [models.Index(fields=["place", "-id"]), models.Index(fields=["state", "until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="opening_takes_two"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False), name="opening_approved_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["subject", "kind", "asked_by"], condition=Q(state__in=["asked", "approved"]),
                name="one_opening_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"opening {self.pk} of {self.subject}"

    @property
    def state_label(self) -> str:
        return str(self.State(self.state).label)

    def get_absolute_url(self) -> str:
        return reverse("vault:opening", args=[self.pk])

    def reaches(self, account: Account) -> bool:
        here = account.territory
        return here is not None and account.institution_id is None and self.place_id.startswith(here.prefix)


class OpeningEvent(MoveEvent):
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_label(self) -> str:
        return str(Opening.State(self.after).label)


class Reading(models.Model):
    """One time that the text left the vault. Written by the vault, with its entry in the chain, before it left."""

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="readings")
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("read at"))
    entry = models.BigIntegerField(_("entry in the chain of acts"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reading of an identity")
        verbose_name_plural = _("readings of identities")

    def __str__(self) -> str:
        return f"{self.opening}: {self.entry}"
