"""What somebody objects to an application while it is publicised, and the answer."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Department, Duty, Insurer
from supervision.moves import Movable, MoveEvent
from supervision.words import Sealed

from .applications import Application
from .assessments import Assessment


class Reply(models.TextChoices):
    """Where an objection stands."""

    OPEN = "open", _("not answered yet")
    UPHELD = "upheld", _("upheld")
    DISMISSED = "dismissed", _("not upheld")


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, account: Account) -> "ObjectionQuerySet":
        """Those of applications that the account sees at the desk. The applicant does not read who speaks against."""
        if account.institution_id:
            return self.none()
        return self.filter(application__in=Application.objects.visible_to(account))

    def unanswered(self) -> "ObjectionQuerySet":
        return self.filter(state=Reply.OPEN)


class Objection(Movable):
    """One objection. Words, name and how to reach who objects are sealed; a keyed mark finds it by its receipt."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="objections")
    round = models.ForeignKey(Assessment, models.PROTECT, related_name="objections")  # whose result it is about
    words_sealed = models.TextField()
    name_sealed = models.TextField()
    contact_sealed = models.TextField()
    mark = models.CharField(max_length=80, unique=True)
    received_on = models.DateField(_("received on"), default=timezone.localdate)

    forgotten_on = models.DateField(_("name and contact erased on"), null=True)

    words, name, contact = Sealed(), Sealed(), Sealed()

    objects = ObjectionQuerySet.as_manager()

    if TYPE_CHECKING:
        events: models.QuerySet["ObjectionEvent"]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("objection to a designation")
        verbose_name_plural = _("objections to designations")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Reply.values), name="objection_state_is_known"),
            models.CheckConstraint(
                condition=~Q(words_sealed="") & ~Q(mark=""),
                name="objection_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(name_sealed="") & ~Q(contact_sealed="") & Q(forgotten_on__isnull=True)
                | Q(name_sealed="", contact_sealed="", forgotten_on__isnull=False),
                name="objection_says_who_until_that_is_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("designation:objection", args=[self.number])

    def get_state_display(self) -> str:
        return str(Reply(self.state).label)

    @property
    def sealed_for(self) -> str:
        return f"objection {self.number}"

    @property
    def insurer(self) -> Insurer:
        return self.application.insurer

    @property
    def insurer_id(self) -> str:
        return self.application.insurer_id

    @property
    def answer(self) -> str:
        """What the agency answered; nothing yet where it has not."""
        last = self.events.filter(after__in=[Reply.UPHELD, Reply.DISMISSED]).last()
        return last.note if last else ""

    def reaches(self, account: Account) -> bool:
        return account.institution_id is None and self.application.reaches(account)

    def tells_who(self, account: Account) -> bool:
        """Whether the account is one of those at the agency who answer it, and so may read name and contact."""
        party = account.department.party if account.department else None
        at_it = party == Department.Party.HANDLING and account.insurer_id in (None, self.insurer_id)
        return at_it and self.reaches(account) and (account.holds(Duty.AGREE) or account.holds(Duty.DECIDE))


class ObjectionEvent(MoveEvent):
    objection = models.ForeignKey(Objection, models.PROTECT, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False

    @property
    def after_words(self) -> str:
        return str(Reply(self.after).label)
