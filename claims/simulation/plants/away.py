"""Members treated away from home: again and again, or many at a time (G06, G03)."""

from decimal import Decimal

from .case import FEMALE, MALE, Bill, Case, plant

AWAY = "xr_repeat_short"
ORIGIN = "xr_origin_cluster"
NOTHING = Decimal(0)
NEIGHBOUR, HERE = "990201", "990100"


def _short(case: Case, illness: str, count: int, *, days: int = 2, every: int = 21, home: bool = False) -> list[Bill]:
    """Short stays of a member of the neighbouring prefecture, or of this one."""
    man = case.member(MALE, 50) if home else case.member(MALE, 50, insured_area=NEIGHBOUR)
    case.filed(man, HERE, kind="long_term", since=-90)
    made = []
    for number in range(count):
        bill = case.stay(man, illness, days=days, day=every * number, place=case.hospital(2, number % 2))
        bill.daily("INFUSION", 1, every * number, days, time="11:00")
        made.append(bill)
    return made


@plant(AWAY, "G06-1", "four stays for bronchitis in sixty days, away from home", span=67)
def _(case: Case) -> None:
    first, second, third, fourth = _short(case, "J40.x00", 4)
    first.spare()
    second.spare()
    third.accuse(NOTHING, certainty="low")
    fourth.accuse(NOTHING).accuse(NOTHING, rule="adm_frequent")


@plant(AWAY, "G06-2", "chemotherapy every three weeks", span=67)
def _(case: Case) -> None:
    for bill in _short(case, "C34.900", 3):
        bill.course = "7"
        bill.spare()


@plant(AWAY, "G06/home", "at home; twice; for five days", span=67)
def _(case: Case) -> None:
    for bill in [
        *_short(case, "J40.x00", 3, home=True),
        *_short(case, "J40.x00", 2),
        *_short(case, "J40.x00", 3, days=5),
    ]:
        bill.spare()


def _brought(case: Case, count: int, illness: str = "R42.x00", *, area: str = NEIGHBOUR, every: int = 1) -> list[Bill]:
    """Members of another prefecture admitted to one hospital, one after the other."""
    made = []
    for number in range(count):
        member = case.member(FEMALE, 45 + number, insured_area=area)
        case.filed(member, HERE, kind="long_term", since=-90)
        bill = case.stay(
            member, illness, days=5, day=every * number // 2, place=case.hospital(1), time=f"08:{30 + number}"
        )
        bill.daily("INFUSION", 1, every * number // 2, 5, time="11:00")
        made.append(bill)
    return made


@plant(ORIGIN, "G03-1", "seventeen members of the neighbouring prefecture within nine days", span=16)
def _(case: Case) -> None:
    for number, bill in enumerate(_brought(case, 17)):
        if number < 14:
            bill.spare()
        else:
            bill.accuse(NOTHING, certainty="lead")


@plant(ORIGIN, "G03/home", "seventeen members of this prefecture", span=16)
def _(case: Case) -> None:
    for bill in _brought(case, 17, area="990103"):
        bill.spare()


@plant(ORIGIN, "G03-2", "twelve within six weeks, as every hospital has", span=50)
def _(case: Case) -> None:
    for bill in _brought(case, 12, every=7):
        bill.spare()
