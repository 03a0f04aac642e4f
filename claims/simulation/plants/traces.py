"""The traceability code of one pack, read at more than one sale (F07)."""

from .case import FEMALE, MALE, Bill, Case, Charge, plant

TWICE, BACK = "trace_duplicate", "trace_resold"


def _sale(case: Case, day: int, *, elsewhere: bool = False, member: int | None = None) -> tuple[Bill, Charge]:
    """A pharmacy sells a box of tablets for 21.40."""
    who = case.member(FEMALE, 58) if member is None else member
    bill = case.visit(who, "E78.500", kind="pharmacy", day=day, place=case.pharmacy(3 if elsewhere else 0))
    return bill, bill.line("ATORVASTATIN", 1, price="21.40", days=7)


@plant(TWICE, "F07-1", "sold to one on the 1st and to another on the 20th, not returned", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1).spare()
    _sale(case, 19)[1].scanned(1).accuse("21.40")


@plant(TWICE, "F07/elsewhere", "sold again at another pharmacy", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    _sale(case, 19, elsewhere=True)[1].scanned(1).accuse("21.40").accuse("21.40", rule=BACK)


@plant(TWICE, "F07/member", "sold twice to the same member", span=20)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 58)
    _sale(case, 0, member=woman)[1].scanned(1)
    _sale(case, 19, member=woman)[1].scanned(1).accuse("21.40")


@plant(TWICE, "F07/settled-late", "the first sale is settled a month after the second", span=62)
def _(case: Case) -> None:
    bill, sold = _sale(case, 0)
    bill.settled_days_later = 60
    sold.scanned(1)
    _sale(case, 19)[1].scanned(1).accuse("21.40")


@plant(TWICE, "F07/before", "returned before the first sale", span=20)
def _(case: Case) -> None:
    _sale(case, 1)[1].scanned(1).scanned(1, event="return", day=-1)
    _sale(case, 19)[1].scanned(1).accuse("21.40")


@plant(TWICE, "F07/after", "returned after the second sale", span=22)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    _sale(case, 19)[1].scanned(1).scanned(1, event="return", day=1).accuse("21.40")


@plant(TWICE, "F07/third", "sold three times", span=30)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    _sale(case, 10)[1].scanned(1).accuse("21.40")
    _sale(case, 20, elsewhere=True)[1].scanned(1).accuse("21.40").accuse("21.40", rule=BACK)


@plant(TWICE, "F07/part", "two boxes in the later line, one taken back", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    bill = case.visit(case.member(MALE, 61), "E78.500", kind="pharmacy", day=19, place=case.pharmacy(0))
    bill.line("ATORVASTATIN", 2, price="21.40", days=14).take_back(1).scanned(1).accuse("21.40")


@plant(TWICE, "F07/cash-first", "first sold for cash, then to an insured member", span=20)
def _(case: Case) -> None:
    _, sold = _sale(case, 10)
    sold.scanned(1, day=-8, insured=False).scanned(1).accuse("21.40")


@plant(TWICE, "F07/greater-first", "first sold where the keys are greater", span=20)
def _(case: Case) -> None:
    shops = sorted((case.pharmacy(0), case.pharmacy(3)), key=lambda place: str(case.places.codes[place]))
    for day, place in ((0, shops[1]), (19, shops[0])):
        bill = case.visit(case.member(FEMALE, 58), "E78.500", kind="pharmacy", day=day, place=place)
        sold = bill.line("ATORVASTATIN", 1, price="21.40", days=7).scanned(1)
        if day:
            sold.accuse("21.40").accuse("21.40", rule=BACK)
        else:
            sold.spare()


@plant(TWICE, "F07/moment", "sold at two tills at one moment: the greater key is accused")
def _(case: Case) -> None:
    sold = [_sale(case, 0), _sale(case, 0, elsewhere=True)]
    (_, lesser), (_, greater) = sorted(sold, key=lambda one: str(case.places.codes[one[0].place]))
    lesser.scanned(1).spare()
    greater.scanned(1).accuse("21.40", certainty="certain")


@plant(TWICE, "F07/same-day", "read twice at one pharmacy on one day: to be put right first")
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    _, again = _sale(case, 0)
    again.done_at += 3_600
    again.scanned(1).accuse("21.40", certainty="low")


@plant(TWICE, "F07/half", "one of the two packs of a line had been sold before", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    bill = case.visit(case.member(MALE, 61), "E78.500", kind="pharmacy", day=19, place=case.pharmacy(0))
    bill.line("ATORVASTATIN", 2, price="21.40", days=14).scanned(1).scanned(2).accuse("21.40", certainty="certain")


@plant(TWICE, "F07/both", "both packs of a line had been sold before", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    _sale(case, 1)[1].scanned(2)
    bill = case.visit(case.member(MALE, 61), "E78.500", kind="pharmacy", day=19, place=case.pharmacy(0))
    bill.line("ATORVASTATIN", 2, price="21.40", days=14).scanned(1).scanned(2).accuse("42.80")


@plant(TWICE, "F07/out", "sent out by the wholesaler, then sold once", span=12)
def _(case: Case) -> None:
    _, sold = _sale(case, 10)
    sold.scanned(1, event="out", day=-8).scanned(1).spare()


@plant(TWICE, "F07/cash-later", "sold to an insured member, later for cash: the fund paid once", span=20)
def _(case: Case) -> None:
    _, sold = _sale(case, 0)
    sold.scanned(1).scanned(1, day=8, insured=False).spare()


@plant(TWICE, "F07-2", "returned on the 3rd and sold on the 20th", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1).scanned(1, event="return", day=2)
    _sale(case, 19)[1].scanned(1).spare()


@plant(TWICE, "F07/returned-late", "returned on the 3rd, as a claim says that is settled a month later", span=62)
def _(case: Case) -> None:
    bill, sold = _sale(case, 0)
    bill.settled_days_later = 60
    sold.scanned(1).scanned(1, event="return", day=2)
    _sale(case, 19)[1].scanned(1).spare()


@plant(TWICE, "F07/in", "taken into stock again in between", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1).scanned(1, event="in", day=2)
    _sale(case, 19)[1].scanned(1).spare()


@plant(TWICE, "F07-3", "both sold loose out of one pack", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1, loose=True)
    _sale(case, 19)[1].scanned(1, loose=True).spare()


@plant(TWICE, "F07/loose-first", "the first sale was loose", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1, loose=True)
    _sale(case, 19)[1].scanned(1).spare()


@plant(TWICE, "F07/loose-later", "the later sale was loose", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    _sale(case, 19)[1].scanned(1, loose=True).spare()


@plant(TWICE, "F07/reversed-first", "the first sale was taken back", span=20)
def _(case: Case) -> None:
    bill, sold = _sale(case, 0)
    bill.line("ASPIRIN")
    sold.scanned(1).take_back()
    _sale(case, 19)[1].scanned(1).spare()


@plant(TWICE, "F07/reversed-later", "the later sale was taken back", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    bill, again = _sale(case, 19)
    bill.line("ASPIRIN")
    again.scanned(1).take_back().spare()


@plant(TWICE, "F07/claim", "read twice within one sale of two lines")
def _(case: Case) -> None:
    bill, sold = _sale(case, 0)
    sold.scanned(1)
    bill.line("ATORVASTATIN", 1, day=0, time="10:30", price="21.40", days=7).scanned(1).spare()


@plant(TWICE, "F07/codes", "two packs with two codes", span=20)
def _(case: Case) -> None:
    _sale(case, 0)[1].scanned(1)
    _sale(case, 19)[1].scanned(2).spare()
