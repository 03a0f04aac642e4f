"""The benefit for a chronic disease used for other drugs (E09), and the yearly amount of a drug (A13)."""

from .case import MALE, Bill, Case, plant

BENEFIT = "psn_chronic_benefit_misuse"
AMOUNT = "drug_total_cap"


def _benefit(case: Case, *diagnoses: str, kind: str = "chronic") -> Bill:
    return case.visit(case.member(MALE, 58), *(diagnoses or ("I10.x00x002",)), kind=kind)


@plant(BENEFIT, "E09-1", "the benefit for high blood pressure pays for another illness' drug")
def _(case: Case) -> None:
    bill = _benefit(case)
    bill.line("LETROZOLE", 1, price="120").accuse("120.00", certainty="high")
    bill.line("AMLODIPINE", 1).spare()


@plant(BENEFIT, "E09/two", "two diseases, and a drug of neither")
def _(case: Case) -> None:
    bill = _benefit(case, "I10.x00x002", "G20.x00")
    bill.line("PRAMIPEXOLE", 1).spare()
    bill.line("TELMISARTAN", 1).spare()
    bill.line("LETROZOLE", 1, price="120").accuse("120.00")


@plant(BENEFIT, "E09-2", "the benefit for high blood pressure pays for its drug")
def _(case: Case) -> None:
    bill = _benefit(case)
    bill.line("VALSARTAN", 1).spare()
    bill.line("LOSARTAN", 1).spare()


@plant(BENEFIT, "E09/unlisted", "one of the diseases has no list of drugs")
def _(case: Case) -> None:
    _benefit(case, "I10.x00x002", "M06.900").line("LETROZOLE", 1).spare()


@plant(BENEFIT, "E09/ordinary", "at an ordinary visit, paid alone, for want of the drug")
def _(case: Case) -> None:
    _benefit(case, kind="outpatient").line("LETROZOLE", 1).spare()
    _benefit(case).line("LETROZOLE", 1, self_paid=True).spare()
    _benefit(case).line("LETROZOLE", 1, reason="缺药").spare()


def _packs(
    case: Case, *counts: int, every: int = 1, hospitals: int = 1, approved: bool = False, self_paid: bool = False
) -> list[Bill]:
    """A drug with a yearly amount, so many packs of sixty yuan at a time."""
    man = case.member(MALE, 66)
    made = []
    for number, count in enumerate(counts):
        bill = case.visit(man, "J84.100", day=every * number, place=case.hospital(2, number % hospitals))
        bill.line("PIRFENIDONE", count, price="60", days=7, approved=approved, self_paid=self_paid)
        made.append(bill)
    return made


@plant(AMOUNT, "A13-1", "7,200 yuan of a drug in a year, of which 6,000 are paid", span=8, within="year")
def _(case: Case) -> None:
    first, second = _packs(case, 90, 30, every=7)
    first.charges[0].spare()
    second.charges[0].accuse("1200.00", certainty="certain")


@plant(AMOUNT, "A13/months", "the amount was used up the month before", span=40, within="year")
def _(case: Case) -> None:
    first, second, third = _packs(case, 90, 30, 5, every=19)
    first.charges[0].spare()
    second.charges[0].accuse("1200.00")
    third.charges[0].accuse("300.00")


@plant(AMOUNT, "A13/places", "used up at another hospital", span=8, within="year")
def _(case: Case) -> None:
    first, second = _packs(case, 90, 30, every=7, hospitals=2)
    first.charges[0].spare()
    second.charges[0].accuse("1200.00", certainty="high")


@plant(AMOUNT, "A13-2", "6,000 yuan of it", span=8, within="year")
def _(case: Case) -> None:
    for bill in _packs(case, 90, 10, every=7):
        bill.charges[0].spare()


@plant(AMOUNT, "A13-3", "approved beforehand; paid alone", span=8, within="year")
def _(case: Case) -> None:
    for bill in [*_packs(case, 90, 30, every=7, approved=True), *_packs(case, 90, 30, every=7, self_paid=True)]:
        bill.charges[0].spare()
