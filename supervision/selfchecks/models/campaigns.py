"""A campaign: a list of problems that institutions look for in their own claims of a period, and report by a day."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution, chain
from supervision.moves import Movable, MoveEvent

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    ISSUED = "issued", pgettext_lazy("of a campaign", "issued")
    CLOSED = "closed", _("closed")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, account: Account) -> "CampaignQuerySet":
        """Those of the territory, and those issued above it, from the day they were issued."""
        if account.territory is None:
            return self.none()
        above = Q(place__in=chain(account.territory_id or ""), issued_on__isnull=False)
        return self.filter(Q(place__code__startswith=account.territory.prefix) | above)


class Campaign(Movable):
    """What one level issues to all institutions of its territory, or to those of one kind."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # ZC-990000-2026-1
    title = models.CharField(_("title"), max_length=200)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    kind = models.CharField(_("kind of institution"), max_length=10, choices=Institution.Kind.choices, blank=True)
    first_month = models.CharField(_("first month"), max_length=7)
    last_month = models.CharField(_("last month"), max_length=7)
    due_on = models.DateField(_("to be reported by"))
    version = models.PositiveSmallIntegerField(_("version of the list"), default=1)
    basis = models.CharField(_("basis"), max_length=200)
    drafter = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    issuer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField(_("issued on"), null=True)

    objects = CampaignQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["CampaignEvent"]
        problems: models.QuerySet["Problem"]
        localisations: models.QuerySet["Localisation"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("campaign of self-correction")
        verbose_name_plural = _("campaigns of self-correction")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="campaign_state_is_known"),
            models.CheckConstraint(condition=Q(last_month__gte=F("first_month")), name="campaign_period_in_order"),
            models.CheckConstraint(
                condition=Q(issuer__isnull=True) | ~Q(issuer=F("drafter")), name="campaign_issued_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(issuer__isnull=False, issued_on__isnull=False),
                name="campaign_issued_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("selfchecks:campaign", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class CampaignEvent(MoveEvent):
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)


class ProblemQuerySet(models.QuerySet["Problem"]):
    def asked_of(self, institution: Institution) -> "ProblemQuerySet":
        """What the levels above an institution, and its own place, have put on the list."""
        return self.filter(place__in=chain(institution.division_id))


class Problem(models.Model):
    """One line of the list. Once it is issued it is never changed and never removed: the database refuses."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="problems")
    code = models.CharField(_("code"), max_length=20)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    field = models.CharField(_("field"), max_length=60)
    words = models.CharField(_("problem"), max_length=400)
    basis = models.CharField(_("basis"), max_length=200)
    added_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "code"]
        verbose_name = _("problem on a list")
        verbose_name_plural = _("problems on lists")
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="one_problem_a_code")]

    def __str__(self) -> str:
        return self.code


class Localisation(models.Model):
    """A place below has looked at the list and filed its own with the level above."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="localisations")
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    added = models.PositiveSmallIntegerField(_("problems added"), default=0)
    filed_at = models.DateTimeField(_("filed at"), auto_now_add=True)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["campaign", "place"]
        verbose_name = _("list made a place's own")
        verbose_name_plural = _("lists made places' own")
        constraints = [models.UniqueConstraint(fields=["campaign", "place"], name="one_localisation_a_place")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.place_id}"
