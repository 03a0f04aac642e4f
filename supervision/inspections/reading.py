"""Looks a line of a settled claim up in the warehouse, for a finding that names it."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from claims import warehouse
from institutions.models import Account
from supervision.hearing.apportioning import GROUPED
from supervision.moves import refuse_unless

from .models import Charge

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")


def line(institution: str, number: str, which: str, suspected: Decimal, *, account: Account) -> Charge:
    """The line as it stands now, not saved; refused where it was never settled, was taken back or is worth less."""
    claim = f"{institution}:{number}"
    seen = warehouse.seen_by(account).claim(claim)
    refuse_unless(seen is not None, _("There is no settled claim %(claim)s.") % {"claim": number})
    assert seen is not None
    rows = [row for row in seen.lines if row["charge"] == f"{claim}:{which}" and not row["netted"]]
    refuse_unless(bool(rows), _("The claim has no line %(line)s that still counts.") % {"line": which})
    row, header = rows[0], seen.header
    charged = amount(row["net_amount"])
    refuse_unless(suspected == suspected.quantize(FEN), _("An amount has no fractions of a fen."))
    refuse_unless(
        NOTHING < suspected <= charged,
        _("At most the ¥%(amount)s of the line are in question.") % {"amount": f"{charged:,}"},
    )
    grouped = header.get("pay_method") in GROUPED
    eligible = charged if row.get("eligible") is None else amount(row["eligible"])
    fund = (
        NOTHING if grouped else (min(suspected, eligible) * amount(header["fund_ratio"])).quantize(FEN, ROUND_HALF_UP)
    )
    return Charge(
        claim=claim, charge=f"{claim}:{which}", month=str(header["month"]), member=str(header.get("member") or ""),
        insured_area=str(header["insured_area"] or ""), about=str(row["item_name"] or row["item"] or "")[:200],
        amount=charged, suspected=suspected, fund=max(NOTHING, min(fund, suspected)),
    )  # fmt: skip


def amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else NOTHING
