"""Drugs paid for so many days of a course, up to the last of them and beyond (A12)."""

from datetime import date

from .case import FEMALE, MALE, Bill, Case, plant

COURSE = "drug_course_exceeded"
IN_FORCE = date(2026, 1, 1)  # of the published points


def _stroke(case: Case, days: int, *, day: int = 0, member: int | None = None, code: str = "I63.900") -> Bill:
    who = case.member(MALE, 67) if member is None else member
    return case.stay(who, code, days=days, day=day, department="A03.03")


@plant(COURSE, "A12-1", "ozagrel on 16 days of one stay at 40.00 a day", span=18, since=IN_FORCE)
def _(case: Case) -> None:
    given = _stroke(case, 17).daily("OZAGREL", 2, 0, 16)
    for charge in given[14:]:
        charge.accuse("40.00")
    given[13].spare()


@plant(COURSE, "A12/15", "a fifteenth day", span=17, since=IN_FORCE)
def _(case: Case) -> None:
    given = _stroke(case, 16).daily("OZAGREL", 2, 0, 15)
    given[14].accuse("40.00")
    given[13].spare()


@plant(COURSE, "A12/forms", "two forms of one generic, 8 and 7 days", span=17, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 16)
    bill.daily("OZAGREL", 2, 0, 8)
    bill.daily("OZAGREL_POWDER", 2, 8, 7)[6].accuse("44.00")


@plant(
    COURSE,
    "A12/pause",
    "a day without the drug in between does not begin a new course",
    span=18,
    since=IN_FORCE,
)
def _(case: Case) -> None:
    bill = _stroke(case, 17)
    bill.daily("OZAGREL", 2, 0, 7)
    bill.daily("OZAGREL", 2, 8, 8)[7].accuse("40.00")


@plant(COURSE, "A12/30", "30 days from the last use to the next: still one course", span=46, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 67)
    _stroke(case, 11, member=man).daily("OZAGREL", 2, 0, 10)
    given = _stroke(case, 6, day=39, member=man).daily("OZAGREL", 2, 39, 5)
    given[4].accuse("40.00")
    given[3].spare()


@plant(COURSE, "A12/line", "16 days posted as one line", span=18, since=IN_FORCE)
def _(case: Case) -> None:
    _stroke(case, 17).line("OZAGREL", 32, days=16).accuse("80.00")


@plant(COURSE, "A12/stay", "a fourth day of a drug limited to 3 days a stay", span=8, since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 72), "I50.900", days=7, department="A03.04")
    given = bill.daily("BRAIN_NATRIURETIC", 1, 0, 4)
    given[3].accuse("445.00")
    given[2].spare()


@plant(COURSE, "A12/11", "an eleventh day of a drug limited to 10", span=13, since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 50), "S93.400", days=12, department="A04.03")
    given = bill.daily("AESCINATE", 2, 0, 11)
    given[10].accuse("34.80")
    given[9].spare()


@plant(COURSE, "A12/fen", "a fifteenth day of which a fen is asked of the fund", span=17, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 16)
    bill.daily("OZAGREL", 2, 0, 14)
    bill.line("OZAGREL", 5, day=14, price="20", share=1).accuse("100.00")


@plant(
    COURSE,
    "A12/payers",
    "the fifteenth day twice: once for the fund, once paid by the man himself",
    span=17,
    since=IN_FORCE,
)
def _(case: Case) -> None:
    bill = _stroke(case, 16)
    bill.daily("OZAGREL", 2, 0, 15)[14].accuse("40.00")
    bill.line("OZAGREL", 2, day=14, time="16:00", self_paid=True).spare()


@plant(
    COURSE,
    "A12/generics",
    "16 days of one drug; of another with the same limit only five of them",
    span=18,
    since=IN_FORCE,
)
def _(case: Case) -> None:
    bill = _stroke(case, 17)
    given = bill.daily("OZAGREL", 2, 0, 16)
    given[14].accuse("40.00")
    given[15].accuse("40.00")
    bill.daily("GASTRODIN", 1, 11, 5, time="15:00")[4].spare()


@plant(COURSE, "A12/courses", "a fifteenth day, and long after it five days of a new course", span=63, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 67)
    _stroke(case, 16, member=man).daily("OZAGREL", 2, 0, 15)[14].accuse("40.00")
    _stroke(case, 6, day=55, member=man).daily("OZAGREL", 2, 55, 5)[4].spare()


@plant(COURSE, "A12/stay-then", "a fourth day in one stay, two days in the next", span=32, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 72)
    first = case.stay(woman, "I50.900", days=6, department="A03.04")
    first.daily("BRAIN_NATRIURETIC", 1, 0, 4)[3].accuse("445.00")
    later = case.stay(woman, "I50.900", days=6, day=24, department="A03.04")
    later.daily("BRAIN_NATRIURETIC", 1, 24, 2)[1].spare()


@plant(COURSE, "A12/covered+", "days posted twice count once, and still there are 15", span=17, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 16)
    bill.line("OZAGREL", 20, day=0, days=10)
    bill.line("OZAGREL", 4, day=3, days=2)
    bill.daily("OZAGREL", 2, 10, 5)[4].accuse("40.00")


@plant(COURSE, "A12/two-lines", "a line for ten days and one for a day on the same date", span=17, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 16)
    bill.line("OZAGREL", 20, day=0, days=10)
    bill.line("OZAGREL", 2, day=0, time="16:00")
    bill.daily("OZAGREL", 2, 10, 5)[4].accuse("40.00")


@plant(COURSE, "A12/pause-beyond", "a fifteenth day, a pause, and one day more", span=20, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 19)
    bill.daily("OZAGREL", 2, 0, 15)[14].accuse("40.00")
    bill.line("OZAGREL", 2, day=17).accuse("40.00")


@plant(COURSE, "A12/meanwhile", "another drug for another illness in between ends no course", span=36, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 67)
    _stroke(case, 11, member=man).daily("OZAGREL", 2, 0, 10)
    case.visit(man, "R42.x00", day=15).line("GASTRODIN", 3, days=3)
    later = _stroke(case, 6, day=28, member=man)
    later.daily("OZAGREL", 2, 28, 5)[4].accuse("40.00")
    later.line("GASTRODIN", 1, day=33)


@plant(COURSE, "A12-2", "ozagrel on 14 days", span=16, since=IN_FORCE)
def _(case: Case) -> None:
    _stroke(case, 15).daily("OZAGREL", 2, 0, 14)[13].spare()


@plant(COURSE, "A12-3", "14 days, and 10 more for a new infarction 60 days later", span=86, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 67)
    _stroke(case, 15, member=man).daily("OZAGREL", 2, 0, 14)
    _stroke(case, 11, day=74, member=man).daily("OZAGREL", 2, 74, 10)[9].spare()


@plant(COURSE, "A12-4", "14 days posted as one line of 28", span=16, since=IN_FORCE)
def _(case: Case) -> None:
    _stroke(case, 15).line("OZAGREL", 28, days=14).spare()


@plant(COURSE, "A12/31", "31 days from the last use to the next: a new course", span=48, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 67)
    _stroke(case, 11, member=man).daily("OZAGREL", 2, 0, 10)
    _stroke(case, 6, day=40, member=man).daily("OZAGREL", 2, 40, 5)[4].spare()


@plant(COURSE, "A12/illness", "a new main diagnosis begins a new course", span=40, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 67)
    _stroke(case, 11, member=man).daily("OZAGREL", 2, 0, 10)
    _stroke(case, 11, day=28, member=man, code="I63.300").daily("OZAGREL", 2, 28, 10)[9].spare()


@plant(COURSE, "A12/3", "3 days a stay, reached", span=8, since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 72), "I50.900", days=7, department="A03.04")
    bill.daily("BRAIN_NATRIURETIC", 1, 0, 3)[2].spare()


@plant(COURSE, "A12/stays", "3 days in each of two stays", span=32, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 72)
    case.stay(woman, "I50.900", days=6, department="A03.04").daily("BRAIN_NATRIURETIC", 1, 0, 3)
    later = case.stay(woman, "I50.900", days=6, day=24, department="A03.04")
    later.daily("BRAIN_NATRIURETIC", 1, 24, 3)[2].spare()


@plant(COURSE, "A12/twice", "twice a day on 14 days", span=16, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 15)
    bill.daily("OZAGREL", 1, 0, 14, time="10:00")
    bill.daily("OZAGREL", 1, 0, 14, time="16:00")[13].spare()


@plant(COURSE, "A12/10", "10 days, reached", span=13, since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 50), "S93.400", days=12, department="A04.03")
    bill.daily("AESCINATE", 2, 0, 10)[9].spare()


@plant(COURSE, "A12/self-paid", "the days beyond the limit are paid by the man himself", span=18, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 17)
    bill.daily("OZAGREL", 2, 0, 14)
    for day in (14, 15):
        bill.line("OZAGREL", 2, day=day, self_paid=True).spare()


@plant(COURSE, "A12/between", "three days paid by the man himself lie between 14 of the fund", span=19, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 18)
    bill.daily("OZAGREL", 2, 0, 10)
    for day in (10, 11, 12):
        bill.line("OZAGREL", 2, day=day, self_paid=True)
    bill.daily("OZAGREL", 2, 13, 4)[3].spare()


@plant(COURSE, "A12/covered", "days posted twice count once: 14 of them", span=17, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 16)
    bill.line("OZAGREL", 20, day=0, days=10)
    bill.line("OZAGREL", 4, day=3, days=2)
    bill.daily("OZAGREL", 2, 10, 4)[3].spare()


@plant(
    COURSE,
    "A12/bridge",
    "another drug in the 31 days between two courses does not make them one",
    span=48,
    since=IN_FORCE,
)
def _(case: Case) -> None:
    man = case.member(MALE, 67)
    _stroke(case, 11, member=man).daily("OZAGREL", 2, 0, 10)
    case.visit(man, "I63.900", day=20).line("GASTRODIN", 10, days=10).accuse("46.80", rule="drug_rx_days_exceeded")
    later = _stroke(case, 6, day=40, member=man)
    later.daily("OZAGREL", 2, 40, 5)[4].spare()
    later.daily("GASTRODIN", 1, 41, 2)


@plant(COURSE, "A12/reversed", "the fifteenth day is taken back", span=17, since=IN_FORCE)
def _(case: Case) -> None:
    _stroke(case, 16).daily("OZAGREL", 2, 0, 15)[14].take_back().spare()


@plant(COURSE, "A12/other", "two drugs of 10 and 8 days", span=20, since=IN_FORCE)
def _(case: Case) -> None:
    bill = _stroke(case, 19)
    bill.daily("OZAGREL", 2, 0, 10)
    bill.daily("AESCINATE", 2, 10, 8)[7].spare()
