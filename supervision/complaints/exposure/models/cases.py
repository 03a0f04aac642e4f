"""A typical case: what a closed case may tell everybody, with nothing in it that points at a person."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution
from supervision.cases.models import Case
from supervision.clocks.models import Clock
from supervision.language import in_chinese
from supervision.moves import Movable, MoveEvent

if TYPE_CHECKING:
    from .claims import ErrorClaimQuerySet
    from .excuses import Excuse

ACCOUNT = "institutions.Account"
PARTS = ("title", "facts", "violations", "handling")
CHINESE = tuple(f"{part}_zh" for part in PARTS)
ENGLISH = tuple(f"{part}_en" for part in PARTS)
WORDS = {
    "title_zh": _("title, Chinese"), "facts_zh": _("facts, Chinese"), "violations_zh": _("violations, Chinese"),
    "handling_zh": _("handling, Chinese"), "title_en": _("title, English"), "facts_en": _("facts, English"),
    "violations_en": _("violations, English"), "handling_en": _("handling, English"),
}  # fmt: skip


class State(models.TextChoices):
    """Where a typical case stands (the brief's state machine 35)."""

    DRAFTED = "drafted", _("drafted")
    CHECKED = "checked", _("checked: names nobody")
    APPROVED = "approved", _("approved for publication")
    PUBLISHED = "published", _("published")
    WITHDRAW_DUE = "withdraw_due", _("to be withdrawn: its decision fell")
    WITHDRAWN = "withdrawn", _("withdrawn from the page")


ON_THE_PAGE = (State.PUBLISHED, State.WITHDRAW_DUE)  # what is to be withdrawn stands there until somebody does it


class TypicalCaseQuerySet(models.QuerySet["TypicalCase"]):
    def visible_to(self, account: Account) -> "TypicalCaseQuerySet":
        """Those of the account's territory, drafts too. What is published everybody reads on the public page."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)

    def on_the_page(self) -> "TypicalCaseQuerySet":
        return self.filter(state__in=ON_THE_PAGE)


class TypicalCase(Movable):
    """A case retold for the public. The Chinese text counts; the English one is for readers and may be missing."""

    number = models.CharField(_("number"), max_length=30, unique=True)  # DX-990100-2026-000003
    case = models.ForeignKey(Case, models.PROTECT, related_name="retold")
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    institution = models.ForeignKey(  # only where it is named, and then only after a final decision
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution named")
    )
    title_zh = models.CharField(WORDS["title_zh"], max_length=200)
    facts_zh = models.TextField(WORDS["facts_zh"])
    violations_zh = models.TextField(WORDS["violations_zh"])
    handling_zh = models.TextField(WORDS["handling_zh"])
    title_en = models.CharField(WORDS["title_en"], max_length=300, blank=True)
    facts_en = models.TextField(WORDS["facts_en"], blank=True)
    violations_en = models.TextField(WORDS["violations_en"], blank=True)
    handling_en = models.TextField(WORDS["handling_en"], blank=True)
    drafted_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    drafted_on = models.DateField(_("drafted on"))
    checked_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(_("published on"), null=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # by when it must be withdrawn

    objects = TypicalCaseQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["TypicalCaseEvent"]
        excuses: models.QuerySet["Excuse"]
        claims: "ErrorClaimQuerySet"

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("typical case")
        verbose_name_plural = _("typical cases")
        indexes = [models.Index(fields=["state", "-id"]), models.Index(fields=["-published_on", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="typical_case_state_is_known"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("drafted_by")), name="typical_case_takes_two"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*ON_THE_PAGE]) | Q(published_on__isnull=False, approver__isnull=False),
                name="typical_case_on_the_page_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(title_zh="") & ~Q(facts_zh="") & ~Q(violations_zh="") & ~Q(handling_zh=""),
                name="typical_case_is_told_in_full",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("exposure:case", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    def reaches(self, account: Account) -> bool:
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)

    @property
    def is_public(self) -> bool:
        return self.state in ON_THE_PAGE

    @property
    def texts(self) -> dict[str, str]:
        """What would be published, by column; the English left out where there is none."""
        return {name: text for name in (*CHINESE, *ENGLISH) if (text := getattr(self, name))}

    def told(self, part: str) -> str:
        """A part in the reader's tongue, or in Chinese where it was not translated."""
        return str(getattr(self, f"{part}_zh") if in_chinese() else self.in_english(part))

    def in_english(self, part: str) -> str:
        return str(getattr(self, f"{part}_en") or getattr(self, f"{part}_zh"))

    @property
    def title(self) -> str:
        return self.told("title")

    @property
    def facts(self) -> str:
        return self.told("facts")

    @property
    def violations(self) -> str:
        return self.told("violations")

    @property
    def handling(self) -> str:
        return self.told("handling")

    @property
    def is_in_chinese_alone(self) -> bool:
        return not self.title_en

    @property
    def stood_until(self) -> dt.date | None:
        """The day on which it was taken off the page, where it has stood there."""
        return self.withdrawn_on if self.published_on else None


class TypicalCaseEvent(MoveEvent):
    typical = models.ForeignKey(TypicalCase, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
