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
    CONNECTION = "connection", _("changed how an institution's system is answered")
    CHOICE = "choice", _("answered a reminder")
    HANDLING = "handling", _("set what is done about a rule's remarks at the hospital's desk")

    SECOND_FACTOR = "second_factor", _("set up, used or lost a second factor")
    HEARING = "hearing", _("reviewed, sent, answered or decided a finding")
    CASE = "case", _("moved a case or a proceeding")
    LEDGER = "ledger", _("booked an amount")
    DOCUMENT = "document", _("issued or served a document")
    DEADLINE = "deadline", _("paused, extended or handed over a deadline")
    PACK = "pack", _("took out an evidence pack")
    COMPLAINT = "complaint", _("moved a complaint")
    IDENTITY = "identity", _("asked for, approved or opened an identity")
    REWARD = "reward", _("proposed, approved or paid a reward")
    EXPOSURE = "exposure", _("exposed a case, or moved a social supervisor")
    AGREEMENT = "agreement", _("moved an application or an agreement")
    SETTLEMENT = "settlement", _("settled with an institution")
    POINTS = "points", _("moved points or a registration of a practitioner")
    COMMITMENT = "commitment", _("moved a commitment or a self-check")
    CREDIT = "credit", _("graded somebody's credit")
    VISIT = "visit", _("went on a visit, or drew or judged a sample")
    SHARING = "sharing", _("gave facts to another department, read or answered them")
    ROWS = "rows", _("took the history of rows into the chain")


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
    # Under a key outside the database: whoever writes here still makes no entry up. Empty before there was a key.
    signature = models.CharField(_("signature"), max_length=100, blank=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class RowChange(models.Model):
    """A row as it was before somebody changed or deleted it. Triggers write it; the app's role may only read.

    `chain.py` takes digests of these rows into the chain of acts every few minutes.
    """

    class Operation(models.TextChoices):
        UPDATE = "UPDATE", _("changed")
        DELETE = "DELETE", _("deleted")

    number = models.BigAutoField(_("number"), primary_key=True)
    at = models.CharField(_("moment"), max_length=40)
    table = models.CharField(_("table"), max_length=63)
    row = models.CharField(_("row"), max_length=200)
    operation = models.CharField(_("what was done"), max_length=6, choices=Operation.choices)
    before = models.JSONField(_("the row before"))  # every column as text; what must not be read, as a hash
    account = models.BigIntegerField(_("account"), null=True)  # nobody's where the site or somebody in psql did it
    during = models.CharField(_("during"), max_length=200, blank=True)  # the request, task or command
    role = models.CharField(_("role of the database"), max_length=63)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("row's history")
        verbose_name_plural = _("rows' history")
        indexes = [models.Index(fields=["table", "row", "number"])]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
