"""Drugs for some ages (A03, A04), levels (A07), insurances (A08) and kinds of care (A09), and after others (A11)."""

from datetime import date

from .case import FEMALE, MALE, Case, plant

AGE = "drug_age_range"
IN_FORCE = date(2026, 1, 1)  # of the published points


@plant(AGE, "A03-1", "a drug limited to adults at 15", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 15), "J18.900").line("LEFAMULIN", 1).accuse("286.00", certainty="certain")


@plant(AGE, "A03/17", "the day before the 18th birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 17, birthday_in=1), "J18.900").line("LEFAMULIN", 1).accuse("286.00")


@plant(AGE, "A03/4", "a drug from 5 years on, the day before the fifth birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 4, birthday_in=1), "J10.100").line("BALOXAVIR", 1).accuse("222.00")


@plant(AGE, "A03/83", "a drug from 3 months on, 83 days after birth", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 0, birthday_in=-83), "L20.900").line("CRISABOROLE", 1).accuse("98.00")


@plant(AGE, "A03/stay", "in a stay, 60 days after birth", since=IN_FORCE, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 0, birthday_in=-60), "L20.900", days=3, department="A07")
    bill.line("CRISABOROLE", 1).accuse("98.00")


@plant(AGE, "A03/part", "one box of two taken back", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 15), "J18.900").line("LEFAMULIN", 2).take_back(1).accuse("286.00")


@plant(AGE, "A03/fen", "a fen of it is asked of the fund", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 15), "J18.900").line("LEFAMULIN", 1, price="100", share=1).accuse("100.00")


@plant(AGE, "A03-2", "the 18th birthday itself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 18, birthday_in=0), "J18.900").line("LEFAMULIN", 1).spare()


@plant(AGE, "A03-3", "an ointment from 3 months on, at 5 months", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 0, birthday_in=-152), "L20.900").line("CRISABOROLE", 1).spare()


@plant(AGE, "A03/84", "84 days after birth", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 0, birthday_in=-84), "L20.900").line("CRISABOROLE", 1).spare()


@plant(AGE, "A03/5", "the fifth birthday itself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 5, birthday_in=0), "J10.100").line("BALOXAVIR", 1).spare()


@plant(AGE, "A03/old", "a drug limited to adults at 90", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 90), "J18.900").line("LEFAMULIN", 1).spare()


@plant(AGE, "A03/self-paid", "paid by the family", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 15), "J18.900").line("LEFAMULIN", 1, self_paid=True).spare()


@plant(AGE, "A03/newborn", "for a newborn on its mother's account", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 17), "J18.900", newborn=True).line("LEFAMULIN", 1).spare()


@plant(AGE, "A03/reversed", "taken back whole", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 15), "J18.900")
    bill.line("LEFAMULIN", 1).take_back().spare()
    bill.line("BLOOD_COUNT")
