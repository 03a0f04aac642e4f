"""Passes what came back on to the funds that had paid: by pooling area and insurance, as the ledger knows them.

A payment may be taken back, or repaid, after it was passed on: then the fund holds too much, and it is called back.
"""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.ledger.models import RETURNED
from supervision.moves import Made, refuse_unless

from . import owed
from .models import Case, Proceeding, Remittance
from .timing import case_of

Sums = dict[tuple[str, str], Decimal]  # yuan, by pooling area and insurance


def by_fund(case: Case) -> Sums:
    """What of the case came back and is not passed on yet."""
    return {fund: amount for fund, amount in differences(case).items() if amount > 0}


def too_much(case: Case) -> Sums:
    """What was passed on and has gone back since: the funds owe it."""
    return {fund: -amount for fund, amount in differences(case).items() if amount < 0}


def differences(case: Case) -> Sums:
    """What came back, less what was passed on."""
    items = {item.pk: item for item in owed.refunds(case)}
    sums: dict[tuple[str, str], Decimal] = defaultdict(lambda: owed.NOTHING)
    for key, amount in owed.standing(items.values(), *RETURNED).items():
        sums[items[key].pooling_area_id, items[key].fund] += amount
    for done in Remittance.objects.filter(proceeding__case=case):
        sums[done.pooling_area_id, done.fund] -= done.amount
    return dict(sorted(sums.items()))


def something_too_much(proceeding: Proceeding, by: Account) -> None:
    """More was passed on than has come back."""
    refuse_unless(bool(too_much(proceeding.case)), _("No fund holds more of this case than has come back."))


def nothing_too_much(about: Case | Proceeding, by: Account) -> None:
    """No fund holds more of the case's money than has come back."""
    left = sum(too_much(case_of(about)).values(), owed.NOTHING)
    refuse_unless(
        left == 0, _("¥%(left)s was passed on and has gone back since: call it back first.") % {"left": f"{left:,}"}
    )


def remit(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down what goes to which fund"""
    # Two recoveries of one case share its money: the second sees what the first has passed on.
    Case.objects.select_for_update(of=("self",)).get(pk=proceeding.case_id)
    sums = by_fund(proceeding.case)
    written_off = not sums and owed.outstanding(owed.refunds(proceeding.case)) == 0
    refuse_unless(bool(sums) or written_off, _("Nothing has come back."))
    write(proceeding, made, sums)


def call_back(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down what each fund gives back"""
    Case.objects.select_for_update(of=("self",)).get(pk=proceeding.case_id)
    write(proceeding, made, {fund: -amount for fund, amount in too_much(proceeding.case).items()})


def write(proceeding: Proceeding, made: Made[Proceeding], sums: Sums) -> None:
    Remittance.objects.bulk_create(
        Remittance(
            proceeding=proceeding, pooling_area_id=area, fund=fund, amount=amount,
            voucher=made.facts["voucher"], on=made.facts["on"],
        )
        for (area, fund), amount in sums.items()
    )  # fmt: skip
