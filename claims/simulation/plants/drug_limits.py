"""Drugs for some ages (A03, A04), levels (A07), insurances (A08) and kinds of care (A09), and after others (A11)."""

from datetime import date

from .case import FEMALE, MALE, Case, plant

AGE = "drug_age_range"
LEVEL = "drug_hosp_level_limited"
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


@plant(LEVEL, "A07-1", "an injection for hospitals of the second level and above at a health centre", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 66), "I63.900", level=1, department="A03.03")
    bill.line("SHUXUETONG", 2).accuse("68.00", certainty="certain")


@plant(LEVEL, "A07/stay", "in a stay at a health centre", since=IN_FORCE, span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 66), "I63.900", days=4, level=1, department="A03.03")
    bill.line("SHUXUETONG", 2, day=1).accuse("68.00")


@plant(
    LEVEL,
    "A07-4",
    "a weekly injection at a health centre that no hospital prescribed before",
    before=40,
    since=IN_FORCE,
)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 55)
    _metformin_fails(case, woman, -40)
    bill = case.visit(woman, "E11.900", level=1, department="A03.07")
    bill.line("DULAGLUTIDE", 4, days=28).accuse("596.00", certainty="high").spare(rule="drug_second_line")


@plant(LEVEL, "A07/again", "the health centre itself prescribed it before", before=40, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 55)
    _metformin_fails(case, woman, -40)
    place = case.hospital(1)
    case.visit(woman, "E11.900", place=place, day=-10).line("DULAGLUTIDE", 2, days=14).accuse("298.00")
    case.visit(woman, "E11.900", place=place).line("DULAGLUTIDE", 2, days=14).accuse("298.00")


@plant(LEVEL, "A07/after", "the hospital prescribes it the day after", before=40, span=2, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 55)
    _metformin_fails(case, woman, -40)
    case.visit(woman, "E11.900", level=1).line("DULAGLUTIDE", 2, days=14).accuse("298.00")
    case.visit(woman, "E11.900", level=3, day=1).line("DULAGLUTIDE", 2, days=14).spare()


@plant(LEVEL, "A07/other", "a hospital prescribed another drug with a limit of level", before=40, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 66)
    _metformin_fails(case, woman, -40)
    case.visit(woman, "I63.900", level=3, day=-10).line("SHUXUETONG", 2).spare()
    case.visit(woman, "E11.900", level=1).line("DULAGLUTIDE", 2, days=14).accuse("298.00")


@plant(LEVEL, "A07-2", "the injection at a hospital of the second level", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 66), "I63.900", level=2, department="A03.03")
    bill.line("SHUXUETONG", 2).spare()


@plant(LEVEL, "A07-3", "first prescribed at a hospital of the third level", before=65, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 55)
    _metformin_fails(case, woman, -65)
    case.visit(woman, "E11.900", level=3, day=-30).line("DULAGLUTIDE", 4, days=28).spare()
    case.visit(woman, "E11.900", level=1).line("DULAGLUTIDE", 4, days=28).spare()


@plant(
    LEVEL,
    "A07/settled-late",
    "the first prescription stands in a visit settled later",
    before=30,
    span=42,
    since=IN_FORCE,
)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 55)
    _metformin_fails(case, woman, -30)
    bill = case.visit(woman, "E11.900", level=3, day=-5)
    bill.line("DULAGLUTIDE", 2, days=14)
    bill.settled_days_later = 45
    case.visit(woman, "E11.900", level=1).line("DULAGLUTIDE", 2, days=14).spare()


@plant(LEVEL, "A07/self-paid", "paid by the man himself", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 66), "I63.900", level=1, department="A03.03")
    bill.line("SHUXUETONG", 2, self_paid=True).spare()


@plant(LEVEL, "A07/pharmacy", "a pharmacy sells what a hospital prescribed", before=40, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 55)
    _metformin_fails(case, woman, -40)
    case.visit(woman, "E11.900", kind="pharmacy").line("DULAGLUTIDE", 4, days=28).spare()


def _metformin_fails(case: Case, member: int, day: int) -> None:
    """Another drug for the sugar first: what comes after it is no breach of the second line."""
    case.visit(member, "E11.900", day=day, department="A03.07").line("HENAGLIFLOZIN", 1, days=28)
