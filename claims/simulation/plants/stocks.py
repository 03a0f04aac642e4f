"""Pharmacies of their own whose counts explain what they sold, and pharmacies whose counts do not (F06)."""

from .case import MALE, Case, Charge, plant

STOCK = "stock_negative"
GOODS = "EYE_DROPS"


def _sold(case: Case, *quantities: float, price: str = "50") -> list[Charge]:
    """Each person buys once, an hour after the one before."""
    lines = []
    for turn, quantity in enumerate(quantities):
        bill = case.visit(
            case.member(MALE, 50 + turn), "H10.900", place=case.own(), kind="pharmacy", time=f"{9 + turn:02}:00"
        )
        lines.append(bill.line(GOODS, quantity, price=price))
    return lines


def _counted(case: Case, opening: float, bought: float, closing: float) -> None:
    case.moved("count", GOODS, opening, day=-10)
    case.moved("purchase", GOODS, bought, day=-5, time="09:00")
    case.moved("count", GOODS, closing, day=0)


@plant(STOCK, "F06-1", "300 sold, 200 purchased, 20 before, 30 after", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 20, 200, 30)
    first, second, third = _sold(case, 100, 100, 100)
    first.spare()
    second.accuse("500.00", certainty="high")
    third.accuse("5000.00", certainty="high")


@plant(STOCK, "F06/lost", "much of it was lost and given back", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 0, 300, 0)
    gone = {"loss": 40, "destroyed": 20, "supplier_return": 30, "transfer_out": 10, "other_out": 5}
    for kind, quantity in gone.items():
        case.moved(kind, GOODS, quantity, day=-3)
    first, second, third = _sold(case, 100, 100, 100)
    first.spare()
    second.accuse("250.00")
    third.accuse("5000.00")


@plant(STOCK, "F06/later", "half of it is settled a month later", before=10, span=36, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 0, 100, 0)
    first, second = _sold(case, 100, 100, price="60")
    second.spare().bill.settled_days_later = 31
    first.accuse("6000.00")


@plant(STOCK, "F06/fits", "300 sold, 320 purchased", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 20, 320, 40)
    for sold in _sold(case, 100, 100, 100):
        sold.spare()


@plant(STOCK, "F06/ten", "ten are missing", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 0, 90, 0)
    for sold in _sold(case, 50, 50, price="600"):
        sold.spare()


@plant(STOCK, "F06/eleven", "eleven are missing", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 0, 89, 0)
    first, second = _sold(case, 50, 50, price="600")
    first.spare()
    second.accuse("6600.00")


@plant(STOCK, "F06/part", "a twentieth of what was purchased is missing", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 0, 400, 0)
    for sold in _sold(case, 210, 210, price="600"):
        sold.spare()


@plant(STOCK, "F06/worth", "what is missing is worth five thousand yuan", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 0, 100, 0)
    for sold in _sold(case, 100, 100):
        sold.spare()


@plant(STOCK, "F06/in", "what came in by other ways explains it", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 0, 100, 0)
    for kind, quantity in (("transfer_in", 60), ("gain", 70), ("other_in", 70)):
        case.moved(kind, GOODS, quantity, day=0, time="08:00")
    for sold in _sold(case, 100, 100, 100):
        sold.spare()


@plant(STOCK, "F06/back", "what seems missing was taken back", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    _counted(case, 0, 200, 0)
    first, second, third = _sold(case, 100, 100, 150)
    first.spare()
    second.spare()
    third.take_back()


@plant(STOCK, "F06/once", "counted once only", before=10, own=("pharmacy",))
def _(case: Case) -> None:
    case.moved("count", GOODS, 0, day=0)
    for sold in _sold(case, 100, 100):
        sold.spare()
