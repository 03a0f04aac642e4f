"""Antibiotics after a clean operation, up to the hours that are allowed and beyond (A23)."""

from .case import MALE, Bill, Case, plant

AROUND = "drug_periop_antibiotic"


def _hernia(case: Case, *diagnoses: str) -> Bill:
    bill = case.stay(case.member(MALE, 50), "K40.900", *diagnoses, days=9, department="A04.01")
    return bill.operated("53.0000", "单侧腹股沟疝修补术", day=1)


@plant(AROUND, "A23-1", "a hernia repaired, six days of an antibiotic, no infection", span=12)
def _(case: Case) -> None:
    given = _hernia(case).daily("CEFAZOLIN", 2, 1, 6, price="10")
    given[0].spare()
    for charge in given[1:]:
        charge.accuse("20.00", certainty="high")


@plant(AROUND, "A23/24", "a dose 24 hours after the first", span=12)
def _(case: Case) -> None:
    given = _hernia(case).daily("CEFAZOLIN", 2, 1, 2, price="10")
    given[0].spare()
    given[1].accuse("20.00")


@plant(AROUND, "A23/part", "of two doses too late one is taken back", span=12)
def _(case: Case) -> None:
    bill = _hernia(case)
    bill.line("CEFAZOLIN", 2, day=1)
    bill.line("CEFAZOLIN", 2, day=3, price="10").take_back(1).accuse("10.00")


@plant(AROUND, "A23-2", "the same with an infection of the wound", span=12)
def _(case: Case) -> None:
    _hernia(case, "T81.400").daily("CEFAZOLIN", 2, 1, 6)[5].spare()


@plant(AROUND, "A23-3", "a hip replaced, antibiotics for less than a day", span=14)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "M16.900", days=11, department="A04.03", level=3)
    bill.operated("81.5100", "全髋关节置换术", day=2)
    bill.line("CEFAZOLIN", 2, day=2, time="10:00").spare()
    bill.line("CEFAZOLIN", 2, day=3, time="08:00").spare()


@plant(AROUND, "A23/other", "another operation beside it, whose wound is not clean", span=12)
def _(case: Case) -> None:
    bill = _hernia(case).operated("47.0900", "阑尾切除术", day=1)
    bill.daily("CEFAZOLIN", 2, 1, 6)[5].spare()


@plant(AROUND, "A23/before", "antibiotics the day before the operation do not begin the hours", span=12)
def _(case: Case) -> None:
    for charge in _hernia(case).daily("CEFAZOLIN", 2, 0, 2):
        charge.spare()


@plant(AROUND, "A23/reason", "a reason is recorded", span=12)
def _(case: Case) -> None:
    bill = _hernia(case)
    bill.line("CEFAZOLIN", 2, day=1)
    bill.line("CEFAZOLIN", 2, day=3, reason="假体植入方案").spare()


@plant(AROUND, "A23/reversed", "the late dose is taken back", span=12)
def _(case: Case) -> None:
    bill = _hernia(case)
    bill.line("CEFAZOLIN", 2, day=1)
    bill.line("CEFAZOLIN", 2, day=3).take_back().spare()
