"""What one practitioner is said to have done in a day: more than it holds, or at two places (F02, F03)."""

from .case import FEMALE, MALE, Bill, Case, plant

DAY, PLACES = "dr_impossible_day", "dr_two_places"
WHO = "practitioner"


def _patients(case: Case, count: int, item: str, quantity: float, *, day: int = 0, doctor: str = "") -> list[Bill]:
    """So many persons, each with so many of one service by a doctor of the case's own hospital."""
    made = []
    for number in range(count):
        who = case.member(FEMALE if number % 2 else MALE, 30 + number % 40)
        bill = case.visit(who, "M54.502", place=case.own(), day=day, time=f"{8 + number % 9:02}:{number % 60:02}")
        bill.line(item, quantity, practitioner=doctor)
        made.append(bill)
    return made


@plant(DAY, "F02-1", "96 trainings of half an hour by one doctor: 48 hours", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 24, "EXERCISE", 4)[0].accuse_its(WHO, certainty="high")


@plant(DAY, "F02/over", "twelve hours, and five minutes", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 12, "EXERCISE", 2)
    _patients(case, 1, "CONSULTATION", 1)[0].accuse_its(WHO, certainty="low")


@plant(DAY, "F02/24", "twenty-four hours: it still fits into a day", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 12, "EXERCISE", 4)[0].accuse_its(WHO, certainty="low")


@plant(DAY, "F02/24+", "twenty-four hours, and five minutes", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 12, "EXERCISE", 4)
    _patients(case, 1, "CONSULTATION", 1)[0].accuse_its(WHO, certainty="high")


@plant(DAY, "F02/five", "five persons, three hours each", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 5, "EXERCISE", 6)[0].accuse_its(WHO, certainty="low")


@plant(DAY, "F02-2", "38 persons in six hours", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 34, "CONSULTATION", 1)
    _patients(case, 4, "EXERCISE", 1)[0].spare_its(WHO)


@plant(DAY, "F02/12", "twelve hours to the minute", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 12, "EXERCISE", 2)[0].spare_its(WHO)


@plant(DAY, "F02/four", "four persons, four hours each", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 4, "EXERCISE", 8)[0].spare_its(WHO)


@plant(DAY, "F02/days", "the same on two days", own=("hospital",), span=2)
def _(case: Case) -> None:
    _patients(case, 12, "EXERCISE", 2)
    _patients(case, 12, "EXERCISE", 2, day=1)[0].spare_its(WHO)


@plant(DAY, "F02/two", "two doctors of one hospital", own=("hospital",))
def _(case: Case) -> None:
    _patients(case, 12, "EXERCISE", 2)[0].spare_its(WHO)
    _patients(case, 12, "EXERCISE", 2, doctor=case.practitioner(case.own()))[0].spare_its(WHO)


@plant(DAY, "F02/needles", "needles that stay in place, for many persons at a time", own=("hospital",))
def _(case: Case) -> None:
    for bill in (bills := _patients(case, 12, "ACUPUNCTURE", 1)):
        bill.line("ACUPUNCTURE", 6, time="14:00")
    bills[0].spare_its(WHO)


def _two(case: Case, item: str, time: str, *, first: str = "EXERCISE", elsewhere: bool = True) -> Bill:
    """A doctor of the case's own hospital gives a service at ten, and another service at a time elsewhere."""
    place = case.hospital() if elsewhere else case.own()
    doctor = case.practitioner(case.own())
    case.practitioner(case.hospital(), code=doctor)
    here = case.visit(case.member(FEMALE, 52), "M54.502", place=case.own(), time="09:55")
    here.line(first, 1, day=0, time="10:00", practitioner=doctor).spare()
    there = case.visit(case.member(MALE, 61), "J06.900", place=place, time="10:01")
    there.line(item, 1, day=0, time=time, practitioner=doctor)
    return there


@plant(
    PLACES, "F03-1", "a training at ten and an infusion at half past ten elsewhere in the prefecture", own=("hospital",)
)
def _(case: Case) -> None:
    _two(case, "INFUSION", "10:30").charges[0].accuse("6.00", certainty="low")


@plant(PLACES, "F03/back", "there and back: each change", own=("hospital",))
def _(case: Case) -> None:
    there = _two(case, "INFUSION", "10:10").charges[0].accuse("6.00")
    doctor = there.practitioner
    back = case.visit(case.member(FEMALE, 33), "M54.502", place=case.own(), time="10:12")
    back.line("EXERCISE", 1, day=0, time="10:20", price="30", practitioner=doctor).accuse("30.00")
    back.line("CUPPING", 1, day=0, time="10:25", practitioner=doctor).spare()


@plant(PLACES, "F03/settled-late", "the earlier service is settled weeks later", own=("hospital",), span=30)
def _(case: Case) -> None:
    _two(case, "INFUSION", "10:30").charges[0].accuse("6.00")
    case.bills[0].settled_days_later = 28


@plant(PLACES, "F03/31", "half an hour and a second", own=("hospital",))
def _(case: Case) -> None:
    _two(case, "INFUSION", "10:30:01").charges[0].spare()


@plant(PLACES, "F03-2", "images read from afar, and a test", own=("hospital",))
def _(case: Case) -> None:
    bill = _two(case, "CT", "10:10")
    bill.charges[0].spare()
    bill.line("GLUCOSE", 1, day=0, time="10:12", practitioner=bill.charges[0].practitioner).spare()


@plant(PLACES, "F03/drug", "a drug handed out elsewhere", own=("hospital",))
def _(case: Case) -> None:
    _two(case, "PARACETAMOL", "10:10").charges[0].spare()


@plant(PLACES, "F03/one", "both at one hospital", own=("hospital",))
def _(case: Case) -> None:
    _two(case, "INFUSION", "10:10", elsewhere=False).charges[0].spare()
