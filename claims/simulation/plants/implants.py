"""One implant billed to two members (C08)."""

from .case import FEMALE, Bill, Case, plant

REUSED = "cons_code_reused"


def _implant(case: Case, day: int, *, other: int = 0, member: int | None = None, code: int = 1) -> Bill:
    """A nail for a broken thigh, with its code."""
    who = case.member(FEMALE, 72) if member is None else member
    bill = case.stay(who, "S72.000", days=7, day=day, department="A04.03", place=case.hospital(2, other))
    bill.operated("79.3500", "股骨骨折切开复位内固定术", day + 1)
    bill.line("FEMUR_FIXATION", 1, day=day + 1)
    bill.line("ANAESTHESIA_SPINAL", 1, day=day + 1)
    bill.line("FEMUR_NAIL", 1, day=day + 1, time="11:00").scanned(code)
    return bill


@plant(REUSED, "C08-1", "one nail in two patients, three weeks apart", span=30)
def _(case: Case) -> None:
    _implant(case, 0).charges[-1].spare()
    later = _implant(case, 21, other=1).charges[-1]
    later.accuse(certainty="high")


@plant(REUSED, "C08/settled-late", "the earlier stay is settled two months after the later one", span=75)
def _(case: Case) -> None:
    first = _implant(case, 0)
    first.settled_days_later = 62
    first.charges[-1].spare()
    _implant(case, 3, other=1).charges[-1].accuse(certainty="high")


@plant(REUSED, "C08-2", "given back by one hospital, then used at the other", span=30)
def _(case: Case) -> None:
    first = _implant(case, 0)
    first.charges[-1].scanned(1, event="return", day=1).spare()
    _implant(case, 21, other=1).charges[-1].spare()


@plant(REUSED, "C08/codes", "two nails, two codes", span=30)
def _(case: Case) -> None:
    _implant(case, 0).charges[-1].spare()
    _implant(case, 21, code=2).charges[-1].spare()
