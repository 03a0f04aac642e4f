"""Commitments: what an institution promises on the portal, by a named person, and whether it kept it."""

import hashlib
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from credit.models import Scheme
from credit.models.events import RecordKind
from institutions.models import Account, Institution
from supervision.cases.models.violations import Sourced
from supervision.documents.models import Document
from supervision.language import in_chinese
from supervision.moves import Movable, MoveEvent

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where a commitment stands (the brief's state machine 26)."""

    DRAFT = "draft", _("drafted")
    TOLD = "told", _("told, to be signed")
    SIGNED = "signed", _("signed")
    IN_FORCE = "in_force", pgettext_lazy("of a paper", "in force")
    ALLEGED = "alleged", _("said to be breached")
    BREACHED = "breached", _("breached")
    EXPIRED = "expired", _("kept to its end")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.DRAFT, State.TOLD, State.SIGNED, State.IN_FORCE, State.ALLEGED)


class CommitmentTemplate(Sourced):
    """One version of what institutions of a kind promise, and what follows when the promise is broken."""

    About = Scheme.About

    code = models.CharField(_("code"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"))
    about = models.CharField(_("about"), max_length=8, choices=Scheme.About.choices)
    title_zh = models.CharField(_("Chinese title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=200)
    obligations_zh = models.TextField(_("obligations, Chinese"))
    obligations_en = models.TextField(_("obligations, English"))
    consequences_zh = models.TextField(_("consequences, Chinese"))
    consequences_en = models.TextField(_("consequences, English"))
    months = models.PositiveSmallIntegerField(_("months in force"))
    withheld_months = models.PositiveSmallIntegerField(_("months without simplified handling after a breach"))

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("template of commitments")
        verbose_name_plural = _("templates of commitments")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_commitment_template_a_version"),
            models.CheckConstraint(condition=Q(months__gte=1, withheld_months__gte=1), name="commitment_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def title(self) -> str:
        return self.title_zh if in_chinese() else self.title_en

    @property
    def obligations(self) -> list[str]:
        return (self.obligations_zh if in_chinese() else self.obligations_en).splitlines()

    @property
    def consequences(self) -> list[str]:
        return (self.consequences_zh if in_chinese() else self.consequences_en).splitlines()

    @property
    def digest(self) -> str:
        """Of the Chinese text, which is what is signed."""
        text = "\n".join([self.title_zh, self.obligations_zh, self.consequences_zh, str(self.months)])
        return hashlib.sha256(text.encode()).hexdigest()


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, account: Account) -> "CommitmentQuerySet":
        """Those of the territory; an institution sees its own once it was told."""
        rows = self.filter(institution__in=Institution.objects.visible_to(account))
        return rows.exclude(told_on=None) if account.institution_id else rows


class Commitment(Movable):
    """One institution's promise, by one version of a template."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="commitments", verbose_name=_("institution")
    )
    template = models.ForeignKey(CommitmentTemplate, models.PROTECT, related_name="+", verbose_name=_("template"))
    teller = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(_("told on"), null=True)
    signer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    signer_name = models.CharField(_("signed by"), max_length=60, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    signed_digest = models.CharField(_("digest of what was signed"), max_length=64, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("text as told"))
    sealed_digest = models.CharField(_("digest of the PDF that was signed"), max_length=64, blank=True)
    valid_from = models.DateField(_("in force from"), null=True)
    valid_until = models.DateField(_("last day"), null=True)
    alleger = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who says that it was broken
    record_kind = models.CharField(_("kind of record"), max_length=10, choices=RecordKind.choices, blank=True)
    record = models.CharField(_("number of the record"), max_length=80, blank=True)
    alleged = models.TextField(_("how it was breached"), blank=True)
    statement = models.TextField(_("what the institution says"), blank=True)
    decider = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    objects = CommitmentQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["CommitmentEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        indexes = [models.Index(fields=["institution", "-id"]), models.Index(fields=["state", "valid_until"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="commitment_state_is_known"),
            models.UniqueConstraint(
                fields=["institution", "template"], condition=Q(state__in=[state.value for state in OPEN]),
                name="one_commitment_a_template",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | ~Q(signer=None) & ~Q(signer_name="") & ~Q(signed_digest=""),
                name="commitment_signed_by_a_named_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="breached") | ~Q(record="") & ~Q(decider=None), name="breach_shows_its_record"
            ),
            models.CheckConstraint(
                condition=Q(decider=None) | Q(alleger=None) | ~Q(decider=F("alleger")),
                name="breach_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="commitment_in_order"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("commitments:commitment", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        return Commitment.objects.visible_to(account).filter(pk=self.pk).exists()


class CommitmentEvent(MoveEvent):
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)
