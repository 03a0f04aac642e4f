"""Stays that a clinic could have spared, and stays far longer than others (D03, D08)."""

from decimal import Decimal

from .case import FEMALE, MALE, Bill, Case, plant

LOW = "adm_low_standard"
LONG = "adm_overlong"
NOTHING = Decimal(0)


def _cold(case: Case, *others: str, days: int = 3, age: int = 45, illness: str = "J06.900") -> Bill:
    """A few days in hospital for a cold, with tests and saline."""
    bill = case.stay(case.member(MALE, age), illness, *others, days=days)
    bill.line("CT", 1)
    bill.line("BLOOD_COUNT", 1)
    bill.line("LIVER", 1)
    bill.line("ULTRASOUND", 1)
    for line in bill.daily("INFUSION", 1, 0, days, time="11:00"):
        line.spare()
    return bill


@plant(LOW, "D03-1", "three days of a cold, tests and saline only", span=5)
def _(case: Case) -> None:
    _cold(case).accuse(certainty="high")


@plant(LOW, "D03/four", "four days without a drip", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 45), "R51.x00", days=4)
    bill.line("MRI", 1)
    bill.line("CT", 1)
    bill.accuse()


@plant(LOW, "D03-2", "an old woman with pneumonia", span=12)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 80), "J18.900", days=9)
    bill.daily("CEFTRIAXONE", 1, 0, 9, time="11:00")
    bill.spare()


@plant(LOW, "D03-3", "an old man with a cold; one with two other illnesses", span=5)
def _(case: Case) -> None:
    _cold(case, age=76).spare()
    _cold(case, "I10.x00x002", "E11.900").spare()


@plant(LOW, "D03/oxygen", "four days with a drip", span=6)
def _(case: Case) -> None:
    _cold(case, days=4).spare()


@plant(LOW, "D03/intensive", "intensive care", span=5)
def _(case: Case) -> None:
    bill = _cold(case)
    bill.line("VENTILATOR", 2, day=1)
    bill.spare()


@plant(LOW, "D03/emergency", "from the emergency room, and four days", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 45), "R51.x00", days=4, day=1)
    bill.line("MRI", 1, day=1, time="12:00")
    bill.line("CT", 1, day=1, time="12:30")
    came = case.visit(bill.member, "R51.x00", kind="emergency", department="A20", place=bill.place)
    came.line("CONSULTATION_EMERGENCY", 1)
    bill.spare()


def _usual(case: Case, illness: str, count: int = 19, days: int = 6) -> None:
    """So many members with stays of a length; each comes on a day of its own, working or not."""
    for number in range(count):
        who = case.member(FEMALE, 40 + number)
        case.stay(who, illness, days=days, day=number, time=f"09:{number:02}").spare()


@plant(LONG, "D08-1", "78 days for what takes others six", span=81)
def _(case: Case) -> None:
    _usual(case, "G51.000")
    case.stay(case.member(MALE, 60), "G51.000", days=78).accuse(NOTHING, certainty="low")


@plant(LONG, "D08-2", "20 days for it", span=81)
def _(case: Case) -> None:
    _usual(case, "G52.100")
    case.stay(case.member(MALE, 60), "G52.100", days=20).spare()


@plant(LONG, "D08-3", "78 days with a ventilator", span=81)
def _(case: Case) -> None:
    _usual(case, "G58.000")
    bill = case.stay(case.member(MALE, 60), "G58.000", days=78)
    bill.line("VENTILATOR", 5, day=2)
    bill.spare()
