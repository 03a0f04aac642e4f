"""Persons who are where they cannot be, too often, or not who they say they are (E02, E03, E04, E05, E08)."""

from decimal import Decimal

from .case import FEMALE, MALE, NOT_STATED, Bill, Case, plant

TWICE = "psn_simultaneous_visits"
DEAD = "psn_after_death"
CLINICS = "psn_freq_outpatient"
PURCHASES = "psn_freq_pharmacy"
IMPOSTOR = "psn_identity_conflict"
LINE_OF_DEAD = "charge_after_death"
SERVICE, DRUG, DIAGNOSIS = "item_sex_restricted", "drug_sex_restricted", "diag_sex_conflict"
NOTHING = Decimal(0)


def _two(
    case: Case, later: str = "09:10", *, kinds: tuple[str, str] = ("outpatient", "outpatient"), day: int = 0
) -> tuple[Bill, Bill]:
    """Two visits of one member to two institutions, the first at nine."""
    man = case.member(MALE, 48)
    places = [
        case.pharmacy(other) if kind == "pharmacy" else case.hospital(2, other) for other, kind in enumerate(kinds)
    ]
    first, second = (
        case.visit(man, "I10.x00x002", place=place, kind=kind, time=time, day=on)
        for place, kind, time, on in zip(places, kinds, ("09:00", later), (0, day), strict=True)
    )
    first.line("AMLODIPINE", 1)
    second.line("AMLODIPINE", 2)
    return first, second


@plant(TWICE, "E02-1", "two pharmacies of one pooling area, ten minutes apart")
def _(case: Case) -> None:
    first, second = _two(case, kinds=("pharmacy", "pharmacy"))
    first.spare()
    second.accuse(certainty="low")


@plant(TWICE, "E02/clinics", "two hospitals, thirty minutes apart")
def _(case: Case) -> None:
    first, second = _two(case, "09:30")
    first.spare()
    second.accuse(certainty="high")


@plant(TWICE, "E02/moment", "two hospitals at one moment: the greater key is accused")
def _(case: Case) -> None:
    both = _two(case, "09:00")
    lesser, greater = sorted(both, key=lambda bill: str(case.places.codes[bill.place]))
    lesser.spare()
    greater.accuse()


@plant(TWICE, "E02/chronic", "a chronic-disease visit and day surgery")
def _(case: Case) -> None:
    _two(case, kinds=("chronic", "day_surgery"))[1].accuse()


@plant(TWICE, "E02/three", "three hospitals within twenty minutes")
def _(case: Case) -> None:
    first, second = _two(case)
    third = case.visit(first.member, "I10.x00x002", place=case.hospital(2, 2), time="09:20")
    third.line("AMLODIPINE", 1)
    second.accuse()
    third.accuse()


@plant(TWICE, "E02/settled-late", "the earlier visit is settled a month after the later one", span=33)
def _(case: Case) -> None:
    first, second = _two(case)
    first.settled_days_later = 28
    second.accuse()


@plant(TWICE, "E02/settled-before", "the later visit is settled a month after the earlier one", span=33)
def _(case: Case) -> None:
    _, second = _two(case)
    second.settled_days_later = 28
    second.accuse()


@plant(TWICE, "E02-2", "a clinic, and the pharmacy next door")
def _(case: Case) -> None:
    _two(case, kinds=("outpatient", "pharmacy"))[1].spare()


@plant(TWICE, "E02/own", "twice in one hospital")
def _(case: Case) -> None:
    first, second = _two(case)
    second.place = first.place
    second.spare()


@plant(TWICE, "E02/30+", "thirty minutes and a second apart")
def _(case: Case) -> None:
    _two(case, "09:30:01")[1].spare()


@plant(TWICE, "E02/emergency", "carried on to the next emergency room, and from a clinic to one")
def _(case: Case) -> None:
    _two(case, kinds=("emergency", "outpatient"))[1].spare()
    _two(case, kinds=("outpatient", "emergency"))[1].spare()


@plant(TWICE, "E02/home-bed", "nursed at home")
def _(case: Case) -> None:
    _two(case, kinds=("home_bed", "outpatient"))[1].spare()


@plant(TWICE, "E02/midnight", "only the day is known")
def _(case: Case) -> None:
    first, second = _two(case, "00:10")
    first.admitted -= 9 * 3_600
    second.spare()


@plant(TWICE, "E02/newborn", "the newborn on the mother's account, here or there")
def _(case: Case) -> None:
    first, second = _two(case)
    first.newborn = True
    second.spare()
    _, second = _two(case)
    second.newborn = True
    second.spare()


@plant(TWICE, "E02/members", "two members")
def _(case: Case) -> None:
    _, second = _two(case)
    second.member = case.member(MALE, 48)
    second.spare()


def _after(case: Case, day: int, *, kind: str = "pharmacy", item: str = "AMLODIPINE") -> Bill:
    """A purchase or visit so many days after the member's death."""
    bill = case.visit(case.member(MALE, 78, died=0), "I10.x00x002", kind=kind, day=day, time="10:00")
    bill.line(item, 2, price="18")
    return bill


@plant(DEAD, "E03-1", "dead on the 2nd, a purchase on the 20th", span=20)
def _(case: Case) -> None:
    bill = _after(case, 18).accuse(certainty="certain")
    bill.charges[0].accuse("36.00", rule=LINE_OF_DEAD)


@plant(DEAD, "E03/2", "on the second day after death, in a clinic", span=4)
def _(case: Case) -> None:
    bill = _after(case, 2, kind="outpatient").accuse()
    bill.charges[0].accuse("36.00", rule=LINE_OF_DEAD)


@plant(DEAD, "E03/stay", "a stay that began after death", span=9)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=2, day=5, bare=True)
    bill.line("FUROSEMIDE", 100, day=6, price="2").accuse("200.00", rule=LINE_OF_DEAD)
    bill.accuse()


@plant(DEAD, "E03/fen", "a fen of it is asked of the fund", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78, died=0), "I10.x00x002", kind="pharmacy", day=3)
    bill.line("AMLODIPINE", 1, price="100", share=1).accuse("100.00", rule=LINE_OF_DEAD)
    bill.accuse()


@plant(DEAD, "E03-2", "a purchase of before death, taken back after it", before=3, span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78, died=0), "I10.x00x002", kind="pharmacy", day=-2)
    bill.line("AMLODIPINE", 2).take_back()
    bill.line("ASPIRIN", 1)
    bill.settled_days_later = 5
    bill.spare()


@plant(DEAD, "E03/1", "on the day after death: registers are a day early", span=3)
def _(case: Case) -> None:
    bill = _after(case, 1).spare()
    bill.charges[0].accuse("36.00", rule=LINE_OF_DEAD)


@plant(DEAD, "E03/before", "a stay that began before death", before=5, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=7, day=-4, bare=True)
    bill.line("FUROSEMIDE", 2, day=2, price="0.74").accuse("1.48", rule=LINE_OF_DEAD)
    bill.spare()


@plant(DEAD, "E03/mortuary", "care of the body", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78, died=0), "I50.900", day=2)
    bill.line("MORTUARY", 1, share=10_000)
    bill.spare()


@plant(DEAD, "E03/self-paid", "paid by somebody alone", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78, died=0), "I10.x00x002", kind="pharmacy", day=3)
    bill.line("AMLODIPINE", 1, self_paid=True)
    bill.spare()


@plant(DEAD, "E03/newborn", "the newborn on the account of a mother who died", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 31, died=0), "P59.900", day=3, newborn=True, department="A07")
    bill.line("NURSING_NEWBORN", 1)
    bill.spare()


@plant(DEAD, "E03/alive", "alive", span=20)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78), "I10.x00x002", kind="pharmacy", day=18)
    bill.line("AMLODIPINE", 2)
    bill.spare()


def _visits(case: Case, count: int, *, hospitals: int = 3, a_day: int = 1, item: str = "CONSULTATION") -> list[Bill]:
    """So many visits, so many a day, to these hospitals in turn."""
    woman = case.member(FEMALE, 55)
    made = []
    for number in range(count):
        day, turn = divmod(number, a_day)
        place = case.hospital(2, number % hospitals)
        made.append(case.visit(woman, "I10.x00x002", day=day, time=f"{9 + 5 * turn:02}:00", place=place))
        made[-1].line(item, 1)
    return made


@plant(CLINICS, "E04-1", "42 visits to six hospitals in three weeks", span=22)
def _(case: Case) -> None:
    for number, bill in enumerate(_visits(case, 42, hospitals=6, a_day=2)):
        if number < 20:
            bill.spare()
        else:
            bill.accuse(NOTHING, certainty="low")


@plant(CLINICS, "E04/21", "the 21st visit, in another month than the first", span=31)
def _(case: Case) -> None:
    *twenty, last = _visits(case, 21)
    for number, bill in enumerate(twenty):
        bill.admitted += number // 2 * 86_400
        bill.spare()
    last.admitted = twenty[0].admitted + 29 * 86_400
    last.accuse(NOTHING)


@plant(CLINICS, "E04/31", "the 21st visit on the 31st day", span=32)
def _(case: Case) -> None:
    *twenty, last = _visits(case, 21)
    last.admitted = twenty[0].admitted + 30 * 86_400
    last.spare()


@plant(CLINICS, "E04/kinds", "emergencies and chronic-disease visits count too", span=23)
def _(case: Case) -> None:
    bills = _visits(case, 21)
    bills[3].kind, bills[5].kind = "emergency", "chronic"
    bills[3].charges.clear()
    bills[3].line("CONSULTATION_EMERGENCY", 1)
    bills[7].line("CT", 1)
    bills[-1].accuse(NOTHING)


@plant(CLINICS, "E04-2", "thirteen sessions of dialysis", span=28)
def _(case: Case) -> None:
    for bill in _visits(case, 13, hospitals=1, item="DIALYSIS"):
        bill.admitted += (bill.admitted // 86_400 - case.day) * 86_400
        bill.spare()


@plant(CLINICS, "E04/20", "twenty visits", span=22)
def _(case: Case) -> None:
    _visits(case, 20)[-1].spare()


@plant(CLINICS, "E04/hospitals", "21 visits to two hospitals", span=23)
def _(case: Case) -> None:
    _visits(case, 21, hospitals=2)[-1].spare()


def _not_counted(item: str) -> None:
    @plant(CLINICS, f"E04/{item.lower()}", "one of 21 visits belongs to a course", span=23)
    def _(case: Case) -> None:
        bills = _visits(case, 21)
        bills[4].line(item, 1)
        bills[-1].spare()


for course in ("DIALYSIS", "EXERCISE", "ACUPUNCTURE", "TUINA"):
    _not_counted(course)


@plant(CLINICS, "E04/purchase", "one of 21 is a purchase, one a home bed", span=24)
def _(case: Case) -> None:
    bills = _visits(case, 21, item="AMLODIPINE")
    bills[4].kind, bills[4].place = "pharmacy", case.pharmacy()
    bills[-1].spare()


@plant(CLINICS, "E04/members", "21 visits of two members", span=23)
def _(case: Case) -> None:
    bills = _visits(case, 21)
    bills[4].member = case.member(FEMALE, 55)
    bills[-1].spare()


def _purchases(case: Case, count: int, *, pharmacies: int = 2, every: int = 2) -> list[Bill]:
    """So many purchases, one every so many days, in these pharmacies in turn."""
    man = case.member(MALE, 63)
    made = []
    for number in range(count):
        place = case.pharmacy(number % pharmacies)
        made.append(case.visit(man, "E78.500", kind="pharmacy", day=number * every, time="16:00", place=place))
        made[-1].line("ATORVASTATIN", 1)
    return made


@plant(PURCHASES, "E05-1", "fifteen purchases in five pharmacies in twenty days", span=21)
def _(case: Case) -> None:
    for number, bill in enumerate(_purchases(case, 15, pharmacies=5, every=1)):
        if number < 4:
            bill.spare()
        else:
            bill.accuse(NOTHING, certainty="low")


@plant(PURCHASES, "E05/9", "nine purchases in one pharmacy", span=20)
def _(case: Case) -> None:
    *eight, ninth = _purchases(case, 9, pharmacies=1)
    for bill in eight:
        bill.spare()
    ninth.accuse(NOTHING)


@plant(PURCHASES, "E05/30", "the ninth on the thirtieth day, in another month than the first", span=31)
def _(case: Case) -> None:
    *eight, ninth = _purchases(case, 9)
    ninth.admitted = eight[0].admitted + 29 * 86_400
    ninth.accuse(NOTHING)


@plant(PURCHASES, "E05/5", "five pharmacies in as many purchases", span=12)
def _(case: Case) -> None:
    _purchases(case, 5, pharmacies=5)[-1].accuse(NOTHING)


@plant(PURCHASES, "E05-2", "insulin every week in one pharmacy", span=40)
def _(case: Case) -> None:
    for bill in _purchases(case, 5, pharmacies=1, every=7):
        bill.spare()


@plant(PURCHASES, "E05/8", "eight purchases", span=20)
def _(case: Case) -> None:
    _purchases(case, 8)[-1].spare()


@plant(PURCHASES, "E05/4", "four pharmacies", span=12)
def _(case: Case) -> None:
    _purchases(case, 4, pharmacies=4)[-1].spare()


@plant(PURCHASES, "E05/31", "the ninth on the 31st day", span=32)
def _(case: Case) -> None:
    *eight, ninth = _purchases(case, 9)
    ninth.admitted = eight[0].admitted + 30 * 86_400
    ninth.spare()


@plant(PURCHASES, "E05/clinic", "one of nine is a visit to a clinic", span=20)
def _(case: Case) -> None:
    bills = _purchases(case, 9)
    bills[2].kind, bills[2].place = "outpatient", case.hospital(2)
    bills[-1].spare()


@plant(PURCHASES, "E05/members", "nine purchases of two members", span=20)
def _(case: Case) -> None:
    bills = _purchases(case, 9)
    bills[2].member = case.member(MALE, 63)
    bills[-1].spare()


@plant(IMPOSTOR, "E08-1", "a man in the clinic of obstetrics, the child's heart is listened to")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "Z76.900", department="A05.02")
    bill.line("FETAL_HEART", 1, price="18").accuse("18.00", rule=SERVICE)
    bill.accuse(certainty="high")


@plant(IMPOSTOR, "E08/two", "a man has a smear and a drug for women")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "N39.000")
    bill.line("CERVICAL_SMEAR", 1, price="30").accuse("30.00", rule=SERVICE)
    bill.line("GYN_TABLET", 1, price="18").accuse("18.00", rule=DRUG)
    bill.accuse()


@plant(IMPOSTOR, "E08/woman", "a woman has her prostate fluid examined and a drug for the prostate")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 44), "N39.000")
    bill.line("PROSTATE_FLUID", 1, price="10").accuse("10.00", rule=SERVICE)
    bill.line("EPRISTERIDE", 1, price="40").accuse("40.00", rule=DRUG)
    bill.accuse()


@plant(IMPOSTOR, "E08/stay", "a man on the ward of gynaecology with a diagnosis of pregnancy", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 34), "O20.000", days=3, department="A05.01")
    bill.accuse(certainty="high").accuse(NOTHING, rule=DIAGNOSIS, certainty="certain")


@plant(IMPOSTOR, "E08/register", "the register says woman, the claim says man: slight")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 34), "O20.000", department="A05.02")
    bill.sex = MALE
    bill.line("CONSULTATION", 1)
    bill.accuse(certainty="low").accuse(NOTHING, rule=DIAGNOSIS, certainty="low")


@plant(IMPOSTOR, "E08/unstated-register", "the register does not say: no excuse")
def _(case: Case) -> None:
    bill = case.visit(case.member(NOT_STATED, 34), "O20.000", department="A05.02")
    bill.sex = MALE
    bill.line("CONSULTATION", 1)
    bill.accuse(certainty="high").accuse(NOTHING, rule=DIAGNOSIS, certainty="certain")


@plant(IMPOSTOR, "E08-2", "one fact alone, on two lines")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "N39.000")
    bill.line("CERVICAL_SMEAR", 1, price="30").accuse("30.00", rule=SERVICE)
    bill.line("CERVICAL_SMEAR", 1, day=0, time="11:00", price="30").accuse("30.00", rule=SERVICE)
    bill.spare()


@plant(IMPOSTOR, "E08/ordinary", "one fact, beside a drug and a test for everybody")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "N39.000")
    bill.line("GYN_TABLET", 1, price="18").accuse("18.00", rule=DRUG)
    bill.line("PARACETAMOL", 1)
    bill.line("KIDNEY", 1)
    bill.spare()


@plant(IMPOSTOR, "E08/drug", "one drug alone")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "N39.000")
    bill.line("GYN_TABLET", 1, price="18").accuse("18.00", rule=DRUG)
    bill.spare()


@plant(IMPOSTOR, "E08/woman-ward", "a woman in the clinic of gynaecology")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 34), "O20.000", department="A05.02")
    bill.line("FETAL_HEART", 1)
    bill.spare()


@plant(IMPOSTOR, "E08/unclear", "a diagnosis of unclear sex")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "Q56.001", department="A05.01")
    bill.line("CERVICAL_SMEAR", 1).spare(rule=SERVICE)
    bill.spare()


@plant(IMPOSTOR, "E08/not-stated", "sex not stated")
def _(case: Case) -> None:
    bill = case.visit(case.member(NOT_STATED, 34), "O20.000", department="A05.02")
    bill.line("FETAL_HEART", 1)
    bill.spare()


@plant(IMPOSTOR, "E08/newborn", "a newborn's stay on the father's account", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 34), "O80.000", days=3, department="A05.02", newborn=True)
    bill.line("FETAL_HEART", 1, day=1)
    bill.spare()


@plant(IMPOSTOR, "E08/newborn-lines", "a newborn's visit on the father's account")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "N39.000", newborn=True)
    bill.line("CERVICAL_SMEAR", 1)
    bill.line("GYN_TABLET", 1)
    bill.spare()
