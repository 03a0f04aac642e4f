"""The systems of other departments: the keys they sign with, where they are told, and what they are told."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .partners import Partner

ACCOUNT = "institutions.Account"


class DepartmentKey(models.Model):
    """A key by which a department's system signs. It acts in the name of the liaison who opened it; its secret is
    derived from the installation's own, never stored."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="keys")
    number = models.PositiveIntegerField()  # of this department: 1, 2, …
    account = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["partner", "-number"]
        verbose_name = _("key of a department")
        verbose_name_plural = _("keys of departments")
        constraints = [models.UniqueConstraint(fields=["partner", "number"], name="department_keys_are_numbered")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As the system sends it."""
        return f"department-{self.partner_id}.{self.number}"


class Endpoint(models.Model):
    """The address at which a department's system is told that there is something to look at."""

    partner = models.OneToOneField(Partner, models.PROTECT, primary_key=True, related_name="endpoint")
    url = models.URLField(_("address"), max_length=300)
    set_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("address of a department's system")
        verbose_name_plural = _("addresses of departments' systems")

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One message to a department's system, kept until it is delivered. It says where to look, never what is there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=30)  # package.given, lead.told, …
    about = models.CharField(max_length=40)
    body = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True)
    last_answer = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("message to a department's system")
        verbose_name_plural = _("messages to departments' systems")
        indexes = [models.Index(fields=["next_at"], condition=Q(delivered_at=None), name="delivery_waits")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
