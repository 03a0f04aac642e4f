"""A lead that another department brings, with what became of it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division, Institution
from supervision.cases.models import Case
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .partners import Partner

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("of a lead", "received")
    TAKEN_UP = "taken_up", _("taken up as a case")
    DECLINED = "declined", _("not taken up")
    TOLD = "told", _("result told")


class BroughtLeadQuerySet(models.QuerySet["BroughtLead"]):
    def visible_to(self, account: Account) -> "BroughtLeadQuerySet":
        """Those of the territory; for a liaison those that the department has brought."""
        if account.at_liaison:
            return self.filter(partner=account.department_id)
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class BroughtLead(Movable):
    """What a department tells us of, on its page or by its system."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # XS-990100-2026-000012
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="leads", verbose_name=_("brought by"))
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    sent_id = models.CharField(_("the department's own number"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    facts = models.TextField(_("facts"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name=_("institution")
    )
    person = models.CharField(_("person"), max_length=60, blank=True)  # member's or practitioner's code
    brought_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(_("brought at"), default=timezone.now)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="brought_by", verbose_name=_("case"))
    result = models.TextField(_("result"), blank=True)  # as it was told to the department
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = BroughtLeadQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["BroughtLeadEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("lead of a department")
        verbose_name_plural = _("leads of departments")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="brought_lead_state_is_known"),
            models.CheckConstraint(
                condition=Q(institution__isnull=False) | ~Q(person=""), name="brought_lead_is_about_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "declined"]) | Q(case__isnull=False), name="taken_up_as_a_case"
            ),
            models.UniqueConstraint(fields=["partner", "sent_id"], name="one_lead_a_departments_number"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("coordination:lead", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.at_liaison:
            return bool(account.department_id == self.partner_id)
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class BroughtLeadEvent(MoveEvent):
    lead = models.ForeignKey(BroughtLead, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)
