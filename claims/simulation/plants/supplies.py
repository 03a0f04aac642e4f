"""Drugs for too many days (A14), fetched again too early (A15), and hoarded from several places (A16)."""

from .case import MALE, Case, plant

DAYS = "drug_rx_days_exceeded"


@plant(DAYS, "A14-1", "amlodipine for 180 days at an ordinary visit without a chronic disease")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "R51.x00").line("AMLODIPINE", 6, price="30", days=180).accuse(
        "173.00", certainty="high"
    )


@plant(DAYS, "A14/180", "the same with high blood pressure among the diagnoses")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "R51.x00", "I10.x00x002")
    bill.line("AMLODIPINE", 6, price="30", days=180).accuse("150.00")


@plant(DAYS, "A14-3", "ten days of an antibiotic in an emergency")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "R10.400", kind="emergency", department="A20")
    bill.line("CEFUROXIME", 2, price="20", days=10).accuse("28.00")


@plant(DAYS, "A14/8", "eight days at an ordinary visit")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J20.900").line("CEFUROXIME", 2, price="20", days=8).accuse("5.00")


@plant(DAYS, "A14/93", "93 days for a certified chronic disease")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "I10.x00x002", kind="chronic").line("AMLODIPINE", 3, price="31", days=93).accuse(
        "9.00"
    )


@plant(DAYS, "A14/part", "one pack of three taken back")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "J20.900")
    bill.line("CEFUROXIME", 3, price="20", days=10).take_back(1).accuse("12.00")


@plant(DAYS, "A14-2", "84 days for a certified chronic disease")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "I10.x00x002", kind="chronic")
    bill.line("AMLODIPINE", 3, price="28", days=84).spare()


@plant(DAYS, "A14-4", "a single pack of ten tablets, one a day")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J20.900").line("CEFUROXIME", 1, days=10).spare()


@plant(DAYS, "A14/7", "seven days at an ordinary visit, and three in an emergency")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J20.900").line("CEFUROXIME", 2, days=7).spare()
    bill = case.visit(case.member(MALE, 41), "R10.400", kind="emergency", department="A20")
    bill.line("CEFUROXIME", 2, days=3).spare()


@plant(DAYS, "A14/33", "33 days with high blood pressure among the diagnoses")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "R51.x00", "I10.x00x002").line("AMLODIPINE", 2, days=33).spare()


@plant(DAYS, "A14/reason", "for a man who works far away")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J20.900").line("CEFUROXIME", 2, days=14, reason="外出务工").spare()


@plant(DAYS, "A14/others", "paid by himself, at a pharmacy, in a stay, slices", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "J20.900")
    bill.line("CEFUROXIME", 2, days=14, self_paid=True).spare()
    bill.line("SLICE_PORIA", 210, days=14).spare()
    case.visit(case.member(MALE, 41), "J20.900", kind="pharmacy").line("CEFUROXIME", 2, days=14).spare()
    case.stay(case.member(MALE, 42), "J20.900", days=3).line("CEFUROXIME", 2, day=2, days=14).spare()
