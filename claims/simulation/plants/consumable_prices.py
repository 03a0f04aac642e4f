"""Consumables: their price, the service that includes them, and the set they belong to (C02, C05, C06)."""

from .case import FEMALE, MALE, Bill, Case, plant

PRICE, INCLUDED, KIT = "cons_price_over_cap", "cons_included_in_item", "cons_kit_split"


def _heart(case: Case) -> Bill:
    return case.stay(case.member(MALE, 64), "I20.900", days=6, department="A03.04", level=3)


@plant(PRICE, "C02-1", "a stent won at 798 billed at 1200", span=8)
def _(case: Case) -> None:
    bill = _heart(case).operated("36.0700", "冠状动脉药物洗脱支架置入术", day=2)
    bill.line("STENT_DRUG", 1, day=2, price="1200").accuse("402.00", certainty="certain")


@plant(PRICE, "C02-3", "a box of ten at 100 billed at 12 a piece", span=5)
def _(case: Case) -> None:
    case.visit(case.member(), "S61.900", kind="emergency", department="A20").line("GAUZE_BOX", 5, price="12").accuse(
        "10.00", certainty="low"
    )


@plant(PRICE, "C02/box", "the box itself above its price")
def _(case: Case) -> None:
    case.visit(case.member(), "S61.900", kind="emergency", department="A20").line("GAUZE_BOX", 1, price="110").accuse(
        "10.00", certainty="certain"
    )


@plant(PRICE, "C02-2", "a stent won at 798 billed at 798", span=8)
def _(case: Case) -> None:
    bill = _heart(case).operated("36.0700", "冠状动脉药物洗脱支架置入术", day=2)
    bill.line("STENT_DRUG", 1, day=2).spare()


@plant(PRICE, "C02/piece", "ten yuan a piece of a box of ten at 100")
def _(case: Case) -> None:
    case.visit(case.member(), "S61.900", kind="emergency", department="A20").line("GAUZE_BOX", 5, price="10").spare()


@plant(INCLUDED, "C05-1", "the blood line beside the dialysis that includes it")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 55), "N18.001", department="A03.06", level=3)
    bill.line("DIALYSIS")
    bill.line("BLOODLINE", 1).accuse("58.00", certainty="certain")


@plant(INCLUDED, "C05/twice", "two blood lines on one day of dialysis")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 55), "N18.001", department="A03.06", level=3)
    bill.line("DIALYSIS")
    bill.line("BLOODLINE", 2).accuse("116.00")


@plant(INCLUDED, "C05-2", "a dialyser, which may be charged apart")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 55), "N18.001", department="A03.06", level=3)
    bill.line("DIALYSIS")
    bill.line("DIALYSER", 1).spare()


@plant(INCLUDED, "C05-3", "a guide wire, charged apart by the price document")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 55), "N18.001", department="A03.06", level=3)
    bill.line("DIALYSIS")
    bill.line("GUIDE_WIRE", 1).spare()


@plant(INCLUDED, "C05/day", "the blood line on a day without dialysis", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 55), "N18.001", days=4, department="A03.06", level=3)
    bill.line("DIALYSIS", 1, day=1)
    bill.line("BLOODLINE", 1, day=2).spare()


@plant(INCLUDED, "C05/reversed", "the dialysis is taken back")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 55), "N18.001", department="A03.06", level=3)
    bill.line("DIALYSIS").take_back()
    bill.line("BLOODLINE", 1).spare()


def _hip(case: Case, cup: str, stem: str, head: str, *, other: bool = False) -> Bill:
    bill = case.stay(case.member(FEMALE, 72), "S72.000", days=8, department="A04.03", level=3)
    bill.line("HIP_CUP", 1, day=2, time="11:00", price=cup)
    bill.line("HIP_STEM", 1, day=2, time="11:01", price=stem)
    bill.line("HIP_HEAD_OTHER" if other else "HIP_HEAD", 1, day=2, time="11:02", price=head)
    return bill


@plant(KIT, "C06-1", "a hip of 9000 as a set, its parts billed at 11500", span=10)
def _(case: Case) -> None:
    cup, stem, head = _hip(case, "4000", "5000", "2500").charges[-3:]
    cup.accuse("869.56", certainty="high")
    stem.accuse("1086.96")
    head.accuse("543.48")


@plant(KIT, "C06-3", "a head of another maker: slight", span=10)
def _(case: Case) -> None:
    for charge in _hip(case, "4000", "5000", "2500", other=True).charges[-3:]:
        charge.accuse(certainty="low")


@plant(KIT, "C06-2", "parts at the price of the set", span=10)
def _(case: Case) -> None:
    for charge in _hip(case, "3000", "4000", "2000").charges[-3:]:
        charge.spare()


@plant(KIT, "C06/tolerance", "two per cent above the price of the set", span=10)
def _(case: Case) -> None:
    for charge in _hip(case, "3180", "4000", "2000").charges[-3:]:
        charge.spare()


@plant(KIT, "C06/one", "one part alone is replaced", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 72), "S72.000", days=8, department="A04.03", level=3)
    bill.line("HIP_HEAD", 1, day=2, price="12000").spare()
