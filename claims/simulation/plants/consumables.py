"""Consumables: their number, their operation, their illness and their person (C01, C03, C04, C07)."""

from .case import FEMALE, MALE, Bill, Case, plant

NUMBER, OPERATION, ILLNESS = "cons_qty_over_oprn", "cons_no_matching_oprn", "cons_no_matching_dx"
PERSON = "cons_demography_mismatch"


def _knee(case: Case, *, sides: int = 1) -> Bill:
    bill = case.stay(case.member(FEMALE, 68), "M17.900", days=8, department="A04.03", level=3)
    for _ in range(sides):
        bill.operated("81.5400", "全膝关节置换术", day=2)
    return bill


def _spine(case: Case) -> Bill:
    bill = case.stay(case.member(MALE, 55), "M51.202", days=8, department="A04.03", level=3)
    return bill.operated("81.0800", "腰椎椎体间融合术，后入路", day=2)


def _heart(case: Case) -> Bill:
    return case.stay(case.member(MALE, 64), "I20.900", days=6, department="A03.04", level=3)


@plant(NUMBER, "C01-1", "two knee prostheses in a replacement of one side", span=10)
def _(case: Case) -> None:
    _knee(case).line("KNEE_PROSTHESIS", 2, day=2).accuse("4800.00", certainty="high").spare(rule=OPERATION)


@plant(NUMBER, "C01-3", "twenty screws where the operation can use eight", span=10)
def _(case: Case) -> None:
    bill = _spine(case)
    bill.line("PEDICLE_SCREW", 12, day=2, time="11:00").accuse("480.00")
    bill.line("PEDICLE_SCREW", 8, day=2, time="12:00").accuse("960.00")


@plant(NUMBER, "C01/part", "three prostheses of which one is taken back", span=10)
def _(case: Case) -> None:
    _knee(case).line("KNEE_PROSTHESIS", 3, day=2).take_back(1).accuse("4800.00")


@plant(NUMBER, "C01-2", "both sides recorded, two prostheses", span=10)
def _(case: Case) -> None:
    _knee(case, sides=2).line("KNEE_PROSTHESIS", 2, day=2).spare()


@plant(NUMBER, "C01/9", "nine screws: within the tolerance", span=10)
def _(case: Case) -> None:
    _spine(case).line("PEDICLE_SCREW", 9, day=2).spare()


@plant(NUMBER, "C01/reason", "the first prosthesis failed, which is recorded", span=10)
def _(case: Case) -> None:
    bill = _knee(case)
    bill.line("KNEE_PROSTHESIS", 1, day=2, time="11:00").spare()
    bill.line("KNEE_PROSTHESIS", 1, day=2, time="12:00", reason="首枚术中破损").spare()


@plant(NUMBER, "C01/reversed", "the second prosthesis is taken back", span=10)
def _(case: Case) -> None:
    bill = _knee(case)
    bill.line("KNEE_PROSTHESIS", 1, day=2, time="11:00").spare()
    bill.line("KNEE_PROSTHESIS", 1, day=2, time="12:00").take_back().spare()


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


@plant(ILLNESS, "C04-1", "a plate for the femur, and only the arm is broken", span=8)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "S42.300", days=6, department="A04.03")
    plate = bill.line("FEMUR_PLATE", 1, day=2)
    plate.accuse("1860.00", certainty="high").accuse("1860.00", certainty="high", rule=OPERATION)


@plant(ILLNESS, "C04/stone", "a stone basket without a stone", span=8)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "N10.x00", days=4, department="A04.04")
    bill.line("STONE_BASKET", 1, day=2).accuse("420.00")


@plant(ILLNESS, "C04-2", "a plate for a broken femur", span=8)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "S72.300", days=6, department="A04.03")
    bill.operated("79.3500", "股骨骨折切开复位内固定术", day=2).line("FEMUR_PLATE", 1, day=2).spare()


@plant(ILLNESS, "C04-3", "a stone basket with a stone", span=8)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "N20.100", days=4, department="A04.04")
    bill.line("STONE_BASKET", 1, day=2).spare()


@plant(ILLNESS, "C04/operation", "a revision: the operation is recorded, the old fracture is not", span=8)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "M17.900", days=6, department="A04.03")
    bill.operated("79.3500", "股骨骨折切开复位内固定术", day=2).line("FEMUR_PLATE", 1, day=2).spare()


@plant(PERSON, "C07-1", "an intrauterine device for a man")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 30), "R10.400", department="A05.01").line("IUD", 1).accuse(
        "85.00", certainty="certain"
    )


@plant(PERSON, "C07-2", "a child's breathing circuit for a person of 16", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 16), "J18.900", days=4, department="A03.01")
    bill.line("CHILD_CIRCUIT", 1, day=1).accuse("130.00", certainty="low")


@plant(PERSON, "C07/department", "a cardiac catheter billed by the skin department", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 60), "L20.900", days=4, department="A13", level=3)
    bill.line("CARDIAC_CATHETER", 1, day=1).accuse("210.00", certainty="low")


@plant(PERSON, "C07/woman", "an intrauterine device for a woman")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 30), "R10.400", department="A05.01").line("IUD", 1).spare()


@plant(PERSON, "C07/13", "a child's breathing circuit the day before the 14th birthday", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 13, birthday_in=5), "J18.900", days=4, department="A07")
    bill.line("CHILD_CIRCUIT", 1, day=1).spare()


@plant(PERSON, "C07-3", "a cardiac catheter billed by cardiology", span=8)
def _(case: Case) -> None:
    _heart(case).line("CARDIAC_CATHETER", 1, day=1).spare()


@plant(PERSON, "C07/reversed", "an intrauterine device for a man, taken back")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 30), "R10.400", department="A05.01").line("IUD", 1).take_back().spare()
