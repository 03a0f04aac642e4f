"""Claims that contradict themselves (F23)."""

from datetime import date

from .case import FEMALE, MALE, Case, plant

INVALID = "claim_data_invalid"
RETIRED = date(2026, 2, 1)  # from this day on the invented province's edition no longer knows E11.900x099


@plant(INVALID, "F23-1", "discharged before admission", before=4, span=2)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "J18.900", days=-3)
    bill.accuse(None)
    # What contradicts itself is returned for correction; no other rule judges it.
    bill.line("GYN_TABLET", 1, day=0).spare(rule="drug_sex_restricted")


@plant(INVALID, "F23/born", "born after admission")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.born = case.day + 5
    bill.line("PARACETAMOL")
    bill.accuse(None)


@plant(INVALID, "F23-2", "a diagnosis code of last year's edition")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J18.900x099")
    bill.line("CEFUROXIME", 2)
    bill.accuse(None)


@plant(INVALID, "F23/retired", "a diagnosis code on the day it is retired", on=RETIRED)
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 60), "E11.900x099")
    bill.line("METFORMIN", 2)
    bill.accuse(None)


@plant(INVALID, "F23/settled", "settled the day before it began", before=1, span=2)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL")
    bill.settled_days_later = -1
    bill.accuse(None)


@plant(INVALID, "F23/eligible", "two fen more eligible than billed")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 2)
    bill.eligible_over = 2
    bill.accuse(None)


@plant(INVALID, "F23/paid", "two fen more paid than billed")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 2)
    bill.paid_over = 2
    bill.accuse(None)


@plant(INVALID, "F23/parts", "the parts are two fen more than the whole")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 2)
    bill.parts_over = 2
    bill.accuse(None)


@plant(INVALID, "F23/no-main", "a stay without a main diagnosis", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "J18.900", days=3)
    bill.mains = 0
    bill.accuse(None)


@plant(INVALID, "F23/two-mains", "two main diagnoses")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900", "J20.900")
    bill.line("PARACETAMOL", 2)
    bill.mains = 2
    bill.accuse(None)


@plant(INVALID, "F23/operation", "operated the day before admission", before=1, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "K35.900", days=3, department="A04.01")
    bill.operated("47.0900", "阑尾切除术", -1).accuse(None)


@plant(INVALID, "F23/reversal", "a reversal of an item that was never billed")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 3)
    bill.line("IBUPROFEN", -1).accuse(None)


@plant(INVALID, "F23/uneven", "a reversal that gives less back than was billed")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("GYN_TABLET", 2).take_back(1, price="17").accuse(None)


@plant(INVALID, "F23/last-day", "the same code on its last day", on=date(2026, 1, 31))
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 60), "E11.900x099")
    bill.line("METFORMIN", 2)
    bill.spare()


@plant(INVALID, "F23-3", "the lines add up to a fen more than the total")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 2)
    bill.total_off = -1
    bill.spare()


@plant(INVALID, "F23/operation-day", "operated the day before a stay of one day", before=1, span=2)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "H25.900", days=0, time="08:00", until="17:00", department="A10")
    bill.operated("13.4100", "白内障超声乳化抽吸术", -1).accuse(None)


@plant(INVALID, "F23/eligible-fen", "a fen more eligible than billed: rounding")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 2)
    bill.eligible_over = 1
    bill.spare()


@plant(INVALID, "F23/paid-fen", "a fen more paid than billed: rounding")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 2)
    bill.paid_over = 1
    bill.spare()


@plant(INVALID, "F23/fen", "a fen more in parts than in whole: rounding")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 2)
    bill.parts_over = 1
    bill.spare()


@plant(INVALID, "F23/operations", "operated on the day of admission and on the day of discharge", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "K35.900", days=3, department="A04.01")
    bill.operated("47.0900", "阑尾切除术").operated("54.2100", "腹腔镜检查", 3).spare()


@plant(INVALID, "F23/unnamed", "a reversal that names no line but fits one")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "J06.900")
    bill.line("PARACETAMOL", 3).take_back(1, named=False)
    bill.spare()


@plant(INVALID, "F23/same-day", "admitted and discharged at one and the same moment")
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "J18.900", days=0, time="09:00", until="09:00", bare=True)
    bill.line("BLOOD_COUNT", 1, day=0, time="09:00")
    bill.spare()


@plant(INVALID, "F23/birthday", "born on the day of admission")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 0, birthday_in=0), "Z38.000", time="20:00")
    bill.line("NEWBORN_SCREEN")
    bill.spare()
