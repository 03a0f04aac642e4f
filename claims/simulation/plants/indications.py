"""Drugs paid for certain illnesses only, with and without the diagnosis (A05)."""

from datetime import date

from .case import FEMALE, MALE, Case, plant

INDICATION = "drug_indication_limited"
IN_FORCE = date(2026, 1, 1)  # of the published points


@plant(INDICATION, "A05-2", "a drug for gout with no diagnosis but high blood pressure", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "I10.x00x002").line("DOTINURAD", 1).accuse("168.00")


@plant(INDICATION, "A05/J20", "a drug for J12 to J18, the code just after them", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "J20.900").line("LEFAMULIN", 1).accuse("286.00")


@plant(INDICATION, "A05/J11", "a drug for J12 to J18, the code just before them", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 50), "J11.100").line("LEFAMULIN", 1).accuse("286.00")


@plant(INDICATION, "A05/later", "the diagnosis is made three days later", span=4, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 52)
    case.visit(man, "I10.x00x002").line("DOTINURAD", 1).accuse("168.00")
    case.visit(man, "M10.900", day=3).line("URIC_ACID")


@plant(INDICATION, "A05/366", "the diagnosis was made 366 days before", before=366, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 52)
    case.visit(man, "M10.900", day=-366).line("URIC_ACID")
    case.visit(man, "I10.x00x002").line("DOTINURAD", 1).accuse("168.00")


@plant(INDICATION, "A05/part", "one box of two taken back", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "I10.x00x002").line("DOTINURAD", 2).take_back(1).accuse("168.00")


@plant(INDICATION, "A05/fen", "a fen of it is asked of the fund", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "I10.x00x002").line("DOTINURAD", 1, price="100", share=1).accuse("100.00")


@plant(INDICATION, "A05-1", "the drug for gout with gout", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "M10.900").line("DOTINURAD", 1).spare()


@plant(
    INDICATION,
    "A05-3",
    "albumin with cirrhosis and no laboratory value: another rule's business",
    since=IN_FORCE,
)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 58), "K74.600", level=3).line("ALBUMIN", 1).spare()


@plant(INDICATION, "A05-4", "paid by the man himself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "I10.x00x002").line("DOTINURAD", 1, self_paid=True).spare()


@plant(INDICATION, "A05/approved", "use outside the limit was approved beforehand", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "I10.x00x002").line("DOTINURAD", 1, approved=True).spare()


@plant(INDICATION, "A05/J12", "the first code of the range", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "J12.900").line("LEFAMULIN", 1).spare()


@plant(INDICATION, "A05/J18", "the last code of the range", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "J18.900").line("LEFAMULIN", 1).spare()


@plant(INDICATION, "A05/second", "the illness stands second among the diagnoses", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "I10.x00x002", "M10.900").line("DOTINURAD", 1).spare()


@plant(
    INDICATION,
    "A05/history",
    "the diagnosis was made at another hospital 20 days before",
    before=20,
    since=IN_FORCE,
)
def _(case: Case) -> None:
    man = case.member(MALE, 52)
    case.visit(man, "M10.900", day=-20, place=case.hospital(3)).line("URIC_ACID")
    case.visit(man, "I10.x00x002").line("DOTINURAD", 1).spare()


@plant(
    INDICATION, "A05/settled-late", "the diagnosis stands in a visit settled later", before=5, span=42, since=IN_FORCE
)
def _(case: Case) -> None:
    man = case.member(MALE, 52)
    bill = case.visit(man, "M10.900", day=-5, place=case.hospital(3))
    bill.line("URIC_ACID")
    bill.settled_days_later = 45
    case.visit(man, "I10.x00x002").line("DOTINURAD", 1).spare()


@plant(INDICATION, "A05/same-day", "the diagnosis is made elsewhere on the same day", since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 52)
    case.visit(man, "M10.900", place=case.hospital(3), time="08:00").line("URIC_ACID")
    case.visit(man, "I10.x00x002", time="15:00").line("DOTINURAD", 1).spare()


@plant(
    INDICATION,
    "A05/before",
    "given the evening before admission for the illness of the stay",
    before=1,
    span=4,
    since=IN_FORCE,
)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 52), "M10.900", days=3, department="A03.07")
    bill.line("DOTINURAD", 1, day=-1, time="23:00").spare()


@plant(INDICATION, "A05/365", "the diagnosis was made 365 days before", before=365, since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 52)
    case.visit(man, "M10.900", day=-365).line("URIC_ACID")
    case.visit(man, "I10.x00x002").line("DOTINURAD", 1).spare()


@plant(INDICATION, "A05/reversed", "taken back whole", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 50), "I10.x00x002")
    bill.line("DOTINURAD", 1).take_back().spare()
    bill.line("KIDNEY")
