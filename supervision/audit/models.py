"""The chain of acts: human acts, sensitive reads, exports, sign-ins and denials, only ever added to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What is written down. The names stand in the chain for ever; only labels may change."""

    SIGN_IN = "sign_in", _("signed in")
    SIGN_IN_REFUSED = "sign_in_refused", _("sign-in refused")
    LOCK_OUT = "lock_out", _("locked out")
    SIGN_OUT = "sign_out", _("signed out")
    PASSWORD = "password", _("changed a password")
    ACCOUNT = "account", _("changed an account")
    REFERENCE = "reference", _("changed reference data")
    DENIAL = "denial", _("was denied an act")
    READ = "read", _("read a person's claims")
    EXPORT = "export", _("exported a list")
    UPLOAD = "upload", _("uploaded a batch")
    RUN = "run", _("started a monitoring run")
    RULE = "rule", _("changed a rule")
    HOLD = "hold", _("held findings back, or decided on them")
    EXEMPTION = "exemption", _("asked for, approved or ended an exemption")
    REVIEW = "review", _("reviewed a finding")
    DEMOTION = "demotion", _("demoted a rule")
    KEY = "key", _("opened or closed an institution's key")


class Entry(models.Model):
    """One act. Each entry's hash covers the hash before it, so a change anywhere breaks the chain.

    `record` in chain.py adds entries; the app's database role may neither change nor delete them.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    # The database's clock as text, hashed exactly as stored.
    at = models.CharField(_("moment"), max_length=40)
    account = models.CharField(_("account"), max_length=150, blank=True)
    act = models.CharField(_("act"), max_length=40, choices=Act.choices)
    subject = models.CharField(_("about"), max_length=200, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    before = models.CharField(_("hash before"), max_length=64, blank=True)  # empty for the first entry
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.number} {self.act}"
