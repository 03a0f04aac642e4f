"""The rating of an enterprise for one fact: found, rated, told, disclosed where the tier is, put right or over."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division
from supervision.cases.models.violations import Sourced
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .enterprises import EnterpriseFact, Tier

ACCOUNT = "institutions.Account"


class Measure(models.IntegerChoices):
    """What mends a rating, by the numbers of the notice."""

    STOP = 1, _("stop the act")
    STAFF = 2, _("measures on the staff and agents involved")
    APOLOGY = 3, _("apology on the provinces' platforms")
    COMPLIANCE = 4, _("compliance report and checks")
    PRICE = 5, _("take the inflated price away")
    GIVE_BACK = 6, _("give unreasonable gains back")


class RatingState(models.TextChoices):
    """Where the rating of a fact stands (the brief's state machine 25)."""

    FOUND = "found", _("fact found")
    RATED = "rated", _("rated")
    TOLD = "told", _("told to the enterprise")
    OBJECTED = "objected", _("objected to, frozen")
    PUBLISHED = "published", _("disclosed")
    CORRECTING = "correcting", _("being put right")
    REPAIRED = "repaired", _("repaired")
    EXPIRED = "expired", _("disclosure over")
    WITHDRAWN = "withdrawn", _("withdrawn")


class TierDisclosure(Sourced):
    """How many months a tier is disclosed to everybody. A tier without a row is not disclosed."""

    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices)
    months = models.PositiveSmallIntegerField(_("months disclosed"))

    class Meta:
        ordering = ["tier"]
        verbose_name = _("disclosure of a tier")
        verbose_name_plural = _("disclosures of tiers")
        constraints = [
            models.UniqueConstraint(fields=["tier", "valid"], name="one_disclosure_a_tier"),
            models.CheckConstraint(condition=Q(tier__gte=1, months__gte=1), name="disclosure_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.tier}: {self.months}"


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, account: Account) -> "RatingQuerySet":
        """Those that the territory has rated. Institutions read the public page."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def disclosed(self) -> "RatingQuerySet":
        """What anybody may read today."""
        return self.filter(disclosed_until__gte=timezone.localdate(), state__in=DISCLOSED)


DISCLOSED = (RatingState.PUBLISHED, RatingState.CORRECTING)


class Rating(Movable):
    """One fact about one enterprise, rated by the rows of its day."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    fact = models.OneToOneField(EnterpriseFact, models.PROTECT, related_name="rating", verbose_name=_("fact"))
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices, default=Tier.NONE)
    needed = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("corrective measures"))
    done = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("measures shown to be taken"))
    finder = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    decider = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who decided to tell it
    checker = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who saw the measures taken
    told_on = models.DateField(_("told on"), null=True)
    code_mark = models.CharField(max_length=64, blank=True)  # keyed hash of the code that went with the letter
    object_until = models.DateField(_("may be objected to until"), null=True)
    objected_on = models.DateField(_("objected on"), null=True)
    objector = models.CharField(_("objection signed by"), max_length=60, blank=True)
    objection = models.TextField(_("objection"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    reviewer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    disclosed_on = models.DateField(_("disclosed on"), null=True)
    disclosed_until = models.DateField(_("disclosed until"), null=True)

    objects = RatingQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["RatingEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("rating of an enterprise")
        verbose_name_plural = _("ratings of enterprises")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RatingState.values), name="rating_state_is_known"),
            models.CheckConstraint(
                condition=Q(decider=None) | ~Q(decider=F("finder")), name="rating_told_by_another_than_found"
            ),
            models.CheckConstraint(
                condition=Q(disclosed_until=None) | Q(disclosed_until__gte=F("disclosed_on"), tier__gte=1),
                name="only_a_tier_is_disclosed",
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) | ~Q(reviewer=F("finder")) & ~Q(reviewer=F("decider")),
                name="rating_objection_reviewed_by_another",
            ),
            models.UniqueConstraint(fields=["code_mark"], condition=~Q(code_mark=""), name="a_code_opens_one_rating"),
            models.CheckConstraint(
                condition=Q(objected_on=None) | ~Q(objection="") & ~Q(objector=""), name="who_objects_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("credit:rating", args=[self.number])

    def get_state_display(self) -> str:
        return str(RatingState(self.state).label)

    def reaches(self, account: Account) -> bool:
        return Rating.objects.visible_to(account).filter(pk=self.pk).exists()

    @property
    def measures(self) -> list[tuple[str, bool]]:
        """What is needed in words, and whether it was shown to be taken."""
        return [(str(Measure(code).label), code in self.done) for code in self.needed]


class RatingEvent(MoveEvent):
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(RatingState(self.after).label)
