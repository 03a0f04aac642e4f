"""Medicine taken home from a stay, up to the days that are allowed and beyond (A20)."""

from .case import FEMALE, MALE, Case, plant

HOME = "drug_discharge_supply"


@plant(HOME, "A20-1", "cefuroxime for 30 days at discharge", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 40), "J18.900", days=6)
    bill.line("CEFUROXIME", 10, day=6, time="08:00", price="30", days=30).accuse("230.00", certainty="high")


@plant(HOME, "A20-3", "a lipid emulsion taken home", span=8)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 70), "C16.900", days=6, department="A04.01")
    bill.line("LIPID_EMULSION", 3, day=6, time="08:00", days=3).accuse("192.00")


@plant(HOME, "A20/8", "eight days of supply", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 40), "J18.900", days=6)
    bill.line("CEFUROXIME", 2, day=6, time="08:00", price="40", days=8).accuse("10.00")


@plant(HOME, "A20/31", "31 days of supply for a chronic illness", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 66), "I10.x00x002", days=6, department="A03.04")
    bill.line("AMLODIPINE", 4, day=6, time="08:00", price="15.5", days=31).accuse("2.00")


@plant(HOME, "A20/part", "two boxes of ten taken back", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 40), "J18.900", days=6)
    bill.line("CEFUROXIME", 10, day=6, time="08:00", price="30", days=30).take_back(4).accuse("138.00")


@plant(HOME, "A20-2", "amlodipine for 30 days, with high blood pressure", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 66), "I10.x00x002", days=6, department="A03.04")
    bill.line("AMLODIPINE", 4, day=6, time="08:00", days=30).spare()


@plant(HOME, "A20/7", "seven days of supply", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 40), "J18.900", days=6)
    bill.line("CEFUROXIME", 2, day=6, time="08:00", days=7).spare()


@plant(HOME, "A20/box", "a single box that lasts for two weeks", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "H25.900", days=3, department="A10")
    bill.line("EYE_DROPS", 1, day=3, time="08:00", days=14).spare()


@plant(HOME, "A20/reason", "a reason is recorded", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 40), "J18.900", days=6)
    bill.line("CEFUROXIME", 10, day=6, time="08:00", days=30, reason="海岛居住").spare()


@plant(HOME, "A20/self-paid", "paid by the man himself", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 40), "J18.900", days=6)
    bill.line("CEFUROXIME", 10, day=6, time="08:00", days=30, self_paid=True).spare()


@plant(HOME, "A20/reversed", "taken back whole", span=10)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 40), "J18.900", days=6)
    bill.line("CEFUROXIME", 10, day=6, time="08:00", days=30).take_back().spare()
