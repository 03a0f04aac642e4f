"""Encounters as hospitals' systems tell of them, message by message, until they are settled and in the warehouse.

Messages may come in any order. Each bears a stamp, its sender's clock and then its number, and of two words about the
same thing the one with the later stamp counts: so the same messages leave the same encounter, however they arrive.
"""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import Batch, Reject
from institutions.models import Institution
from supervision.review.messages.values import happened

from .asked import Message
from .connecting import OfInstitution

STAMP = 44  # yyyyMMddHHmmss and a message's number
ALL = "0000"  # in the place of a number: every line
LISTED, SAID = "2", "1"  # of diagnoses: the settlement list has the last word, whenever it came


def moment_of(stamp: str) -> dt.datetime:
    """When a message was sent, by its sender's clock."""
    return timezone.make_aware(dt.datetime.strptime(stamp[:14], "%Y%m%d%H%M%S"))  # noqa: DTZ007 (made aware here)


class OfEncounter(OfInstitution):
    path = "encounter__institution"


class Encounter(models.Model):
    """One visit or stay. Messages may come in any order: a line may be there before its encounter was told of."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="encounters")
    number = models.CharField(max_length=50)  # mdtrt_id
    member = models.CharField(max_length=50)  # psn_no
    # As sent, in national names, unknown ones too: mdtrtinfo (2203, 2401), adminfo (2403), dscginfo (2402),
    # setllist (setlinfo of 4101), payinfo (of 4101), and of the envelope insuplc_admdvs.
    facts = models.JSONField(default=dict)
    told = models.JSONField(default=dict)  # the stamp of each of these, of diagnoses, operations and withdrawals
    diagnoses = models.JSONField(default=list)  # diseinfo, the latest word
    operations = models.JSONField(default=list)  # oprninfo of 4101
    opened_at = models.DateTimeField(null=True, blank=True)  # begntime
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)  # one more with every message that changes it
    # The batch that took it to the warehouse, and the version that it took. What has changed since is owed again.
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="encounters")
    taken_version = models.PositiveIntegerField(default=0)

    objects = OfInstitution.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("encounter")
        verbose_name_plural = _("encounters")
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="an_encounter_counts_once"),
            models.CheckConstraint(condition=Q(taken_version__lte=F("version")), name="no_version_taken_beforehand"),
        ]
        indexes = [
            models.Index(fields=["member"]),
            models.Index(fields=["changed_at"], name="owed_to_the_warehouse", condition=~Q(taken_version=F("version"))),
        ]

    def __str__(self) -> str:
        return self.claim

    @property
    def claim(self) -> str:
        return f"{self.institution_id}:{self.number}"

    @property
    def rejects(self) -> models.QuerySet[Reject]:
        """What intake refused of it in the batch that took it, with the reasons."""
        return Reject.objects.filter(batch=self.batch_id, claim=self.claim)

    def is_news(self, thing: str, stamp: str) -> bool:
        """Whether nothing later is known about this, and if so notes that this is now the latest."""
        news = bool(stamp > self.told.get(thing, ""))
        if news:
            self.told[thing] = stamp
        return news

    def learn(self, fact: str, said: object, stamp: str) -> None:
        """Keep a node as sent, unless a later one is known; None where it was taken back."""
        if self.is_news(fact, stamp):
            self.facts[fact] = said

    def diagnose(self, diagnoses: list[object], stamp: str, *, listed: bool = False) -> None:
        """Keep the diagnoses, unless others have a better claim to count."""
        if self.is_news("diagnoses", LISTED + stamp if listed else self.said(stamp)):
            self.diagnoses = diagnoses

    @staticmethod
    def said(stamp: str) -> str:
        """The stamp of diagnoses that were told otherwise than by the settlement list."""
        return SAID + stamp

    def changed(self) -> None:
        """Save what a message has changed; the warehouse is owed it from now on."""
        nodes = [self.facts.get(name) or {} for name in ("adminfo", "mdtrtinfo")]
        begun = next(filter(None, (happened(node.get("begntime")) for node in nodes)), None)
        self.opened_at = begun and timezone.make_aware(begun)
        self.version += 1
        self.changed_at = timezone.now()
        self.save()


class Line(models.Model):
    """A fee line (2204, 2301). A withdrawal may come first: then it holds nothing but its number."""

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="lines")
    number = models.CharField(max_length=30)  # feedetl_sn
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    body = models.JSONField(null=True)  # as sent
    split = models.JSONField(null=True)  # what the payer made of it, where a copy of its answer came along
    sent = models.CharField(max_length=STAMP, blank=True)  # the stamp of the body
    withdrawn = models.CharField(max_length=STAMP, blank=True)  # of its own withdrawal
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfEncounter.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("fee line")
        verbose_name_plural = _("fee lines")
        constraints = [
            models.UniqueConstraint(fields=["encounter", "number"], name="a_line_counts_once"),
            models.CheckConstraint(
                condition=Q(body__isnull=False) | Q(withdrawn_at__isnull=False), name="a_line_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def charging_batch(self) -> str:
        """chrg_bchno: what ties an outpatient's lines to their settlement."""
        return str((self.body or {}).get("chrg_bchno") or "")

    def weigh(self, told: dict[str, str]) -> None:
        """Whether it stands: of the line and its withdrawal, of itself or with others, the later counts."""
        words = (self.withdrawn, *(told.get(f"withdrawn {of}", "") for of in (ALL, self.charging_batch)))
        latest = max(words)
        self.withdrawn_at = moment_of(latest) if latest > self.sent else None


class SettlementQuerySet(OfEncounter):
    def standing(self) -> "SettlementQuerySet":
        return self.filter(body__isnull=False, undone_at=None)


class Settlement(models.Model):
    """A settlement (2207, 2304), or the taking back of one (2208, 2305) that may come before it."""

    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="settlements")
    number = models.CharField(max_length=30)  # setl_id: the payer's where the message holds it, else ours
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")
    body = models.JSONField(null=True)  # input.data as sent
    paid = models.JSONField(null=True)  # setlinfo and setldetail of the payer's answer, where a copy came with it
    settled_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_number = models.CharField(max_length=30, blank=True)  # setl_id of the refund
    sent = models.CharField(max_length=STAMP, blank=True)  # the stamp of the body
    undone = models.CharField(max_length=STAMP, blank=True)  # of the word that undid it by its own number

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [
            models.UniqueConstraint(fields=["encounter", "number"], name="a_settlement_counts_once"),
            models.CheckConstraint(
                condition=Q(body__isnull=False) | Q(undone_at__isnull=False), name="a_settlement_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def undo(self, stamp: str, number: str) -> None:
        """It is taken back, and stays so; of several words that say it the first one counts."""
        if not self.undone or stamp < self.undone:
            self.undone, self.undone_number, self.undone_at = stamp, number, moment_of(stamp)


class Reversal(models.Model):
    """A message that was undone by its number (2601); it may come afterwards."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    msgid = models.CharField(max_length=30)
    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    stamp = models.CharField(max_length=STAMP)

    objects = OfInstitution.as_manager()

    class Meta:
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")
        constraints = [models.UniqueConstraint(fields=["institution", "msgid"], name="a_message_is_undone_once")]

    def __str__(self) -> str:
        return self.msgid
