"""Consumables: their number, their operation, their illness and their person (C01, C03, C04, C07)."""

from .case import FEMALE, MALE, Bill, Case, plant

NUMBER, OPERATION, ILLNESS = "cons_qty_over_oprn", "cons_no_matching_oprn", "cons_no_matching_dx"
PERSON = "cons_demography_mismatch"


def _heart(case: Case) -> Bill:
    return case.stay(case.member(MALE, 64), "I20.900", days=6, department="A03.04", level=3)


@plant(OPERATION, "C03-1", "a coronary stent, but no operation and no service that uses it", span=8)
def _(case: Case) -> None:
    _heart(case).line("STENT_OTHER", 1, day=2).accuse("745.00", certainty="high")


@plant(OPERATION, "C03/late", "the operation stands two days before the stent", span=8)
def _(case: Case) -> None:
    bill = _heart(case).operated("36.0700", "冠状动脉药物洗脱支架置入术", day=1)
    bill.line("STENT_OTHER", 1, day=3).accuse("745.00", certainty="low")


@plant(OPERATION, "C03/other", "another operation only", span=8)
def _(case: Case) -> None:
    bill = _heart(case).operated("88.5500", "单根导管的冠状动脉造影术", day=2)
    bill.line("STENT_OTHER", 1, day=2).accuse("745.00", certainty="high")


@plant(OPERATION, "C03/reason", "a reason is recorded: slight", span=8)
def _(case: Case) -> None:
    _heart(case).line("STENT_OTHER", 1, day=2, reason="急诊手术补录").accuse("745.00", certainty="low")


@plant(OPERATION, "C03-2", "a stent with its operation", span=8)
def _(case: Case) -> None:
    bill = _heart(case).operated("36.0600", "冠状动脉支架置入术", day=2)
    bill.line("STENT_OTHER", 1, day=2).spare()


@plant(OPERATION, "C03-3", "a lens with the operation that puts it in")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 70), "H25.900", kind="day_surgery", department="A10")
    bill.operated("13.7100", "人工晶状体置入术").line("LENS", 1).spare()


@plant(OPERATION, "C03/day", "the operation a day before the stent is posted", span=8)
def _(case: Case) -> None:
    bill = _heart(case).operated("36.0700", "冠状动脉药物洗脱支架置入术", day=1)
    bill.line("STENT_OTHER", 1, day=2).spare()


@plant(OPERATION, "C03/service", "no operation coded, but the service is billed", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 68), "M17.900", days=8, department="A04.03", level=3)
    bill.line("KNEE_REPLACEMENT", 1, day=2)
    bill.line("KNEE_PROSTHESIS", 1, day=2).spare()
