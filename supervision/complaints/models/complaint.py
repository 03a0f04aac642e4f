"""A complaint: what a citizen told us. Who told it is not among its columns; the vault keeps that."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Department, Division, Institution
from supervision.cases.models import Case
from supervision.clocks.models import Clock
from supervision.complaints import receipts
from supervision.moves import Movable, MoveEvent
from supervision.words import Sealed

if TYPE_CHECKING:
    from .forgetting import Forgetting
    from .message import Message

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where a complaint stands (the brief's state machine 9)."""

    RECEIVED = "received", pgettext_lazy("report", "received")
    REGISTERED = "registered", _("registered")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")
    NOT_ACCEPTED = "not_accepted", _("not accepted")
    PASSED_ON = "passed_on", _("passed on to whom it concerns")
    JOINED = "joined", _("joined to an earlier report")
    VERIFYING = "verifying", _("being verified")
    FILED = "filed", _("filed for handling")
    NOT_FILED = "not_filed", _("not filed")
    TOLD = "told", _("reporter told")
    CONCLUDED = "concluded", _("concluded")
    OBJECTED = "objected", _("objected to")
    ARCHIVED = "archived", _("archived")


class Kind(models.TextChoices):
    TIP = "tip", _("report of misuse of the fund")
    GRIEVANCE = "grievance", _("complaint about one's own rights")


class Channel(models.TextChoices):
    INTERNET = "internet", _("on the internet")
    TELEPHONE = "telephone", _("by telephone")
    LETTER = "letter", _("by letter")
    WALK_IN = "walk_in", _("in person")
    OTHER = "other", _("otherwise")


class About(models.TextChoices):
    INSTITUTION = "institution", _("hospital, clinic or pharmacy")
    PERSON = "person", _("insured person, doctor or pharmacist")
    ENTERPRISE = "enterprise", _("enterprise, broker or go-between")
    AGENCY = "agency", _("handling agency or department")
    OTHER = "other", _("other")


class Ground(models.TextChoices):
    """Why a complaint may lawfully not be accepted."""

    OUT_OF_SCOPE = "out_of_scope", _("it does not concern the medical security fund")
    NO_OBJECT = "no_object", _("it names neither whom nor what it is about")
    UNDER_HANDLING = "under_handling", _("the same matter is being handled already")
    SETTLED = "settled", _("the matter was settled, and there are no new leads")
    OTHER_COURSE = "other_course", _("it belongs to litigation, arbitration or reconsideration")


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("true")
    PARTLY = "partly", _("true in part")
    UNFOUNDED = "unfounded", _("not true")
    UNPROVED = "unproved", _("could not be proved")
    SETTLED = "settled", _("settled with the person")


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, account: Account) -> "ComplaintQuerySet":
        """Complaints of the territory, for whoever handles them or decides on them; for others there are none."""
        if account.institution_id or account.territory is None or not account.sees_complaints:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def with_receipt(self, typed: str) -> "ComplaintQuerySet":
        """The one that this receipt belongs to."""
        return self.filter(mark__in=receipts.marks(receipts.understood(typed)))


class Complaint(Movable):
    """A tip on misuse of the fund, or a grievance about one's own rights. It knows the day it came, not the hour."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # JB-990101-2026-48392071, drawn at random
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    channel = models.CharField(_("channel"), max_length=9, choices=Channel.choices, default=Channel.INTERNET)
    named = models.BooleanField(_("by name"), default=False)
    wants_reward = models.BooleanField(_("wants a reward"), default=False)
    language = models.CharField(max_length=10, default="zh-hans")  # in which they are answered
    received_on = models.DateField(_("received on"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="complaints", verbose_name=_("place"))
    about = models.CharField(_("about"), max_length=11, choices=About.choices)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="complaints", verbose_name=_("institution")
    )
    named_as_sealed = models.TextField()  # whom it names, where the register does not know them
    facts_sealed = models.TextField()
    when_sealed = models.TextField(blank=True)
    amount = models.DecimalField(_("amount as told"), max_digits=18, decimal_places=2, null=True, blank=True)
    digest = models.CharField(max_length=64)  # SHA-256 of what was filed: the acknowledgement names it
    mark = models.CharField(max_length=80, unique=True)  # of the receipt, under a key outside of the database

    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who last prepared a decision
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(_("why it was not accepted"), max_length=14, choices=Ground.choices, blank=True)
    passed_to = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices, blank=True)
    concluded_on = models.DateField(null=True)
    objected_on = models.DateField(null=True)
    forgotten_on = models.DateField(null=True)  # when its words were erased, by the rule of retention

    named_as = Sealed()
    facts = Sealed()
    when = Sealed()

    objects = ComplaintQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["ComplaintEvent"]
        messages: models.QuerySet["Message"]
        joined: models.QuerySet["Complaint"]
        forgettings: models.QuerySet["Forgetting"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = [
            models.Index(fields=["place", "-id"]),
            models.Index(fields=["institution", "-id"]),
            models.Index(fields=["state", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="complaint_state_is_known"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=models.F("handler")),
                name="complaint_decided_by_another",
            ),
            models.CheckConstraint(condition=~Q(state="not_accepted") | ~Q(ground=""), name="refusal_names_its_ground"),
            models.CheckConstraint(condition=~Q(joined_to=models.F("id")), name="complaint_joins_another"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("complaints:complaint", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    @property
    def sealed_for(self) -> str:
        return self.number

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)

    @property
    def is_tip(self) -> bool:
        return self.kind == Kind.TIP

    @property
    def leading(self) -> "Complaint":
        """The report that it was joined to, or itself."""
        return self.joined_to or self


class ComplaintEvent(MoveEvent):
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="events")
    words_sealed = models.TextField(blank=True)  # what was noted: the column `note` stays empty

    words = Sealed()

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def sealed_for(self) -> str:
        return f"{self.complaint.number} event"

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)
