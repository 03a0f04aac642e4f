"""What only referrals know: to police and court, to discipline inspection, to other departments."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.clocks.models import Clock

from .cases import Case
from .proceedings import Proceeding

ACCOUNT = "institutions.Account"


class Referral(models.Model):
    """A part of a case in the hands of others: what was sent on which ground, and what came back."""

    proceeding = models.OneToOneField(Proceeding, models.CASCADE, primary_key=True, related_name="referral")
    legal_basis = models.TextField(blank=True)
    report = models.TextField(blank=True)  # of the officers: what makes it a matter for those it goes to
    second_officer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")  # who signs it too
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=120, blank=True)
    filed_number = models.CharField(max_length=120, blank=True)  # of the police's case
    reply = models.TextField(blank=True)
    result = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True)
    criminal_fine = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    credited = models.DecimalField(max_digits=18, decimal_places=2, default=0)  # of earlier fines against it
    held_clocks = models.ManyToManyField(Clock, related_name="+")  # that stand still while others have the case
    reused_in = models.ForeignKey(Case, models.PROTECT, null=True, related_name="reuses")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(sent_at__isnull=False), name="received_after_it_was_sent"
            ),
            models.CheckConstraint(
                condition=Q(credited=0) | Q(criminal_fine__gte=models.F("credited")), name="credited_within_the_fine"
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.proceeding_id}"


class PackageItem(models.Model):
    """One piece of what was handed to others with a referral."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("transfer letter")
        REPORT = "report", _("investigation report")
        LIST = "list", _("list of items")
        APPRAISAL = "appraisal", _("appraisal or inspection report")
        MATERIAL = "material", _("other material")

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="package")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    name = models.CharField(max_length=200)
    document = models.CharField(max_length=80, blank=True)  # number of a document issued here
    added_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
