"""Hospitals of two beds, with two patients in a night and with three (F01)."""

from .case import FEMALE, MALE, Bill, Case, plant

FULL = "inst_bed_overload"


def _stay(case: Case, days: int, *, day: int = 0, newborn: bool = False) -> Bill:
    who = case.member(FEMALE, 28) if newborn else case.member(MALE, 40 + day)
    return case.stay(who, "J18.900", days=days, day=day, place=case.own(), newborn=newborn)


@plant(FULL, "F01-1", "three patients in two beds for a night", span=7, own=("hospital",))
def _(case: Case) -> None:
    case.beds = 2
    for day, days in ((0, 4), (1, 3), (3, 1)):
        _stay(case, days, day=day).accuse(certainty="high", at_stake=None)


@plant(FULL, "F01/later", "one of three is settled a month later", span=40, own=("hospital",))
def _(case: Case) -> None:
    case.beds = 2
    for later in (0, 0, 28):
        bill = _stay(case, 4).accuse(at_stake=None)
        bill.settled_days_later = later


@plant(FULL, "F01/change", "a third comes on the day the first leaves", span=8, own=("hospital",))
def _(case: Case) -> None:
    case.beds = 2
    for day, days in ((0, 4), (0, 6), (4, 2)):
        _stay(case, days, day=day).spare()


@plant(FULL, "F01/newborn", "two patients and a newborn", span=7, own=("hospital",))
def _(case: Case) -> None:
    case.beds = 2
    _stay(case, 4).spare()
    _stay(case, 4).spare()
    _stay(case, 4, newborn=True).spare()


@plant(FULL, "F01/unknown", "nobody knows how many beds there are", span=7, own=("hospital",))
def _(case: Case) -> None:
    for _turn in range(3):
        _stay(case, 4).spare()


@plant(FULL, "F01/three", "three patients in three beds", span=7, own=("hospital",))
def _(case: Case) -> None:
    case.beds = 3
    for _turn in range(3):
        _stay(case, 4).spare()
