"""What the fund lost with a line that was decided: its share, or by another method what a person puts, with the reason.

Under disease groups a line's share is nothing, because the fund pays the same without it. Whoever reviews the appeal
may have the group worked out anew, agree with the institution, or have it appraised.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from supervision.monitoring import turns
from supervision.moves import refuse_unless

from .apportioning import FEN, NOTHING, part, yuan
from .capping import FUND_KEPT
from .freezing import frozen_for
from .models import BY_ANOTHER_METHOD, HearingLine, Loss

FIELDS = ("fund_confirmed", "fund_method", "fund_reason")


@dataclass(frozen=True)
class PutLoss:
    """A loss that a person puts, by which method, and why."""

    method: Loss
    amount: Decimal
    reason: str

    def __str__(self) -> str:
        return f"{self.method} {self.amount}"


def reckon(line: HearingLine, put: PutLoss | None) -> None:
    """What the fund lost with what of the charge is confirmed."""
    if put is None:
        line.fund_confirmed = part(line.fund_suspected, line.confirmed, line.suspected)
        return
    check(line, put)
    line.fund_method, line.fund_confirmed, line.fund_reason = put.method, put.amount, put.reason.strip()


def check(line: HearingLine, put: PutLoss) -> None:
    """Where it may be put by another method, and how much at most."""
    turns.alone()  # of two losses put on one claim, the second must see the first
    refuse_unless(
        line.fund_method == Loss.GROUP,
        _("The loss of this line is the fund's share in it; only under disease groups it is put by another method."),
    )
    refuse_unless(put.method in BY_ANOTHER_METHOD, _("Choose how the loss was found."))
    refuse_unless(bool(put.reason.strip()), _("Say how the loss was found."))
    refuse_unless(put.amount == put.amount.quantize(FEN), _("An amount has no fractions of a fen."))
    most = min(line.confirmed, left_of_the_claim(line))
    refuse_unless(
        NOTHING < put.amount <= most,
        _("The loss is above zero, at most what is confirmed of the charge and what the fund paid: ¥%(most)s.")
        % {"most": f"{most:,}"},
    )


def left_of_the_claim(line: HearingLine) -> Decimal:
    """What the fund paid for the whole claim, without what other lines keep of it."""
    paid = [row["paid"] for row in encounters(line) if row.get("paid") is not None]
    if not paid:
        return line.confirmed
    others = HearingLine.objects.filter(claim=line.claim).exclude(pk=line.pk).order_by()
    kept: Decimal = others.aggregate(kept=Sum(FUND_KEPT, default=NOTHING))["kept"]
    return max(NOTHING, yuan(paid[0]) - kept)


def encounters(line: HearingLine) -> list[dict[str, object]]:
    """The stay or visit that was charged, as it was frozen."""
    rows = [frozen.rows for frozen in frozen_for(line.hearing.finding) if frozen.claim == line.claim]
    return [row for told in rows for row in [*told.get("stay", []), *told.get("visit", [])]]
