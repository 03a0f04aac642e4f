"""The recent history of members as the review at the desk looks it up: a row a claim, its lines packed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecentClaim(models.Model):
    """A sound claim of the last three years, as it lies in the warehouse. What intake keeps here, nobody else changes.

    The packs hold neither the member nor the claim (claims/recent/packing.py).
    """

    pk = models.CompositePrimaryKey("member", "claim")
    member = models.CharField(max_length=50)
    claim = models.CharField(max_length=120)
    month = models.PositiveSmallIntegerField()  # of its settlement, counted from the year 0
    batch = models.ForeignKey("claims.Batch", models.PROTECT, related_name="+")
    header = models.BinaryField()
    lines = models.BinaryField(null=True)
    diagnoses = models.BinaryField(null=True)
    operations = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("recent claim")
        verbose_name_plural = _("recent claims")

    def __str__(self) -> str:
        return self.claim


class RegisterWord(models.Model):
    """What a register last said under a key: of a practitioner, of an institution, of a member."""

    pk = models.CompositePrimaryKey("register", "column", "key")
    register = models.CharField(max_length=20)
    column = models.CharField(max_length=20)  # the column that holds the key
    key = models.CharField(max_length=60)
    rows = models.JSONField()

    class Meta:
        verbose_name = _("word of a register")
        verbose_name_plural = _("words of registers")

    def __str__(self) -> str:
        return f"{self.register} {self.key}"
