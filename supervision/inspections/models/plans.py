"""A place's plan of a year: how many of which institutions are inspected, on which items, in which months."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution
from supervision.moves import Movable, MoveEvent

from .directories import ACCOUNT
from .rules import Item


class Mode(models.TextChoices):
    FLIGHT = "flight", _("flight inspection")
    RANDOM = "random", _("random inspection")
    DAILY = "daily", _("daily inspection")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPROVED = "approved", pgettext_lazy("of a plan", "approved")
    PUBLISHED = "published", pgettext_lazy("of a plan", "published")


class YearPlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, account: Account) -> "YearPlanQuerySet":
        """Those of the territory; everybody else reads what is published on the public site."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def published(self) -> "YearPlanQuerySet":
        return self.filter(state=PlanState.PUBLISHED)


class Plan(Movable):
    """The inspections of one place and year."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # JH-990100-2026-1
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=200)
    basis = models.CharField(_("basis"), max_length=200)
    drafter = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("drawn up"), auto_now_add=True)
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(_("published on"), null=True)

    objects = YearPlanQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["PlanEvent"]
        lines: models.QuerySet["PlanLine"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("plan of inspections")
        verbose_name_plural = _("plans of inspections")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_is_known"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("drafter")), name="plan_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approver__isnull=False), name="plan_approved_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("inspections:plan", args=[self.number])

    def get_state_display(self) -> str:
        return str(PlanState(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class PlanEvent(MoveEvent):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(PlanState(self.after).label)


class PlanLine(models.Model):
    """So many institutions of a kind, or such a share of them (1/10000), on these items in these months."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    mode = models.CharField(_("mode"), max_length=6, choices=Mode.choices)
    kind = models.CharField(_("kind of institution"), max_length=10, choices=Institution.Kind.choices, blank=True)
    how_many = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("share (1/10000)"), null=True, blank=True)
    first_month = models.PositiveSmallIntegerField(_("first month"))
    last_month = models.PositiveSmallIntegerField(_("last month"))
    items = models.ManyToManyField(Item, related_name="+", verbose_name=_("items"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(how_many__gte=1, share=None) | Q(how_many=None, share__gte=1, share__lte=10_000),
                name="plan_line_is_a_number_or_a_share",
            ),
            models.CheckConstraint(
                condition=Q(first_month__gte=1, last_month__lte=12, last_month__gte=F("first_month")),
                name="plan_line_months_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.mode} {self.kind}"

    @property
    def per_cent(self) -> str:
        return f"{(self.share or 0) / 100:g}"
