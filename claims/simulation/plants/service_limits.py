"""Services limited by age, department, level, kind of visit, insurance, illness or year, within and beyond."""

from .case import FEMALE, MALE, Case, plant

AGE = "item_age_restricted"


@plant(AGE, "B02-1", "a child's crown for a man of 30")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 30), "K02.900", department="A12").line("CHILD_CROWN").accuse("160.00")


@plant(AGE, "B02/18", "a child's crown on the 18th birthday")
def _(case: Case) -> None:
    who = case.member(FEMALE, 18, birthday_in=0)
    case.visit(who, "K02.900", department="A12").line("CHILD_CROWN").accuse("160.00", certainty="certain")


@plant(AGE, "B02-3", "an incubator on the 40th day of life", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 0, birthday_in=-40), "J18.000", days=3, department="A07")
    bill.line("INCUBATOR").accuse("50.00")


@plant(AGE, "B02/29", "an incubator 29 days after birth")
def _(case: Case) -> None:
    who = case.member(MALE, 0, birthday_in=-29)
    case.visit(who, "P59.900", kind="emergency", department="A07").line("INCUBATOR").accuse("50.00")


@plant(AGE, "B02-4", "vocational training at 66")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 66), "I69.300", department="A04.03").line("WORK_TRAINING").accuse("30.00")


@plant(AGE, "B02/63", "vocational training on the 63rd birthday")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 63, birthday_in=0), "I69.300", department="A04.03").line("WORK_TRAINING").accuse(
        "30.00"
    )


@plant(AGE, "B02/15", "vocational training the day before the 16th birthday")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 15, birthday_in=1), "S72.000", department="A04.03").line("WORK_TRAINING").accuse(
        "30.00"
    )


@plant(AGE, "B02/part", "two crowns of which one is taken back")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 30), "K02.900", department="A12")
    bill.line("CHILD_CROWN", 2).take_back(1).accuse("160.00")


@plant(AGE, "B02/mother-ill", "an incubator in a woman's claim that knows of no child", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "N10.x00", days=3, department="A05.02")
    bill.line("INCUBATOR").accuse("50.00")


@plant(AGE, "B02/child-care", "childbirth does not excuse what is no care of a newborn", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "O80.000", days=3, department="A05.02")
    bill.line("CHILD_CROWN").accuse("160.00")


@plant(AGE, "B02-2", "a child of 5")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 5), "K02.900", department="A12").line("CHILD_CROWN").spare()


@plant(AGE, "B02/17", "the day before the 18th birthday")
def _(case: Case) -> None:
    who = case.member(FEMALE, 17, birthday_in=1)
    case.visit(who, "K02.900", department="A12").line("CHILD_CROWN").spare()


@plant(AGE, "B02/28", "an incubator 28 days after birth")
def _(case: Case) -> None:
    who = case.member(MALE, 0, birthday_in=-28)
    case.visit(who, "P59.900", kind="emergency", department="A07").line("INCUBATOR").spare()


@plant(AGE, "B02/62", "vocational training the day before the 63rd birthday, and at 16")
def _(case: Case) -> None:
    for who in (case.member(MALE, 62, birthday_in=1), case.member(FEMALE, 16, birthday_in=0)):
        case.visit(who, "S72.000", department="A04.03").line("WORK_TRAINING").spare()


@plant(AGE, "B02/mother", "an incubator on the mother's account, told by the claim or by its diagnosis", span=4)
def _(case: Case) -> None:
    told = case.stay(case.member(FEMALE, 29), "N10.x00", days=3, department="A05.02", newborn=True)
    told.line("INCUBATOR").spare()
    told.line("CHILD_CROWN").spare()
    born = case.stay(case.member(FEMALE, 31), "O82.000", days=3, department="A05.02")
    born.line("INCUBATOR").spare()


@plant(AGE, "B02/premature", "a premature child of 40 days", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 0, birthday_in=-40), "P07.300", days=3, department="A07")
    bill.line("INCUBATOR").spare()


@plant(AGE, "B02/reversed", "taken back whole")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 30), "K02.900", department="A12")
    bill.line("CHILD_CROWN").take_back().spare()
    bill.line("DENTAL_FILLING")
