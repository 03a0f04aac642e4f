"""Drugs that do not go together, or not with an illness, a pregnancy or an age (A28, A29)."""

from .case import FEMALE, MALE, Case, plant

TOGETHER, AGAINST = "drug_interaction", "drug_contraindication"


@plant(TOGETHER, "A28-1", "sildenafil with isosorbide in one visit")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 62), "I25.103")
    bill.line("ISOSORBIDE", 2, time="09:20", days=14).spare()
    bill.line("SILDENAFIL", 1, time="09:30", days=4).accuse("0.00", certainty="remind")


@plant(TOGETHER, "A28-2", "valproate at home, meropenem in a stay", span=12)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 50)
    case.visit(woman, "G40.900", kind="chronic", department="A03.03").line("VALPROATE", 2, days=28)
    stay = case.stay(woman, "J18.900", days=7, day=4)
    stay.line("MEROPENEM", 3, day=5).accuse("0.00", certainty="remind")


@plant(TOGETHER, "A28/last", "the second drug on the last day of the first", span=16)
def _(case: Case) -> None:
    man = case.member(MALE, 62)
    case.visit(man, "I25.103", kind="chronic").line("ISOSORBIDE", 2, days=14)
    case.visit(man, "I25.103", kind="pharmacy", day=13).line("SILDENAFIL", 1, days=4).accuse("0.00")


@plant(TOGETHER, "A28-3", "amlodipine with losartan")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 62), "I10.x00x002")
    bill.line("AMLODIPINE", 4, days=28)
    bill.line("LOSARTAN", 4, days=28).spare()


@plant(TOGETHER, "A28/over", "the second drug the day after the first is used up", span=16)
def _(case: Case) -> None:
    man = case.member(MALE, 62)
    case.visit(man, "I25.103", kind="chronic").line("ISOSORBIDE", 2, days=14)
    case.visit(man, "I25.103", kind="pharmacy", day=14).line("SILDENAFIL", 1, days=4).spare()


@plant(TOGETHER, "A28/avoid", "a pair that is only better avoided")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 62), "I25.103", kind="chronic")
    bill.line("CLOPIDOGREL", 4, days=28)
    bill.line("OMEPRAZOLE_CAPSULE", 2, days=14).spare()


@plant(TOGETHER, "A28/reason", "a reason is recorded")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 62), "I25.103")
    bill.line("ISOSORBIDE", 2, time="09:20", days=14)
    bill.line("SILDENAFIL", 1, time="09:30", days=4, reason="已停用硝酸酯").spare()


@plant(TOGETHER, "A28/members", "the two drugs for two members")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 62), "I25.103").line("ISOSORBIDE", 2, days=14)
    case.visit(case.member(MALE, 63), "I25.103").line("SILDENAFIL", 1, days=4).spare()


@plant(AGAINST, "A29-1", "safflower injection in pregnancy", span=3)
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 30), "O26.900", department="A05.02")
    bill.line("SAFFLOWER", 2).accuse("0.00", certainty="remind")


@plant(AGAINST, "A29-2", "nitrazepam at 78")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 78), "G47.000").line("NITRAZEPAM", 1, days=7).accuse("0.00", certainty="remind")


@plant(AGAINST, "A29/65", "nitrazepam on the 65th birthday")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 65, birthday_in=0), "G47.000").line("NITRAZEPAM", 1, days=7).accuse("0.00")


@plant(AGAINST, "A29/illness", "olanzapine in narrow-angle glaucoma")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "F20.900", "H40.200", department="A15")
    bill.line("OLANZAPINE", 1, days=7).accuse("0.00")


@plant(AGAINST, "A29/twice", "in a stay the first day reminds, the second no more", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 78), "K29.500", days=4, department="A03.02")
    bill.line("NITRAZEPAM", 1, day=1).accuse("0.00")
    bill.line("NITRAZEPAM", 1, day=2).spare()


@plant(AGAINST, "A29-3", "nitrazepam at 30, not pregnant")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 30), "G47.000").line("NITRAZEPAM", 1, days=7).spare()


@plant(AGAINST, "A29/64", "the day before the 65th birthday")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 64, birthday_in=1), "G47.000").line("NITRAZEPAM", 1, days=7).spare()


@plant(AGAINST, "A29/reason", "benefit and risk were weighed and recorded")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 78), "G47.000").line("NITRAZEPAM", 1, days=7, reason="获益大于风险").spare()


@plant(AGAINST, "A29/end", "at the end of life")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 78), "G47.000", "Z51.500").line("NITRAZEPAM", 1, days=7).spare()


@plant(AGAINST, "A29/long", "used three weeks before", span=24)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 78)
    case.visit(woman, "G47.000").line("NITRAZEPAM", 1, days=7).accuse("0.00")
    case.visit(woman, "G47.000", day=21).line("NITRAZEPAM", 1, days=7).spare()


@plant(AGAINST, "A29/other", "safflower injection without a pregnancy")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 50), "I25.103").line("SAFFLOWER", 2).spare()
