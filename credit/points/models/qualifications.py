"""Whether the fund pays for what somebody orders: one row a person, wherever they work, and the days it did not."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution, Practitioner, Registration
from supervision.cases.models.violations import Sourced
from supervision.language import in_chinese
from supervision.moves import Movable, MoveEvent

from .rules import Threshold

ACCOUNT = "institutions.Account"


class Standing(models.TextChoices):
    """Where a registration of personnel stands (the brief's state machine 21)."""

    REGISTERED = "registered", _("registered, not yet taken in")
    DECLINED = "declined", _("not taken in")
    NORMAL = "normal", _("normal")
    SUSPENDED = "suspended", _("suspended")
    RESTORED = "restored", _("restored")
    TERMINATED = "terminated", _("terminated")
    ELIGIBLE_AGAIN = "eligible_again", _("may register again")


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def visible_to(self, account: Account) -> "QualificationQuerySet":
        """Of those who are registered at an institution that the account sees."""
        return self.filter(practitioner__in=Practitioner.objects.visible_to(account))


class Qualification(Movable):
    """The payment qualification of a person. It follows the person from institution to institution."""

    practitioner = models.OneToOneField(
        Practitioner, models.PROTECT, related_name="qualification", verbose_name=_("practitioner")
    )
    # What its rows add up to, kept for lists; credit/points/standing.py works it out for any day.
    points = models.PositiveSmallIntegerField(_("points"), default=0, editable=False)
    points_year = models.PositiveSmallIntegerField(_("year of the points"), default=0, editable=False)

    objects = QualificationQuerySet.as_manager()

    if TYPE_CHECKING:
        practitioner_id: str
        events: models.QuerySet["QualificationEvent"]
        commitments: models.QuerySet["ServiceCommitment"]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("payment qualification")
        verbose_name_plural = _("payment qualifications")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Standing.values), name="qualification_state_is_known")
        ]

    def __str__(self) -> str:
        return f"qualification {self.practitioner_id}"

    def get_absolute_url(self) -> str:
        return reverse("points:practitioner", args=[self.practitioner_id])

    def get_state_display(self) -> str:
        return str(Standing(self.state).label)

    def reaches(self, account: Account) -> bool:
        seen = Institution.objects.visible_to(account)
        return Registration.objects.filter(practitioner=self.practitioner_id, institution__in=seen).exists()


class QualificationEvent(MoveEvent):
    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(Standing(self.after).label)


class CommitmentText(Sourced):
    """The words of the service commitment that a person makes on being registered, by version."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    text_zh = models.TextField(_("Chinese text"))
    text_en = models.TextField(_("English text"))

    class Meta:
        ordering = ["-valid"]
        verbose_name = _("words of the service commitment")
        verbose_name_plural = _("words of the service commitment")

    def __str__(self) -> str:
        return self.version

    @property
    def text(self) -> str:
        return self.text_zh if in_chinese() else self.text_en


class ServiceCommitment(models.Model):
    """That a person made the commitment, at which institution, and who entered it. Only added to."""

    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="commitments")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    text = models.ForeignKey(CommitmentText, models.PROTECT, related_name="+", verbose_name=_("words"))
    signed_on = models.DateField(_("signed on"))
    entered_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("service commitment")
        verbose_name_plural = _("service commitments")

    def __str__(self) -> str:
        return f"{self.qualification} {self.signed_on}"


class DisqualificationQuerySet(models.QuerySet["Disqualification"]):
    def visible_to(self, account: Account) -> "DisqualificationQuerySet":
        """Of those who are registered at an institution that the account sees: what holds, holds everywhere."""
        return self.filter(practitioner__in=Practitioner.objects.visible_to(account))

    def standing(self) -> "DisqualificationQuerySet":
        """Those that were not annulled, whether or not their days are over."""
        return self.filter(Q(lifted_on=None) | Q(lifted_on__gt=F("since")))

    def in_force(self, on: dt.date | None = None) -> "DisqualificationQuerySet":
        day = on or timezone.localdate()
        begun = self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))
        return begun.filter(Q(lifted_on=None) | Q(lifted_on__gt=day))


class Disqualification(models.Model):
    """Days on which the fund does not pay for what somebody ordered, at any institution, emergencies excepted.

    Written by credit/points/holding.py alone. Nothing of it is changed afterwards but that it is lifted.
    """

    KINDS = (
        (Threshold.Kind.SUSPENDED.value, Threshold.Kind.SUSPENDED.label),
        (Threshold.Kind.TERMINATED.value, Threshold.Kind.TERMINATED.label),
    )

    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="holds", verbose_name=_("practitioner"))
    kind = models.CharField(_("measure"), max_length=10, choices=KINDS)
    record = models.ForeignKey("points.ScoreRecord", models.PROTECT, related_name="holds", verbose_name=_("because of"))
    points = models.PositiveSmallIntegerField(_("points that day"))
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True)  # a termination ends by registering again
    barred_until = models.DateField(_("may not register again until"), null=True)
    lifted_on = models.DateField(_("lifted on"), null=True)
    lifted_because = models.CharField(_("lifted because of"), max_length=200, blank=True)

    objects = DisqualificationQuerySet.as_manager()

    if TYPE_CHECKING:
        practitioner_id: str

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("hold on a payment qualification")
        verbose_name_plural = _("holds on payment qualifications")
        indexes = [models.Index(fields=["practitioner", "-since"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="suspended", until__gte=F("since"), barred_until=None)
                | Q(kind="terminated", until=None, barred_until__gte=F("since")),
                name="hold_in_order",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("since")) & ~Q(lifted_because=""),
                name="hold_lifted_with_its_reason",
            ),
            models.UniqueConstraint(
                fields=["practitioner", "kind", "since"], condition=Q(lifted_on=None), name="one_hold_of_a_kind_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds; the day before its first where it was annulled from the beginning."""
        ended = self.lifted_on - dt.timedelta(days=1) if self.lifted_on else None
        return min((day for day in (self.until, ended) if day), default=None)

    @property
    def counts(self) -> bool:
        """Whether there is a day on which it held or holds."""
        return self.last_day is None or self.last_day >= self.since
