"""Packs sold to a member that appear at another institution afterwards (F08)."""

from .case import FEMALE, MALE, Bill, Case, Charge, plant

BACK, TWICE = "trace_resold", "trace_duplicate"
WHERE = "institution"


def _sold(case: Case, day: int, *, place: int = 0, boxes: int = 1) -> Charge:
    """A pharmacy sells boxes of tablets for 21.40 each."""
    bill = case.visit(case.member(FEMALE, 58), "E78.500", kind="pharmacy", day=day, place=case.pharmacy(place))
    return bill.line("ATORVASTATIN", boxes, price="21.40", days=7 * boxes)


def _taken_in(case: Case, day: int) -> Bill:
    """The case's own hospital takes the pack into stock."""
    bill = case.visit(case.member(MALE, 61), "J06.900", day=day, place=case.own())
    bill.line("PARACETAMOL", 1).scanned(1, event="in")
    return bill


@plant(BACK, "F08-1", "sold again at another pharmacy a month later", span=31)
def _(case: Case) -> None:
    _sold(case, 0).scanned(1).spare()
    _sold(case, 30, place=3).scanned(1).accuse("21.40").accuse("21.40", rule=TWICE)


@plant(BACK, "F08/in", "taken into stock elsewhere, and sold there", span=31, own=("hospital",))
def _(case: Case) -> None:
    _sold(case, 0).scanned(1)
    bill = _taken_in(case, 20)
    bill.accuse_its(WHERE, certainty="high")
    bill.line("ATORVASTATIN", 1, day=25, price="21.40", days=7).scanned(1).spare().spare(rule=TWICE)


@plant(BACK, "F08/three", "three days later; one of two packs", span=4)
def _(case: Case) -> None:
    _sold(case, 0).scanned(1)
    _sold(case, 3, place=3, boxes=2).scanned(1).scanned(2).accuse("21.40").accuse("21.40", rule=TWICE)


@plant(BACK, "F08/settled-late", "the first sale is settled a month later", span=35, own=("hospital",))
def _(case: Case) -> None:
    sold = _sold(case, 0).scanned(1)
    sold.bill.settled_days_later = 28
    _taken_in(case, 20).accuse_its(WHERE)


@plant(BACK, "F08-2", "sent to another branch, with the movement", span=21, own=("hospital",))
def _(case: Case) -> None:
    _sold(case, 0).scanned(1).scanned(1, event="out", day=10, insured=False)
    _taken_in(case, 20).spare_its(WHERE)


@plant(BACK, "F08/returned", "returned, and delivered to another", span=21, own=("hospital",))
def _(case: Case) -> None:
    _sold(case, 0).scanned(1).scanned(1, event="return", day=2)
    _taken_in(case, 20).spare_its(WHERE)


@plant(BACK, "F08/two", "two days later", span=3, own=("hospital",))
def _(case: Case) -> None:
    _sold(case, 0).scanned(1)
    _taken_in(case, 2).spare_its(WHERE)


@plant(BACK, "F08/cash", "first sold for cash", span=21, own=("hospital",))
def _(case: Case) -> None:
    _sold(case, 0).scanned(1, insured=False)
    _taken_in(case, 20).spare_its(WHERE)


@plant(BACK, "F08/loose", "the first sale was out of an opened pack", span=21, own=("hospital",))
def _(case: Case) -> None:
    _sold(case, 0).scanned(1, loose=True)
    _taken_in(case, 20).spare_its(WHERE)


@plant(BACK, "F08/reversed", "the first sale was taken back", span=21, own=("hospital",))
def _(case: Case) -> None:
    sold = _sold(case, 0).scanned(1)
    sold.take_back()
    sold.bill.line("ASPIRIN")
    _taken_in(case, 20).spare_its(WHERE)


@plant(BACK, "F08/one", "sold again at the same pharmacy", span=31)
def _(case: Case) -> None:
    _sold(case, 0).scanned(1)
    _sold(case, 30).scanned(1).spare().accuse("21.40", rule=TWICE)
