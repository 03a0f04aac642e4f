"""The second factor: what an account shows besides its password, and what stands in for it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import Account


class SecondFactor(models.Model):
    """A secret shared with somebody's authenticator. It counts once a code of it has been shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # the secret is sealed for this row
    account = models.ForeignKey(Account, models.PROTECT, related_name="factors")
    sealed = models.TextField()
    drawn_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)  # the newest time step whose code was taken: no code counts twice

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(confirmed_at__isnull=False), name="one_second_factor_an_account"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(confirmed_at__isnull=True), name="one_drawn_second_factor_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"second factor of {self.account_id}"


class RecoveryCode(models.Model):
    """A code that stands in for a lost authenticator, once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="a_recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of {self.account_id}"


class WrongCode(models.Model):
    """A wrong code, given after the right password."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="wrong_codes", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["account", "at"])]

    def __str__(self) -> str:
        return f"wrong code of {self.account_id}"
