"""A request for assistance (协查): who asks whom about what, who leads, and where it stands."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution, chain
from institutions.models.territory import NATION
from supervision.clocks.models import Clock, Limit
from supervision.language import in_chinese
from supervision.moves import Movable, MoveEvent, Workflow

if TYPE_CHECKING:
    from .evidence import Passed, RequestClaim

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where a request stands (the brief's state machine 27)."""

    DRAFTED = "drafted", pgettext_lazy("of a request for assistance", "drafted")
    SENT = "sent", pgettext_lazy("of a request for assistance", "sent")
    ACCEPTED = "accepted", pgettext_lazy("of a request for assistance", "accepted")
    HANDLING = "handling", pgettext_lazy("of a request for assistance", "being looked into")
    EXTENDED = "extended", pgettext_lazy("of a request for assistance", "extended")
    ESCALATED = "escalated", pgettext_lazy("of a request for assistance", "before the common superior")
    REPLIED = "replied", pgettext_lazy("of a request for assistance", "answered")
    CONFIRMED = "confirmed", pgettext_lazy("of a request for assistance", "confirmed")
    UNFOUNDED = "unfounded", pgettext_lazy("of a request for assistance", "unfounded")
    REFUNDED = "refunded", pgettext_lazy("of a request for assistance", "money returned")
    CLOSED = "closed", pgettext_lazy("of a request for assistance", "closed")


class Suspect(models.TextChoices):
    INSTITUTION = "institution", _("the institution, alone or with others")
    PERSON = "person", _("the insured person alone")


class Side(models.TextChoices):
    TREATMENT = "treatment", _("place of treatment")
    PARTICIPATION = "participation", _("place of participation")


class LeadRule(models.Model):
    """Which side leads, by whom a matter is about; for a place and a time, with its source."""

    suspect = models.CharField(_("about"), max_length=11, choices=Suspect.choices)
    leader = models.CharField(_("who leads"), max_length=13, choices=Side.choices)
    place = models.CharField(_("place"), max_length=6, default=NATION)
    norm = models.CharField(_("norm"), max_length=20, blank=True)  # code of the register of norms
    words_zh = models.CharField(_("rule in Chinese"), max_length=200)
    words_en = models.CharField(_("rule in English"), max_length=200)
    source = models.TextField(_("source"))
    verified = models.CharField(_("verified"), max_length=9, choices=Limit.Verified.choices)
    valid = DateRangeField(_("valid"))

    class Meta:
        ordering = ["suspect", "place", "valid"]
        verbose_name = _("rule of who leads")
        verbose_name_plural = _("rules of who leads")
        constraints = [
            ExclusionConstraint(
                name="one_lead_a_suspect_place_and_day",
                expressions=[
                    ("suspect", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.words_zh if in_chinese() else self.words_en


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, account: Account) -> "RequestQuerySet":
        """Those that the territory has drafted, and those sent to it or handled there; institutions see none."""
        if account.institution_id or account.territory is None:
            return self.none()
        prefix = account.territory.prefix
        asked = Q(to_place__code__startswith=prefix) | Q(handler_place__code__startswith=prefix)
        return self.filter(Q(from_place__code__startswith=prefix) | Q(sent_at__isnull=False) & asked)

    def overdue(self) -> "RequestQuerySet":
        """Those that wait for the place that handles them, past their day."""
        late = Q(clock__state=Clock.State.RUNNING, clock__due_at__lt=timezone.now())
        return self.filter(late | Q(state=State.ESCALATED))


class Request(Movable):
    """One region asks another about claims of one person at one institution. Amounts in yuan."""

    class Question(models.TextChoices):
        FEE = "fee", _("fees")
        IDENTITY = "identity", _("identity of who was treated")
        STAY = "stay", _("whether the person was there")
        INVOICE = "invoice", _("invoices")
        OTHER = "other", pgettext_lazy("kind of question", "other")

    number = models.CharField(_("number"), max_length=30, unique=True)  # XC-990100-2026-000001
    from_place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    to_place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("asked of"))
    handler_place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("handled by"))
    treatment = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place of treatment"))
    participation = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("place of participation")
    )
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    member = models.CharField(_("insured person"), max_length=60)
    question = models.CharField(_("question"), max_length=8, choices=Question.choices)
    suspect = models.CharField(_("about"), max_length=11, choices=Suspect.choices)
    lead_rule = models.ForeignKey(LeadRule, models.PROTECT, related_name="+")
    words = models.TextField(_("what is asked"))
    drafter = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    sender = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), null=True)
    handler = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    reply = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(_("answered at"), null=True)
    case = models.CharField(_("case"), max_length=30, blank=True)  # number of the leader's, where the money comes back
    demanded = models.BooleanField(_("demanded"), default=False)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = RequestQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["RequestEvent"]
        claims: models.QuerySet["RequestClaim"]
        passed: models.QuerySet["Passed"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("request for assistance")
        verbose_name_plural = _("requests for assistance")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="request_state_is_known"),
            models.CheckConstraint(condition=~Q(from_place=F("to_place")), name="a_request_asks_another_place"),
            models.CheckConstraint(
                condition=~Q(treatment=F("participation")), name="a_request_is_about_care_away_from_home"
            ),
            models.CheckConstraint(
                condition=Q(sender__isnull=True) | ~Q(sender=F("drafter")), name="a_request_is_sent_by_another"
            ),
            models.CheckConstraint(condition=Q(demanded=False) | Q(case=""), name="money_comes_back_one_way"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("assistance:request", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    @property
    def leader(self) -> Division:
        """The region that investigates and decides."""
        return self.treatment if self.lead_rule.leader == Side.TREATMENT else self.participation

    @property
    def superior(self) -> str:
        """The code of the lowest division above both regions."""
        above = set(chain(self.to_place_id))
        return next(code for code in reversed(chain(self.from_place_id)) if code in above)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        prefix = account.territory.prefix
        asked = self.to_place_id.startswith(prefix) or self.handler_place_id.startswith(prefix)
        return self.from_place_id.startswith(prefix) or (self.sent_at is not None and asked)


class RequestEvent(MoveEvent):
    request = models.ForeignKey(Request, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        """The state that it led to; of a move that changed none, what was done."""
        move = Workflow.known["assistance"].moves.get(self.move)
        return str(move.words if move and self.before == self.after else State(self.after).label)
