"""Drugs that are easily resold, hoarded from many doctors or found on sale again (E06, E07)."""

from .case import FEMALE, MALE, Bill, Case, plant

SHOPPING = "psn_doctor_shopping"
HOARD = "drug_stockpile_cross_inst"
RESALE = "psn_drug_resale"
TWICE, RESOLD = "trace_duplicate", "trace_resold"


def _shopping(case: Case, fetches: int = 6, *, hospitals: int = 4, days: int = 44, every: int = 14) -> list[Bill]:
    """One drug fetched again and again, from one hospital after the other."""
    man = case.member(MALE, 61)
    made = []
    for number in range(fetches):
        place = case.hospital(2, number % hospitals)
        bill = case.visit(
            man, "E78.500", kind="chronic", day=every * number, place=place, department=("A02", "A03.04")[number % 2]
        )
        bill.line("ROSUVASTATIN", 1, price="44", days=days)
        made.append(bill)
    return made


@plant(SHOPPING, "E06-1", "264 days of a drug within 70 from four hospitals", span=71)
def _(case: Case) -> None:
    *three, fourth, fifth, sixth = _shopping(case)
    for bill in three:
        bill.charges[0].spare()
    fourth.charges[0].spare().accuse("14.00", rule=HOARD)
    fifth.charges[0].accuse("14.00", certainty="high").accuse("44.00", rule=HOARD)
    sixth.charges[0].accuse("44.00", certainty="high").accuse("44.00", rule=HOARD)


@plant(SHOPPING, "E06-2", "130 days from two hospitals", span=71)
def _(case: Case) -> None:
    for bill in _shopping(case, 3, hospitals=2, every=1):
        bill.charges[0].spare()


@plant(SHOPPING, "E06/3", "three hospitals", span=71)
def _(case: Case) -> None:
    for bill, hoarded in zip(_shopping(case, hospitals=3), (None, None, None, "14.00", "44.00", "44.00"), strict=True):
        line = bill.charges[0].spare()
        if hoarded:
            line.accuse(hoarded, rule=HOARD)


@plant(SHOPPING, "E06/paid", "from four hospitals in time for the next fetch", span=85)
def _(case: Case) -> None:
    for bill in _shopping(case, 4, days=28, every=28):
        bill.charges[0].spare()


LIPIDS = ("ROSUVASTATIN", "EZETIMIBE", "FENOFIBRATE", "RIVAROXABAN", "VALSARTAN", "IRBESARTAN")


def _bought(case: Case, drugs: tuple[str, ...] = LIPIDS, *, day: int = 0, age: int = 57) -> Bill:
    """Drugs that are easily resold, one pack each."""
    bill = case.visit(case.member(MALE, age), "E78.500", kind="pharmacy", day=day, place=case.pharmacy(1))
    for drug in drugs:
        bill.line(drug, 1, price="40", days=7)
    return bill


def _sold_again(case: Case, codes: list[int], *, day: int, drug: str = "ROSUVASTATIN", other: int = 5) -> Bill:
    """Somebody else buys these packs; somewhere else, unless told."""
    bill = case.visit(case.member(FEMALE, 66), "E78.500", kind="pharmacy", day=day, place=case.pharmacy(other))
    bill.line("ASPIRIN", 1)
    bill.line("AMLODIPINE", 1)
    for code in codes:
        bill.line(drug, 1, price="40", days=7, time=f"{10 + code % 10}:00", day=day).scanned(code)
    return bill


@plant(RESALE, "E07-1", "four members buy the same drugs, and their packs are on sale elsewhere", span=31)
def _(case: Case) -> None:
    codes = []
    for number in range(4):
        bill = _bought(case, LIPIDS[:3], age=50 + number)
        for place, line in enumerate(bill.charges):
            codes.append(10 * number + place)
            line.scanned(codes[-1]).accuse("40.00", certainty="certain")
    for number, code in enumerate(codes):
        _sold_again(case, [code], day=19 + number, drug=LIPIDS[code % 10]).charges[-1].accuse(
            "40.00", rule=TWICE
        ).accuse("40.00", rule=RESOLD)


@plant(RESALE, "E07/one", "one pack of it", span=31)
def _(case: Case) -> None:
    bill = _bought(case, LIPIDS[:2])
    bill.charges[0].scanned(1).accuse("40.00", certainty="high")
    bill.charges[1].scanned(2).spare()
    _sold_again(case, [1], day=30).charges[-1].accuse("40.00", rule=TWICE).accuse("40.00", rule=RESOLD)


@plant(RESALE, "E07/settled-late", "the later sale stands in a claim settled months afterwards", span=75)
def _(case: Case) -> None:
    bill = _bought(case, LIPIDS[:1])
    bill.charges[0].scanned(1).accuse("40.00", certainty="high")
    later = _sold_again(case, [1], day=10)
    later.settled_days_later = 62
    later.charges[-1].accuse("40.00", rule=TWICE).accuse("40.00", rule=RESOLD)


@plant(RESALE, "E07-2", "six such drugs at once, of which no pack appeared again: a lead")
def _(case: Case) -> None:
    for line in _bought(case).charges:
        line.accuse("0.00", certainty="low")


@plant(RESALE, "E07/4", "four such drugs")
def _(case: Case) -> None:
    for line in _bought(case, LIPIDS[:4]).charges:
        line.spare()


@plant(RESALE, "E07/others", "six such drugs among many others")
def _(case: Case) -> None:
    bill = _bought(case)
    bill.line("ISATIS", 4, price="40")
    for line in bill.charges:
        line.spare()


@plant(RESALE, "E07/returned", "given back before it was sold again", span=31)
def _(case: Case) -> None:
    bill = _bought(case, LIPIDS[:1])
    bill.charges[0].scanned(1).scanned(1, event="return", day=2).spare()
    _sold_again(case, [1], day=30).charges[-1].spare(rule=TWICE)


@plant(RESALE, "E07/here", "sold again where it was bought", span=31)
def _(case: Case) -> None:
    bill = _bought(case, LIPIDS[:1])
    bill.charges[0].scanned(1).spare()
    _sold_again(case, [1], day=30, other=1).charges[-1].accuse("40.00", rule=TWICE).spare(rule=RESOLD)
