"""How a month's money is prepaid: the institution applies, another person decides, and it is set off again."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions import standing
from institutions.models import Account, Duty, GradeFactor
from supervision.audit.models import Act
from supervision.cases.facts import DAY, VOUCHER, ask
from supervision.cases.facts import Kind as Asked
from supervision.ledger.booking import plain
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import areas, rating
from .models import MonthlySettlement, Prepayment, Rate
from .models.prepayments import State
from .models.settlements import DISBURSED
from .reckoning import FEN, NOTHING

TAKEN = ask("taken", Asked.MONEY, gettext_lazy("What the settlement takes off, in yuan"))
another_than_preparer = by_another_than("preparer")
a_third = by_another_than("preparer", "approver")


# --- What moves ask for -----------------------------------------------------------------------------


def at_the_beginning_of_the_year(prepayment: Prepayment, by: Account) -> None:
    """in the first days of the year"""
    today = timezone.localdate()
    first = date(prepayment.year, 1, 1)
    days = int(rating.rate(Rate.Code.APPLY_BY, prepayment.place_id, first).value)
    refuse_unless(
        first <= today < first + timedelta(days),
        _("It is applied for in the first %(days)s days of its year, in January.") % {"days": days},
    )


def the_fund_is_still_sound(prepayment: Prepayment, by: Account) -> None:
    """the fund's balance still lasts, and no deficit is awaited"""
    areas.standing(prepayment.place, prepayment.fund, prepayment.year).refuse_unless_sound()


def nothing_left(prepayment: Prepayment, by: Account) -> None:
    """all of it is set off"""
    refuse_unless(prepayment.set_off == prepayment.amount, _("Something of it is left to set off."))


# --- What moves do ----------------------------------------------------------------------------------


def reckon(prepayment: Prepayment, made: Made[Prepayment]) -> None:
    """reckons the amount from what was paid in the years before and the grade, and keeps who approved it"""
    on, place = date(prepayment.year, 1, 1), prepayment.place_id
    average = monthly_average(prepayment)
    size = rating.rate(Rate.Code.SIZE, place, on).value
    factor = standing.factor(prepayment.institution, GradeFactor.What.PREPAYMENT)
    prepayment.amount = (average * size * factor).quantize(FEN, ROUND_HALF_UP)
    refuse_unless(prepayment.amount > 0, _("Nothing was paid in the years before: there is no average to go by."))
    prepayment.reckoned = {
        **prepayment.reckoned, "paid": f"{average:.2f}", "size": f"{size.normalize():f}",
        "factor": f"{factor.normalize():f}", "grade": prepayment.institution.grade,
    }  # fmt: skip
    prepayment.approver = made.by


def monthly_average(prepayment: Prepayment) -> Decimal:
    """What a month of the years before came to, of those that were paid."""
    years = int(rating.rate(Rate.Code.YEARS, prepayment.place_id, date(prepayment.year, 1, 1)).value)
    found = MonthlySettlement.objects.filter(
        institution=prepayment.institution_id, fund=prepayment.fund, state__in=DISBURSED,
        month__gte=f"{prepayment.year - years}-01", month__lt=f"{prepayment.year}-01",
    ).aggregate(sum=Sum("payable", default=NOTHING), months=Count("month", distinct=True))  # fmt: skip
    average: Decimal = found["sum"] / found["months"] if found["months"] else NOTHING
    return average


def pay(prepayment: Prepayment, made: Made[Prepayment]) -> None:
    """keeps the bank's voucher and the day"""
    refuse_unless(made.facts["on"] <= timezone.localdate(), _("That day has not come yet."))
    prepayment.voucher, prepayment.paid_on = plain(str(made.facts["voucher"]))[:80], made.facts["on"]


def set_off(prepayment: Prepayment, made: Made[Prepayment]) -> None:
    """is less by what a settlement took off"""
    left = prepayment.amount - prepayment.set_off
    refuse_unless(
        made.facts["taken"] <= left, _("Only ¥%(left)s of the prepayment is left to set off.") % {"left": f"{left:,}"}
    )
    prepayment.set_off += made.facts["taken"]


MOVES: dict[str, Move[Prepayment]] = {
    "apply": Move(
        frozenset({State.AREA_CHECKED}), State.APPLIED, Duty.SIGN, gettext_lazy("Apply for it"),
        conditions=(at_the_beginning_of_the_year,), needs_note=True,
    ),
    "approve": Move(
        frozenset({State.APPLIED}), State.APPROVED, Duty.DECIDE, gettext_lazy("Approve it"),
        conditions=(another_than_preparer, the_fund_is_still_sound), effects=(reckon,),
    ),
    "refuse": Move(
        frozenset({State.AREA_CHECKED, State.APPLIED}), State.REFUSED, Duty.DECIDE, gettext_lazy("Do not grant it"),
        conditions=(another_than_preparer,), needs_note=True,
    ),
    "pay": Move(
        frozenset({State.APPROVED}), State.PAID, Duty.BOOK, gettext_lazy("Book its payment"), conditions=(a_third,),
        asks=(VOUCHER, DAY), effects=(pay,),
    ),
    "set_off": Move(
        frozenset({State.PAID, State.OFFSET}), State.OFFSET, Duty.SETTLE, gettext_lazy("Set off by a settlement"),
        by_itself=True, asks=(TAKEN,), effects=(set_off,),
    ),
    "settle": Move(
        frozenset({State.OFFSET}), State.SETTLED, Duty.SETTLE, gettext_lazy("Set off whole"), by_itself=True,
        conditions=(nothing_left,),
    ),
}  # fmt: skip

PREPAYMENT = Workflow[Prepayment](
    name="prepayment", words=gettext_lazy("A prepayment"), states=State, act=Act.SETTLEMENT, moves=MOVES,
    first=State.AREA_CHECKED, module=__name__,
)  # fmt: skip
