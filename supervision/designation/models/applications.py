"""An application for designation: what an institution asks, what it encloses, and where that stands."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution, Insurer
from supervision.clocks.models import Clock
from supervision.documents.cleaning import JPEG, PDF, PNG, XLSX
from supervision.moves import Movable, MoveEvent

from .reference import Criterion

if TYPE_CHECKING:
    from .assessments import Assessment
    from .contracts import Contract
    from .objections import ObjectionQuerySet

ACCOUNT = "institutions.Account"


class Standing(models.TextChoices):
    """Where an application stands (the brief's state machine of applications)."""

    DRAFT = "draft", _("being written")
    SUBMITTED = "submitted", _("submitted")
    SUPPLEMENT = "supplement", _("to be supplemented")
    NOT_ACCEPTED = "not_accepted", _("not accepted")
    ACCEPTED = "accepted", _("accepted")
    ASSESSING = "assessing", _("being assessed")
    FAILED = "failed", _("not passed")
    RECTIFYING = "rectifying", _("being put right")
    REASSESSING = "reassessing", _("being assessed again")
    BARRED = "barred", _("not passed, barred for a time")
    PASSED = "passed", _("passed")
    PUBLICISED = "publicised", _("publicised")
    NEGOTIATING = "negotiating", _("agreement being negotiated")
    SIGNED = "signed", _("agreement signed")
    NO_AGREEMENT = "no_agreement", _("no agreement reached")
    WITHDRAWN = "withdrawn", _("withdrawn")


OVER = (Standing.NOT_ACCEPTED, Standing.BARRED, Standing.SIGNED, Standing.NO_AGREEMENT, Standing.WITHDRAWN)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, account: Account) -> "ApplicationQuerySet":
        """An institution's own; at the desk those to agencies of the territory or from it, once they were sent."""
        if account.institution_id:
            return self.filter(institution=account.institution_id)
        if account.territory is None:
            return self.none()
        prefix = account.territory.prefix
        here = Q(insurer__pooling_area__code__startswith=prefix) | Q(institution__division__code__startswith=prefix)
        return self.filter(here, submitted_at__isnull=False)

    def under_way(self) -> "ApplicationQuerySet":
        return self.exclude(state__in=OVER)

    def publicised(self) -> "ApplicationQuerySet":
        """What anybody may read and object to now."""
        return self.filter(state=Standing.PUBLICISED)


class Application(Movable):
    """One institution asks one agency to be designated."""

    number = models.CharField(_("number"), max_length=30, unique=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="applications", verbose_name=_("institution")
    )
    insurer = models.ForeignKey(Insurer, models.PROTECT, related_name="applications", verbose_name=_("agency"))
    contact = models.CharField(_("whom to ask"), max_length=60, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    opened_on = models.DateField(_("business begun on"), null=True)
    words = models.TextField(_("what else is to be known"), blank=True)
    begun_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    supplemented = models.BooleanField(_("a supplement was asked for"), default=False)  # once, and all of it
    barred_until = models.DateField(_("barred until"), null=True)
    promise = models.CharField(_("commitment in place of proof"), max_length=80, blank=True)  # number, when submitted
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["ApplicationEvent"]
        files: "OfAnApplicationQuerySet"
        answers: models.QuerySet["ChecklistAnswer"]
        assessments: models.QuerySet["Assessment"]
        contracts: models.QuerySet["Contract"]
        objections: "ObjectionQuerySet"

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("application for designation")
        verbose_name_plural = _("applications for designation")
        indexes = [models.Index(fields=["insurer", "-id"]), models.Index(fields=["institution", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Standing.values), name="application_state_is_known"),
            models.UniqueConstraint(
                fields=["institution", "insurer"], condition=~Q(state__in=OVER), name="one_application_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="withdrawn")
                | ~Q(state="draft") & Q(submitted_at__isnull=False),
                name="application_was_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state="barred") | Q(barred_until__isnull=False), name="application_barred_until_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("designation:application", args=[self.number])

    def get_state_display(self) -> str:
        return str(Standing(self.state).label)

    @property
    def place(self) -> str:
        """The pooling area whose limits hold."""
        return self.insurer.pooling_area_id

    def reaches(self, account: Account) -> bool:
        if account.institution_id:
            return account.institution_id == self.institution_id
        if account.territory is None or self.submitted_at is None:
            return False
        return self.place.startswith(account.territory.prefix)

    @property
    def assessment(self) -> "Assessment | None":
        """The last one."""
        return self.assessments.order_by("-round").first()


class ApplicationEvent(MoveEvent):
    application = models.ForeignKey(Application, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(Standing(self.after).label)


class OfAnApplicationQuerySet(models.QuerySet["ApplicationFile"]):
    def visible_to(self, account: Account) -> "OfAnApplicationQuerySet":
        """Those of applications that it sees; an institution reads a third party's report once the round is decided."""
        seen = self.filter(application__in=Application.objects.visible_to(account))
        return seen.filter(Q(round=None) | Q(round__passed__isnull=False)) if account.institution_id else seen

    def enclosed(self) -> "OfAnApplicationQuerySet":
        """What the applicant sent."""
        return self.filter(round=None)


class ApplicationFile(models.Model):
    """A harmless copy of a file: enclosed by the applicant, beside the condition that it proves where one is named, or
    the report of a third party about a round of assessment.
    """

    KINDS = [(PDF, "PDF"), (JPEG, "JPEG"), (PNG, "PNG"), (XLSX, "Excel")]

    application = models.ForeignKey(Application, models.PROTECT, related_name="files")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, blank=True, related_name="+")
    round = models.ForeignKey("designation.Assessment", models.PROTECT, null=True, blank=True, related_name="reports")
    file = models.FileField(upload_to="designation/%Y/%m", max_length=200)
    kind = models.CharField(max_length=80, choices=KINDS)
    name = models.CharField(max_length=160)
    size = models.PositiveIntegerField()
    given_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    added_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = OfAnApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of applications")

    def __str__(self) -> str:
        return self.name


class ChecklistAnswer(models.Model):
    """What the applicant says to one condition."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    meets = models.BooleanField(_("met"), default=False)
    words = models.CharField(_("in words"), max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__order", "pk"]
        verbose_name = _("answer to a condition")
        verbose_name_plural = _("answers to conditions")
        constraints = [models.UniqueConstraint(fields=["application", "criterion"], name="one_answer_a_condition")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.criterion_id}"
