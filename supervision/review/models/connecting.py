"""The keys by which institutions' systems sign, how they want to be answered, and what a place does about a rule."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution, chain


class OfInstitution(models.QuerySet):  # type: ignore[type-arg]
    """Rows that belong to an institution, and are seen by whoever sees it."""

    path = "institution"

    def visible_to(self, account: Account) -> "OfInstitution":
        return self.filter(**{f"{self.path}__in": Institution.objects.visible_to(account)})


class Key(models.Model):
    """A key by which an institution's system signs its messages. Its secret is derived, never stored."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="keys")
    number = models.PositiveIntegerField()  # of this institution: 1, 2, …
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")  # nobody: by command
    closed_at = models.DateTimeField(null=True, blank=True)  # from then on it opens nothing

    objects = OfInstitution.as_manager()

    class Meta:
        ordering = ["institution", "-number"]
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        constraints = [models.UniqueConstraint(fields=["institution", "number"], name="keys_are_numbered")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As the system sends it."""
        return f"{self.institution_id}.{self.number}"


SEVERITIES = ("1", "2", "3")


def all_severities() -> list[str]:
    return list(SEVERITIES)


class Connection(models.Model):
    """How an institution wants to be answered. Without a row it is sent everything, as a list."""

    institution = models.OneToOneField(Institution, models.PROTECT, primary_key=True, related_name="connection")
    # sev_deg: 1 definite, 2 highly suspicious, 3 slightly. What is not sent is kept all the same.
    severities = ArrayField(models.CharField(max_length=1), default=all_severities)
    one_object = models.BooleanField(default=False)  # `result` is one object: some clients read no list
    changed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = OfInstitution.as_manager()

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        constraints = [
            models.CheckConstraint(condition=Q(severities__contained_by=list(SEVERITIES)), name="severities_are_known")
        ]

    def __str__(self) -> str:
        return self.institution_id


class HandlingQuerySet(models.QuerySet["Handling"]):
    def visible_to(self, account: Account) -> "HandlingQuerySet":
        """Those of the account's territory and of the places above it: they hold there, too."""
        if account.territory is None:
            return self.none()
        territory = account.territory
        return self.filter(Q(division__code__startswith=territory.prefix) | Q(division__in=chain(territory.code)))

    def standing(self) -> "HandlingQuerySet":
        return self.filter(ended_at=None)


class Handling(models.Model):
    """What a place does about what a rule finds at the desk: say it, ask for a reason, or block. The narrowest counts.

    Only what is certain is ever blocked: of a rule that is set to block, a less certain remark asks for a reason.
    """

    class Way(models.TextChoices):
        TELL = "tell", _("say it")
        ASK = "ask", _("ask for a reason")
        BLOCK = "block", _("block")

    number = models.BigAutoField(primary_key=True)
    rule = models.CharField(_("rule"), max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    way = models.CharField(_("what is done"), max_length=5, choices=Way.choices)
    reason = models.CharField(_("reason"), max_length=500)
    set_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[HandlingQuerySet] = HandlingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["rule", "division"]
        verbose_name = _("handling")
        verbose_name_plural = _("handlings")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "division"], condition=Q(ended_at=None), name="a_place_handles_a_rule_one_way"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_handling_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.division_id}"
