"""The knowledge base: lists of points that rules consult, each point with its basis, source, place and time."""

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from institutions.models.territory import NATION
from supervision.language import in_chinese

from .lists import ON_NO_PAGE

if TYPE_CHECKING:
    from institutions.models import Account


class List(models.Model):
    """A list, as supervision/knowledge/lists.toml defines it; a rule reads it as the relation k_<name>."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    title_en = models.CharField(_("English name"), max_length=120)
    title_zh = models.CharField(_("Chinese name"), max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name = _("knowledge list")
        verbose_name_plural = _("knowledge lists")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("knowledge:list", args=[self.name])

    @property
    def title(self) -> str:
        return self.title_zh if in_chinese() else self.title_en


class KnowledgeBatch(models.Model):
    """One change of what is in force; its number is the knowledge version from then on."""

    number = models.BigAutoField(_("number"), primary_key=True)
    digest = models.CharField(_("hash"), max_length=64)
    folder = models.CharField(_("folder"), max_length=200, db_index=True)  # where a command loaded it from
    loaded_at = models.DateTimeField(_("moment"), auto_now_add=True)
    points = models.PositiveIntegerField(_("knowledge points"), default=0)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("loading of knowledge")
        verbose_name_plural = _("loadings of knowledge")

    def __str__(self) -> str:
        return f"{self.number}"


def around(account: "Account") -> tuple[str, set[str]]:
    """What the codes of an account's territory begin with, and the places around it."""
    assert account.territory is not None
    prefix = account.territory.prefix
    return prefix, {NATION, f"{prefix[:2]:0<6}", f"{prefix[:4]:0<6}"}


def concerns(place: str, account: "Account") -> bool:
    """Whether what holds in a place concerns an account: the nation's, around its territory, or within it."""
    if account.institution_id or account.territory is None:
        return False
    prefix, places = around(account)
    return place.startswith(prefix) or place in places


def holds_where(account: "Account") -> Q:
    """The places whose knowledge concerns an account, as a condition on rows."""
    if account.institution_id or account.territory is None:
        return Q(pk__in=[])
    prefix, places = around(account)
    return Q(place__startswith=prefix) | Q(place__in=places)


class SaidQuerySet(models.QuerySet["Point"]):
    def visible_to(self, account: "Account") -> "SaidQuerySet":
        """What holds where the account is, and what holds within its territory; never a neighbour's.

        Nobody reads here which insured persons a list names.
        """
        return self.filter(holds_where(account)).exclude(list__in=ON_NO_PAGE)

    def in_force(self) -> "SaidQuerySet":
        """What no batch has ended; each holds on its own days."""
        return self.filter(ended_by=None)

    def at(self, version: int) -> "SaidQuerySet":
        """What counted when this was the newest version."""
        return self.filter(Q(batch__lte=version) & (Q(ended_by=None) | Q(ended_by__gt=version)))


class Said(models.Model):
    """What a knowledge point says, wherever it stands."""

    list = models.ForeignKey(List, models.PROTECT, related_name="%(class)ss", verbose_name=_("knowledge list"))
    point = models.CharField(_("number"), max_length=120)
    key = models.CharField(_("what it speaks about"), max_length=200)
    values = models.JSONField(_("values"))  # the list's own columns
    place = models.CharField(_("place"), max_length=6)  # '000000' everywhere, else a province or pooling area
    valid = DateRangeField(_("valid"))  # both ends open where nothing is said; stored as [since, until)
    basis = models.TextField(_("legal basis"), blank=True)
    source = models.TextField(_("source"))
    verified = models.CharField(_("how sure"), max_length=200)
    # Of points that were published: the code of the national rule type, the batch, and where it was announced.
    national_rule = models.CharField(_("national rule"), max_length=30, blank=True)
    published_in = models.CharField(_("published in"), max_length=60, blank=True)
    announcement = models.TextField(_("announcement"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.list_id} {self.point}"


class Point(Said):
    """One knowledge point. `key` is what it speaks about (an item, a pair); at most one a key, place and day."""

    folder = models.CharField(max_length=200, blank=True)  # a later folder of this name replaces it
    batch = models.ForeignKey(KnowledgeBatch, models.PROTECT, related_name="loaded")
    ended_by = models.ForeignKey(KnowledgeBatch, models.PROTECT, null=True, blank=True, related_name="ended")

    objects = SaidQuerySet.as_manager()

    class Meta:
        ordering = ["list", "key", "place"]
        verbose_name = _("knowledge point")
        verbose_name_plural = _("knowledge points")
        constraints = [
            ExclusionConstraint(
                name="one_point_a_day",
                expressions=[
                    ("list", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_by__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["list", "point"]), models.Index(fields=["list", "key", "place"])]

    def get_absolute_url(self) -> str:
        return reverse("knowledge:point", args=[self.pk])


class Range(models.Model):
    """A range of codes in a named code list: low <= code < high. 'C34' is ('C34', 'C35')."""

    list = models.CharField(_("code list"), max_length=60, db_index=True)
    low = models.CharField(_("from"), max_length=40)
    high = models.CharField(_("to below"), max_length=40)
    source = models.TextField(_("source"))
    folder = models.CharField(max_length=200, blank=True)
    batch = models.ForeignKey(KnowledgeBatch, models.PROTECT, related_name="ranges")
    ended_by = models.ForeignKey(KnowledgeBatch, models.PROTECT, null=True, blank=True, related_name="ended_ranges")

    class Meta:
        verbose_name = _("range of codes")
        verbose_name_plural = _("ranges of codes")

    def __str__(self) -> str:
        return f"{self.list}: {self.low} to {self.high}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, account: "Account") -> "ProposalQuerySet":
        """Those of the places whose knowledge concerns the account."""
        return self.filter(holds_where(account))

    def within(self, account: "Account") -> "ProposalQuerySet":
        """Those whose whole reach lies in the account's territory: it may decide on them."""
        if account.institution_id or account.territory is None:
            return self.none()
        return self.filter(place__startswith=account.territory.prefix)


class Proposal(models.Model):
    """A batch of knowledge as it was prepared. Nothing of it reaches an engine before a second person approves it."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("waits for approval")
        IN_FORCE = "in_force", _("in force")
        REFUSED = "refused", _("refused")
        NOTHING = "nothing", _("nothing new")

    class Kind(models.TextChoices):
        SHEETS = "sheets", _("sheets")
        FOLDER = "folder", _("folder of lists")
        RETURN = "return", _("way back")
        ACTS = "acts", _("measures imposed and lifted")

    number = models.BigAutoField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=300)
    digest = models.CharField(_("hash"), max_length=64)
    place = models.CharField(_("place"), max_length=6)  # whose batch it is: the nation's, a province's or an area's
    status = models.CharField(_("state"), max_length=8, choices=Status.choices, default=Status.PREPARED)
    base = models.BigIntegerField(_("compared with version"))
    prepared_by = models.ForeignKey(
        "institutions.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prepared by")
    )
    prepared_at = models.DateTimeField(_("prepared at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        "institutions.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    version = models.OneToOneField(
        KnowledgeBatch, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name=_("version")
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )
    # In = accepted + rejected + same, by national rule type or family; and what was left aside.
    counts = models.JSONField(default=dict)
    left_aside = models.JSONField(default=list)
    endings = models.JSONField(default=dict)  # {number of a point: the day from which another supersedes it}

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("knowledge batch")
        verbose_name_plural = _("knowledge batches")
        constraints = [
            models.CheckConstraint(
                condition=Q(prepared_by=None) | Q(decided_by=None) | ~Q(prepared_by=F("decided_by")),
                name="prepared_and_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(status="in_force", version__isnull=False) | ~Q(status="in_force") & Q(version=None),
                name="in_force_has_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("knowledge:batch", args=[self.number])

    @property
    def waits(self) -> bool:
        return self.status == self.Status.PREPARED


class ProposedQuerySet(models.QuerySet["ProposedPoint"]):
    def visible_to(self, account: "Account") -> "ProposedQuerySet":
        """As with points in force: never a neighbour's, and no insured person's."""
        return self.filter(holds_where(account)).exclude(list__in=ON_NO_PAGE)


class ProposedPoint(Said):
    """One line of a batch as it was prepared, and what it would do to what is in force."""

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        ENDED = "ended", _("ended")
        SAME = "same", _("as it was")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    before = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="+"
    )  # what it takes over from
    remains = models.BooleanField(default=False)  # of what is ended: this shorter time is kept
    file = models.CharField(max_length=255, blank=True)
    row = models.PositiveIntegerField(default=0)

    objects = ProposedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["proposal", "kind", "list", "key"])]


class RejectedRow(models.Model):
    """A row of a sheet that cannot be used, with its place and the reason."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rejects")
    file = models.CharField(_("file"), max_length=255)
    sheet = models.CharField(_("sheet"), max_length=60, blank=True)
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=60, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    family = models.CharField(_("family"), max_length=60)
    reason = models.CharField(_("reason"), max_length=40)  # a code of rejecting.REASONS
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    points = models.PositiveIntegerField(_("knowledge points"))  # how many points the row would have made

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["proposal", "reason"])]

    def __str__(self) -> str:
        return f"{self.file}:{self.row} {self.reason}"
