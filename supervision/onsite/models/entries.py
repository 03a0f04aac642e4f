"""What was written on site. Each entry has the id and the digest that the device gave it, and is never changed."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .visits import ACCOUNT, Device, Visit


class Entry(models.Model):
    """One entry as the device wrote it: `text` is JSON to the letter, `digest` its SHA-256."""

    class Kind(models.TextChoices):
        ANSWER = "answer", pgettext_lazy("of an entry", "answer to a line of the list")
        PHOTO = "photo", pgettext_lazy("of an entry", "photo")
        STATEMENT = "statement", pgettext_lazy("of an entry", "statement")
        SIGNATURE = "signature", pgettext_lazy("of an entry", "signature")

    class Answer(models.TextChoices):
        KEPT = "kept", pgettext_lazy("of a checklist", "in order")
        BROKEN = "broken", pgettext_lazy("of a checklist", "not in order")
        OPEN = "open", pgettext_lazy("of a checklist", "to be looked into")
        NONE = "none", pgettext_lazy("of a checklist", "does not apply")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="entries")
    ident = models.UUIDField(_("entry"), unique=True)  # made by the device
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    item = models.CharField(_("line of the list"), max_length=10, blank=True)
    text = models.TextField(_("as written"))
    digest = models.CharField(_("digest"), max_length=64)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, related_name="entries")
    made_at = models.DateTimeField(_("written at"))  # by the device's clock
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    late = models.BooleanField(_("came after the seal"), default=False)

    class Meta:
        ordering = ["made_at", "ident"]
        verbose_name = _("entry of a visit")
        verbose_name_plural = _("entries of visits")
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="entry_has_a_digest"),
            models.CheckConstraint(
                condition=Q(kind__in=["answer", "photo", "statement", "signature"]), name="entry_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.ident)

    @cached_property
    def said(self) -> dict[str, Any]:
        """What stands in it."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def follows(self) -> list[str]:
        """The entries in whose place it stands."""
        return [str(one) for one in self.said["follows"]]

    def get_answer_display(self) -> str:
        return str(self.Answer(self.said["answer"]).label)

    @property
    def picture_or_none(self) -> "Picture | None":
        return getattr(self, "picture", None)


class Picture(models.Model):
    """The photo or signature of an entry: the bytes that the device sent, and a harmless copy that pages show."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="picture")
    file = models.FileField(_("as taken"), upload_to="onsite", max_length=200)
    digest = models.CharField(_("digest"), max_length=64)  # SHA-256, worked out by the device when it was taken
    size = models.PositiveIntegerField(_("size"))  # bytes
    shown = models.FileField(_("copy"), upload_to="onsite", max_length=200)
    shown_digest = models.CharField(_("digest of the copy"), max_length=64)
    shown_kind = models.CharField(_("kind of file"), max_length=40)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("picture of a visit")
        verbose_name_plural = _("pictures of visits")

    def __str__(self) -> str:
        return self.digest
