"""Drugs (A01) and services (B01) for one sex, billed for the other."""

from .case import FEMALE, MALE, NOT_STATED, UNKNOWN, Case, plant

SEX = "drug_sex_restricted"
SERVICE = "item_sex_restricted"


@plant(SEX, "A01-1", "a man of 45 gets a gynaecological tablet for 36.00 out of the fund")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 45), "N39.000", "I10.x00x002").line("GYN_TABLET", 2).accuse(
        "36.00", certainty="certain"
    )


@plant(SEX, "A01/male", "a woman gets a drug for men")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 66), "N39.000").line("EPRISTERIDE", 1).accuse("42.60")


@plant(SEX, "A01/pharmacy", "a man buys it at a pharmacy")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 38), "N39.000", kind="pharmacy").line("GYN_TABLET", 1).accuse(
        "18.00", certainty="remind"
    )


@plant(SEX, "A01/elsewhere", "the excusing diagnosis stands on another claim only")
def _(case: Case) -> None:
    man = case.member(MALE, 30)
    case.visit(man, "Q56.001", time="08:00").line("KIDNEY")
    case.visit(man, "N39.000", time="10:00").line("GYN_TABLET", 1).accuse("18.00")


@plant(SEX, "A01/register", "the register knows the other sex: still asked about")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 45), "N39.000")
    bill.sex = MALE
    bill.line("GYN_TABLET", 1).accuse("18.00", certainty="low")


@plant(SEX, "A01/Q55", "the code before the excused ones")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 30), "Q55.900").line("GYN_TABLET", 1).accuse("18.00")


@plant(SEX, "A01/Q95", "the code before the second excused range")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 30), "Q95.000").line("GYN_TABLET", 1).accuse("18.00")


@plant(SEX, "A01/part", "one box of three taken back")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 45), "N39.000").line("GYN_TABLET", 3).take_back(1).accuse("36.00")


@plant(SEX, "A01/fen", "a fen of it is asked of the fund")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 45), "N39.000").line("GYN_TABLET", 1, price="100", share=1).accuse("100.00")


@plant(SEX, "A01-2", "a woman of 31 gets the tablet")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 31), "N76.000").line("GYN_TABLET", 2).spare()


@plant(SEX, "A01-3", "a man of 66 with prostate cancer gets a hormone that is not in the list")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 66), "C61.x00", level=3).line("GOSERELIN", 1).spare()


@plant(SEX, "A01-4", "sex not stated")
def _(case: Case) -> None:
    case.visit(case.member(NOT_STATED, 40), "N39.000").line("GYN_TABLET", 2).spare()


@plant(SEX, "A01/unknown", "sex unknown")
def _(case: Case) -> None:
    case.visit(case.member(UNKNOWN, 40), "N39.000").line("GYN_TABLET", 2).spare()


def _excused(code: str) -> None:
    @plant(SEX, f"A01/{code[:3]}", "a diagnosis that excuses, beside another")
    def _(case: Case) -> None:
        case.visit(case.member(MALE, 30), "N39.000", code).line("GYN_TABLET", 1).spare()


for excuse in ("Q56.001", "Q96.900", "Q97.800", "Q98.400", "Q99.900"):
    _excused(excuse)


@plant(SEX, "A01/self-paid", "paid by the man himself")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 45), "N39.000").line("GYN_TABLET", 2, self_paid=True).spare()


@plant(SEX, "A01/reversed", "taken back whole")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 45), "N39.000")
    bill.line("GYN_TABLET", 2).take_back().spare()
    bill.line("KIDNEY")


@plant(SEX, "A01/unnamed", "taken back whole by a line that names none")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 45), "N39.000")
    bill.line("GYN_TABLET", 2).take_back(named=False).spare()
    bill.line("KIDNEY")


@plant(SEX, "A01/newborn", "for a newborn on the account of the other parent")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 31), "N39.000", newborn=True).line("GYN_TABLET", 1).spare()


@plant(SERVICE, "B01-1", "a man has a cervical smear for 30.00")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 45), "N39.000", "I10.x00x002")
    bill.line("CERVICAL_SMEAR", 1, price="30").accuse("30.00", certainty="certain")


@plant(SERVICE, "B01-2", "a woman has her prostate fluid examined")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 45), "N39.000").line("PROSTATE_FLUID").accuse("10.00")


@plant(SERVICE, "B01/elsewhere", "the excusing diagnosis stands on another claim only")
def _(case: Case) -> None:
    man = case.member(MALE, 30)
    case.visit(man, "Q56.001", time="08:00").line("KIDNEY")
    case.visit(man, "N39.000", time="10:00").line("CERVICAL_SMEAR", 1, price="30").accuse("30.00")


@plant(SERVICE, "B01/Q55", "the code before the excused ones")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 30), "Q55.900").line("CERVICAL_SMEAR", 1, price="30").accuse("30.00")


@plant(SERVICE, "B01/Q95", "the code before the second excused range")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 30), "Q95.000").line("CERVICAL_SMEAR", 1, price="30").accuse("30.00")


@plant(SERVICE, "B01/own-account", "a man's item on a woman's own account, no newborn")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 28), "Z38.000").line("PARAPHIMOSIS").accuse("50.00")


@plant(SERVICE, "B01/self-paid", "paid by the man himself: done it cannot have been")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 45), "N39.000").line("CERVICAL_SMEAR", 1, price="30", self_paid=True).accuse("30.00")


@plant(SERVICE, "B01/register", "the register knows the other sex: still asked about")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 45), "N39.000")
    bill.sex = MALE
    bill.line("CERVICAL_SMEAR", 1, price="30").accuse("30.00", certainty="low")


@plant(SERVICE, "B01/woman", "a woman has the smear")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 45), "N72.x00").line("CERVICAL_SMEAR").spare()


@plant(SERVICE, "B01-3", "unclear sex is diagnosed")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 30), "Q56.001").line("CERVICAL_SMEAR").spare()


def _excused_service(code: str) -> None:
    @plant(SERVICE, f"B01/{code[:3]}", "a diagnosis that excuses, beside another")
    def _(case: Case) -> None:
        case.visit(case.member(MALE, 30), "N39.000", code).line("CERVICAL_SMEAR").spare()


for excuse in ("Q96.900", "Q97.800", "Q98.400", "Q99.900"):
    _excused_service(excuse)


@plant(SERVICE, "B01-4", "a newborn boy on his mother's account")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 28), "Z38.000", newborn=True).line("PARAPHIMOSIS").spare()


@plant(SERVICE, "B01/not-stated", "sex not stated")
def _(case: Case) -> None:
    case.visit(case.member(NOT_STATED, 45), "N39.000").line("CERVICAL_SMEAR").spare()


@plant(SERVICE, "B01/unknown", "sex unknown")
def _(case: Case) -> None:
    case.visit(case.member(UNKNOWN, 45), "N39.000").line("PROSTATE_FLUID").spare()


@plant(SERVICE, "B01/reversed", "taken back whole")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 45), "N39.000")
    bill.line("CERVICAL_SMEAR").take_back().spare()
    bill.line("KIDNEY")
