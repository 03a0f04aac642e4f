"""Lays a settlement beside warehouse, ledger, bank and prepayments: what does not agree to the fen is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from supervision.ledger.models import Posting, Stage

from . import gathering
from .models import Drawdown, MonthlySettlement, SettlementLine, SettlementPayment
from .reckoning import NOTHING


@dataclass(frozen=True)
class Compared:
    """One figure of ours beside the same figure as another record has it."""

    words: Promise
    ours: Decimal
    theirs: Decimal

    @property
    def agrees(self) -> bool:
        return self.ours == self.theirs


def compared(settlement: MonthlySettlement) -> list[Compared]:
    """Every figure that another record knows too."""
    return [*against_the_warehouse(settlement), *against_its_lines(settlement), *against_what_was_booked(settlement)]


def against_the_warehouse(settlement: MonthlySettlement) -> Iterator[Compared]:
    sums = gathering.sums_of(settlement, settlement.snapshot)
    yield Compared(_("Declared, by the claims themselves"), settlement.declared, sums.paid if sums else NOTHING)


def against_its_lines(settlement: MonthlySettlement) -> Iterator[Compared]:
    added = dict(settlement.lines.order_by().values_list("figure").annotate(Sum("amount")))
    for figure in SettlementLine.Figure:
        yield Compared(figure.label, getattr(settlement, figure), added.get(figure.value, NOTHING))


def against_what_was_booked(settlement: MonthlySettlement) -> Iterator[Compared]:
    yield Compared(
        _("Refused and set off, by the ledger"), settlement.refused + settlement.offset, in_ledger(settlement)
    )
    drawn = Drawdown.objects.filter(settlement=settlement)
    yield Compared(_("Set off of prepayments"), settlement.prepaid_offset, total(drawn))
    paid = SettlementPayment.objects.filter(settlement=settlement, what=SettlementPayment.What.MONTH)
    yield Compared(_("Payable, by the bank's voucher"), settlement.payable, total(paid))


def in_ledger(settlement: MonthlySettlement) -> Decimal:
    """What the ledger says came back by this settlement."""
    return total(
        Posting.objects.filter(
            stage=Stage.OFFSET, entry__voucher=settlement.number.upper(), item__institution=settlement.institution_id
        )
    )


def total(rows: object) -> Decimal:
    found: Decimal = rows.aggregate(sum=Sum("amount", default=NOTHING))["sum"]  # type: ignore[attr-defined]
    return found
