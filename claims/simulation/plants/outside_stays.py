"""Charges outside their stay (B31), and elsewhere during a stay (B32)."""

from .case import FEMALE, MALE, Bill, Case, plant

OUTSIDE, ELSEWHERE = "charge_outside_stay", "charge_during_other_stay"
OVERLAP, SHIFT = "adm_overlap_outpatient", "adm_cost_shift"


def _stay(case: Case) -> Bill:
    """From the morning of the first day to the morning of the fifth, settled four days later."""
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4)
    bill.settled_days_later = 4
    return bill


@plant(OUTSIDE, "B31-1", "an infusion three days after the discharge", span=9)
def _(case: Case) -> None:
    _stay(case).line("INFUSION", 1, day=7, price="6").accuse("6.00", certainty="high")


@plant(OUTSIDE, "B31/after", "a second more than 24 hours after the discharge", span=9)
def _(case: Case) -> None:
    _stay(case).line("OMEPRAZOLE", 1, day=5, time="10:00:01").accuse("6.90")


@plant(OUTSIDE, "B31/before", "a second more than 24 hours before the admission", before=3, span=9)
def _(case: Case) -> None:
    _stay(case).line("OMEPRAZOLE", 1, day=-1, time="08:59:59").accuse("6.90")


@plant(OUTSIDE, "B31/8", "a test eight days before the admission", before=9, span=9)
def _(case: Case) -> None:
    _stay(case).line("LIVER", 1, day=-8, price="42").accuse("42.00")


@plant(OUTSIDE, "B31/drug", "a drug two days before the admission, for which nobody makes room", before=3, span=9)
def _(case: Case) -> None:
    _stay(case).line("OMEPRAZOLE", 2, day=-2).accuse("13.80")


@plant(OUTSIDE, "B31/scan-after", "an examination two days after the discharge", span=9)
def _(case: Case) -> None:
    _stay(case).line("CT", 1, day=6, price="220").accuse("220.00")


@plant(OUTSIDE, "B31/part", "one of two taken back", span=9)
def _(case: Case) -> None:
    _stay(case).line("INFUSION", 2, day=7, price="6").take_back(1).accuse("6.00")


@plant(OUTSIDE, "B31/fen", "a fen of it is asked of the fund", span=9)
def _(case: Case) -> None:
    _stay(case).line("LIVER", 1, day=7, price="100", share=1).accuse("100.00")


@plant(OUTSIDE, "B31-2", "a scan two days before the admission", before=3, span=9)
def _(case: Case) -> None:
    _stay(case).line("CT", 1, day=-2).spare()


@plant(OUTSIDE, "B31/7", "a test seven days before the admission", before=8, span=9)
def _(case: Case) -> None:
    _stay(case).line("LIVER", 1, day=-7).spare()


@plant(OUTSIDE, "B31-3", "given within the stay, posted and settled days later", span=9)
def _(case: Case) -> None:
    _stay(case).line("INFUSION", 1, day=3).spare()


@plant(OUTSIDE, "B31/24", "24 hours before the admission and after the discharge", before=3, span=9)
def _(case: Case) -> None:
    bill = _stay(case)
    bill.line("OMEPRAZOLE", 1, day=-1, time="09:00").spare()
    bill.line("OMEPRAZOLE", 1, day=5, time="10:00").spare()


@plant(OUTSIDE, "B31/midnight", "of the day before the admission only the day is known", before=3, span=9)
def _(case: Case) -> None:
    _stay(case).line("OMEPRAZOLE", 1, day=-1, time="00:00").spare()


@plant(OUTSIDE, "B31/self-paid", "paid by the person alone", span=9)
def _(case: Case) -> None:
    _stay(case).line("INFUSION", 1, day=7, self_paid=True).spare()


@plant(OUTSIDE, "B31/reversed", "taken back", span=9)
def _(case: Case) -> None:
    _stay(case).line("INFUSION", 1, day=7).take_back().spare()


@plant(OUTSIDE, "B31/newborn", "the newborn stays on after its mother", span=9)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "O80.000", days=3, department="A05.02", newborn=True)
    bill.settled_days_later = 5
    bill.line("NURSING_NEWBORN", 1, day=7).spare()


def _lies(case: Case, *, days: int = 9, newborn: bool = False) -> tuple[int, Bill, int]:
    """Somebody lies in one hospital; and another hospital."""
    man = case.member(MALE, 66)
    bill = case.stay(man, "I20.900", days=days, department="A03.04", place=case.hospital(2), newborn=newborn)
    bill.spare()
    return man, bill, case.hospital(2, other=1)


@plant(ELSEWHERE, "B32-1", "drugs for 300.00 from a pharmacy on the fifth day of a stay", span=11)
def _(case: Case) -> None:
    man, _stay_here, _other = _lies(case)
    bill = case.visit(man, "I20.900", kind="pharmacy", day=4)
    bill.line("SALVIA", 10, price="30").accuse("300.00", certainty="lead").accuse("300.00", rule=OVERLAP)


@plant(ELSEWHERE, "B32/injection", "an injection at another hospital", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    case.visit(man, "I20.900", place=other, day=4).line("INJECTION", 1, price="3").accuse(
        "3.00", certainty="high"
    ).accuse("3.00", rule=OVERLAP)


@plant(ELSEWHERE, "B32/scan", "an examination and a test at another hospital, which the ward may have ordered", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    bill = case.visit(man, "I20.900", place=other, day=4)
    bill.line("MRI", 1, price="410").accuse("410.00", certainty="low").accuse("410.00", rule=OVERLAP)
    bill.line("LIVER", 1, price="42").accuse("42.00", certainty="low").accuse("42.00", rule=OVERLAP)


@plant(ELSEWHERE, "B32/leave", "an injection on a day without a bed", span=11)
def _(case: Case) -> None:
    man, here, other = _lies(case)
    here.charges = [line for line in here.charges if line.done_at // 86_400 != case.day + 4]
    case.visit(man, "I20.900", place=other, day=4).line("INJECTION", 1, price="3").accuse(
        "3.00", certainty="low"
    ).accuse("3.00", rule=OVERLAP)


@plant(ELSEWHERE, "B32/slices", "a decoction from another hospital", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    bill = case.visit(man, "R53.x00", place=other, day=4, department="A50")
    bill.line("SLICE_ASTRAGALUS", 100, price="0.09").accuse("9.00", certainty="lead").accuse("9.00", rule=OVERLAP)


@plant(ELSEWHERE, "B32/edges", "a day after the admission, and a day before the discharge", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    for day in (1, 8):
        case.visit(man, "I20.900", place=other, day=day).line("DRESSING", 1, price="14").accuse("14.00").accuse(
            "14.00", rule=OVERLAP
        )


@plant(ELSEWHERE, "B32/settled-late", "the stay is settled in a later month", span=41)
def _(case: Case) -> None:
    man, here, other = _lies(case)
    here.settled_days_later = 31
    case.visit(man, "I20.900", place=other, day=4).line("INJECTION", 1, price="3").accuse("3.00").accuse(
        "3.00", rule=OVERLAP
    )


@plant(ELSEWHERE, "B32/fen", "a fen of it is asked of the fund", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    case.visit(man, "I20.900", place=other, day=4).line("LIVER", 1, price="100", share=1).accuse("100.00").accuse(
        "100.00", rule=OVERLAP
    )


@plant(ELSEWHERE, "B32-2", "dialysis elsewhere", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    bill = case.visit(man, "N18.001", place=other, kind="chronic", day=4, department="A03.06")
    bill.line("DIALYSIS", 1).spare()


@plant(ELSEWHERE, "B32-3", "a visit on the day of discharge, and one on the day of admission", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    case.visit(man, "I20.900", place=other, day=9, time="15:00").line("DRESSING").spare()
    case.visit(man, "I20.900", place=other, day=0, time="07:00").line("DRESSING").spare()


@plant(ELSEWHERE, "B32/same", "a visit at the hospital itself", span=11)
def _(case: Case) -> None:
    man, here, _other = _lies(case)
    case.visit(man, "I20.900", place=here.place, day=4).line("DRESSING").spare().accuse(rule=SHIFT)


@plant(ELSEWHERE, "B32/members", "another person's visit", span=11)
def _(case: Case) -> None:
    _man, _stay_here, other = _lies(case)
    case.visit(case.member(MALE, 66), "I20.900", place=other, day=4).line("DRESSING").spare()


@plant(ELSEWHERE, "B32/self-paid", "paid by the person alone, and taken back", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    bill = case.visit(man, "I20.900", place=other, day=4)
    bill.line("DRESSING", 1, self_paid=True).spare()
    bill.line("INJECTION", 1).take_back().spare()


@plant(ELSEWHERE, "B32/newborn", "mother here, her newborn there on her account, and the other way round", span=11)
def _(case: Case) -> None:
    man, _stay_here, other = _lies(case)
    bill = case.visit(man, "J06.900", place=other, day=4, newborn=True)
    bill.line("DRESSING").spare()
    man, _stay_here, other = _lies(case, newborn=True)
    case.visit(man, "J06.900", place=other, day=4).line("DRESSING").spare()
