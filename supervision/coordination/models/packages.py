"""A package of facts that another department is given for a time, what stands in it, and who has read which field."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Division, Institution
from supervision.cases.models import Case, Proceeding
from supervision.clocks.models import Clock
from supervision.language import in_chinese
from supervision.monitoring.models import Finding
from supervision.moves import Movable, MoveEvent

from .partners import Allowance, Partner

ACCOUNT = "institutions.Account"


class State(models.TextChoices):
    """Where a package stands (the brief's state machine 19)."""

    DRAFT = "draft", _("draft")
    REFUSED = "refused", _("not given")
    GIVEN = "given", _("given")
    ACKNOWLEDGED = "acknowledged", _("taken on")
    RETURNED = "returned", _("returned")
    FED_BACK = "fed_back", _("answered")
    REUSED = "reused", _("answer used in another case")
    WITHDRAWN = "withdrawn", _("taken back")
    CLOSED = "closed", _("closed")


BEFORE = (State.DRAFT, State.REFUSED)  # nobody but us knows of it
READABLE = (State.GIVEN, State.ACKNOWLEDGED, State.FED_BACK, State.REUSED)


class PackageQuerySet(models.QuerySet["Package"]):
    def visible_to(self, account: Account) -> "PackageQuerySet":
        """Those of the territory; for a liaison what was given to the department, from the day it was."""
        if account.at_liaison:
            return self.filter(to=account.department_id).exclude(state__in=BEFORE)
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__code__startswith=account.territory.prefix)


class Package(Movable):
    """What is given, to whom, what for, on which ground, and until when."""

    class Result(models.TextChoices):
        FILED = "filed", _("filed there")
        HANDLED = "handled", _("handled there")
        NOTHING = "nothing", _("nothing found")
        ELSEWHERE = "elsewhere", _("passed on there")

    number = models.CharField(_("number"), max_length=30, unique=True)  # GX-990100-2026-000012
    place = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("place"))
    to = models.ForeignKey(Partner, models.PROTECT, related_name="packages", verbose_name=_("given to"))
    allowance = models.ForeignKey(Allowance, models.PROTECT, related_name="+", verbose_name=_("kind of package"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="packages", verbose_name=_("case"))
    # Of the same case: the transfer or referral that it goes with. Receipt and answer are written into a transfer too.
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, null=True, related_name="packages")
    # Findings are rewritten by runs; what was given stays in the fields.
    finding = models.ForeignKey(
        Finding, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, verbose_name=_("finding")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="packages", verbose_name=_("institution")
    )
    purpose = models.TextField(_("purpose"))
    basis = models.TextField(_("legal basis"))
    unmasked = models.BooleanField(_("persons shown in full"), default=False)
    expires_on = models.DateField(_("may be read until"))
    drafter = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    approver = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("given at"), null=True)
    receipt = models.CharField(_("number of the receipt"), max_length=120, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True)
    reused_in = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("used in"))
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = PackageQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["PackageEvent"]
        fields: models.QuerySet["SharedField"]
        readings: models.QuerySet["Reading"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("package of facts")
        verbose_name_plural = _("packages of facts")
        indexes = [models.Index(fields=["to", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="package_state_is_known"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("drafter")), name="package_given_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "refused"]) | Q(approver__isnull=False, given_at__isnull=False),
                name="package_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False, finding__isnull=True, institution__isnull=True)
                | Q(case__isnull=True, finding__isnull=False, institution__isnull=True)
                | Q(case__isnull=True, finding__isnull=True, institution__isnull=False),
                name="package_is_about_one_thing",
            ),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(basis=""), name="package_has_purpose_and_basis"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("coordination:package", args=[self.number])

    def get_state_display(self) -> str:
        return str(State(self.state).label)

    @property
    def expired(self) -> bool:
        """Its last day is over."""
        return self.expires_on < timezone.localdate()

    @property
    def readable(self) -> bool:
        """Whether the department may read its fields now."""
        return self.state in READABLE and not self.expired

    def reaches(self, account: Account) -> bool:
        if account.at_liaison:
            return account.department_id == self.to_id and self.state not in BEFORE
        if account.institution_id or account.territory is None:
            return False
        return self.place_id.startswith(account.territory.prefix)


class PackageEvent(MoveEvent):
    package = models.ForeignKey(Package, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(State(self.after).label)


class SharedField(models.Model):
    """One field as it is given: in Chinese, the tongue that counts; persons masked unless the package shows them."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="fields")
    code = models.CharField(max_length=24)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    person = models.BooleanField(default=False)  # says who somebody is

    class Meta:
        ordering = ["pk"]
        verbose_name = _("field of a package")
        verbose_name_plural = _("fields of packages")
        constraints = [models.UniqueConstraint(fields=["package", "code"], name="a_field_once_a_package")]

    def __str__(self) -> str:
        return f"{self.package_id} {self.code}"

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en


class Reading(models.Model):
    """That somebody of the department has read a field. Only ever added to."""

    class Way(models.TextChoices):
        PAGE = "page", _("on the page")
        SYSTEM = "system", _("by the department's system")

    package = models.ForeignKey(Package, models.PROTECT, related_name="readings")
    field = models.ForeignKey(SharedField, models.PROTECT, related_name="readings")
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    way = models.CharField(_("way"), max_length=6, choices=Way.choices)
    at = models.DateTimeField(_("read at"), default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("reading of a field")
        verbose_name_plural = _("readings of fields")
        indexes = [models.Index(fields=["package", "-id"])]

    def __str__(self) -> str:
        return f"{self.field_id} {self.by_id}"
