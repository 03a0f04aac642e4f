"""Stays that should not have been, or not as they were billed (D02, D04, D05, D07, D09, D13)."""

from decimal import Decimal

from .case import FEMALE, MALE, Bill, Case, plant

AT_ONCE = "adm_same_day_rereg"
ELSEWHERE = "adm_overlap_outpatient"
DURING = "charge_during_other_stay"
CHECKUP = "adm_checkup_type"
LOW = "adm_low_standard"
HELD = "adm_hang_bed"
OFTEN = "adm_frequent"
SHIFT = "adm_cost_shift"
SPLIT = "adm_readmit_split"
VISIT = "item_visit_type_restricted"
NOTHING = Decimal(0)
TESTS = (
    "CT", "ULTRASOUND", "ECG", "GLUCOSE", "HBA1C", "POTASSIUM", "SODIUM", "CHLORIDE", "BLOOD_COUNT", "URINE", "LIVER",
    "KIDNEY", "LIPIDS", "CRP", "STOOL",
)  # fmt: skip
MORE_TESTS = ("URIC_ACID", "THYROID", "TUMOUR_MARKERS", "XRAY", "HOLTER")


def _again(case: Case, time: str = "14:00", *, day: int = 4, elsewhere: bool = False) -> tuple[Bill, Bill]:
    """Four days, out at ten, and in again for another illness on another ward."""
    man = case.member(MALE, 61)
    first = case.stay(man, "K29.500", days=4, department="A03.02")
    place = case.hospital(2, other=1 if elsewhere else 0)
    later = case.stay(man, "I10.x00x002", days=3, day=day, time=time, department="A03.04", place=place)
    return first, later


@plant(AT_ONCE, "D02-1", "discharged at nine, taken in at two on the same ward", span=9)
def _(case: Case) -> None:
    man = case.member(MALE, 64)
    case.stay(man, "J18.900", days=4, until="09:00").spare()
    case.stay(man, "J18.900", days=4, day=4, time="14:00").accuse().accuse(rule=SPLIT)


@plant(AT_ONCE, "D02/24", "24 hours later, another illness on another ward", span=9)
def _(case: Case) -> None:
    _again(case, "10:00", day=5)[1].accuse(certainty="high")


@plant(AT_ONCE, "D02/0", "at the very second", span=8)
def _(case: Case) -> None:
    _again(case, "10:00")[1].accuse()


@plant(AT_ONCE, "D02/settled-late", "the earlier stay is settled a month after the later one", span=46)
def _(case: Case) -> None:
    first, later = _again(case)
    first.settled_days_later = 40
    later.accuse()


@plant(AT_ONCE, "D02/unknown-payment", "how the later stay is paid is not known", span=8)
def _(case: Case) -> None:
    _, later = _again(case)
    later.pay_method = ""
    later.accuse()


@plant(AT_ONCE, "D02-2", "the mother discharged, her newborn taken in on her account", span=8)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 29)
    case.stay(woman, "O80.000", days=3, department="A05.02").spare()
    case.stay(woman, "P59.900", days=4, day=3, time="12:00", department="A07", newborn=True).spare()


@plant(AT_ONCE, "D02/newborn-first", "the newborn discharged, the mother taken in", span=8)
def _(case: Case) -> None:
    first, later = _again(case)
    first.newborn = True
    later.spare()


@plant(AT_ONCE, "D02/24+", "24 hours and a second later", span=9)
def _(case: Case) -> None:
    _again(case, "10:00:01", day=5)[1].spare()


@plant(AT_ONCE, "D02/elsewhere", "taken in elsewhere", span=8)
def _(case: Case) -> None:
    _again(case, elsewhere=True)[1].spare()


@plant(AT_ONCE, "D02/transferring", "the earlier stay ended in a documented transfer", span=8)
def _(case: Case) -> None:
    first, later = _again(case)
    first.transferred = True
    later.spare()


@plant(AT_ONCE, "D02/transferred", "the later stay began by a documented transfer", span=8)
def _(case: Case) -> None:
    _, later = _again(case)
    later.transferred = True
    later.spare()


@plant(AT_ONCE, "D02/bed-day", "paid by the bed day", span=8)
def _(case: Case) -> None:
    _, later = _again(case)
    later.pay_method = "bed_day"
    later.spare()


@plant(AT_ONCE, "D02/members", "two members, one after the other", span=8)
def _(case: Case) -> None:
    _, later = _again(case)
    later.member = case.member(MALE, 61)
    later.spare()


def _visit(
    case: Case, time: str = "11:00", *, day: int = 4, kind: str = "outpatient", newborn: bool = False
) -> tuple[Bill, Bill]:
    """Nine days in one hospital from nine to ten o'clock, and a visit elsewhere on one of them."""
    woman = case.member(FEMALE, 58)
    stay = case.stay(woman, "I63.900", days=9, department="A03.03")
    place = case.pharmacy() if kind == "pharmacy" else case.hospital(2, other=1)
    visit = case.visit(woman, "R53.x00", day=day, time=time, kind=kind, place=place, newborn=newborn)
    return stay, visit


@plant(ELSEWHERE, "D07-1", "a decoction elsewhere on the fifth day of a stay", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case)
    visit.line("SLICE_ASTRAGALUS", 800, price="1").accuse("800.00", certainty="high").accuse("800.00", rule=DURING)


@plant(ELSEWHERE, "D07/pharmacy", "a purchase on the fifth day: the family may have fetched it", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case, kind="pharmacy")
    visit.line("AMLODIPINE", 2, price="10").accuse("20.00", certainty="low").accuse("20.00", rule=DURING)


@plant(ELSEWHERE, "D07/examination", "an examination: the hospital may have sent the person", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case)
    visit.line("CT", 1, price="200").accuse("200.00", certainty="low").accuse("200.00", rule=DURING)


@plant(ELSEWHERE, "D07/24", "a day after admission, and a day before discharge", span=11)
def _(case: Case) -> None:
    stay, visit = _visit(case, day=1, time="08:00")
    visit.line("TUINA", 1, day=1, time="09:00", price="30").accuse("30.00").accuse("30.00", rule=DURING)
    late = case.visit(stay.member, "R53.x00", day=8, time="09:00", place=visit.place)
    late.line("TUINA", 1, day=8, time="10:00", price="30").accuse("30.00").accuse("30.00", rule=DURING)


@plant(ELSEWHERE, "D07/service", "a service of a chronic-disease visit", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case, kind="chronic")
    visit.line("TUINA", 1, price="30").accuse("30.00", certainty="high").accuse("30.00", rule=DURING)


@plant(ELSEWHERE, "D07/cancer", "a cancer drug of a clinic is no purchase", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case)
    visit.line("CAPECITABINE", 1, price="500").accuse("500.00", certainty="high").accuse("500.00", rule=DURING)


@plant(ELSEWHERE, "D07/settled-late", "the stay is settled two months after the visit", span=72)
def _(case: Case) -> None:
    stay, visit = _visit(case)
    stay.settled_days_later = 60
    visit.line("TUINA", 1, price="30").accuse("30.00").accuse("30.00", rule=DURING)


@plant(ELSEWHERE, "D07/fen", "a fen of it is asked of the fund", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case)
    visit.line("TUINA", 1, price="100", share=1).accuse("100.00").accuse("100.00", rule=DURING)


@plant(ELSEWHERE, "D07-2", "dialysis in a hospital that can give it, with its heparin", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case)
    visit.line("DIALYSIS", 1).spare()
    visit.line("HEPARIN_PLAIN", 1).spare().accuse(rule=DURING)


@plant(
    ELSEWHERE,
    "D07/first-day",
    "a second less than a day after admission, and before discharge",
    span=11,
)
def _(case: Case) -> None:
    stay, visit = _visit(case, day=1, time="08:00")
    visit.line("TUINA", 1, day=1, time="08:59:59").spare().accuse(rule=DURING)
    late = case.visit(stay.member, "R53.x00", day=8, time="09:00", place=visit.place)
    late.line("TUINA", 1, day=8, time="10:00:01").spare().accuse(rule=DURING)


@plant(ELSEWHERE, "D07/refill", "drugs of a chronic-disease visit, which the family may fetch", span=11)
def _(case: Case) -> None:
    _visit(case, kind="chronic")[1].line("AMLODIPINE", 2).spare().spare(rule=DURING)


@plant(ELSEWHERE, "D07/cancer-pharmacy", "cancer drugs fetched at a pharmacy", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case, kind="pharmacy")
    visit.line("CAPECITABINE", 1, price="268").spare().accuse("268.00", rule=SHIFT).accuse("268.00", rule=DURING)


@plant(ELSEWHERE, "D07/self-paid", "paid by the person alone", span=11)
def _(case: Case) -> None:
    _visit(case)[1].line("TUINA", 1, self_paid=True).spare()


@plant(ELSEWHERE, "D07/newborn", "the newborn's visit on the mother's account", span=11)
def _(case: Case) -> None:
    _visit(case, newborn=True)[1].line("NURSING_NEWBORN", 1).spare()


@plant(ELSEWHERE, "D07/newborn-stay", "the newborn lies in hospital on the mother's account", span=11)
def _(case: Case) -> None:
    stay, visit = _visit(case)
    stay.newborn = True
    visit.line("TUINA", 1).spare()


@plant(ELSEWHERE, "D07/midnight", "only the day is known", span=11)
def _(case: Case) -> None:
    _visit(case)[1].line("TUINA", 1, day=4, time="00:00").spare().accuse(rule=DURING)


@plant(ELSEWHERE, "D07/members", "another member's visit", span=11)
def _(case: Case) -> None:
    _, visit = _visit(case)
    visit.member = case.member(FEMALE, 58)
    visit.line("TUINA", 1).spare()


def _tested(case: Case, illness: str = "R53.x00", *, days: int = 3, tests: int = 15, price: str = "40") -> Bill:
    """A stay with a bed of 30.00 on each day and so many tests of one price, without treatment."""
    bill = case.stay(case.member(MALE, 45), illness, days=days, bare=True, department="A03.07").beds(price="30")
    for item in (*TESTS, *MORE_TESTS)[:tests]:
        bill.line(item, 1, price=price)
    if illness == "R53.x00":  # what a clinic treats
        bill.accuse(rule=LOW)
    return bill


@plant(CHECKUP, "D04-1", "three days, twenty tests, two tablets", span=4)
def _(case: Case) -> None:
    bill = _tested(case, tests=20, price="20")
    bill.line("AMLODIPINE", 2, price="5")
    bill.accuse(certainty="high")


@plant(CHECKUP, "D04/4", "four days, fifteen tests", span=5)
def _(case: Case) -> None:
    _tested(case, days=4).accuse()


@plant(CHECKUP, "D04/70+", "a fen more than seven tenths of the bill", span=4)
def _(case: Case) -> None:
    bill = _tested(case, price="20")
    bill.line("BLOOD_COUNT", 1, day=1, price="0.01")
    bill.line("HOME_VISIT", 1, day=1, price="38.57").accuse("38.57", rule=VISIT)
    bill.accuse()


@plant(CHECKUP, "D04/300-", "treatment for a fen less than 300 yuan", span=4)
def _(case: Case) -> None:
    bill = _tested(case, price="80")
    bill.line("NEBULISER", 1, day=1, price="99.99")
    bill.line("AMLODIPINE", 1, day=1, price="100")
    bill.line("ISATIS", 1, day=1, price="60")
    bill.line("SLICE_PORIA", 1, day=1, price="20")
    bill.line("INFUSION_SET", 1, day=1, price="20")
    bill.accuse()


@plant(CHECKUP, "D04-3", "a tumour's spread is looked for before chemotherapy: slight", span=4)
def _(case: Case) -> None:
    _tested(case, "C34.900").accuse(certainty="low")


@plant(CHECKUP, "D04/D48", "the last code of the tumours, and the first beyond", span=4)
def _(case: Case) -> None:
    _tested(case, "D48.900").accuse(certainty="low")
    _tested(case, "D50.900").accuse(certainty="high")
    _tested(case, "B99.x00").accuse(certainty="high")


@plant(CHECKUP, "D04-2", "operated on later in the same stay", span=4)
def _(case: Case) -> None:
    _tested(case, "I83.900").operated("38.5900", "下肢静脉曲张剥脱术", 2).spare()


@plant(CHECKUP, "D04/fee", "no record of an operation, but a fee for one", span=4)
def _(case: Case) -> None:
    bill = _tested(case, "S61.900", price="60")
    bill.line("WOUND_SUTURE", 1, day=1, price="80")
    bill.spare()


@plant(CHECKUP, "D04/14", "fourteen tests, one of them twice", span=4)
def _(case: Case) -> None:
    bill = _tested(case, tests=14)
    bill.line("CT", 1, day=1, price="40")
    bill.spare()


@plant(CHECKUP, "D04/5", "five days", span=6)
def _(case: Case) -> None:
    _tested(case, days=5).spare()


@plant(CHECKUP, "D04/70", "seven tenths of the bill to the fen", span=4)
def _(case: Case) -> None:
    bill = _tested(case, price="42")
    bill.line("HOME_VISIT", 1, day=1, price="180").accuse("180.00", rule=VISIT)
    bill.spare()


@plant(CHECKUP, "D04/300", "treatment for 300 yuan", span=4)
def _(case: Case) -> None:
    bill = _tested(case, price="80")
    bill.line("NEBULISER", 1, day=1, price="60")
    bill.line("AMLODIPINE", 1, day=1, price="60")
    bill.line("ISATIS", 1, day=1, price="60")
    bill.line("SLICE_PORIA", 1, day=1, price="60")
    bill.line("INFUSION_SET", 1, day=1, price="60")
    bill.spare()


@plant(CHECKUP, "D04/newborn", "a newborn is screened on its mother's account", span=4)
def _(case: Case) -> None:
    bill = _tested(case, "P59.900")
    bill.newborn = True
    bill.spare()


def _held(case: Case, nursed: tuple[int, ...], *, days: int = 10, kind: str = "pharmacy") -> tuple[Bill, Bill]:
    """A stay with lines of nursing on some days only, and a visit elsewhere on the sixth."""
    man = case.member(MALE, 52)
    stay = case.stay(man, "M51.202", days=days, bare=True, department="A04.03")
    for day in nursed:
        stay.line("NURSING_2", 1, day=day, time="10:30")
    place = case.pharmacy() if kind == "pharmacy" else case.hospital(2, other=1)
    visit = case.visit(man, "I10.x00x002", day=5, time="11:00", kind=kind, place=place)
    return stay, visit


@plant(HELD, "D05-1", "lines on four of ten days, drugs bought elsewhere on the sixth", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 9))
    stay.line("AMLODIPINE", 1, day=9)
    visit.line("AMLODIPINE", 2, price="10").accuse("20.00", certainty="low", rule=ELSEWHERE).accuse(
        "20.00", rule=DURING
    )
    stay.accuse(certainty="high")


@plant(HELD, "D05-3", "the hospital sends no nursing at all: slight", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, ())
    stay.line("AMLODIPINE", 1, day=1)
    visit.line("AMLODIPINE", 2, price="10").accuse("20.00", rule=ELSEWHERE).accuse("20.00", rule=DURING)
    stay.accuse(certainty="low")


@plant(HELD, "D05/clinic", "treated in a clinic elsewhere", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 9), kind="chronic")
    visit.line("CT", 1, price="200").accuse("200.00", rule=ELSEWHERE).accuse("200.00", rule=DURING)
    stay.accuse()


@plant(HELD, "D05/earlier", "what was bought elsewhere was settled two months before the stay", span=72)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 9))
    stay.settled_days_later = 58
    visit.line("AMLODIPINE", 2, price="10").accuse("20.00", rule=ELSEWHERE).accuse("20.00", rule=DURING)
    stay.accuse()


@plant(HELD, "D05-2", "one night of leave", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 3, 4, 6, 7, 8, 9))
    visit.line("AMLODIPINE", 2, price="10").accuse("20.00", rule=ELSEWHERE).accuse("20.00", rule=DURING)
    stay.spare()


@plant(HELD, "D05/half", "lines on half of the days", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 3, 9))
    visit.line("AMLODIPINE", 2, price="10").accuse("20.00", rule=ELSEWHERE).accuse("20.00", rule=DURING)
    stay.spare()


@plant(HELD, "D05/posted", "few days with lines, but nothing elsewhere: posted in sums", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 9))
    visit.member = case.member(MALE, 52)
    visit.line("AMLODIPINE", 2).spare(rule=ELSEWHERE)
    stay.spare()


@plant(HELD, "D05/dialysis", "dialysis elsewhere", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 9), kind="chronic")
    visit.line("DIALYSIS", 1)
    stay.spare()


@plant(HELD, "D05/refill", "drugs of a chronic-disease visit", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 9), kind="chronic")
    visit.line("AMLODIPINE", 1).spare(rule=DURING)
    stay.spare()


@plant(HELD, "D05/cancer", "a cancer drug fetched at a pharmacy", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 9))
    visit.line("CAPECITABINE", 1, price="268").accuse("268.00", rule=SHIFT).accuse("268.00", rule=DURING)
    stay.spare()


@plant(HELD, "D05/first-day", "bought on the day after admission", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 9))
    visit.admitted -= 4 * 86_400 + 4 * 3_600
    visit.line("AMLODIPINE", 1).accuse(rule=DURING)
    stay.spare()


@plant(HELD, "D05/newborn", "a newborn on the account", span=12)
def _(case: Case) -> None:
    stay, visit = _held(case, (0, 1, 2, 9))
    stay.newborn = True
    visit.line("AMLODIPINE", 1)
    stay.spare()


def _often(case: Case, codes: list[str], every: int, *, hospitals: int = 1) -> list[Bill]:
    """Stays of two days for these illnesses, one every so many days."""
    man = case.member(MALE, 66)
    return [
        case.stay(man, code, days=2, day=number * every, place=case.hospital(2, number % hospitals))
        for number, code in enumerate(codes)
    ]


@plant(OFTEN, "D09-1", "nine admissions for bronchitis to three hospitals", span=76)
def _(case: Case) -> None:
    for number, bill in enumerate(_often(case, ["J40.x00"] * 9, 9, hospitals=3)):
        if number:
            bill.accuse(rule=SPLIT)
        if number < 3:
            bill.spare()
        else:
            bill.accuse(NOTHING, certainty="low")


@plant(OFTEN, "D09/4", "the fourth for one illness", span=62)
def _(case: Case) -> None:
    *three, fourth = _often(case, ["J18.900"] * 4, 19)
    for bill in three:
        bill.spare()
    fourth.accuse(NOTHING)


@plant(OFTEN, "D09/6", "the sixth, each for another illness", span=74)
def _(case: Case) -> None:
    *five, sixth = _often(case, ["J40.x00", "K29.500", "I10.x00x002", "M51.202", "N10.x00", "A09.900"], 14)
    for bill in five:
        bill.spare()
    sixth.accuse(NOTHING)


@plant(OFTEN, "D09-2", "chemotherapy every 21 days", span=68)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 52)
    for number in range(4):
        case.stay(woman, "Z51.100", "C50.900", days=2, day=21 * number, department="A19").spare()


@plant(OFTEN, "D09/course", "a planned course, by its number", span=62)
def _(case: Case) -> None:
    for bill in _often(case, ["M51.202"] * 4, 19):
        bill.course = "HL-9"
        bill.spare()


@plant(OFTEN, "D09/transferred", "one of four by a documented transfer", span=62)
def _(case: Case) -> None:
    bills = _often(case, ["J40.x00"] * 4, 19)
    bills[1].transferred = True
    bills[-1].spare()


@plant(OFTEN, "D09/newborn", "one of four a newborn's", span=62)
def _(case: Case) -> None:
    bills = _often(case, ["J40.x00"] * 4, 19)
    bills[1].newborn = True
    bills[-1].spare()


@plant(OFTEN, "D09/members", "four stays of two members", span=62)
def _(case: Case) -> None:
    bills = _often(case, ["J40.x00"] * 4, 19)
    bills[-1].member = case.member(MALE, 66)
    bills[-1].spare()


def _shifted(case: Case, day: int = 4, *, kind: str = "outpatient", newborn: bool = False) -> tuple[Bill, Bill]:
    """Nine days in a hospital, and a visit to its own clinics on one of them, or a purchase."""
    woman = case.member(FEMALE, 57)
    stay = case.stay(woman, "C50.900", days=9, department="A19")
    place = case.pharmacy() if kind == "pharmacy" else stay.place
    visit = case.visit(woman, "C50.900", day=day, time="14:00", kind=kind, place=place, newborn=newborn)
    return stay, visit


@plant(SHIFT, "D13-1", "a cancer drug bought outside during the stay", span=11)
def _(case: Case) -> None:
    _, visit = _shifted(case, kind="pharmacy")
    visit.line("CAPECITABINE", 2, price="268").accuse("536.00", certainty="high").accuse("536.00", rule=DURING)


@plant(SHIFT, "D13/clinic", "the hospital's own clinic, the day after admission and the day before discharge", span=11)
def _(case: Case) -> None:
    stay, visit = _shifted(case, 1)
    visit.line("CT", 1, price="200").accuse("200.00").spare(rule=ELSEWHERE)
    late = case.visit(stay.member, "C50.900", day=8, place=stay.place, kind="chronic")
    late.line("AMLODIPINE", 1, price="10").accuse("10.00")


@plant(SHIFT, "D13/fen", "a fen of it is asked of the fund", span=11)
def _(case: Case) -> None:
    _shifted(case)[1].line("CT", 1, price="100", share=1).accuse("100.00")


@plant(SHIFT, "D13/settled-late", "the stay is settled two months after the visit", span=72)
def _(case: Case) -> None:
    stay, visit = _shifted(case)
    stay.settled_days_later = 60
    visit.line("CT", 1, price="200").accuse("200.00")


@plant(SHIFT, "D13-2", "a follow-up visit seven days after discharge", span=18)
def _(case: Case) -> None:
    _shifted(case, 16)[1].line("CT", 1).spare()


@plant(SHIFT, "D13/edges", "on the day of admission, and on the day of discharge", span=11)
def _(case: Case) -> None:
    stay, visit = _shifted(case, 0)
    visit.line("CT", 1).spare()
    late = case.visit(stay.member, "C50.900", day=9, place=stay.place, time="15:00")
    late.line("CT", 1).spare()


@plant(SHIFT, "D13/pharmacy", "another drug bought outside", span=11)
def _(case: Case) -> None:
    _, visit = _shifted(case, kind="pharmacy")
    visit.line("AMLODIPINE", 1, price="10").spare().accuse("10.00", rule=ELSEWHERE).accuse("10.00", rule=DURING)


@plant(SHIFT, "D13/reason", "a shortage is recorded", span=11)
def _(case: Case) -> None:
    _, visit = _shifted(case)
    visit.line("CT", 1, reason="设备检修").spare()


@plant(SHIFT, "D13/self-paid", "paid by the person alone", span=11)
def _(case: Case) -> None:
    _shifted(case)[1].line("CT", 1, self_paid=True).spare()


@plant(SHIFT, "D13/newborn", "the newborn's visit, or the newborn's stay, on the mother's account", span=11)
def _(case: Case) -> None:
    _shifted(case, newborn=True)[1].line("CT", 1).spare()
    stay, visit = _shifted(case)
    stay.newborn = True
    visit.line("CT", 1).spare()


@plant(SHIFT, "D13/members", "another member's visit", span=11)
def _(case: Case) -> None:
    _, visit = _shifted(case)
    visit.member = case.member(FEMALE, 57)
    visit.line("CT", 1).spare()
