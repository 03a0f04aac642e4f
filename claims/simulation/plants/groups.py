"""Persons who come and go together (F12)."""

from .case import FEMALE, MALE, Bill, Case, plant

TOGETHER = "cluster_visit"
DAYS = (0, 4, 8, 12)


def _visits(
    case: Case, people: int, *, days: tuple[int, ...] = DAYS, item: str = "CUPPING", kind: str = "outpatient"
) -> list[list[Bill]]:
    """So many persons, each with a visit to one hospital on each of the days, a minute or two apart; by person."""
    made = []
    for number in range(people):
        who = case.member(FEMALE if number % 2 else MALE, 61 + number)
        bills = []
        for day in days:
            bill = case.visit(who, "M54.502", kind=kind, day=day, time=f"10:{number:02}", place=case.own())
            bill.line(item, 1)
            bills.append(bill)
        made.append(bills)
    return made


def _spare(made: list[list[Bill]]) -> None:
    for bills in made:
        for bill in bills:
            bill.spare()


@plant(TOGETHER, "F12-1", "twelve persons on the same four days", span=13, own=("hospital",), within="month")
def _(case: Case) -> None:
    for bills in _visits(case, 12):
        for bill in bills:
            bill.accuse(None, certainty="high")


@plant(
    TOGETHER, "F12/six", "six persons, and a seventh on three of the days", span=13, own=("hospital",), within="month"
)
def _(case: Case) -> None:
    *six, seventh = _visits(case, 7)
    seventh.pop().admitted += 7_200
    for bills in six:
        for bill in bills:
            bill.accuse(None)
    for bill in seventh:
        bill.spare()


@plant(TOGETHER, "F12/refills", "six persons who fetch refills", span=13, own=("hospital",), within="month")
def _(case: Case) -> None:
    for bills in _visits(case, 6, item="AMLODIPINE", kind="chronic"):
        for bill in bills:
            bill.accuse(None)


@plant(TOGETHER, "F12-2", "a dialysis shift", span=13, own=("hospital",), within="month")
def _(case: Case) -> None:
    _spare(_visits(case, 8, item="DIALYSIS"))


@plant(TOGETHER, "F12/five", "five persons", span=13, own=("hospital",), within="month")
def _(case: Case) -> None:
    _spare(_visits(case, 5))


@plant(TOGETHER, "F12/three", "six persons on three days", span=9, own=("hospital",), within="month")
def _(case: Case) -> None:
    _spare(_visits(case, 6, days=(0, 4, 8)))


@plant(TOGETHER, "F12/once-late", "one of six came two hours later once", span=13, own=("hospital",), within="month")
def _(case: Case) -> None:
    made = _visits(case, 6)
    made[5][2].admitted += 7_200
    made[5][2].charges[0].done_at += 7_200
    _spare(made)


@plant(TOGETHER, "F12/department", "one of six in another department", span=13, own=("hospital",), within="month")
def _(case: Case) -> None:
    made = _visits(case, 6)
    for bill in made[5]:
        bill.department = "A04.03"
    _spare(made)


@plant(TOGETHER, "F12/emergency", "one of six an emergency each time", span=13, own=("hospital",), within="month")
def _(case: Case) -> None:
    made = _visits(case, 6)
    for bill in made[5]:
        bill.kind = "emergency"
    _spare(made)
