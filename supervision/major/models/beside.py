"""What is written beside a major issue: reports, guidance, listings, links, tasks; and whom to call in a place."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from institutions.models import Account, Division
from supervision.clocks.models import Clock

from .issues import ACCOUNT, Issue


class IssueReport(models.Model):
    """One report upwards, as it was sent. When it was due stays beside when it came."""

    class Kind(models.TextChoices):
        FIRST = "first", pgettext_lazy("report on a major issue", "first report")
        FOLLOW = "follow", pgettext_lazy("report on a major issue", "follow-up report")
        FINAL = "final", pgettext_lazy("report on a major issue", "closing report")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    words = models.TextField(_("report"))
    due_at = models.DateTimeField(_("due at"), null=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("report on a major issue")
        verbose_name_plural = _("reports on major issues")
        constraints = [
            models.UniqueConstraint(fields=["issue"], condition=Q(kind="first"), name="one_first_report_an_issue")
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.kind}"

    @property
    def late(self) -> bool:
        """Whether it came after it was due; nothing makes up for that later."""
        return self.due_at is not None and self.at > self.due_at


class Guidance(models.Model):
    """What a level above tells the place to do, or sends to help it."""

    class Kind(models.TextChoices):
        WORDS = "words", _("instruction")
        TEAM = "team", _("guidance team sent")
        TAKEN_OVER = "taken_over", _("taken over by the level above")
        ACCOUNT = "account", _("inquiry into who is answerable")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="guidance")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("given by"))
    words = models.TextField(_("guidance"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("guidance on a major issue")
        verbose_name_plural = _("guidance on major issues")

    def __str__(self) -> str:
        return f"{self.issue_id} {self.kind}"


class Listing(models.Model):
    """Put on the list of what a level above supervises (挂牌督办): demands and a day, until it is taken off."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="listings")
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("listed by"))
    demands = models.TextField(_("demands"))
    due_on = models.DateField(_("to be met by"))
    listed_at = models.DateTimeField(_("listed at"), default=timezone.now)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    delisted_at = models.DateTimeField(_("taken off at"), null=True)
    delisted_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    why = models.TextField(_("why it was taken off"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("supervised listing")
        verbose_name_plural = _("supervised listings")
        constraints = [
            models.UniqueConstraint(
                fields=["issue"], condition=Q(delisted_at__isnull=True), name="listed_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.due_on}"


class IssueLink(models.Model):
    """A matter of the house that belongs to the issue, by its number."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="links")
    kind = models.CharField(_("kind"), max_length=12)
    number = models.CharField(_("number"), max_length=40)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("matter of a major issue")
        verbose_name_plural = _("matters of major issues")
        constraints = [models.UniqueConstraint(fields=["issue", "kind", "number"], name="a_matter_is_linked_once")]

    def __str__(self) -> str:
        return self.number


class IssueTask(models.Model):
    """What the review says is to be changed, by whom and by when."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="tasks")
    words = models.CharField(_("task"), max_length=400)
    owner = models.CharField(_("who does it"), max_length=100)
    due_on = models.DateField(_("due on"))
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)
    done_at = models.DateTimeField(_("done at"), null=True)
    done_words = models.CharField(_("what was done"), max_length=400, blank=True)
    done_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("task from a review")
        verbose_name_plural = _("tasks from reviews")

    def __str__(self) -> str:
        return f"{self.issue_id} {self.pk}"


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, account: Account) -> "ContactQuerySet":
        """Those of the territory; institutions see none."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def now(self) -> "ContactQuerySet":
        return self.filter(until=None)


class Contact(models.Model):
    """Whom to call in a place when something major happens."""

    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=100)
    telephone = models.CharField(_("telephone"), max_length=40)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("contact of a place")
        verbose_name_plural = _("contacts of places")

    def __str__(self) -> str:
        return self.name


class LeftSuggestion(models.Model):
    """A proposal of the system that somebody has looked at and not followed, and why."""

    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    key = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField(_("level"))
    why = models.CharField(_("reason"), max_length=400)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("proposal not followed")
        verbose_name_plural = _("proposals not followed")
        constraints = [models.UniqueConstraint(fields=["place", "key", "level"], name="a_suggestion_is_left_once")]

    def __str__(self) -> str:
        return self.key
