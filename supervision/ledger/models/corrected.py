"""What an institution has reported itself and returns: known below hearings, so that no fen is paid twice."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution

from .book import Item


class SelfCorrectedQuerySet(models.QuerySet["SelfCorrected"]):
    def touching(self, pairs: "list[tuple[str, str]]") -> "SelfCorrectedQuerySet":
        """Those in these charges; where a claim is named without a charge, in any of its charges."""
        charges = [charge for _claim, charge in pairs if charge]
        whole = [claim for claim, charge in pairs if claim and not charge]
        return self.filter(Q(charge__in=charges) | Q(claim__in=whole))


class SelfCorrected(models.Model):
    """One line of a settled claim that was taken in as self-reported, and how lightly damages take it."""

    item = models.OneToOneField(
        Item, models.PROTECT, null=True, related_name="self_corrected"
    )  # none: no money of the fund
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    record = models.CharField(_("report"), max_length=60)
    claim = models.CharField(_("claim"), max_length=120)
    charge = models.CharField(_("line"), max_length=160, unique=True)
    amount = models.DecimalField(_("charged too much"), max_digits=18, decimal_places=2)
    fund = models.DecimalField(_("of it paid by the fund"), max_digits=18, decimal_places=2)
    factor = models.DecimalField(_("factor on damages"), max_digits=8, decimal_places=4)
    reason = models.TextField(_("where the factor comes from"))

    objects = SelfCorrectedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("self-corrected line")
        verbose_name_plural = _("self-corrected lines")
        indexes = [models.Index(fields=["claim"]), models.Index(fields=["record"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, fund__gte=0, fund__lte=F("amount"), factor__gte=0),
                name="self_corrected_line_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.charge

    @property
    def counts(self) -> Decimal:
        """What of the fund's part damages are reckoned from."""
        return self.fund * self.factor
