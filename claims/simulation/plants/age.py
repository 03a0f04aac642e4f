"""Drugs limited to children by age, at and beside the birthdays that count (A02)."""

from datetime import date

from .case import FEMALE, MALE, Case, plant

CHILD = "drug_child_only"
IN_FORCE = date(2026, 1, 1)  # of the published points


@plant(CHILD, "A02-1", "a man of 40 gets cold granules for children", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J06.900").line("CHILD_COLD", 1).accuse("12.50", certainty="high")


@plant(CHILD, "A02-3", "a drug for 3 to 12 years on the 13th birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 13, birthday_in=0), "I27.000", level=3).line("BOSENTAN_CHILD", 1).accuse(
        "1980.00", certainty="certain"
    )


@plant(CHILD, "A02/18", "a drug for children on the 18th birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 18, birthday_in=0), "J20.900").line("CHILD_COUGH", 2).accuse("31.60")


@plant(CHILD, "A02/2", "a drug from 3 years on, the day before the third birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 2, birthday_in=1), "I27.000", level=3).line("BOSENTAN_CHILD", 1).accuse("1980.00")


@plant(CHILD, "A02/15", "a drug for 1 to 14 years on the 15th birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 15, birthday_in=0), "J45.900").line("MONTELUKAST_FILM", 1).accuse("86.40")


@plant(CHILD, "A02/0", "a drug from 1 year on, the day before the first birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 0, birthday_in=1), "J45.900").line("MONTELUKAST_FILM", 1).accuse("86.40")


@plant(CHILD, "A02/part", "one box of two taken back", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J06.900").line("CHILD_COLD", 2).take_back(1).accuse("12.50")


@plant(CHILD, "A02/reason", "a reason is recorded: still asked about", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 70), "J06.900")
    bill.line("CHILD_COLD", 1, reason="鼻饲").accuse("12.50", certainty="low")


@plant(CHILD, "A02/fen", "a fen of it is asked of the fund", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J06.900").line("CHILD_COLD", 1, price="100", share=1).accuse("100.00")


@plant(CHILD, "A02/infant", "a child of some months gets the granules", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 0), "J06.900").line("CHILD_COLD", 1).spare()


@plant(CHILD, "A02-2", "a child of 7 gets the granules", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 7), "J06.900").line("CHILD_COLD", 1).spare()


@plant(CHILD, "A02-4", "12 years old, the day before the 13th birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 12, birthday_in=1), "I27.000", level=3).line("BOSENTAN_CHILD", 1).spare()


@plant(CHILD, "A02/17", "the day before the 18th birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 17, birthday_in=1), "J20.900").line("CHILD_COUGH", 2).spare()


@plant(CHILD, "A02/3", "the third birthday itself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 3, birthday_in=0), "I27.000", level=3).line("BOSENTAN_CHILD", 1).spare()


@plant(CHILD, "A02/14", "the day before the 15th birthday", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 14, birthday_in=1), "J45.900").line("MONTELUKAST_FILM", 1).spare()


@plant(CHILD, "A02/1", "the first birthday itself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 1, birthday_in=0), "J45.900").line("MONTELUKAST_FILM", 1).spare()


@plant(CHILD, "A02/self-paid", "paid by the man himself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J06.900").line("CHILD_COLD", 1, self_paid=True).spare()


@plant(CHILD, "A02/reversed", "taken back whole", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "J06.900")
    bill.line("CHILD_COLD", 1).take_back().spare()
    bill.line("BLOOD_COUNT")


@plant(CHILD, "A02/newborn", "for a newborn on its mother's account", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 29), "J06.900", newborn=True).line("CHILD_COLD", 1).spare()


@plant(CHILD, "A02/ordinary", "an adult gets a drug for all ages", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J06.900").line("PARACETAMOL", 2).spare()
