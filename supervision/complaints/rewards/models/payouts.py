"""How a reward is paid: an order to the department's finance without a name, and what finance has booked.

The money is the department's own budget: no book of the fund is touched.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.models import Division

from .rewards import ACCOUNT, Reward


class RewardVoucher(models.Model):
    """An order to pay a reward: its number, the sum and the report's number. Who gets it lies in the vault."""

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="vouchers")
    number = models.CharField(_("voucher"), max_length=40, unique=True)  # the reward's number, and which of its orders
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")
    void_on = models.DateField(_("void since"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="reward_voucher_above_zero"),
            models.UniqueConstraint(fields=["reward"], condition=Q(void_on=None), name="one_voucher_a_reward"),
        ]

    def __str__(self) -> str:
        return self.number


class RewardPayment(models.Model):
    """What finance has booked: a reward that was paid, or one that came back. Each once a reward."""

    class Way(models.TextChoices):
        OUT = "out", _("paid out")
        BACK = "back", _("came back")

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="payments")
    way = models.CharField(_("out or back"), max_length=4, choices=Way.choices)
    voucher = models.OneToOneField(RewardVoucher, models.PROTECT, null=True, related_name="payment")  # of what is paid
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    place = models.ForeignKey(Division, models.PROTECT, related_name="+")  # the prefecture, whose bank numbers it
    bank_voucher = models.CharField(_("voucher of the bank"), max_length=80)
    day = models.DateField(_("day"))
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reward", "way"], name="one_payout_a_reward"),
            models.UniqueConstraint(fields=["place", "way", "bank_voucher"], name="a_reward_voucher_counts_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="reward_payment_above_zero"),
            models.CheckConstraint(
                condition=Q(way="out", voucher__isnull=False) | Q(way="back", voucher__isnull=True),
                name="a_payout_has_its_voucher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.reward_id}"
