"""What moves of settlements do besides changing the state."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from institutions.models import Division
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.clocks import running
from supervision.ledger import booking
from supervision.ledger.models import Stage
from supervision.moves import Made, refuse_unless

from . import conditions, declaring, reconciling
from .drawing import draw_down
from .models import MonthlySettlement, SettlementLine, SettlementPayment
from .reckoning import NOTHING, share

HUNDRED = Decimal(100)
OBJECTION = "settlement_objection"  # the limit of the institution's answer
REASONS = {
    SettlementLine.Figure.REFUSED: gettext_noop("Not paid: refused by review"),
    SettlementLine.Figure.OFFSET: gettext_noop("Set off in a settlement"),
}


def set_off(settlement: MonthlySettlement) -> Iterable[tuple[str, str]]:
    """What the settlement sets off, to choose from."""
    rows = settlement.lines.filter(figure=SettlementLine.Figure.OFFSET).select_related("item")
    return [(str(row.item_id), f"{row.item.title}: ¥{row.amount:,}") for row in rows if row.item]


LEAVE_OUT = ask("not_set_off", Asked.CHOICES, gettext_lazy("What is not set off in this month"), choices=set_off)


# --- Reckoning --------------------------------------------------------------------------------------


def reckon(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """reckons figures and lines from warehouse, hearings, ledger, measures and prepayments"""
    declaring.reckon_anew(settlement)
    settlement.preparer, settlement.approver = made.by, None


def leave_out(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """leaves the chosen sums in the ledger, and reckons anew"""
    chosen = {int(one) for one in made.facts["not_set_off"]}
    settlement.left_out = sorted({*settlement.left_out, *chosen})
    reckon(settlement, made)


def still_so(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """refuses where the records say something else by now"""
    stood = declaring.as_it_stands(settlement)
    declaring.reckon_anew(settlement)
    refuse_unless(
        declaring.as_it_stands(settlement) == stood,
        _("The records say something else by now: send it back, so that it is reckoned anew."),
    )


# --- The institution --------------------------------------------------------------------------------


def put_before(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """reckons it a last time, and starts settlement_objection"""
    reckon(settlement, made)
    settlement.told_at, settlement.accepted_at = timezone.now(), None
    settlement.answer_clock = declaring.started(settlement, OBJECTION, institution=settlement.institution_id)


def accept(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """keeps that the institution agrees, and meets the clock"""
    settlement.accepted_at = timezone.now()
    if settlement.answer_clock is not None:
        running.meet(settlement.answer_clock)


def hear_again(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """ends the institution's clock: it is asked anew"""
    if settlement.answer_clock is not None:
        running.meet(settlement.answer_clock)
    settlement.answer_clock, settlement.accepted_at = None, None


# --- Approving and paying ---------------------------------------------------------------------------


def approve(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """keeps who approved it; from here on the figures stand"""
    settlement.approver = made.by


def open_again(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """takes the approval back; the institution is asked anew"""
    settlement.approver = None
    hear_again(settlement, made)


def pay(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """books what is not paid out and what is set off, then the bank's payment"""
    refuse_unless(made.facts["on"] <= timezone.localdate(), _("That day has not come yet."))
    for figure in SettlementLine.BOOKED:
        book(settlement, made, figure)
    draw_down(settlement)
    settlement.payer, settlement.withheld, settlement.paid = made.by, NOTHING, settlement.payable
    pay_out(settlement, made, SettlementPayment.What.MONTH, settlement.payable)
    if settlement.clock is not None:
        running.meet(settlement.clock)


def book(settlement: MonthlySettlement, made: Made[MonthlySettlement], figure: SettlementLine.Figure) -> None:
    """In the ledger what was demanded has come back by this settlement."""
    lines = settlement.lines.filter(figure=figure).select_related("item").order_by("item")
    legs = [booking.Leg(line.item, Stage.DEMANDED, Stage.OFFSET, line.amount) for line in lines if line.item]
    if legs:
        booking.book(
            legs, reason=REASONS[figure], subject=f"{settlement} {made.name}", by=made.by, day=made.facts["on"],
            voucher=settlement.number,
        )  # fmt: skip


def pay_out(
    settlement: MonthlySettlement, made: Made[MonthlySettlement], what: SettlementPayment.What, amount: Decimal
) -> None:
    """A voucher of the bank counts once; for nothing there is none."""
    if not amount:
        return
    voucher = booking.plain(str(made.facts["voucher"]))[:80]
    try:
        with transaction.atomic():
            SettlementPayment.objects.create(
                settlement=settlement, what=what, amount=amount, place=prefecture(settlement.place), voucher=voucher,
                day=made.facts["on"], by=made.by,
            )  # fmt: skip
    except IntegrityError:
        refuse_unless(False, _("That was booked already: this settlement, or this voucher of the bank."))


def prefecture(place: Division) -> Division:
    """Whose bank numbers the vouchers."""
    while place.level > Division.Level.PREFECTURE and place.parent is not None:
        place = place.parent
    return place


# --- Afterwards -------------------------------------------------------------------------------------


def reconcile(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """refuses unless warehouse, lines, ledger, prepayments and bank agree to the fen"""
    off = [one for one in reconciling.compared(settlement) if not one.agrees]
    told = "; ".join(f"{one.words}: ¥{one.ours:,} / ¥{one.theirs:,}" for one in off)
    refuse_unless(not off, _("This does not agree: %(what)s.") % {"what": told})


def assess(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """reckons what of the deposit the year's band releases, and keeps by which appraisal and who decided it"""
    appraised = conditions.year_of(settlement)
    assert appraised is not None  # the condition before it has seen it
    settlement.appraised, settlement.assessor = appraised, made.by
    settlement.to_release = share(settlement.deposit, appraised.release / HUNDRED)


def give_back(settlement: MonthlySettlement, made: Made[MonthlySettlement]) -> None:
    """books the payment of the deposit that goes back"""
    refuse_unless(made.facts["on"] <= timezone.localdate(), _("That day has not come yet."))
    assert settlement.to_release is not None
    settlement.released = settlement.to_release
    pay_out(settlement, made, SettlementPayment.What.DEPOSIT, settlement.released)
