"""What social supervisors are asked to do, and what they bring. They sign in nowhere: the desk writes it down."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution
from supervision.cases.models import Case
from supervision.clocks.models import Clock

from .supervisors import ACCOUNT, SocialSupervisor


class SupervisorTask(models.Model):
    """Something to look at, by when, and what came of it."""

    supervisor = models.ForeignKey(SocialSupervisor, models.PROTECT, related_name="tasks")
    what = models.TextField(_("task"))
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="+")
    report = models.TextField(_("report"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True)
    written_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("task of a social supervisor")
        verbose_name_plural = _("tasks of social supervisors")
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_task_says_what"),
            models.CheckConstraint(
                condition=Q(report="", reported_on=None) | ~Q(report="") & Q(reported_on__isnull=False),
                name="a_task_is_done_with_its_report",
            ),
        ]

    def __str__(self) -> str:
        return f"task {self.pk} of {self.supervisor}"


class SupervisorLead(models.Model):
    """What a social supervisor saw. It becomes a case, or it is said why not."""

    supervisor = models.ForeignKey(SocialSupervisor, models.PROTECT, related_name="leads")
    text = models.TextField(_("what was seen"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    brought_on = models.DateField(_("brought on"))
    written_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="+")
    not_taken_up = models.TextField(_("why it was not taken up"), blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("lead of a social supervisor")
        verbose_name_plural = _("leads of social supervisors")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_supervisors_lead_says_something"),
            models.CheckConstraint(condition=Q(case=None) | Q(not_taken_up=""), name="a_supervisors_lead_ends_one_way"),
        ]

    def __str__(self) -> str:
        return f"lead {self.pk} of {self.supervisor}"

    @property
    def is_open(self) -> bool:
        return self.case_id is None and not self.not_taken_up
