"""The same line twice (B14), packages by their parts (B16), one incision (B18), several sites (B19)."""

from .case import FEMALE, MALE, Bill, Case, plant
from .operations import GALLBLADDER

TWICE = "item_exact_duplicate"
SURGERY = "surg_discount_missing"
PACKAGE = "item_unbundled_package"
SITES = "item_multi_site_price"


def _tested(case: Case, first: str, second: str, *, item: str = "LIVER", reason: str = "") -> Bill:
    """A test at two times of one day."""
    bill = case.visit(case.member(FEMALE, 50), "K29.500", department="A03.02")
    bill.line(item, 1, day=0, time=first).spare()
    bill.line(item, 1, day=0, time=second, reason=reason)
    return bill


@plant(TWICE, "B14-1", "two identical lines of one second")
def _(case: Case) -> None:
    _tested(case, "10:00:05", "10:00:05").charges[1].accuse("42.00", certainty="high")


@plant(TWICE, "B14/60", "a minute apart to the second")
def _(case: Case) -> None:
    _tested(case, "10:00:05", "10:01:05").charges[1].accuse("42.00", certainty="low")


@plant(TWICE, "B14/three", "three times, the second and the third too often")
def _(case: Case) -> None:
    bill = _tested(case, "10:00", "10:00")
    bill.charges[1].accuse("42.00", certainty="high")
    bill.line("LIVER", 1, day=0, time="10:00:30").accuse("42.00", certainty="low")


@plant(TWICE, "B14/self-paid", "twice, paid by the woman herself the second time")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 50), "K29.500", department="A03.02")
    bill.line("LIVER").spare()
    bill.line("LIVER", self_paid=True).accuse("42.00")


@plant(TWICE, "B14/both-part", "two of three on each of two lines after one was taken back of each")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 50), "K29.500", department="A03.02")
    bill.line("LIVER", 3).take_back(1).spare()
    bill.line("LIVER", 3).take_back(1).accuse("84.00")


@plant(TWICE, "B14-2", "at 8 and at 20 o'clock")
def _(case: Case) -> None:
    _tested(case, "08:00", "20:00").charges[1].spare()


@plant(TWICE, "B14/61", "a minute and a second apart")
def _(case: Case) -> None:
    _tested(case, "10:00:05", "10:01:06").charges[1].spare()


@plant(TWICE, "B14-3", "one of the two is taken back")
def _(case: Case) -> None:
    _tested(case, "10:00", "10:00").charges[1].take_back().spare()


@plant(TWICE, "B14/reason", "a reason is recorded")
def _(case: Case) -> None:
    _tested(case, "10:00", "10:00", reason="双份标本").charges[1].spare()


@plant(TWICE, "B14/listed", "two teeth at one moment")
def _(case: Case) -> None:
    _tested(case, "10:00", "10:00", item="DENTAL_FILLING").charges[1].spare()


@plant(TWICE, "B14/midnight", "a source that writes days only")
def _(case: Case) -> None:
    _tested(case, "00:00", "00:00").charges[1].spare()


@plant(TWICE, "B14/newborn", "mother and newborn on one account")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 29), "K29.500", newborn=True)
    bill.line("LIVER").spare()
    bill.line("LIVER").spare()


@plant(TWICE, "B14/differ", "another price, quantity, item, day or number of days at one moment", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 50), "K25.900", days=3)
    bill.line("LIVER", 1, day=1).spare()
    bill.line("LIVER", 1, day=1, price="40").spare()
    bill.line("LIVER", 2, day=1).spare()
    bill.line("LIPIDS", 1, day=1, price="42").spare()
    bill.line("LIVER", 1, day=2).spare()
    bill.line("LIVER", 1, day=1, days=2).spare()


@plant(TWICE, "B14/claims", "the same second at two claims of one person")
def _(case: Case) -> None:
    who = case.member(FEMALE, 50)
    case.visit(who, "K29.500").line("LIVER", 1, day=0, time="10:00").spare()
    case.visit(who, "K29.500", kind="emergency", department="A20").line("LIVER", 1, day=0, time="10:00").spare()


def _operated(case: Case, *, level: int = 2) -> Bill:
    who = case.member(MALE, 52)
    return case.stay(who, "K80.100", days=6, department="A04.01", level=level).operated(*GALLBLADDER, 1)


@plant(SURGERY, "B18-1", "gall bladder and common duct through one incision, both in full", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1, price="1500").spare()
    bill.line("DUCT_EXPLORATION", 1, day=1, price="1200").accuse("600.00", certainty="high")


@plant(SURGERY, "B18/tolerance+", "a fen above half with its tolerance", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1)
    bill.line("DUCT_EXPLORATION", 1, day=1, price="606.01").accuse("6.01")


@plant(SURGERY, "B18/turned", "the dearest is discounted, the other charged in full and first", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("DUCT_EXPLORATION", 1, day=1, time="09:30").accuse("600.00")
    bill.line("CHOLECYSTECTOMY", 1, day=1, price="750", time="11:00").spare()


@plant(SURGERY, "B18/reason", "a reason is recorded", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1)
    bill.line("DUCT_EXPLORATION", 1, day=1, reason="术后当日再次手术").accuse("600.00", certainty="low")


@plant(SURGERY, "B18/level", "by the list of level 3", span=7)
def _(case: Case) -> None:
    bill = _operated(case, level=3)
    bill.line("CHOLECYSTECTOMY", 1, day=1)
    bill.line("DUCT_EXPLORATION", 1, day=1).accuse("750.00")


@plant(SURGERY, "B18/part", "two units of the second of which one is taken back", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1)
    bill.line("DUCT_EXPLORATION", 2, day=1).take_back(1).accuse("600.00")


@plant(SURGERY, "B18-2", "the second charged at half; at half with its tolerance", span=7)
def _(case: Case) -> None:
    for price in ("600", "606"):
        bill = _operated(case)
        bill.line("CHOLECYSTECTOMY", 1, day=1).spare()
        bill.line("DUCT_EXPLORATION", 1, day=1, price=price).spare()


@plant(SURGERY, "B18-3", "two incisions: gall bladder and stomach", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1).spare()
    bill.line("GASTRECTOMY_PROXIMAL", 1, day=1).spare()


@plant(SURGERY, "B18/days", "on two days of the stay; in two stays", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1).spare()
    bill.line("DUCT_EXPLORATION", 1, day=3).spare()
    _operated(case).line("DUCT_EXPLORATION", 1, day=1).spare()


@plant(SURGERY, "B18/sides", "the same operation on two lines", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1, time="10:00").spare()
    bill.line("CHOLECYSTECTOMY", 1, day=1, time="11:00").spare()


@plant(SURGERY, "B18/special", "the special-needs theatre", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1).spare()
    bill.line("DUCT_EXPLORATION", 1, day=1, special=True).spare()


@plant(SURGERY, "B18/no-price", "at a level for which the place has no list price", span=7)
def _(case: Case) -> None:
    bill = _operated(case, level=1)
    bill.line("CHOLECYSTECTOMY", 1, day=1).spare()
    bill.line("DUCT_EXPLORATION", 1, day=1).spare()


@plant(SURGERY, "B18/reversed", "the second is taken back", span=7)
def _(case: Case) -> None:
    bill = _operated(case)
    bill.line("CHOLECYSTECTOMY", 1, day=1).spare()
    bill.line("DUCT_EXPLORATION", 1, day=1).take_back().spare()


def _screened(case: Case, *items: str, price: str = "30", level: int = 2) -> Bill:
    """Parts of the coagulation screen, one after the other."""
    bill = case.visit(case.member(FEMALE, 50), "K29.500", level=level)
    for n, item in enumerate(items):
        bill.line(item, 1, day=0, time=f"10:0{n}", price=price)
    return bill


ALL_PARTS = ("PT", "APTT", "TT", "FIBRINOGEN")


@plant(PACKAGE, "B16-1", "four parts at 30.00 each, the package at 45.00")
def _(case: Case) -> None:
    first, second, third, fourth = _screened(case, *ALL_PARTS).charges
    first.spare()
    second.accuse("15.00", certainty="high")
    third.accuse("30.00")
    fourth.accuse("30.00")


@plant(PACKAGE, "B16/three", "three parts, a fen dearer than the package")
def _(case: Case) -> None:
    bill = _screened(case, "PT", "APTT", price="15")
    bill.line("TT", 1, day=0, time="15:00", price="15.01").accuse("0.01")


@plant(PACKAGE, "B16/again", "drawn twice, and dearer than two packages")
def _(case: Case) -> None:
    bill = _screened(case, "PT", "APTT", "TT")
    bill.line("PT", 1, day=0, time="20:00", price="30").accuse("30.00")
    bill.charges[2].spare()


@plant(PACKAGE, "B16-2", "two parts only")
def _(case: Case) -> None:
    for charge in _screened(case, "PT", "APTT").charges:
        charge.spare()


@plant(PACKAGE, "B16-3", "a hospital of a level without a price for the package")
def _(case: Case) -> None:
    for charge in _screened(case, *ALL_PARTS, level=1).charges:
        charge.spare()


@plant(PACKAGE, "B16/price", "three parts for the price of the package")
def _(case: Case) -> None:
    for charge in _screened(case, "PT", "APTT", "TT", price="15").charges:
        charge.spare()


@plant(PACKAGE, "B16/days", "a part on another day, and a part in a claim of its own", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 50), "K29.500", days=3)
    bill.line("PT", 1, day=1, price="30").spare()
    bill.line("APTT", 1, day=1, price="30").spare()
    bill.line("TT", 1, day=2, price="30").spare()
    who = case.member(MALE, 50)
    case.visit(who, "K29.500").line("PT", 1, price="30").spare()
    other = case.visit(who, "K29.500", time="15:00")
    other.line("APTT", 1, price="30").spare()
    other.line("TT", 1, price="30").spare()


@plant(PACKAGE, "B16/excused", "one with a reason; one taken back")
def _(case: Case) -> None:
    bill = _screened(case, "PT", "APTT")
    bill.line("TT", 1, day=0, price="30", reason="仅复查该项").spare()
    bill.line("FIBRINOGEN", 1, day=0, price="30").take_back().spare()


def _scanned(case: Case, *prices: str, item: str = "CT") -> Bill:
    """Sites examined one after the other."""
    bill = case.visit(case.member(MALE, 50), "R51.x00", kind="emergency", department="A20")
    for n, price in enumerate(prices):
        bill.line(item, 1, day=0, time=f"10:{n}5", price=price)
    return bill


@plant(SITES, "B19-1", "CT of three sites, each at the full price, where 60 per cent are allowed")
def _(case: Case) -> None:
    first, second, third = _scanned(case, "220", "220", "220").charges
    first.spare()
    second.accuse("88.00", certainty="high")
    third.accuse("88.00")


@plant(SITES, "B19/units", "three sites on one line, and two of three after one was taken back")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("CT", 3, price="220").accuse("176.00")
    case.visit(case.member(), "R51.x00").line("CT", 3, price="220").take_back(1).accuse("88.00")


@plant(SITES, "B19/tolerance+", "a fen above the share with its tolerance")
def _(case: Case) -> None:
    _scanned(case, "220", "133.33").charges[1].accuse("1.33")


@plant(SITES, "B19/dearest", "the dearest of the family is the first, though it came later")
def _(case: Case) -> None:
    bill = _scanned(case, "220")
    bill.charges[0].accuse("88.00")
    bill.line("CT_CONTRAST", 1, day=0, time="11:00", price="330").spare()


@plant(SITES, "B19/reason", "a second session, and recorded")
def _(case: Case) -> None:
    bill = _scanned(case, "220")
    bill.line("CT", 1, day=0, time="16:00", reason="病情变化复查").accuse("88.00", certainty="low")


@plant(SITES, "B19-2", "CT of the head and magnetic resonance of the knee")
def _(case: Case) -> None:
    bill = _scanned(case, "220")
    bill.charges[0].spare()
    bill.line("MRI", 1, day=0, time="15:00", price="410").spare()


@plant(SITES, "B19/share", "the second at the share, and at the share with its tolerance")
def _(case: Case) -> None:
    for price in ("132", "133.32"):
        for charge in _scanned(case, "220", price).charges:
            charge.spare()


@plant(SITES, "B19/others", "on two days; in two claims; in the special-needs clinic; taken back", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "J18.900", days=3)
    bill.line("CT", 1, day=1).spare()
    bill.line("CT", 1, day=2).spare()
    who = case.member(MALE, 50)
    case.visit(who, "R51.x00").line("CT").spare()
    case.visit(who, "R51.x00", time="15:00").line("CT").spare()
    _scanned(case, "220").line("CT", 1, day=0, time="16:00", special=True).spare()
    _scanned(case, "220").line("CT", 1, day=0, time="16:00").take_back().spare()
