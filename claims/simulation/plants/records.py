"""What the record says of sex (D15, D17), age (D16) and operations (D18), and of nursing (B22)."""

from .case import FEMALE, MALE, NOT_STATED, UNKNOWN, Bill, Case, plant

DIAGNOSIS, OPERATION = "diag_sex_conflict", "oprn_sex_conflict"
AGE, MISMATCH, NURSING = "diag_age_conflict", "diag_oprn_mismatch", "nursing_level_conflict"
NEWBORN, INFANT, JUVENILE = "A09.900x005", "A09.903", "A50.401"


def _seen(case: Case, sex: int, *codes: str, age: int = 40, birthday_in: int = -40, newborn: bool = False) -> Bill:
    bill = case.visit(case.member(sex, age, birthday_in=birthday_in), *codes, newborn=newborn)
    bill.line("CONSULTATION")
    return bill


@plant(DIAGNOSIS, "D15-1", "a man with heavy periods")
def _(case: Case) -> None:
    _seen(case, MALE, "N92.000").accuse(None, certainty="certain")


@plant(DIAGNOSIS, "D15/woman", "a woman with an enlarged prostate, second among her diagnoses", span=4)
def _(case: Case) -> None:
    case.stay(case.member(FEMALE, 60), "J18.900", "N40.x00", days=3).accuse(None, certainty="certain")


@plant(DIAGNOSIS, "D15/register", "the register knows the other sex: still asked about")
def _(case: Case) -> None:
    bill = _seen(case, FEMALE, "N92.000")
    bill.sex = MALE
    bill.accuse(None, certainty="low")


@plant(DIAGNOSIS, "D15/elsewhere", "the excusing diagnosis stands on another claim only")
def _(case: Case) -> None:
    man = case.member(MALE, 30)
    case.visit(man, "Q56.001", time="08:00").line("KIDNEY")
    bill = case.visit(man, "N92.000", time="10:00")
    bill.line("KIDNEY")
    bill.accuse(None)


@plant(DIAGNOSIS, "D15/Q95", "the code before the excused range")
def _(case: Case) -> None:
    _seen(case, MALE, "N92.000", "Q95.000").accuse(None)


@plant(DIAGNOSIS, "D15/own", "a diagnosis of newborn girls for a man, no newborn")
def _(case: Case) -> None:
    bill = _seen(case, MALE, "P54.600", age=0, birthday_in=0)
    bill.accuse(None)


@plant(DIAGNOSIS, "D15/right", "each sex its own")
def _(case: Case) -> None:
    _seen(case, FEMALE, "N92.000").spare()
    _seen(case, MALE, "N40.x00", age=70).spare()


@plant(DIAGNOSIS, "D15-2", "a newborn on its mother's account")
def _(case: Case) -> None:
    _seen(case, MALE, "P54.600", newborn=True).spare()
    _seen(case, FEMALE, "P07.300", newborn=True).spare()


@plant(DIAGNOSIS, "D15/unknown", "sex unknown, or not stated")
def _(case: Case) -> None:
    _seen(case, UNKNOWN, "N92.000").spare()
    _seen(case, NOT_STATED, "N92.000").spare()


@plant(DIAGNOSIS, "D15/exempt", "a diagnosis that excuses, beside it")
def _(case: Case) -> None:
    for code in ("Q56.001", "Q96.900", "Q97.800", "Q98.400", "Q99.900"):
        _seen(case, MALE, "N92.000", code).spare()


@plant(DIAGNOSIS, "D15/near", "a code beside those of one sex")
def _(case: Case) -> None:
    _seen(case, MALE, "N99.000").spare()


def _cut(case: Case, sex: int, *operations: tuple[str, str], code: str = "K35.900", newborn: bool = False) -> Bill:
    """Four days on a surgical ward."""
    bill = case.stay(case.member(sex, 40), code, days=4, department="A04.01", newborn=newborn)
    for operation in operations:
        bill.operated(*operation, 1)
    return bill


OVARY, PROSTATE, HERNIA = (
    ("65.2900", "卵巢局部切除术"),
    ("60.2900", "经尿道前列腺切除术"),
    ("53.0000", "单侧腹股沟疝修补术"),
)


@plant(OPERATION, "D17-1", "a man's ovary", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, OVARY).accuse(None, certainty="certain")


@plant(OPERATION, "D17/woman", "a woman's prostate, second among the operations", span=6)
def _(case: Case) -> None:
    _cut(case, FEMALE, HERNIA, PROSTATE).accuse(None, certainty="certain")


@plant(OPERATION, "D17/visit", "in day surgery")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "R10.400", kind="day_surgery", department="A04.01").operated(*OVARY)
    bill.line("DRESSING")
    bill.accuse(None)


@plant(OPERATION, "D17/register", "the register knows the other sex: still asked about", span=6)
def _(case: Case) -> None:
    bill = _cut(case, FEMALE, OVARY)
    bill.sex = MALE
    bill.accuse(None, certainty="low")


@plant(OPERATION, "D17/Q95", "the code before the excused range", span=6)
def _(case: Case) -> None:
    bill = _cut(case, MALE, OVARY)
    bill.diagnoses.append("Q95.000")
    bill.accuse(None)


@plant(OPERATION, "D17/published", "an examination by its published code", span=6)
def _(case: Case) -> None:
    _cut(case, FEMALE, ("88.7502", "前列腺超声检查")).accuse(None)


@plant(OPERATION, "D17-2", "a hernia", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, HERNIA).spare()


@plant(OPERATION, "D17/right", "each sex its own", span=6)
def _(case: Case) -> None:
    _cut(case, FEMALE, OVARY).spare()
    _cut(case, MALE, PROSTATE).spare()


@plant(OPERATION, "D17/newborn", "a boy circumcised on his mother's account", span=6)
def _(case: Case) -> None:
    _cut(case, FEMALE, ("64.0x00", "包皮环切术"), code="O80.000", newborn=True).spare()


@plant(OPERATION, "D17/unknown", "sex unknown, or not stated", span=6)
def _(case: Case) -> None:
    _cut(case, UNKNOWN, OVARY).spare()
    _cut(case, NOT_STATED, OVARY).spare()


@plant(OPERATION, "D17/exempt", "a diagnosis that excuses, beside another", span=6)
def _(case: Case) -> None:
    for code in ("Q56.001", "Q99.900"):
        bill = _cut(case, MALE, OVARY)
        bill.diagnoses.append(code)
        bill.spare()


@plant(AGE, "D16-1", "a newborn's disease at the age of three")
def _(case: Case) -> None:
    _seen(case, MALE, NEWBORN, age=3).accuse(None, certainty="high")


@plant(AGE, "D16-2", "a juvenile form in a woman of 42: a limit that nobody has reviewed")
def _(case: Case) -> None:
    _seen(case, FEMALE, JUVENILE, age=42).accuse(None, certainty="low")


@plant(AGE, "D16/59", "a newborn's disease at 59 days")
def _(case: Case) -> None:
    _days_old(case, 59, NEWBORN).accuse(None, certainty="high")


@plant(AGE, "D16/396", "an infant's disease at 396 days")
def _(case: Case) -> None:
    _days_old(case, 396, INFANT).accuse(None)


@plant(AGE, "D16/stay", "second among the diagnoses of a stay", span=4)
def _(case: Case) -> None:
    case.stay(case.member(MALE, 30), "J18.900", NEWBORN, days=3).accuse(None)


@plant(AGE, "D16/least", "a juvenile form in an infant")
def _(case: Case) -> None:
    _days_old(case, 300, JUVENILE).accuse(None, certainty="low")


def _days_old(case: Case, days: int, code: str) -> Bill:
    bill = case.visit(case.member(MALE, 0), code)
    case.members[-1].born = case.day - days
    bill.line("CONSULTATION")
    return bill


@plant(AGE, "D16/58", "58 days, and of an infant's disease 395")
def _(case: Case) -> None:
    _days_old(case, 58, NEWBORN).spare()
    _days_old(case, 395, INFANT).spare()


@plant(AGE, "D16/young", "a newborn, and an infant")
def _(case: Case) -> None:
    _days_old(case, 9, NEWBORN).spare()
    _days_old(case, 200, INFANT).spare()


@plant(AGE, "D16/juvenile", "a juvenile form in a boy of ten")
def _(case: Case) -> None:
    _seen(case, MALE, JUVENILE, age=10).spare()


@plant(AGE, "D16/newborn", "a newborn on its mother's account")
def _(case: Case) -> None:
    _seen(case, FEMALE, NEWBORN, age=29, newborn=True).spare()


@plant(AGE, "D16/other", "diarrhoea at any age")
def _(case: Case) -> None:
    _seen(case, MALE, "A09.900", age=60).spare()


POLYP = ("43.4105", "内镜下胃息肉切除术")


@plant(MISMATCH, "D18/polyp", "a gastric polyp removed for high blood pressure", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, POLYP, code="I10.x00x002").accuse(None, certainty="low")


@plant(MISMATCH, "D18/visit", "a fistula laid open for a cold")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "J06.900", kind="day_surgery", department="A04.01")
    bill.operated("49.1100", "肛门瘘管切开术").line("DRESSING")
    bill.accuse(None)


@plant(MISMATCH, "D18/others", "a gall bladder removed for a fracture", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, ("51.2300", "腹腔镜下胆囊切除术"), code="S72.000").accuse(None)


@plant(MISMATCH, "D18/elsewhere", "the fitting diagnosis stands on another claim only", before=12, span=6)
def _(case: Case) -> None:
    bill = _cut(case, MALE, POLYP, code="I10.x00x002")
    bill.accuse(None)
    case.visit(bill.member, "K31.703", day=-9).line("CONSULTATION")


@plant(MISMATCH, "D18/first", "the main operation fits nothing, the second would", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, ("51.2300", "腹腔镜下胆囊切除术"), ("47.0901", "阑尾切除术")).accuse(None)


@plant(MISMATCH, "D18/two", "neither of two diagnoses fits", span=6)
def _(case: Case) -> None:
    bill = _cut(case, FEMALE, POLYP, code="I10.x00x002")
    bill.diagnoses.append("E11.900")
    bill.accuse(None)


@plant(MISMATCH, "D18-2", "an appendectomy for appendicitis", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, ("47.0901", "阑尾切除术")).spare()


@plant(MISMATCH, "D18/cancer", "a gastric polyp removed for a cancer of the cardia: the library knows the pair", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, POLYP, code="C16.000").spare()


@plant(MISMATCH, "D18/second", "the polyp stands second", span=6)
def _(case: Case) -> None:
    bill = _cut(case, MALE, POLYP, code="I10.x00x002")
    bill.diagnoses.append("K31.703")
    bill.spare()


@plant(MISMATCH, "D18/category", "another code of a category that fits", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, POLYP, code="K31.900").spare()


@plant(MISMATCH, "D18/side", "what fits nothing is not the main operation", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, ("47.0901", "阑尾切除术"), POLYP).spare()


@plant(MISMATCH, "D18/unlisted", "an operation of which the library does not speak", span=6)
def _(case: Case) -> None:
    _cut(case, MALE, ("38.9300", "静脉导管插入术"), code="I10.x00x002").spare()


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
    later.accuse(rule="adm_same_day_rereg")
    later.line("NURSING_1", 1, day=2, time="16:00").spare()


@plant(NURSING, "B22/again-late", "the same, settled 28 days apart", span=36)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 71)
    first = case.stay(woman, "I63.900", days=2, until="09:00", department="A03.03")
    first.line("NURSING_2", 1, day=2, time="08:00", price="15").accuse("15.00", certainty="low")
    later = case.stay(woman, "I21.900", days=3, day=2, time="15:00", department="A03.04")
    later.settled_days_later = 25
    later.accuse(rule="adm_same_day_rereg")
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
