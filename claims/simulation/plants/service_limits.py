"""Services limited by age, department, level, kind of visit, insurance, illness or year, within and beyond."""

from .case import FEMALE, MALE, Case, plant

AGE = "item_age_restricted"
VISIT = "item_visit_type_restricted"
OUTSIDE = "charge_outside_stay"
LEVEL = "item_hosp_level_restricted"
DEPARTMENT = "item_dept_restricted"
INSURANCE = "item_insutype_restricted"
ILLNESS = "item_indication_limited"
YEAR = "item_total_cap"


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


@plant(VISIT, "B05-1", "a ward round in an ordinary outpatient visit")
def _(case: Case) -> None:
    case.visit(case.member(), "I10.x00x002").line("WARD_ROUND").accuse("10.00", certainty="certain")


@plant(VISIT, "B05/emergency", "a ward round in the emergency room, an emergency consultation outside it")
def _(case: Case) -> None:
    woman = case.member()
    case.visit(woman, "R10.400", kind="emergency", department="A20").line("WARD_ROUND").accuse("10.00")
    case.visit(woman, "R10.400", time="15:00").line("CONSULTATION_EMERGENCY").accuse("18.00")


@plant(VISIT, "B05/stay", "an outpatient consultation in a stay", span=4)
def _(case: Case) -> None:
    case.stay(case.member(), "K29.500", days=3).line("CONSULTATION", 1, day=1).accuse("12.00")


@plant(VISIT, "B05/8", "an outpatient consultation eight days before the stay it was merged into", before=8, span=4)
def _(case: Case) -> None:
    line = case.stay(case.member(), "K29.500", days=3).line("CONSULTATION", 1, day=-8)
    line.accuse("12.00").accuse("12.00", rule=OUTSIDE, certainty="high")


@plant(VISIT, "B05/admission", "an outpatient consultation on the day of admission", span=4)
def _(case: Case) -> None:
    case.stay(case.member(), "K29.500", days=3).line("CONSULTATION", 1, day=0).accuse("12.00")


@plant(VISIT, "B05/home", "a visit at home in a chronic-disease visit, a ward round in a bed at home")
def _(case: Case) -> None:
    old = case.member(MALE, 80)
    case.visit(old, "I69.300", kind="chronic").line("HOME_VISIT").accuse("30.00")
    case.visit(old, "I69.300", kind="home_bed", time="14:00").line("WARD_ROUND").accuse("10.00")


@plant(VISIT, "B05/fen", "a fen of it is asked of the fund")
def _(case: Case) -> None:
    case.visit(case.member(), "I10.x00x002").line("WARD_ROUND", 1, price="100", share=1).accuse("100.00").accuse(
        "90.00", rule="item_price_over_cap"
    )


@plant(VISIT, "B05-2", "a scan and a consultation two days before the stay they were merged into", before=7, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(), "K29.500", days=3)
    bill.line("CT", 1, day=-2).spare().spare(rule=OUTSIDE)
    bill.line("CONSULTATION", 1, day=-2).spare().accuse("12.00", rule=OUTSIDE)
    bill.line("CONSULTATION", 1, day=-1).spare().spare(rule=OUTSIDE)
    bill.line("CONSULTATION", 1, day=-7).spare().accuse("12.00", rule=OUTSIDE)


@plant(VISIT, "B05/kinds", "each service in the visits it is paid for", span=4)
def _(case: Case) -> None:
    old = case.member(MALE, 80)
    case.stay(old, "K29.500", days=2).line("WARD_ROUND", 1, day=1).spare()
    case.visit(old, "I69.300", kind="home_bed", day=3).line("HOME_VISIT").spare()
    woman = case.member()
    case.visit(woman, "I10.x00x002", kind="chronic").line("CONSULTATION").spare()
    case.visit(woman, "R51.x00", day=1).line("CONSULTATION").spare()
    case.visit(woman, "R10.400", kind="emergency", day=2, department="A20").line("CONSULTATION_EMERGENCY").spare()
    case.visit(woman, "H25.900", kind="day_surgery", day=3, department="A10").line("WARD_ROUND").spare()


@plant(VISIT, "B05/excused", "approved beforehand; paid by the woman herself; taken back", span=2)
def _(case: Case) -> None:
    woman = case.member()
    case.visit(woman, "I10.x00x002").line("WARD_ROUND", approved=True).spare()
    bill = case.visit(woman, "I10.x00x002", day=1)
    bill.line("WARD_ROUND", self_paid=True).spare()
    bill.line("WARD_ROUND", 1, day=1, time="12:00").take_back().spare()


@plant(LEVEL, "B04-1", "an artificial lung at a hospital of level 1", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "J18.900", days=3, level=1)
    bill.line("LUNG_MACHINE", 2, day=1).accuse("600.00", certainty="certain")


@plant(LEVEL, "B04/2", "an artificial lung at a hospital of level 2", span=4)
def _(case: Case) -> None:
    case.stay(case.member(MALE, 50), "J18.900", days=3).line("LUNG_MACHINE", 1, day=1).accuse("400.00")


@plant(LEVEL, "B04/dialysis", "dialysis at a hospital of level 1")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "N18.001", kind="chronic", level=1).line("DIALYSIS").accuse("380.00")


@plant(LEVEL, "B04/reason", "an expert of a higher hospital came", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "J18.900", days=3)
    bill.line("LUNG_MACHINE", 1, day=1, reason="上级医院专家现场实施").accuse("400.00", certainty="low")


@plant(LEVEL, "B04/self-paid", "paid by the man himself, which makes no hospital able to", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "J18.900", days=3)
    bill.line("LUNG_MACHINE", 1, day=1, self_paid=True).accuse("400.00")


@plant(LEVEL, "B04-2", "dialysis at a hospital of level 2")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "N18.001", kind="chronic").line("DIALYSIS").spare()


@plant(LEVEL, "B04/3", "an artificial lung at a hospital of level 3", span=4)
def _(case: Case) -> None:
    case.stay(case.member(MALE, 50), "J18.900", days=3, level=3).line("LUNG_MACHINE", 1, day=1).spare()


@plant(LEVEL, "B04/approved", "approved beforehand, and taken back", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 50), "J18.900", days=3)
    bill.line("LUNG_MACHINE", 1, day=1, approved=True).spare()
    bill.line("LUNG_MACHINE", 2, day=2).take_back().spare()


@plant(DEPARTMENT, "B03-1", "speech therapy billed by general surgery", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 60), "K80.100", days=3, department="A04.01")
    bill.line("SPEECH", 1, day=1).accuse("50.00", certainty="high")


@plant(DEPARTMENT, "B03/above", "by the department above the one that may", span=4)
def _(case: Case) -> None:
    case.stay(case.member(MALE, 60), "I63.900", days=3, department="A20").line("SPEECH", 1, day=1).accuse("50.00")


@plant(DEPARTMENT, "B03/small", "at a hospital of level 1, which has one ward", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 60), "K29.500", days=3, department="A03.02", level=1)
    bill.line("SPEECH", 1, day=1).accuse("40.00", certainty="low")


@plant(DEPARTMENT, "B03/reason", "a consultation, and recorded", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 60), "K80.100", days=3, department="A04.01")
    bill.line("SPEECH", 1, day=1, reason="康复科会诊实施").accuse("50.00", certainty="low")


@plant(DEPARTMENT, "B03-2", "billed by neurology and by traditional medicine, which may", span=4)
def _(case: Case) -> None:
    case.stay(case.member(MALE, 60), "I63.900", days=3, department="A03.03").line("SPEECH", 1, day=1).spare()
    case.visit(case.member(MALE, 60), "I69.300", department="A50").line("SPEECH").spare()


@plant(DEPARTMENT, "B03/excused", "approved beforehand; taken back", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 60), "K80.100", days=3, department="A04.01")
    bill.line("SPEECH", 1, day=1, approved=True).spare()
    bill.line("SPEECH", 1, day=2).take_back().spare()


@plant(INSURANCE, "B06-1", "fitting of a prosthesis after a work injury, paid by basic insurance")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "S72.000", department="A04.03")
    bill.line("PROSTHESIS").accuse("200.00", certainty="certain")


@plant(INSURANCE, "B06/maternity", "postnatal training of a woman whose claim knows of no child")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 30), "N76.000", department="A05.02")
    bill.line("POSTNATAL").accuse("80.00", certainty="high")


@plant(INSURANCE, "B06/stay", "a work injury's service in a stay after childbirth, in part taken back", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 30), "O80.000", days=3, department="A05.02")
    bill.line("PROSTHESIS", 2, day=1).take_back(1).accuse("200.00", certainty="certain")


@plant(INSURANCE, "B06/fen", "a fen of it is asked of the fund")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "S72.000", department="A04.03")
    bill.line("PROSTHESIS", 1, price="100", share=1).accuse("100.00")


@plant(INSURANCE, "B06-2", "postnatal training after childbirth")
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 30), "O82.000", department="A05.02").line("POSTNATAL").spare()


@plant(INSURANCE, "B06/excused", "paid by the man himself; approved beforehand; taken back")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "S72.000", department="A04.03")
    bill.line("PROSTHESIS", self_paid=True).spare()
    bill.line("PROSTHESIS", 2, approved=True).spare()
    bill.line("PROSTHESIS", 3).take_back().spare()


@plant(ILLNESS, "B07-1", "balance training without a disease of nerves or bones")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "I10.x00x002", department="A03.03")
    bill.line("BALANCE_TRAINING").accuse("36.00", certainty="high")


@plant(ILLNESS, "B07/later", "the diagnosis is made three days later", span=4)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.visit(man, "I10.x00x002", department="A03.03").line("BALANCE_TRAINING").accuse("36.00")
    case.visit(man, "I69.300", day=3, department="A03.03").line("CONSULTATION")


@plant(ILLNESS, "B07/other", "another person has the diagnosis, and codes beside it")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "I69.300", department="A03.03").line("CONSULTATION")
    bill = case.visit(case.member(MALE, 60), "I70.900", "N39.000", department="A03.03")
    bill.line("BALANCE_TRAINING").accuse("36.00")


@plant(ILLNESS, "B07-2", "balance training after a stroke, and for a fracture")
def _(case: Case) -> None:
    for code in ("I69.300", "S72.000"):
        case.visit(case.member(MALE, 60), code, department="A03.03").line("BALANCE_TRAINING").spare()


@plant(ILLNESS, "B07/before", "the stroke stands in a stay of a month before", span=40)
def _(case: Case) -> None:
    man = case.member(MALE, 67)
    case.stay(man, "I63.900", days=8, department="A03.03")
    case.visit(man, "I10.x00x002", day=38, department="A03.03").line("BALANCE_TRAINING").spare()


@plant(ILLNESS, "B07/settled", "the diagnosis stands in an earlier visit that is settled a month later", span=44)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    earlier = case.visit(man, "I69.300", department="A03.03")
    earlier.line("CONSULTATION")
    earlier.settled_days_later = 40
    case.visit(man, "I10.x00x002", day=1, department="A03.03").line("BALANCE_TRAINING").spare()


@plant(ILLNESS, "B07/excused", "paid by the man himself; approved; a reason is recorded; taken back")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "I10.x00x002", department="A03.03")
    bill.line("BALANCE_TRAINING", self_paid=True).spare()
    bill.line("BALANCE_TRAINING", 2, approved=True).spare()
    bill.line("BALANCE_TRAINING", 3, reason="转诊单诊断脑梗死").spare()
    bill.line("BALANCE_TRAINING", 4).take_back().spare()


@plant(YEAR, "B13-1", "a cochlear implant paid twice", span=40)
def _(case: Case) -> None:
    man = case.member(MALE, 30)
    case.stay(man, "H90.300", days=4, department="A11", level=3).line("COCHLEAR", 1, day=1).spare()
    later = case.stay(man, "H90.300", days=4, day=35, department="A04.01", level=3)
    later.line("COCHLEAR", 1, day=36).accuse("5000.00", certainty="certain")


@plant(YEAR, "B13/elsewhere", "another hospital used the limit up", span=45)
def _(case: Case) -> None:
    man = case.member(MALE, 30)
    case.stay(man, "H90.300", days=4, department="A11", level=3).line("COCHLEAR", 1, day=1).spare()
    later = case.stay(man, "H90.300", days=4, day=40, department="A11", level=2)
    later.line("COCHLEAR", 1, day=41).accuse("5000.00", certainty="high")


@plant(YEAR, "B13/units", "two units on one line, one of three taken back", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 30), "H90.300", days=4, department="A11", level=3)
    bill.line("COCHLEAR", 3, day=1).take_back(1).accuse("5000.00")


@plant(YEAR, "B13/moment", "two lines of one moment: the later is one too many", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 30), "H90.300", days=4, department="A11", level=3)
    bill.line("COCHLEAR", 1, day=1, price="5000").spare()
    bill.line("COCHLEAR", 1, day=1, price="4800").accuse("4800.00")


@plant(YEAR, "B13-2", "one in a year; one for each of two persons", span=5)
def _(case: Case) -> None:
    for who in (case.member(MALE, 30), case.member(FEMALE, 30)):
        case.stay(who, "H90.300", days=4, department="A11", level=3).line("COCHLEAR", 1, day=1).spare()


@plant(YEAR, "B13/excused", "the second approved, paid by the man himself, a newborn's, taken back", span=5)
def _(case: Case) -> None:
    man = case.member(MALE, 30)
    bill = case.stay(man, "H90.300", days=4, department="A11", level=3)
    bill.line("COCHLEAR", 1, day=0, time="11:00", approved=True).spare()
    bill.line("COCHLEAR", 1, day=0, time="12:00", self_paid=True).spare()
    bill.line("COCHLEAR", 1, day=1).spare()
    bill.line("COCHLEAR", 1, day=2).take_back().spare()
    woman = case.stay(case.member(FEMALE, 30), "H90.300", days=4, department="A11", level=3, newborn=True)
    woman.line("COCHLEAR", 2, day=1).spare()
