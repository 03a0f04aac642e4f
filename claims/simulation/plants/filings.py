"""Stays of people insured elsewhere, with a filing for this place and without one (G01)."""

from .case import MALE, Bill, Case, plant

FILING = "xr_no_filing"
AWAY, UNTOLD, FREE = "980101", "970101", "990301"  # another province; one that tells no filings; a free neighbour
HERE, THERE, PROVINCE = "990100", "990200", "990000"


def _stay(case: Case, area: str = AWAY, *, paid: bool = True) -> Bill:
    bill = case.stay(case.member(MALE, 60, insured_area=area), "J18.900", days=4)
    if not paid:
        bill.paid_over = -_total(bill)
    return bill


def _total(bill: Bill) -> int:
    return sum(round(charge.quantity * charge.price / 10**8) for charge in bill.charges)


@plant(FILING, "G01-1", "from another province, no filing", span=6)
def _(case: Case) -> None:
    _stay(case).accuse(certainty="certain")


@plant(FILING, "G01/ended", "the filing ended the day before", span=6)
def _(case: Case) -> None:
    bill = _stay(case).accuse()
    case.filed(bill.member, HERE, since=-90, until=-1)


@plant(FILING, "G01/late", "filed the day after discharge", span=6)
def _(case: Case) -> None:
    bill = _stay(case).accuse()
    case.filed(bill.member, HERE, since=5)


@plant(FILING, "G01/there", "filed for another prefecture", span=6)
def _(case: Case) -> None:
    bill = _stay(case).accuse()
    case.filed(bill.member, THERE, kind="long_term", since=-90)


@plant(FILING, "G01/visit", "an ordinary visit at the hospital on the day of admission", span=6)
def _(case: Case) -> None:
    bill = _stay(case).accuse()
    case.visit(bill.member, "J18.900", place=bill.place, time="08:00").line("URINE")


@plant(FILING, "G01/before", "an emergency two days before", before=2, span=6)
def _(case: Case) -> None:
    bill = _stay(case).accuse()
    case.visit(bill.member, "J18.900", place=bill.place, kind="emergency", day=-2).line("URINE")


@plant(FILING, "G01-2", "an emergency, filed within the stay", span=6)
def _(case: Case) -> None:
    bill = _stay(case).spare()
    case.filed(bill.member, HERE, since=4)


@plant(FILING, "G01/emergency", "an emergency on the day before, nothing filed", before=1, span=6)
def _(case: Case) -> None:
    bill = _stay(case).spare()
    case.visit(bill.member, "J18.900", place=bill.place, kind="emergency", day=-1).line("URINE")


@plant(FILING, "G01/last", "the filing ends on the day of admission", span=6)
def _(case: Case) -> None:
    bill = _stay(case).spare()
    case.filed(bill.member, HERE, since=-90, until=0)


@plant(FILING, "G01/province", "filed for the whole province", span=6)
def _(case: Case) -> None:
    bill = _stay(case).spare()
    case.filed(bill.member, PROVINCE, kind="long_term", since=-90)


@plant(FILING, "G01/unpaid", "the fund paid nothing", span=6)
def _(case: Case) -> None:
    _stay(case, paid=False).spare()


@plant(FILING, "G01/untold", "an agency that tells no filings", span=6)
def _(case: Case) -> None:
    _stay(case, UNTOLD).spare()


@plant(FILING, "G01/free", "people move freely between the two areas", span=6)
def _(case: Case) -> None:
    bill = _stay(case, FREE).spare()
    case.filed(bill.member, THERE, since=-90)
