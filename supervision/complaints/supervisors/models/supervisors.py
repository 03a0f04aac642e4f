"""Social supervisors: people of standing who watch the use of the funds unpaid, for a term, without an account here."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Duty
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

if TYPE_CHECKING:
    from .work import SupervisorLead, SupervisorTask

ACCOUNT = "institutions.Account"


class Category(models.TextChoices):
    """From where social supervisors come."""

    CONGRESS = "congress", _("deputy of a People's Congress")
    CONFERENCE = "conference", _("member of a Political Consultative Conference")
    MEDIA = "media", _("media")
    INSTITUTION = "institution", _("designated institution")
    EXPERT = "expert", _("expert")
    INSURED = "insured", _("insured person")
    OTHER = "other", _("other")


class Recommended(models.TextChoices):
    """How they came to be named."""

    OPEN = "open", _("open recruitment")
    INVITED = "invited", _("invitation")
    SELF = "self", _("own application")
    UNIT = "unit", _("recommended by their unit")


class State(models.TextChoices):
    """Where a social supervisor stands (the brief's state machine 36)."""

    NOMINATED = "nominated", _("nominated")
    SELECTED = "selected", _("selected")
    PUBLICISED = "publicised", _("made public")
    APPOINTED = "appointed", _("appointed")
    EXITED = "exited", _("no longer in office")
    LAPSED = "lapsed", _("term over")


class SocialSupervisorQuerySet(models.QuerySet["SocialSupervisor"]):
    def visible_to(self, account: Account) -> "SocialSupervisorQuerySet":
        """The library of the account's territory. Institutions see none: they are watched by them."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(division__code__startswith=account.territory.prefix)

    def in_office(self) -> "SocialSupervisorQuerySet":
        return self.filter(state=State.APPOINTED)


class SocialSupervisor(Movable):
    """One person in the library of a prefecture or a higher division."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # JD-990100-000012
    person = models.CharField(_("person's name"), max_length=60)
    category = models.CharField(_("category"), max_length=11, choices=Category.choices)
    recommended = models.CharField(_("how recommended"), max_length=8, choices=Recommended.choices)
    standing = models.CharField(_("post or profession"), max_length=120, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("division"))
    reason = models.TextField(_("why this person"))
    nominated_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    nominated_on = models.DateField(_("nominated on"))
    since = models.DateField(_("appointed from"), null=True)
    until = models.DateField(_("appointed until"), null=True)  # the last day
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # until when anybody may object

    objects = SocialSupervisorQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["SocialSupervisorEvent"]
        tasks: models.QuerySet["SupervisorTask"]
        leads: models.QuerySet["SupervisorLead"]
        appraisals: models.QuerySet["Appraisal"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("social supervisor")
        verbose_name_plural = _("social supervisors")
        indexes = [models.Index(fields=["state", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="supervisor_state_is_known"),
            models.CheckConstraint(condition=~Q(person="") & ~Q(reason=""), name="supervisor_is_named_for_a_reason"),
            models.CheckConstraint(
                condition=Q(since=None, until=None) | Q(until__gte=F("since")), name="supervisor_term_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPOINTED) | Q(until__isnull=False), name="supervisor_in_office_has_a_term"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("supervisors:supervisor", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.division_id.startswith(account.territory.prefix)

    def name_for(self, account: Account) -> str:
        """In full for whoever works with them, else the first sign alone."""
        if account.holds(Duty.COMPLAINTS):
            return self.person
        return self.person[:1] + "*" * max(1, len(self.person) - 1)


class SocialSupervisorEvent(MoveEvent):
    supervisor = models.ForeignKey(SocialSupervisor, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False


class Appraisal(models.Model):
    """What is thought of a supervisor's work. Written once."""

    supervisor = models.ForeignKey(SocialSupervisor, models.PROTECT, related_name="appraisals")
    text = models.TextField(_("appraisal of the work"))
    on = models.DateField(_("written on"))
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_appraisal_says_something")]

    def __str__(self) -> str:
        return f"appraisal {self.pk} of {self.supervisor_id}"
