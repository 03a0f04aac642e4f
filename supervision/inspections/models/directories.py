"""The libraries: who may inspect, who may be asked as an expert, and with whom each has an interest."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution

ACCOUNT = "institutions.Account"


def of_the_territory(account: Account) -> Q:
    """Those of the territory. Institutions see nobody: they are told by the notice."""
    if account.institution_id or account.territory is None:
        return Q(pk__in=[])
    return Q(place__code__startswith=account.territory.prefix)


def on_the_list(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


class InspectorQuerySet(models.QuerySet["Inspector"]):
    def visible_to(self, account: Account) -> "InspectorQuerySet":
        return self.filter(of_the_territory(account))

    def serving(self, day: date) -> "InspectorQuerySet":
        return self.filter(on_the_list(day))


class ExpertQuerySet(models.QuerySet["Expert"]):
    def visible_to(self, account: Account) -> "ExpertQuerySet":
        return self.filter(of_the_territory(account))


class Listed(models.Model):
    """Somebody in a library, from a day on and until one."""

    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    fields = models.CharField(_("fields"), max_length=200, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    listed_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Inspector(Listed):
    """An officer with a certificate, who may be drawn while listed."""

    account = models.OneToOneField(ACCOUNT, models.PROTECT, related_name="inspector")
    certificate = models.CharField(_("certificate"), max_length=40, unique=True)

    objects = InspectorQuerySet.as_manager()

    class Meta:
        ordering = ["certificate"]
        verbose_name = _("inspector")
        verbose_name_plural = _("inspectors")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="inspector_days_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.account} ({self.certificate})"


class Expert(Listed):
    """Somebody who may be asked for an opinion and decides nothing."""

    name = models.CharField(_("name"), max_length=60)
    employer = models.CharField(_("employer"), max_length=120, blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "employer"], name="one_expert_a_place"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="expert_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class Conflict(models.Model):
    """An interest that keeps an inspector or an expert away from an institution, with its reason."""

    inspector = models.ForeignKey(Inspector, models.PROTECT, null=True, related_name="conflicts")
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, related_name="conflicts")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    reason = models.CharField(_("reason"), max_length=200)
    noted_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.CheckConstraint(
                condition=Q(inspector=None, expert__isnull=False) | Q(inspector__isnull=False, expert=None),
                name="a_conflict_is_of_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_conflict_gives_its_reason"),
            models.UniqueConstraint(
                fields=["inspector", "institution"], condition=Q(ended_on=None), name="one_conflict_an_inspector"
            ),
            models.UniqueConstraint(
                fields=["expert", "institution"], condition=Q(ended_on=None), name="one_conflict_an_expert"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspector or self.expert} {self.institution_id}"
