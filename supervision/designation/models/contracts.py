"""The file of an agreement: from the text that is negotiated to the day on which it ends."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Agreement, Institution, Insurer
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.moves import Movable, MoveEvent

from .applications import Application
from .reference import ContractTemplate, Criterion

if TYPE_CHECKING:
    from .appraisals import AppraisalQuerySet

ACCOUNT = "institutions.Account"


class Stage(models.TextChoices):
    """Where an agreement stands (the brief's state machine of agreements)."""

    DRAFT = "draft", _("being negotiated")
    OFFERED = "offered", _("offered for signing")
    HALF_SIGNED = "half_signed", _("signed by the institution")
    SIGNED = "signed", _("signed by both")
    FILED = "filed", _("filed with the department")
    IN_FORCE = "in_force", pgettext_lazy("of a paper", "in force")
    PAUSE_ASKED = "pause_asked", _("in force, suspension asked for")
    PAUSE_GRANTED = "pause_granted", _("in force, suspension granted")
    END_ASKED = "end_asked", _("in force, its end asked for")
    END_GRANTED = "end_granted", _("in force, its end granted")
    PROPOSED = "proposed", _("measure proposed")
    DEFENDED = "defended", _("measure proposed, institution heard")
    SUSPENDED = "suspended", _("suspended")
    RESUMPTION_ASKED = "resumption_asked", _("suspended, resumption asked for")
    ENDED = "ended", _("ended")
    EXPIRED = "expired", _("expired")
    RENEWED = "renewed", _("renewed")
    TERMINATED = "terminated", _("terminated")
    PUBLISHED = "published", _("terminated and published")
    DROPPED = "dropped", _("not concluded")


GONE = (Stage.ENDED, Stage.EXPIRED, Stage.RENEWED, Stage.TERMINATED, Stage.PUBLISHED, Stage.DROPPED)
UNDER_WAY = (Stage.DRAFT, Stage.OFFERED, Stage.HALF_SIGNED, Stage.SIGNED, Stage.FILED)
LIVING = (
    Stage.IN_FORCE, Stage.PAUSE_ASKED, Stage.PAUSE_GRANTED, Stage.END_ASKED, Stage.END_GRANTED, Stage.PROPOSED,
    Stage.DEFENDED, Stage.SUSPENDED, Stage.RESUMPTION_ASKED,
)  # fmt: skip


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, account: Account) -> "ContractQuerySet":
        """An institution's own once they are offered; at the desk those of the territory's agencies or institutions."""
        if account.institution_id:
            return self.filter(institution=account.institution_id, offered_at__isnull=False)
        if account.territory is None:
            return self.none()
        prefix = account.territory.prefix
        return self.filter(
            Q(insurer__pooling_area__code__startswith=prefix) | Q(institution__division__code__startswith=prefix)
        )

    def living(self) -> "ContractQuerySet":
        return self.filter(state__in=LIVING)

    def main_ones(self) -> "ContractQuerySet":
        """Those with a line of their own in the register, without what hangs on them."""
        return self.filter(main=None)


class Contract(Movable):
    """One agreement of one term. What others read of it stands in the register of agreements, from its first day on.

    One that hangs on a main agreement has no line there: it holds while the main one does.
    """

    class Wish(models.TextChoices):
        RENEW = "renew", _("to renew it")
        LEAVE = "leave", _("not to renew it")

    class Measure(models.TextChoices):
        SUSPEND = "suspend", _("suspend the agreement")
        TERMINATE = "terminate", _("terminate the agreement")

    number = models.CharField(_("number"), max_length=40, unique=True)
    application = models.ForeignKey(Application, models.PROTECT, null=True, blank=True, related_name="contracts")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="contracts", verbose_name=_("institution")
    )
    insurer = models.ForeignKey(Insurer, models.PROTECT, related_name="contracts", verbose_name=_("agency"))
    template = models.ForeignKey(ContractTemplate, models.PROTECT, null=True, related_name="contracts")
    figures: Any = models.JSONField(_("figures of the annex"), default=dict)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    predecessor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name=_("renews")
    )
    main = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplements", verbose_name=_("hangs on")
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")  # the sealed text
    agreement = models.OneToOneField(Agreement, models.PROTECT, null=True, related_name="contract")
    drafted_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField(_("offered"), null=True)

    # What was asked or proposed and is not decided yet.
    wanted_from = models.DateField(_("wanted from"), null=True)
    wanted_until = models.DateField(_("wanted until"), null=True)
    measure = models.CharField(_("measure proposed"), max_length=9, choices=Measure.choices, blank=True)
    proposer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    ground = models.ForeignKey(Criterion, models.PROTECT, null=True, related_name="+", verbose_name=_("ground"))

    # What the institution itself has said of the next term, and what of its major data it has reported as changed.
    wish = models.CharField(_("next term, as the institution wishes"), max_length=6, choices=Wish.choices, blank=True)
    changed = models.TextField(_("major data that changed"), blank=True)
    changed_on = models.DateField(_("approved by the competent body on"), null=True)
    changed_late = models.BooleanField(_("reported too late"), default=False)
    change_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    suspensions = models.PositiveSmallIntegerField(_("suspensions in this term"), default=0)
    suspended_on = models.DateField(_("suspended on"), null=True)
    of_own_will = models.BooleanField(_("at the institution's own wish"), default=False)
    ended_on = models.DateField(_("ended on"), null=True)
    published_on = models.DateField(_("published on"), null=True)
    because = models.CharField(_("because of"), max_length=120, blank=True)  # another proceeding, or another agreement
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    pause_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # how long it may be suspended
    renewal_clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = ContractQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["ContractEvent"]
        signatures: models.QuerySet["Signature"]
        appraisals: "AppraisalQuerySet"
        successor: "Contract"
        supplements: "ContractQuerySet"

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("file of an agreement")
        verbose_name_plural = _("files of agreements")
        indexes = [
            models.Index(fields=["insurer", "-id"]),
            models.Index(fields=["institution", "-id"]),
            models.Index(fields=["state", "until"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Stage.values), name="contract_state_is_known"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="contract_in_order"),
            models.CheckConstraint(
                condition=~Q(state__in=[*LIVING, "ended", "expired", "renewed", "terminated", "published"])
                | Q(agreement__isnull=False)
                | Q(main__isnull=False),
                name="contract_in_force_stands_in_the_register",
            ),
            models.UniqueConstraint(
                fields=["main"],
                condition=Q(main__isnull=False) & ~Q(state__in=GONE),
                name="one_supplement_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("designation:agreement", args=[self.number])

    def get_state_display(self) -> str:
        return str(Stage(self.state).label)

    @property
    def place(self) -> str:
        """The pooling area whose limits hold."""
        return self.insurer.pooling_area_id

    def reaches(self, account: Account) -> bool:
        if account.institution_id:
            return account.institution_id == self.institution_id and self.offered_at is not None
        if account.territory is None:
            return False
        return self.place.startswith(account.territory.prefix)

    @property
    def line(self) -> Agreement:
        """Its line of the register of agreements, or that of the main agreement, as it is now."""
        number = self.main.agreement_id if self.main else self.agreement_id
        assert number is not None
        return Agreement.objects.get(pk=number)

    @property
    def of_own_area(self) -> bool:
        """Whether the agency is that of the institution's own pooling area, or of one above it."""
        return self.institution.division_id.startswith(self.insurer.pooling_area.prefix)


class ContractEvent(MoveEvent):
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(Stage(self.after).label)


class Signature(models.Model):
    """That somebody signed a text for one side, and which: the digest is that of the file that was read."""

    class Side(models.TextChoices):
        INSTITUTION = "institution", _("for the institution")
        AGENCY = "agency", _("for the agency")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signatures")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=11, choices=Side.choices)
    name = models.CharField(_("signed by"), max_length=60)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        indexes = [models.Index(fields=["digest"])]
        constraints = [
            models.UniqueConstraint(fields=["document", "side"], name="each_side_signs_a_text_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(digest=""), name="signature_names_who_and_what"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.side}"
