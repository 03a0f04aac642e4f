"""One ingredient, or one class, in two drugs at a time, up to the days that count (A18, A19)."""

from .case import FEMALE, MALE, Case, plant

INGREDIENT, CLASS = "drug_duplicate_ingredient", "drug_duplicate_class"


@plant(INGREDIENT, "A18-1", "paracetamol tablets, and a compound cold capsule with it the same day")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "J06.900")
    bill.line("PARACETAMOL", 1, time="09:20", days=5).spare()
    bill.line("PARACETAMOL_COLD", 2, time="09:30", days=5).accuse("30.40", certainty="high")


@plant(INGREDIENT, "A18/brands", "another brand three weeks before the first is used up", span=10)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("AMLODIPINE", 4, days=28)
    later = case.visit(man, "I10.x00x002", day=7, place=case.hospital(2, other=1))
    later.line("AMLODIPINE_OTHER", 1, days=28).accuse("21.00", certainty="high")


@plant(INGREDIENT, "A18/pharmacy", "another brand bought at a pharmacy meanwhile", span=10)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002", kind="chronic").line("AMLODIPINE", 4, days=28)
    case.visit(man, "I10.x00x002", kind="pharmacy", day=1).line("AMLODIPINE_OTHER", 1, days=27).accuse("28.00")


@plant(INGREDIENT, "A18/3", "three days of overlap", span=28)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("AMLODIPINE", 4, days=28)
    case.visit(man, "I10.x00x002", day=25).line("AMLODIPINE_OTHER", 1, days=28).accuse("3.00")


@plant(INGREDIENT, "A18/reason", "a reason is recorded: slight", span=3)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("AMLODIPINE", 4, days=28)
    later = case.visit(man, "I10.x00x002", day=2)
    later.line("AMLODIPINE_OTHER", 1, days=14, reason="前药遗失").accuse("28.00", certainty="low")


@plant(INGREDIENT, "A18/part", "two boxes of which one is taken back")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "J06.900")
    bill.line("PARACETAMOL", 1, time="09:20", days=5)
    bill.line("PARACETAMOL_COLD", 2, time="09:30", days=5).take_back(1).accuse("15.20")


@plant(INGREDIENT, "A18-2", "two strengths of amlodipine in one prescription to titrate the dose")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "I10.x00x002")
    bill.line("AMLODIPINE", 2, days=14)
    bill.line("AMLODIPINE_SMALL", 2, days=14).spare()


@plant(INGREDIENT, "A18-3", "timolol eye drops and metoprolol tablets")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "I10.x00x002")
    bill.line("TIMOLOL", 1, days=28).spare()
    bill.line("METOPROLOL", 2, days=28).spare()


@plant(INGREDIENT, "A18/2", "two days of overlap as the brand changes", span=29)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("AMLODIPINE", 4, days=28)
    case.visit(man, "I10.x00x002", day=26).line("AMLODIPINE_OTHER", 1, days=28).spare()


@plant(INGREDIENT, "A18/stay", "another brand in a stay", span=8)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("AMLODIPINE", 4, days=28)
    case.stay(man, "K29.500", days=5, day=2).line("AMLODIPINE_OTHER", 1, day=3, days=7).spare()


@plant(INGREDIENT, "A18/self-paid", "the second is paid by the man himself", span=3)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("AMLODIPINE", 4, days=28)
    case.visit(man, "I10.x00x002", day=2).line("AMLODIPINE_OTHER", 1, days=14, self_paid=True).spare()


@plant(INGREDIENT, "A18/reversed", "the first is taken back", span=3)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("AMLODIPINE", 4, days=28).take_back()
    case.visit(man, "I10.x00x002", day=2).line("AMLODIPINE_OTHER", 1, days=28).spare()


@plant(INGREDIENT, "A18/members", "the two brands for two members")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "I10.x00x002").line("AMLODIPINE", 4, days=28)
    case.visit(case.member(FEMALE, 60), "I10.x00x002").line("AMLODIPINE_OTHER", 1, days=28).spare()


@plant(CLASS, "A19-1", "omeprazole and rabeprazole for 14 days each")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 45), "K29.500")
    bill.line("OMEPRAZOLE_CAPSULE", 2, time="09:20", days=14)
    bill.line("RABEPRAZOLE", 2, time="09:30", days=14).accuse("0.00", certainty="low")


@plant(CLASS, "A19/third", "a third antiplatelet drug beside two", span=3)
def _(case: Case) -> None:
    man = case.member(MALE, 66)
    bill = case.visit(man, "I25.103", kind="chronic")
    bill.line("ASPIRIN", 1, time="09:20", days=28).spare()
    bill.line("CLOPIDOGREL", 4, time="09:30", days=28).spare()
    case.visit(man, "I25.103", kind="chronic", day=2).line("TICAGRELOR", 2, days=28).accuse("0.00", certainty="low")


@plant(CLASS, "A19/7", "seven days of overlap", span=24)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("LOSARTAN", 4, days=28)
    case.visit(man, "I10.x00x002", day=21).line("TELMISARTAN", 4, days=28).accuse("0.00", certainty="low")


@plant(CLASS, "A19-2", "aspirin and clopidogrel after a stent")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 66), "I25.103", kind="chronic")
    bill.line("ASPIRIN", 1, days=28)
    bill.line("CLOPIDOGREL", 4, days=28).spare()


@plant(CLASS, "A19-3", "losartan used up, telmisartan from the next day on", span=30)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("LOSARTAN", 4, days=28)
    case.visit(man, "I10.x00x002", day=28).line("TELMISARTAN", 4, days=28).spare()


@plant(CLASS, "A19/6", "six days of overlap", span=24)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("LOSARTAN", 4, days=28)
    case.visit(man, "I10.x00x002", day=22).line("TELMISARTAN", 4, days=28).spare()


@plant(CLASS, "A19/reason", "a reason is recorded", span=5)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002").line("LOSARTAN", 4, days=28)
    case.visit(man, "I10.x00x002", day=2).line("TELMISARTAN", 4, days=28, reason="咳嗽换药").spare()


@plant(CLASS, "A19/stay", "the second in a stay", span=8)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 45)
    case.visit(woman, "K29.500").line("RABEPRAZOLE", 4, days=28)
    case.stay(woman, "K25.400", days=5, day=2, department="A03.02").line(
        "OMEPRAZOLE_CAPSULE", 2, day=3, days=10
    ).spare()
