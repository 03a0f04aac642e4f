"""Numbered letters: what was issued, to the letter, on whom it was served, and who received it."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.clocks.models import Clock

from .kinds import KINDS

ACCOUNT = settings.AUTH_USER_MODEL


class Party(models.TextChoices):
    """Who writes: an order is the bureau's, what rests on an agreement the agency's."""

    AUTHORITY = "authority", _("medical security department")
    HANDLING = "handling", _("handling agency")


class Letterhead(models.Model):
    """What an office signs with: its name, and the short one that opens its reference numbers."""

    place = models.CharField(_("place"), max_length=6)  # division
    party = models.CharField(_("whose office"), max_length=9, choices=Party.choices, default=Party.AUTHORITY)
    place_zh = models.CharField(_("place in Chinese"), max_length=60)
    office_zh = models.CharField(_("office in Chinese"), max_length=120)
    office_en = models.CharField(_("office in English"), max_length=200)
    # 云医保; of two places of one name the second signs with its code too, until an administrator says otherwise
    sign = models.CharField(_("office's sign"), max_length=20, unique=True)
    # Who hears a challenge of the office's decisions; where nothing is entered, letters name them by jurisdiction.
    organ_zh = models.CharField(_("reconsideration organ in Chinese"), max_length=120, blank=True, default="")
    organ_en = models.CharField(_("reconsideration organ in English"), max_length=200, blank=True, default="")
    court_zh = models.CharField(_("court in Chinese"), max_length=120, blank=True, default="")
    court_en = models.CharField(_("court in English"), max_length=200, blank=True, default="")

    class Meta:
        ordering = ["place", "party"]
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        constraints = [models.UniqueConstraint(fields=["place", "party"], name="one_letterhead_a_place_and_party")]

    def __str__(self) -> str:
        return self.office_zh

    @property
    def head_zh(self) -> dict[str, str]:
        """The office, and before whom its decisions are challenged, as a Chinese letter names them."""
        return {
            "office": self.office_zh,
            "organ": self.organ_zh or "对本机关有管辖权的行政复议机关",
            "suit_court": self.court_zh or "有管辖权的人民法院",
        }

    @property
    def head_en(self) -> dict[str, str]:
        return {
            "office": self.office_en,
            "organ": self.organ_en or self.organ_zh or "the reconsideration organ that has jurisdiction",
            "suit_court": self.court_en or self.court_zh or "the people's court that has jurisdiction",
        }


class Series(models.Model):
    """The numbers of one kind of letter of an office and year, without gaps: whoever takes the next holds the row."""

    place = models.CharField(max_length=6)
    party = models.CharField(max_length=9, choices=Party.choices, default=Party.AUTHORITY)
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "party", "kind", "year"], name="one_series_an_office_kind_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.kind} {self.year}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, account: Any) -> "DocumentQuerySet":
        """Those issued in the account's territory; an institution sees what was served on it."""
        if account.institution_id:
            return self.filter(services__institution=account.institution_id).distinct()
        if account.territory is None:
            return self.none()
        return self.filter(place__startswith=account.territory.prefix)


class Document(models.Model):
    """A letter as it was issued. Nothing of it is ever changed: who errs issues another."""

    kind = models.CharField(_("kind"), max_length=30)  # of KINDS
    place = models.CharField(_("place"), max_length=6)
    place_name = models.CharField(max_length=60)
    party = models.CharField(_("whose office"), max_length=9, choices=Party.choices, default=Party.AUTHORITY)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    reference = models.CharField(_("reference"), max_length=60, unique=True)  # 云医保罚告字〔2026〕12号
    about = models.CharField(_("about"), max_length=120)  # "hearing 12", a case's or a proceeding's number
    address = models.CharField(max_length=200, blank=True)  # of the page of what it is about
    facts = models.JSONField()
    text_zh = models.TextField()  # what counts in law
    text_en = models.TextField()  # a reading copy
    template_hash = models.CharField(max_length=64)  # SHA-256 of the Chinese template
    code = models.CharField(_("verification code"), max_length=19, unique=True)
    pdf = models.FileField(max_length=200)
    pdf_digest = models.CharField(max_length=64)
    docx = models.FileField(max_length=200)
    docx_digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # nobody: the site itself

    objects = DocumentQuerySet.as_manager()

    if TYPE_CHECKING:
        services: models.QuerySet["Service"]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["about"]),
            models.Index(fields=["place", "-id"]),
            models.Index(fields=["kind", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["place", "party", "kind", "year", "number"], name="a_number_is_given_once"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])

    def get_kind_display(self) -> str:
        return str(KINDS[self.kind].words)


class ServiceQuerySet(models.QuerySet["Service"]):
    def visible_to(self, account: Any) -> "ServiceQuerySet":
        """Services of the documents the account sees; of an institution, those on itself."""
        if account.institution_id:
            return self.filter(institution=account.institution_id)
        return self.filter(document__in=Document.objects.visible_to(account))


class Service(models.Model):
    """A document on its way to whom it is for."""

    class Method(models.TextChoices):
        DIRECT = "direct", _("handed over in person")
        LEFT = "left", _("left behind before witnesses")
        POST = "post", _("by post")
        ELECTRONIC = "electronic", _("electronically")
        PUBLIC = "public", _("by public notice")

    document = models.ForeignKey(Document, models.PROTECT, related_name="services")
    to = models.CharField(_("to"), max_length=200)
    institution = models.CharField(
        _("institution"), max_length=30, blank=True
    )  # code; it sees the document from now on
    method = models.CharField(_("way"), max_length=10, choices=Method.choices)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")  # by when it must have arrived
    served_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    served_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    objects = ServiceQuerySet.as_manager()

    if TYPE_CHECKING:
        receipt: "Receipt"

    class Meta:
        ordering = ["pk"]
        verbose_name = _("service of a letter")
        verbose_name_plural = _("services of letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=["direct", "left", "post", "electronic", "public"]),
                name="way_of_service_is_known",
            ),
            models.CheckConstraint(condition=~Q(to=""), name="service_names_to_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} to {self.to}"

    @property
    def received(self) -> "Receipt | None":
        return getattr(self, "receipt", None)


class Receipt(models.Model):
    """That a document has arrived: who took it, when, and who wrote it down."""

    service = models.OneToOneField(Service, models.PROTECT, related_name="receipt")
    by_name = models.CharField(_("received by"), max_length=120)
    on = models.DateTimeField(_("received on"))
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.CheckConstraint(condition=~Q(by_name=""), name="receipt_names_who"),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("on")), name="received_before_it_is_written_down"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} by {self.by_name}"
