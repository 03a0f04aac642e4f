"""That a place in the text names nobody although it looks so: who says that, and why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .cases import ACCOUNT, TypicalCase


class Kind(models.TextChoices):
    """What the check looks for."""

    NAME = "name", _("a person's name")
    ID_NUMBER = "id_number", _("an identity number")
    PHONE = "phone", _("a telephone number or another way to reach somebody")
    BANK = "bank", _("a bank card or account")
    ADDRESS = "address", _("an address")
    CODE = "code", _("a code of a member, a person or a record")
    INSTITUTION = "institution", _("an institution that is not to be named")


class Excuse(models.Model):
    """One find, excused with a reason by somebody who did not write the text."""

    typical = models.ForeignKey(TypicalCase, models.PROTECT, related_name="excuses")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    text = models.CharField(max_length=200)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["typical", "kind", "text"], name="a_find_is_excused_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_excuse_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return f"excuse {self.pk} of {self.typical_id}"
