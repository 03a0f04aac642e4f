"""Looks a line of a settled claim up in the warehouse, and says what of it the fund paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from claims import warehouse
from institutions.models import Account
from supervision.hearing.models import HearingLine
from supervision.hearing.models import State as Heard
from supervision.moves import refuse_unless

from .models import Report, ReportedLine

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
LET_GO = (Heard.RELEASED, Heard.WITHDRAWN)


@dataclass(frozen=True)
class Found:
    """A line of a claim as it was settled."""

    claim: str
    charge: str
    month: str
    fund: str
    insured_area: str
    about: str
    amount: Decimal
    ratio: Decimal  # of a charge, what the fund paid
    paid: Decimal  # by the fund for the whole claim


def line(number: str, which: str, *, account: Account) -> Found:
    """The line of the account's own claim; refused where it was never settled or was taken back."""
    claim = f"{account.institution_id}:{number}"
    seen = warehouse.seen_by(account).claim(claim)
    refuse_unless(seen is not None, _("There is no settled claim %(claim)s.") % {"claim": number})
    assert seen is not None
    charge = f"{claim}:{which}"
    rows = [row for row in seen.lines if row["charge"] == charge and not row["netted"]]
    refuse_unless(bool(rows), _("The claim has no line %(line)s that still counts.") % {"line": which})
    return as_found(seen.header, rows[0])


def as_found(header: Mapping[str, object], row: Mapping[str, object]) -> Found:
    return Found(
        str(row["claim"]), str(row["charge"]), str(header["month"]), str(header["insurance"] or ""),
        str(header["insured_area"] or ""), str(row["item_name"] or row["item"] or ""), amount(row["net_amount"]),
        amount(header["fund_ratio"]), amount(header["paid"]),
    )  # fmt: skip


def amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else NOTHING


def refuse_what_is_heard(charge: str) -> None:
    """What was found by others is answered there: to report it now is not self-correction."""
    heard = HearingLine.objects.filter(charge=charge).exclude(hearing__state__in=LET_GO)
    refuse_unless(not heard.exists(), _("This line is being heard already, or was: answer the finding."))


def lost(report: Report, found: Found, charged: Decimal) -> Decimal:
    """The fund's share of what was charged too much, and never more than it paid for the claim in all."""
    share = (charged * found.ratio).quantize(FEN, ROUND_HALF_UP)
    told = ReportedLine.objects.filter(claim=found.claim).aggregate(sum=Sum("lost", default=NOTHING))["sum"]
    most: Decimal = found.paid - told
    return max(min(share, most), NOTHING)
