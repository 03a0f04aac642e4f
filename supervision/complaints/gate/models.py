"""What strangers have sent, and what they have proved. No row says when: only on which day."""

from typing import TYPE_CHECKING

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from datetime import date


def today() -> "date":
    return timezone.localdate()


class Kind(models.TextChoices):
    """What a file can be, as far as its limits are concerned."""

    PHOTO = "photo", gettext_lazy("photo")
    PDF = "pdf", gettext_lazy("PDF")
    AUDIO = "audio", gettext_lazy("sound")
    VIDEO = "video", gettext_lazy("film")


class State(models.TextChoices):
    COMING = "coming", gettext_lazy("coming in")
    CAME = "came", gettext_lazy("has come in, and is being made anew")
    KEPT = "kept", gettext_lazy("kept")
    WAITING = "waiting", gettext_lazy("waits for the virus scanner")
    INFECTED = "infected", gettext_lazy("held back: the virus scanner found something in it")
    DAMAGED = "damaged", gettext_lazy("could not be read, and was not kept")


class UploadQuerySet(models.QuerySet["Upload"]):
    def unclaimed(self) -> "UploadQuerySet":
        return self.filter(subject="")

    def whole(self) -> "UploadQuerySet":
        """Those of which everything has come and was checked."""
        return self.exclude(state=State.COMING)


class Upload(models.Model):
    """A file on its way in, or kept sealed on the disk under its mark."""

    mark = models.CharField(max_length=80, unique=True)  # keyed, of a token that only the sender's page holds
    kind = models.CharField(max_length=8, choices=Kind, blank=True)
    media_type = models.CharField(max_length=80, blank=True)  # of what is kept, proved by the content
    size = models.PositiveBigIntegerField()  # told beforehand; of what is kept, once it is kept
    offset = models.PositiveBigIntegerField(default=0)  # bytes that have come and will not be lost
    stored = models.PositiveBigIntegerField(default=0)  # bytes of the sealed file that hold them
    frames = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.COMING)
    name_sealed = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what is kept
    subject = models.CharField(max_length=40, blank=True, db_index=True)  # the complaint's number
    given_on = models.DateField(default=today)
    token = ""  # in the hands of whoever has just begun it, never in the row

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("upload")
        verbose_name_plural = gettext_lazy("uploads")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.COMING) | ~models.Q(media_type=""), name="gate_kept_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(subject="") | ~models.Q(state=State.COMING), name="gate_claimed_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def may_be_opened(self) -> bool:
        return self.state == State.KEPT


class SpentManager(models.Manager["Spent"]):
    def spend(self, digest: str, until: "date") -> bool:
        """Whether it was not spent before: one statement, and of two at once the database lets one through."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO gate_spent (digest, until) VALUES (%s, %s) ON CONFLICT DO NOTHING", [digest, until]
            )
            return bool(cursor.rowcount)


class Spent(models.Model):
    """A proof that has let somebody in, or one use of a ticket for files. Its digest tells nobody whose it was."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateField()  # after this day it would be refused as expired anyway

    objects = SpentManager()

    class Meta:
        verbose_name = gettext_lazy("spent proof")
        verbose_name_plural = gettext_lazy("spent proofs")

    def __str__(self) -> str:
        return self.digest[:8]
