"""What one administrator asks for and another decides: a lost second factor, a change of an account that weighs."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import Account, Duty
from .parties import Department, Institution, Insurer
from .territory import Division


class Outcome(models.TextChoices):
    OPEN = "", _("waits")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    EXPIRED = "expired", _("expired")


class Asked(models.Model):
    """Written down by one administrator; nothing happens before another approves it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="%(class)ss", verbose_name=_("account"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="%(class)s_gives_its_reason"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="%(class)s_outcome_is_known"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.APPROVED)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("account")),
                name="%(class)s_approved_by_another",
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("account")), name="%(class)s_asked_by_another"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(outcome=Outcome.OPEN), name="one_open_%(class)s_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.asked_at:%Y-%m-%d}"

    @property
    def words(self) -> list[str]:
        """What would become of the account, a line each, where that differs from one to the next."""
        return []

    @property
    def expires_at(self) -> datetime:
        return self.asked_at + timedelta(days=settings.APPROVAL_DAYS)


class FactorReset(Asked):
    """A lost second factor is taken away."""

    class Meta(Asked.Meta):
        verbose_name = _("reset of a second factor")
        verbose_name_plural = _("resets of second factors")


class AccountChange(Asked):
    """An account is given duties of weight, another post, or its life back. What is not named stays as it is."""

    before = models.JSONField(_("as it stood"))  # what the asker looked at: of anything else the approver says nothing
    duties = ArrayField(
        models.CharField(max_length=12, choices=Duty.choices), verbose_name=_("duties gained"), default=list, blank=True
    )
    revived = models.BooleanField(_("opened again"), default=False)
    moved = models.BooleanField(_("post moved"), default=False)  # to the four below, empty ones too
    territory = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+", verbose_name=_("territory"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name=_("department")
    )
    insurer = models.ForeignKey(Insurer, models.PROTECT, null=True, related_name="+", verbose_name=_("insurer"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name=_("institution")
    )

    class Meta(Asked.Meta):
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")

    @property
    def words(self) -> list[str]:
        said: list[Any] = [_("opened again")] if self.revived else []
        said += [Duty(duty).label for duty in self.duties]
        post = (self.territory, self.department, self.insurer, self.institution)
        if self.moved:
            said.append(" · ".join(str(part) for part in post if part) or _("of no territory and no institution"))
        return [str(one) for one in said]
