"""An evaluation: a grade worked out, shown, objected to, and in force until the next."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Institution
from supervision.clocks.models import Clock
from supervision.moves import Movable, MoveEvent

from .schemes import Scheme

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where an evaluation stands (the brief's state machine 23)."""

    COLLECTING = "collecting", _("collecting records")
    COMPUTED = "computed", _("worked out")
    PUBLICISED = "publicised", _("shown to the institution")
    OBJECTED = "objected", _("objected to, frozen")
    CORRECTED = "corrected", _("corrected")
    UPHELD = "upheld", _("upheld")
    EFFECTIVE = "effective", pgettext_lazy("of a paper", "in force")
    SUPERSEDED = "superseded", _("replaced by a later one")


UNDER_WAY = (State.COLLECTING, State.COMPUTED, State.PUBLICISED, State.OBJECTED, State.CORRECTED, State.UPHELD)
SHOWN = tuple(set(State) - {State.COLLECTING, State.COMPUTED})  # what its institution may see


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, account: Account) -> "EvaluationQuerySet":
        """Those of the territory; an institution sees its own from the day on which it was shown."""
        rows = self.filter(institution__in=Institution.objects.visible_to(account))
        return rows.filter(state__in=SHOWN) if account.institution_id else rows

    def ready_to_show(self) -> "EvaluationQuerySet":
        """Those worked out that nobody has asked to be shown yet."""
        return self.filter(state=State.COMPUTED).exclude(in_showings__outcome="waiting")


class Evaluation(Movable):
    """The grade of one institution for one year. One at a time is under way, and one in force."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="evaluations", verbose_name=_("institution")
    )
    cycle = models.PositiveSmallIntegerField(_("year"))
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, related_name="+", verbose_name=_("scheme"))
    as_of = models.DateField(_("records up to"), null=True)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True)
    letter = models.CharField(_("grade"), max_length=4, blank=True)
    why_not = models.CharField(_("not evaluated because"), max_length=20, blank=True)
    reckoned = models.JSONField(default=list)  # every point with its record, as it was worked out
    before = models.CharField(_("grade before"), max_length=4, blank=True)

    computer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who had it worked out
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who decided to show it
    objector = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    objection = models.TextField(_("objection"), blank=True)
    answer = models.TextField(_("answer to the objection"), blank=True)
    reviewer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who reviewed the objection
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # of the step it stands at
    publicised_on = models.DateField(_("shown on"), null=True)
    object_until = models.DateField(_("may be objected to until"), null=True)
    effective_on = models.DateField(_("in force since"), null=True)

    objects = EvaluationQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["EvaluationEvent"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("credit evaluation")
        verbose_name_plural = _("credit evaluations")
        indexes = [models.Index(fields=["institution", "-id"]), models.Index(fields=["state", "object_until"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="evaluation_state_is_known"),
            models.UniqueConstraint(
                fields=["institution"], condition=Q(state__in=[state.value for state in UNDER_WAY]),
                name="one_evaluation_under_way",
            ),
            models.UniqueConstraint(
                fields=["institution"], condition=Q(state="effective"), name="one_evaluation_in_force"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("computer")), name="evaluation_shown_by_another"
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("computer")) & ~Q(reviewer=F("approver")),
                name="objection_reviewed_by_another",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("credit:evaluation", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        return Evaluation.objects.visible_to(account).filter(pk=self.pk).exists()


class EvaluationEvent(MoveEvent):
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)
