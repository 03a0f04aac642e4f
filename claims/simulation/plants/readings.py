"""Hospitals that hand out drugs without reading the packs' codes (F09)."""

from .case import FEMALE, MALE, Bill, Case, plant

MISSING = "trace_missing"
WHERE = "institution"


def _sales(case: Case, count: int, *, read: int, kind: str = "outpatient") -> Bill:
    """So many sales of a drug at the case's own hospital, of which so many packs were read; returns one of them."""
    for number in range(count):
        who = case.member(FEMALE if number % 2 else MALE, 25 + number)
        bill = case.visit(
            who, "J06.900", place=case.own(), kind=kind, time=f"{8 + number // 4:02}:{number % 4 * 15:02}"
        )
        bill.line("PARACETAMOL", 1)
        bill.unread = number >= read
    return bill


@plant(MISSING, "F09-1", "25 sales, of which three were read", own=("hospital",))
def _(case: Case) -> None:
    _sales(case, 25, read=3).accuse_its(WHERE, certainty="high")


@plant(MISSING, "F09/under", "nine of twenty read", own=("hospital",))
def _(case: Case) -> None:
    _sales(case, 20, read=9).accuse_its(WHERE)


@plant(MISSING, "F09/chronic", "none of twenty refills read", own=("hospital",))
def _(case: Case) -> None:
    _sales(case, 20, read=0, kind="chronic").accuse_its(WHERE)


@plant(MISSING, "F09-2", "one of twenty without a code", own=("hospital",))
def _(case: Case) -> None:
    _sales(case, 20, read=19).spare_its(WHERE)


@plant(MISSING, "F09/half", "ten of twenty read", own=("hospital",))
def _(case: Case) -> None:
    _sales(case, 20, read=10).spare_its(WHERE)


@plant(MISSING, "F09/few", "nineteen sales, none read", own=("hospital",))
def _(case: Case) -> None:
    _sales(case, 19, read=0).spare_its(WHERE)


@plant(MISSING, "F09/stay", "nineteen sales, and drugs given in a stay", own=("hospital",), span=3)
def _(case: Case) -> None:
    bill = _sales(case, 19, read=0)
    stay = case.stay(case.member(FEMALE, 70), "J18.900", days=2, place=case.own())
    for hour in range(8, 12):
        stay.line("CEFTRIAXONE", 1, day=0, time=f"{hour:02}:30")
    bill.spare_its(WHERE)


@plant(MISSING, "F09/slice", "nineteen sales, and slices", own=("hospital",))
def _(case: Case) -> None:
    bill = _sales(case, 19, read=0)
    visit = case.visit(case.member(MALE, 55), "J06.900", place=case.own(), time="15:00")
    visit.unread = True
    for name in ("SLICE_ATRACTYLODES", "SLICE_LICORICE"):
        visit.line(name, 10)
    bill.spare_its(WHERE)
