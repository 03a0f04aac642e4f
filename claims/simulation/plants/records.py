"""What the record says of sex (D15, D17), age (D16) and operations (D18), and of nursing (B22)."""

from .case import FEMALE, MALE, NOT_STATED, UNKNOWN, Bill, Case, plant

DIAGNOSIS, OPERATION = "diag_sex_conflict", "oprn_sex_conflict"
AGE, MISMATCH, NURSING = "diag_age_conflict", "diag_oprn_mismatch", "nursing_level_conflict"
NEWBORN, INFANT, JUVENILE = "A09.900x005", "A09.903", "A50.401"


def _nursed(case: Case, *, days: int = 6, newborn: bool = False) -> Bill:
    return case.stay(case.member(FEMALE, 71), "I63.900", days=days, department="A03.03", newborn=newborn)


@plant(NURSING, "B22-1", "grades I and II on one day", span=8)
def _(case: Case) -> None:
    bill = _nursed(case)
    bill.line("NURSING_1", 1, day=2).spare()
    bill.line("NURSING_2", 1, day=2, time="09:00", price="15").accuse("15.00", certainty="high")


@plant(NURSING, "B22/three", "three grades on one day", span=8)
def _(case: Case) -> None:
    bill = _nursed(case)
    bill.line("NURSING_3", 1, day=2, time="08:00", price="10").accuse("10.00", certainty="high")
    bill.line("NURSING_2", 1, day=2, time="09:00", price="15").accuse("15.00", certainty="high")
    bill.line("NURSING_1", 1, day=2).spare()


@plant(NURSING, "B22/special", "special nursing, by the hour in many places, and grade I", span=8)
def _(case: Case) -> None:
    bill = _nursed(case)
    bill.line("NURSING_SPECIAL", 1, day=2).spare()
    bill.line("NURSING_1", 1, day=2, time="15:00", price="25").accuse("25.00", certainty="low")


@plant(NURSING, "B22/again", "discharged on grade II and taken in again on grade I", span=8)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 71)
    first = case.stay(woman, "I63.900", days=2, until="09:00", department="A03.03")
    first.line("NURSING_2", 1, day=2, time="08:00", price="15").accuse("15.00", certainty="low")
    later = case.stay(woman, "I21.900", days=3, day=2, time="15:00", department="A03.04")
    later.line("NURSING_1", 1, day=2, time="16:00").spare()


@plant(NURSING, "B22/again-late", "the same, settled 28 days apart", span=36)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 71)
    first = case.stay(woman, "I63.900", days=2, until="09:00", department="A03.03")
    first.line("NURSING_2", 1, day=2, time="08:00", price="15").accuse("15.00", certainty="low")
    later = case.stay(woman, "I21.900", days=3, day=2, time="15:00", department="A03.04")
    later.settled_days_later = 25
    later.line("NURSING_1", 1, day=2, time="16:00").spare()


@plant(NURSING, "B22/four", "special nursing, grade I and grade II; of two of the last one is taken back", span=8)
def _(case: Case) -> None:
    bill = _nursed(case)
    bill.line("NURSING_SPECIAL", 1, day=2, time="08:00").spare()
    bill.line("NURSING_1", 1, day=2, time="09:00", price="25").accuse("25.00", certainty="low")
    bill.line("NURSING_2", 2, day=2, price="15").take_back(1).accuse("15.00", certainty="high")


@plant(NURSING, "B22-2", "grade II for six days with one change to grade I", span=8)
def _(case: Case) -> None:
    bill = _nursed(case)
    for day in range(6):
        bill.line("NURSING_1" if day == 3 else "NURSING_2", 1, day=day).spare()


@plant(NURSING, "B22/members", "two members on one ward, and one member at two hospitals on one day", span=8)
def _(case: Case) -> None:
    _nursed(case).line("NURSING_1", 1, day=2).spare()
    _nursed(case).line("NURSING_2", 1, day=2).spare()
    man = case.member(MALE, 66)
    here = case.stay(man, "I20.900", days=2, until="09:00", department="A03.04", transferred=True)
    here.line("NURSING_2", 1, day=2, time="08:00").spare()
    place = case.hospital(2, other=1)
    there = case.stay(man, "I21.900", days=3, day=2, time="13:00", place=place, department="A03.04", transferred=True)
    there.line("NURSING_1", 1, day=2, time="14:00").spare()


@plant(NURSING, "B22/posted", "grade II posted for two days, grade I for one; and the other way round", span=8)
def _(case: Case) -> None:
    bill = _nursed(case)
    bill.line("NURSING_2", 2, day=2, days=2).spare()
    bill.line("NURSING_1", 1, day=3).spare()
    bill.line("NURSING_2", 1, day=4).spare()
    bill = _nursed(case)
    bill.line("NURSING_1", 2, day=2, days=2)
    bill.line("NURSING_2", 1, day=2).spare()


@plant(NURSING, "B22/newborn", "mother and newborn on one account", span=8)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "O80.000", days=3, department="A05.02", newborn=True)
    bill.line("NURSING_1", 1, day=1).spare()
    bill.line("NURSING_2", 1, day=1).spare()


@plant(NURSING, "B22/reversed", "grade I is taken back", span=8)
def _(case: Case) -> None:
    bill = _nursed(case)
    bill.line("NURSING_1", 1, day=2).take_back()
    bill.line("NURSING_2", 1, day=2).spare()
