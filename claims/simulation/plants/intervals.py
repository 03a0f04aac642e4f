"""Services done again too soon (B11), for too many days (B12), too often in one encounter (B10)."""

from .case import FEMALE, MALE, Bill, Case, plant

PERIOD = "item_freq_period"
COURSE = "item_course_exceeded"
ENCOUNTER = "item_freq_per_encounter"


def _again(case: Case, item: str, days: int, *, reason: str = "", newborn: bool = False, other: int = 0) -> Bill:
    """A test, and the same after so many days; the later bill."""
    who = case.member(FEMALE, 58)
    case.visit(who, "E11.900", department="A03.07").line(item).spare()
    place = case.hospital(2, other)
    bill = case.visit(who, "E11.900", day=days, place=place, department="A03.07", newborn=newborn, time="15:00")
    bill.line(item, reason=reason)
    return bill


@plant(PERIOD, "B11-1", "glycated haemoglobin twice in nine days", span=10)
def _(case: Case) -> None:
    _again(case, "HBA1C", 9).charges[0].accuse("45.00", certainty="high")


@plant(PERIOD, "B11/14", "glycated haemoglobin after 14 days", span=15)
def _(case: Case) -> None:
    _again(case, "HBA1C", 14).charges[0].accuse("45.00")


@plant(PERIOD, "B11/chain", "every ten days: each is too soon after the one before", span=21)
def _(case: Case) -> None:
    later = _again(case, "HBA1C", 10)
    later.charges[0].accuse("45.00")
    case.visit(later.member, "E11.900", day=20, department="A03.07").line("HBA1C").accuse("45.00")


@plant(PERIOD, "B11/day", "twice on one date")
def _(case: Case) -> None:
    _again(case, "HBA1C", 0).charges[0].accuse("45.00", certainty="low")


@plant(PERIOD, "B11/moment", "twice on one line's moment: the later line is too soon")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 58), "E11.900", department="A03.07")
    bill.line("BALANCE_TEST", 1, price="20").spare()
    bill.line("BALANCE_TEST", 1, price="24").accuse("24.00", certainty="low")


@plant(PERIOD, "B11/stay", "tested as an outpatient, and again in the stay five days later", span=10)
def _(case: Case) -> None:
    who = case.member(FEMALE, 58)
    case.visit(who, "E11.900", department="A03.07").line("HBA1C")
    bill = case.stay(who, "E11.900", day=4, days=4, department="A03.07")
    bill.line("HBA1C", 1, day=5).accuse("45.00")


@plant(PERIOD, "B11/excused-before", "the test before had a reason, this one has none", span=10)
def _(case: Case) -> None:
    who = case.member(FEMALE, 58)
    case.visit(who, "E11.900", department="A03.07").line("HBA1C", reason="标本溶血").spare()
    case.visit(who, "E11.900", day=9, department="A03.07").line("HBA1C").accuse("45.00")


@plant(PERIOD, "B11-2", "glycated haemoglobin after 19 days", span=20)
def _(case: Case) -> None:
    _again(case, "HBA1C", 19).charges[0].spare()


@plant(PERIOD, "B11-3", "at two hospitals five days apart", span=6)
def _(case: Case) -> None:
    _again(case, "HBA1C", 5, other=1).charges[0].spare()


@plant(PERIOD, "B11/15", "glycated haemoglobin after 15 days, an assessment after 14", span=16)
def _(case: Case) -> None:
    _again(case, "HBA1C", 15).charges[0].spare()
    _again(case, "REHAB_ASSESSMENT", 14).charges[0].spare()


@plant(PERIOD, "B11/reason", "a reason is recorded", span=10)
def _(case: Case) -> None:
    _again(case, "HBA1C", 9, reason="输血后复查").charges[0].spare()


@plant(PERIOD, "B11/newborn", "a newborn's test on the mother's account", span=10)
def _(case: Case) -> None:
    _again(case, "HBA1C", 9, newborn=True).charges[0].spare()


@plant(PERIOD, "B11/reversed", "the first was taken back", span=10)
def _(case: Case) -> None:
    who = case.member(FEMALE, 58)
    first = case.visit(who, "E11.900", department="A03.07")
    first.line("HBA1C").take_back()
    first.line("GLUCOSE")
    case.visit(who, "E11.900", day=9, department="A03.07").line("HBA1C").spare()


@plant(PERIOD, "B11/others", "two tests and two persons within days", span=4)
def _(case: Case) -> None:
    who = case.member(FEMALE, 58)
    case.visit(who, "E11.900", department="A03.07").line("HBA1C").spare()
    case.visit(who, "E11.900", day=2, department="A03.07").line("BALANCE_TEST").spare()
    case.visit(case.member(MALE, 60), "E11.900", day=3, department="A03.07").line("HBA1C").spare()


def _rehabilitated(case: Case, days: int, *, day: int = 0, member: int | None = None, other: int = 0) -> Bill:
    who = case.member(MALE, 55) if member is None else member
    place = case.hospital(2, other)
    return case.stay(who, "S72.000", days=days, day=day, place=place, department="A04.03")


@plant(COURSE, "B12-1", "wheelchair training on 34 days of one stay", span=36)
def _(case: Case) -> None:
    given = _rehabilitated(case, 35).daily("WHEELCHAIR", 1, 0, 34)
    given[29].spare()
    for charge in given[30:]:
        charge.accuse("28.00", certainty="certain")


@plant(COURSE, "B12/31", "wheelchair training on 31 days", span=31)
def _(case: Case) -> None:
    given = _rehabilitated(case, 30).daily("WHEELCHAIR", 1, 0, 31, time="09:30")
    given[29].spare()
    given[30].accuse("28.00")


@plant(COURSE, "B12/twice", "the thirty-first day in two lines", span=33)
def _(case: Case) -> None:
    bill = _rehabilitated(case, 32)
    bill.daily("WHEELCHAIR", 1, 0, 31)[30].accuse("28.00")
    bill.line("WHEELCHAIR", 1, day=30, time="16:00").accuse("28.00")


@plant(COURSE, "B12/pause", "a thirty-first day after a pause of a week", span=39)
def _(case: Case) -> None:
    bill = _rehabilitated(case, 38)
    bill.daily("WHEELCHAIR", 1, 0, 30)
    bill.line("WHEELCHAIR", 1, day=37).accuse("28.00")


@plant(COURSE, "B12/institutions", "the thirty-first day at another hospital, which may not have known", span=35)
def _(case: Case) -> None:
    man = case.member(MALE, 55)
    first = _rehabilitated(case, 30, member=man)
    first.daily("WHEELCHAIR", 1, 0, 30)[29].spare()
    later = _rehabilitated(case, 3, day=31, member=man, other=1)
    first.transferred = later.transferred = True
    later.line("WHEELCHAIR", 1, day=32).accuse("28.00", certainty="high")


@plant(COURSE, "B12/illness", "another illness does not begin this course anew", span=36)
def _(case: Case) -> None:
    man = case.member(MALE, 55)
    _rehabilitated(case, 31, member=man).daily("WHEELCHAIR", 1, 0, 30)
    case.visit(man, "I69.300", day=35, department="A04.03").line("WHEELCHAIR").accuse("28.00")


@plant(COURSE, "B12/fen", "a thirty-first day of which a fen is asked of the fund", span=33)
def _(case: Case) -> None:
    bill = _rehabilitated(case, 32)
    bill.daily("WHEELCHAIR", 1, 0, 30)
    bill.line("WHEELCHAIR", 1, day=30, price="100", share=1).accuse("100.00")


@plant(COURSE, "B12-2", "wheelchair training on 30 days, twice on one of them", span=32)
def _(case: Case) -> None:
    bill = _rehabilitated(case, 31)
    bill.daily("WHEELCHAIR", 1, 0, 30)[29].spare()
    bill.line("WHEELCHAIR", 1, day=29, time="16:00").spare()


@plant(COURSE, "B12/self-paid", "the days beyond, or days before, are paid by the man himself", span=36)
def _(case: Case) -> None:
    beyond = _rehabilitated(case, 33)
    beyond.daily("WHEELCHAIR", 1, 0, 30)
    beyond.line("WHEELCHAIR", 1, day=31, self_paid=True).spare()
    before = _rehabilitated(case, 33)
    before.line("WHEELCHAIR", 1, day=0, self_paid=True)
    before.daily("WHEELCHAIR", 1, 1, 30)[29].spare()


@plant(COURSE, "B12/other", "two services of 20 days each; two persons", span=23)
def _(case: Case) -> None:
    bill = _rehabilitated(case, 22)
    bill.daily("WHEELCHAIR", 1, 0, 20)
    bill.daily("WORK_TRAINING", 1, 0, 20, time="15:00")[19].spare()
    _rehabilitated(case, 22).daily("WHEELCHAIR", 1, 0, 20)[19].spare()


@plant(COURSE, "B12/reversed", "the thirty-first day is taken back", span=33)
def _(case: Case) -> None:
    _rehabilitated(case, 32).daily("WHEELCHAIR", 1, 0, 31)[30].take_back().spare()


def _irradiated(case: Case, *, days: int = 6, day: int = 0, member: int | None = None, newborn: bool = False) -> Bill:
    who = case.member(MALE, 55) if member is None else member
    return case.stay(who, "C79.300", days=days, day=day, department="A19", level=3, newborn=newborn)


@plant(ENCOUNTER, "B10-1", "a gamma knife, charged by the course, five times in one stay", span=7)
def _(case: Case) -> None:
    _irradiated(case).line("GAMMA_KNIFE", 5, day=1).accuse("40000.00", certainty="certain")


@plant(ENCOUNTER, "B10/lines", "once on each of three days", span=7)
def _(case: Case) -> None:
    first, second, third = _irradiated(case).daily("GAMMA_KNIFE", 1, 1, 3)
    first.spare()
    second.accuse("10000.00")
    third.accuse("10000.00")


@plant(ENCOUNTER, "B10/moment", "two lines of one moment: the later is one too many", span=7)
def _(case: Case) -> None:
    bill = _irradiated(case)
    bill.line("GAMMA_KNIFE", 1, day=1, price="9000").spare()
    bill.line("GAMMA_KNIFE", 1, day=1, price="9500").accuse("9500.00")


@plant(ENCOUNTER, "B10/part", "three, of which one is taken back", span=7)
def _(case: Case) -> None:
    _irradiated(case).line("GAMMA_KNIFE", 3, day=1).take_back(1).accuse("10000.00")


@plant(ENCOUNTER, "B10/no-excuse", "a reason is recorded where none is allowed", span=7)
def _(case: Case) -> None:
    _irradiated(case).line("GAMMA_KNIFE", 2, day=1, reason="分次照射").accuse("10000.00")


@plant(ENCOUNTER, "B10/vessels", "angioplasty twice and no reason", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("PTCA", 1, day=1).spare()
    bill.line("PTCA", 1, day=2).accuse("3200.00")


@plant(ENCOUNTER, "B10-2", "angioplasty of two vessels, the second by its own item", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("PTCA", 1, day=1).spare()
    bill.line("PTCA_MORE", 2, day=1).spare()


@plant(ENCOUNTER, "B10/reason", "a second stage on another day, and recorded", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("PTCA", 1, day=1).spare()
    bill.line("PTCA", 1, day=3, reason="分期处理另支血管").spare()


@plant(ENCOUNTER, "B10/stays", "once in each of two stays", span=48)
def _(case: Case) -> None:
    man = case.member(MALE, 55)
    _irradiated(case, member=man).line("GAMMA_KNIFE", 1, day=1).spare()
    _irradiated(case, member=man, day=40).line("GAMMA_KNIFE", 1, day=41).spare()


@plant(ENCOUNTER, "B10/newborn", "two persons on one account", span=7)
def _(case: Case) -> None:
    _irradiated(case, newborn=True).line("GAMMA_KNIFE", 2, day=1).spare()


@plant(ENCOUNTER, "B10/reversed", "the second is taken back", span=7)
def _(case: Case) -> None:
    bill = _irradiated(case)
    bill.line("GAMMA_KNIFE", 1, day=1).spare()
    bill.line("GAMMA_KNIFE", 1, day=2).take_back().spare()
