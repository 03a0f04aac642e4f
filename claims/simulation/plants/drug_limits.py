"""Drugs for some ages (A03, A04), levels (A07), insurances (A08) and kinds of care (A09), and after others (A11)."""

from datetime import date

from .case import FEMALE, MALE, Bill, Case, plant

AGE = "drug_age_range"
LEVEL = "drug_hosp_level_limited"
INSURANCE = "drug_insutype_limited"
CARE = "drug_visit_type_limited"
SECOND = "drug_second_line"
CHILD = "drug_child_forbidden"
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


@plant(INSURANCE, "A08-1", "a rabies vaccine settled with residents' insurance", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "S61.900", kind="emergency", department="A20")
    bill.line("RABIES_VACCINE", 4).accuse("320.00", certainty="certain")


@plant(INSURANCE, "A08/employee", "settled with employees' insurance", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "S61.900", kind="emergency", department="A20")
    bill.insurance = "310"
    bill.line("RABIES_VACCINE", 4).accuse("320.00")


@plant(INSURANCE, "A08/no-childbirth", "a drug for childbirth in a stay for an illness", span=4, since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 44), "N92.000", days=3, department="A05.01")
    bill.line("CARBOPROST", 1, day=1).accuse("245.00")


@plant(INSURANCE, "A08/pregnant", "a rabies vaccine for a woman with child", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 29), "S61.900", "Z34.900").line("RABIES_VACCINE", 4).accuse("320.00")


@plant(INSURANCE, "A08-2", "the vaccine settled with insurance against work injury", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 34), "S61.900", kind="emergency", department="A20")
    bill.insurance = "410"
    bill.line("RABIES_VACCINE", 4).spare()


@plant(INSURANCE, "A08-3", "a drug for childbirth in a delivery with bleeding", span=4, since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "O72.100", days=3, department="A05.02")
    bill.line("CARBOPROST", 1, day=0, time="12:00").spare()


@plant(INSURANCE, "A08/maternity", "settled with maternity insurance", span=4, since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "N92.000", days=3, department="A05.01")
    bill.insurance = "510"
    bill.line("CARBOPROST", 1, day=1).spare()


@plant(INSURANCE, "A08/self-paid", "paid by the man himself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 34), "S61.900").line("RABIES_VACCINE", 4, self_paid=True).spare()


@plant(CARE, "A09-1", "compound amino acids at an ordinary outpatient visit", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "K29.500").line("AMINO_ACIDS", 3).accuse("86.40", certainty="certain")


@plant(CARE, "A09-4", "Angong Niuhuang Wan at a pharmacy, paid by the pooled fund", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "I69.300", kind="pharmacy").line("ANGONG", 1).accuse("560.00")


@plant(CARE, "A09/emergency", "a drug for stays only in an emergency", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "R10.400", kind="emergency", department="A20")
    bill.line("AMINO_ACIDS", 1).accuse("28.80")


@plant(CARE, "A09/chronic", "a drug for stays and emergencies at a visit for a chronic disease", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "I69.300", kind="chronic").line("ANGONG", 1).accuse("560.00")


@plant(CARE, "A09-2", "compound amino acids in a stay", span=4, since=IN_FORCE)
def _(case: Case) -> None:
    case.stay(case.member(MALE, 60), "K29.500", days=3).line("AMINO_ACIDS", 3, day=1).spare()


@plant(CARE, "A09-3", "Angong Niuhuang Wan in an emergency", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "I63.900", kind="emergency", department="A20")
    bill.line("ANGONG", 1).spare()


@plant(CARE, "A09/day", "in day surgery, and in a home bed", since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "H25.900", kind="day_surgery", department="A10", time="08:00").line("AMINO_ACIDS", 1).spare()
    case.visit(man, "I69.300", kind="home_bed", time="15:00").line("AMINO_ACIDS", 1).spare()


@plant(CARE, "A09/account", "bought from the person's own account", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "I69.300", kind="pharmacy")
    bill.line("ANGONG", 1).spare()
    bill.paid_over = -56_000  # the pooled fund pays nothing


@plant(CARE, "A09/self-paid", "one line paid by the man himself", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "K29.500")
    bill.line("AMINO_ACIDS", 1, self_paid=True).spare()
    bill.line("PARACETAMOL", 1)


@plant(SECOND, "A11-3", "eye drops of the second line for a woman whose claims begin that day", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 66), "H40.100").line("LATANOPROST", 1).accuse("86.00", certainty="low")


@plant(SECOND, "A11/13", "thirteen days of other eye drops only", before=30, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 66)
    _drops(case, woman, -30, 13)
    case.visit(woman, "H40.100").line("LATANOPROST", 1).accuse("86.00")


@plant(SECOND, "A11/same-day", "other eye drops on the same day, none before", since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 66)
    _drops(case, woman, 0, 28)
    case.visit(woman, "H40.100", time="15:00").line("LATANOPROST", 1).accuse("86.00")


@plant(SECOND, "A11/other", "a drug for the sugar came before", before=30, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 66)
    _metformin_fails(case, woman, -30)
    case.visit(woman, "H40.100").line("LATANOPROST", 1).accuse("86.00")


@plant(SECOND, "A11/part", "one bottle of two taken back", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 66), "H40.100").line("LATANOPROST", 2).take_back(1).accuse("86.00")


@plant(SECOND, "A11-1", "other eye drops for 28 days two months before", before=60, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 66)
    _drops(case, woman, -60, 28)
    case.visit(woman, "H40.100").line("LATANOPROST", 1).spare()


@plant(SECOND, "A11/14", "fourteen days of other eye drops, fetched twice", before=30, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 66)
    _drops(case, woman, -30, 7)
    _drops(case, woman, -20, 7)
    case.visit(woman, "H40.100").line("LATANOPROST", 1).spare()


@plant(SECOND, "A11/continued", "on the drug since a month, begun with a reason", before=30, since=IN_FORCE)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 66)
    case.visit(woman, "H40.100", day=-30).line("LATANOPROST", 1, days=28, reason="噻吗洛尔禁忌").spare()
    case.visit(woman, "H40.100").line("LATANOPROST", 1, days=28).spare()


@plant(
    SECOND, "A11/settled-late", "the other eye drops stand in a visit settled later", before=20, span=42, since=IN_FORCE
)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 66)
    _drops(case, woman, -20, 28).settled_days_later = 60
    case.visit(woman, "H40.100").line("LATANOPROST", 1).spare()


@plant(SECOND, "A11/approved", "approved beforehand", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 66), "H40.100").line("LATANOPROST", 1, approved=True).spare()


@plant(SECOND, "A11/self-paid", "paid by the woman herself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 66), "H40.100").line("LATANOPROST", 1, self_paid=True).spare()


def _drops(case: Case, member: int, day: int, days: int) -> Bill:
    """Other eye drops first, for which a reason is recorded, since they too are of the second line."""
    bill = case.visit(member, "H40.100", day=day, department="A10")
    bill.line("BRINZOLAMIDE_TIMOLOL", 1, days=days, reason="单药控制不佳")
    return bill


@plant(CHILD, "A04-1", "levofloxacin tablets at ten years")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 10), "N39.000").line("LEVOFLOXACIN_TABLET", 1).accuse("0.00", certainty="remind")


@plant(CHILD, "A04/17", "the day before the 18th birthday, paid by the family")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 17, birthday_in=1), "N39.000")
    bill.line("LEVOFLOXACIN_TABLET", 1, self_paid=True).accuse("0.00")
    bill.line("URINE")


@plant(CHILD, "A04/4", "a drug from five years on, the day before the fifth birthday")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 4, birthday_in=1), "A09.900").line("LOPERAMIDE", 1).accuse("0.00")


@plant(CHILD, "A04-2", "tuberculosis that resists other drugs, with the reason recorded")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 10), "A15.000")
    bill.line("LEVOFLOXACIN_TABLET", 1, reason="耐多药结核").spare()


@plant(CHILD, "A04-3", "at nineteen, and on the 18th birthday")
def _(case: Case) -> None:
    for age in (19, 18):
        case.visit(case.member(MALE, age, birthday_in=0), "N39.000").line("LEVOFLOXACIN_TABLET", 1).spare()


@plant(CHILD, "A04/5", "the fifth birthday itself")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 5, birthday_in=0), "A09.900").line("LOPERAMIDE", 1).spare()


@plant(CHILD, "A04/newborn", "for a newborn on its mother's account")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 17), "N39.000", newborn=True).line("LEVOFLOXACIN_TABLET", 1).spare()
