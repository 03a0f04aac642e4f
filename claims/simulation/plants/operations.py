"""Operations billed and recorded (B24), anaesthesia (B25), and what is billed beside something else (B26, B27)."""

from .case import FEMALE, MALE, Bill, Case, plant

FEE, ANAESTHESIA = "oprn_fee_no_record", "anesthesia_mismatch"
ADDON, COMPANION = "item_addon_without_main", "item_requires_companion"
GALLBLADDER = ("51.2300", "腹腔镜下胆囊切除术")


def _ward(case: Case, *, level: int = 2, day: int = 0, member: int | None = None, place: int | None = None) -> Bill:
    """Five days on a surgical ward with gallstones, at a hospital that does send its operations."""
    who = case.member(FEMALE, 48) if member is None else member
    bill = case.stay(who, "K80.100", days=5, day=day, department="A04.01", level=level, place=place)
    other = case.stay(
        case.member(MALE, 61), "K80.100", days=4, day=day, department="A04.01", place=bill.place, level=level
    )
    other.operated(*GALLBLADDER, day + 1)
    return bill


def _recorded_late(case: Case, member: int, stay: Bill, day: int) -> Bill:
    """Another ticket of the hospital from within the stay, settled 25 days after it."""
    bill = case.visit(member, "K80.100", place=stay.place, day=day, department="A04.01", time="16:00")
    bill.settled_days_later = 5 - day + 25
    bill.line("DRESSING").accuse(rule="adm_cost_shift")
    return bill


@plant(FEE, "B24-1", "a gall bladder removed for 1500, and no operation anywhere", span=7)
def _(case: Case) -> None:
    _ward(case).line("GALLBLADDER", 1, day=2, price="1500").accuse("1500.00", certainty="certain")


@plant(FEE, "B24-3", "a wart removed in a visit without a record", span=3)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 30), "B07.x00", department="A13")
    bill.line("WART_REMOVAL", 1, price="80").accuse("80.00", certainty="low")


@plant(FEE, "B24/day", "day surgery without a record", span=7)
def _(case: Case) -> None:
    place = _ward(case).place
    bill = case.visit(case.member(MALE, 70), "H25.900", kind="day_surgery", place=place, department="A10")
    bill.line("CATARACT", 1, price="1300").accuse("1300.00", certainty="certain")


@plant(FEE, "B24/4", "the operations of other claims lie four days before and after", before=5, span=12)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 48)
    bill = _ward(case, member=woman)
    bill.line("GALLBLADDER", 1, day=2, price="1500").accuse("1500.00")
    for day in (-2, 6):
        visit = case.visit(woman, "K80.100", place=bill.place, day=day, department="A04.01")
        visit.operated("54.2100", "腹腔镜检查", day).line("DRESSING")


@plant(FEE, "B24/members", "another person was operated on, or this one elsewhere", span=12)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 48)
    bill = _ward(case, member=woman)
    bill.line("GALLBLADDER", 1, day=2, price="1500").accuse("1500.00")
    other = case.visit(woman, "K80.100", place=case.hospital(2, other=1), day=5, department="A04.01")
    other.operated("54.2100", "腹腔镜检查", 5).line("DRESSING")


@plant(FEE, "B24/fen", "a fen of it is asked of the fund", span=7)
def _(case: Case) -> None:
    _ward(case).line("GALLBLADDER", 1, day=2, price="1500", share=1).accuse("1500.00")


@plant(FEE, "B24-2", "with operation 51.23 on that day", span=7)
def _(case: Case) -> None:
    bill = _ward(case).operated(*GALLBLADDER, 2)
    bill.line("GALLBLADDER", 1, day=2, price="1500").spare()


@plant(FEE, "B24/late", "the record of the claim bears a day much later", span=12)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 48), "K80.100", days=9, department="A04.01").operated(*GALLBLADDER, 8)
    bill.line("GALLBLADDER", 1, day=1, price="1500").spare()


@plant(FEE, "B24/ticket", "the record stands on another ticket, three days before or after", before=3, span=12)
def _(case: Case) -> None:
    for day in (-1, 5):
        woman = case.member(FEMALE, 48)
        bill = _ward(case, member=woman)
        bill.line("GALLBLADDER", 1, day=2, price="1500").spare()
        visit = case.visit(woman, "K80.100", place=bill.place, day=day, department="A04.01", time="16:00")
        visit.operated(*GALLBLADDER, day).line("DRESSING")


@plant(FEE, "B24/ticket-late", "the ticket with the record is settled 25 days after the stay", span=33)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 48)
    bill = _ward(case, member=woman)
    bill.line("GALLBLADDER", 1, day=2, price="1500").spare()
    _recorded_late(case, woman, bill, 4).operated(*GALLBLADDER, 4)


@plant(FEE, "B24/self-paid", "paid by the person alone, and taken back", span=7)
def _(case: Case) -> None:
    bill = _ward(case)
    bill.line("GALLBLADDER", 1, day=2, self_paid=True).spare()
    bill.line("FEMUR_FIXATION", 1, day=2).take_back().spare()


@plant(FEE, "B24/other", "a dressing is no operation", span=7)
def _(case: Case) -> None:
    _ward(case).line("DRESSING", 1, day=2).spare()


@plant(ANAESTHESIA, "B25/none", "general anaesthesia, and nothing was operated", span=7)
def _(case: Case) -> None:
    _ward(case).line("ANAESTHESIA_GENERAL", 1, day=2, price="650").accuse("650.00", certainty="high")


@plant(ANAESTHESIA, "B25/day", "spinal anaesthesia in day surgery without a record", span=7)
def _(case: Case) -> None:
    place = _ward(case).place
    bill = case.visit(case.member(MALE, 70), "H25.900", kind="day_surgery", place=place, department="A10")
    bill.line("ANAESTHESIA_SPINAL", 1, price="420").accuse("420.00", certainty="high")


@plant(ANAESTHESIA, "B25/2", "the operation lies two days before, or two days after", span=9)
def _(case: Case) -> None:
    for day in (1, 5):
        bill = _ward(case).operated(*GALLBLADDER, day)
        bill.line("ANAESTHESIA_GENERAL", 1, day=3, price="650").accuse("650.00")


@plant(ANAESTHESIA, "B25/members", "operated elsewhere, with the endoscopy of another day", span=9)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 48)
    bill = _ward(case, member=woman)
    bill.line("ANAESTHESIA_GENERAL", 1, day=4, price="650").accuse("650.00")
    bill.line("GASTROSCOPY", 1, day=3)
    other = case.visit(woman, "K80.100", place=case.hospital(2, other=1), day=5, department="A04.01")
    other.operated(*GALLBLADDER, 5).line("DRESSING")


@plant(ANAESTHESIA, "B25/fen", "a fen of it is asked of the fund", span=7)
def _(case: Case) -> None:
    _ward(case).line("ANAESTHESIA_GENERAL", 1, day=2, price="650", share=1).accuse("650.00")


@plant(ANAESTHESIA, "B25/part", "one of two taken back", span=7)
def _(case: Case) -> None:
    _ward(case).line("ANAESTHESIA_GENERAL", 2, day=2, price="650").take_back(1).accuse("650.00")


@plant(ANAESTHESIA, "B25-2", "sedation for a gastroscopy, in a visit and within a stay", span=7)
def _(case: Case) -> None:
    visit = case.visit(case.member(MALE, 50), "K29.500", department="A03.02")
    visit.line("GASTROSCOPY")
    visit.line("ANAESTHESIA_GENERAL").spare()
    bill = _ward(case)
    bill.line("GASTROSCOPY", 1, day=2, time="09:00")
    bill.line("ANAESTHESIA_GENERAL", 1, day=2).spare()


@plant(ANAESTHESIA, "B25/visit", "a visit without anything else")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 50), "K29.500", department="A03.02").line("ANAESTHESIA_GENERAL").spare()


@plant(ANAESTHESIA, "B25/operated", "operated on the day, the day before and the day after", span=9)
def _(case: Case) -> None:
    for day in (2, 3, 4):
        bill = _ward(case).operated(*GALLBLADDER, day)
        bill.line("ANAESTHESIA_GENERAL", 1, day=3).spare()


@plant(ANAESTHESIA, "B25/ticket", "the record stands on another ticket", span=7)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 48)
    bill = _ward(case, member=woman)
    bill.line("ANAESTHESIA_GENERAL", 1, day=5, time="08:00").spare()
    visit = case.visit(woman, "K80.100", place=bill.place, day=5, department="A04.01", time="16:00")
    visit.operated(*GALLBLADDER, 5).line("DRESSING")


@plant(ANAESTHESIA, "B25/ticket-late", "the ticket with the record is settled 25 days after the stay", span=33)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 48)
    bill = _ward(case, member=woman)
    bill.line("ANAESTHESIA_GENERAL", 1, day=4).spare()
    _recorded_late(case, woman, bill, 4).operated(*GALLBLADDER, 4)


@plant(ANAESTHESIA, "B25/self-paid", "paid by the person alone, and taken back", span=7)
def _(case: Case) -> None:
    bill = _ward(case)
    bill.line("ANAESTHESIA_GENERAL", 1, day=2, self_paid=True).spare()
    bill.line("ANAESTHESIA_SPINAL", 1, day=2).take_back().spare()


def _looked(
    case: Case, *, member: int | None = None, day: int = 0, place: int | None = None, time: str = "09:00"
) -> Bill:
    """A visit to have the stomach looked into."""
    who = case.member(MALE, 52) if member is None else member
    bill = case.visit(who, "K29.500", day=day, place=place, time=time, department="A03.02")
    bill.line("CONSULTATION")
    return bill


@plant(ADDON, "B27-1", "the surcharge for the electronic endoscope, and no endoscopy")
def _(case: Case) -> None:
    _looked(case).line("GASTROSCOPE_ELECTRONIC", 1, price="40").accuse("40.00", certainty="high")


@plant(ADDON, "B27-2", "the endoscopy was the day before, or the day after", span=2)
def _(case: Case) -> None:
    for main, addon in ((0, 1), (1, 0)):
        man = case.member(MALE, 52)
        _looked(case, member=man, day=main).line("GASTROSCOPY_FIBRE")
        line = _looked(case, member=man, day=addon).line("GASTROSCOPE_ELECTRONIC", 1, price="40")
        line.accuse("40.00", certainty="low")


@plant(ADDON, "B27/2", "the endoscopy was two days before, or two days after", span=3)
def _(case: Case) -> None:
    for main, addon in ((0, 2), (2, 0)):
        man = case.member(MALE, 52)
        _looked(case, member=man, day=main).line("GASTROSCOPY_FIBRE")
        line = _looked(case, member=man, day=addon).line("GASTROSCOPE_ELECTRONIC", 1, price="40")
        line.accuse("40.00", certainty="high")


@plant(ADDON, "B27/other", "an endoscopy is no appendectomy", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 30), "K35.900", days=4, department="A04.01")
    bill.line("GASTROSCOPY_FIBRE", 1, day=1)
    bill.line("LAPAROSCOPE_APPENDIX", 1, day=1, price="300").accuse("300.00", certainty="high")


@plant(ADDON, "B27/elsewhere", "the endoscopy was at another hospital")
def _(case: Case) -> None:
    man = case.member(MALE, 52)
    _looked(case, member=man, place=case.hospital(2, other=1)).line("GASTROSCOPY_FIBRE")
    line = _looked(case, member=man, time="14:00").line("GASTROSCOPE_ELECTRONIC", 1, price="40")
    line.accuse("40.00", certainty="high")


@plant(ADDON, "B27/main-reversed", "the endoscopy is taken back, and one of two surcharges")
def _(case: Case) -> None:
    bill = _looked(case)
    bill.line("GASTROSCOPY_FIBRE").take_back()
    bill.line("GASTROSCOPE_ELECTRONIC", 2, price="40").take_back(1).accuse("40.00", certainty="high")


@plant(ADDON, "B27/both", "the surcharge beside its endoscopy")
def _(case: Case) -> None:
    bill = _looked(case)
    bill.line("GASTROSCOPY_FIBRE")
    bill.line("GASTROSCOPE_ELECTRONIC").spare()


@plant(ADDON, "B27/tickets", "the endoscopy stands on another ticket of the day")
def _(case: Case) -> None:
    man = case.member(MALE, 52)
    place = case.hospital(2)
    _looked(case, member=man, place=place).line("GASTROSCOPY_FIBRE")
    _looked(case, member=man, place=place).line("GASTROSCOPE_ELECTRONIC").spare()


@plant(ADDON, "B27/tickets-late", "the ticket with the endoscopy is settled 27 days later", span=29)
def _(case: Case) -> None:
    man, place = case.member(MALE, 52), case.hospital(2)
    main = _looked(case, member=man, place=place)
    main.settled_days_later = 27
    main.line("GASTROSCOPY_FIBRE")
    _looked(case, member=man, place=place).line("GASTROSCOPE_ELECTRONIC").spare()


@plant(ADDON, "B27/operation", "the laparoscope beside its appendectomy", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 30), "K35.900", days=4, department="A04.01")
    bill.operated("47.0100", "腹腔镜下阑尾切除术", 1)
    bill.line("APPENDECTOMY", 1, day=1, time="09:00")
    bill.line("LAPAROSCOPE_APPENDIX", 1, day=1).spare()


@plant(ADDON, "B27/reversed", "the surcharge is taken back")
def _(case: Case) -> None:
    _looked(case).line("GASTROSCOPE_ELECTRONIC").take_back().spare()


@plant(ADDON, "B27/main", "an endoscopy without a surcharge")
def _(case: Case) -> None:
    _looked(case).line("GASTROSCOPY_FIBRE").spare()


def _chest(
    case: Case, *, member: int | None = None, day: int = 0, place: int | None = None, time: str = "09:00"
) -> Bill:
    who = case.member(FEMALE, 63) if member is None else member
    bill = case.visit(who, "R91.x00", day=day, place=place, time=time, department="A03.01")
    bill.line("CONSULTATION")
    return bill


@plant(COMPANION, "B26-1", "a reconstruction without any CT")
def _(case: Case) -> None:
    _chest(case).line("CT_RECONSTRUCTION", 1, price="80").accuse("80.00", certainty="high")


@plant(COMPANION, "B26/day", "the CT was the day before, or the day after", span=2)
def _(case: Case) -> None:
    for scan, rebuilt in ((0, 1), (1, 0)):
        woman = case.member(FEMALE, 63)
        _chest(case, member=woman, day=scan).line("CT")
        _chest(case, member=woman, day=rebuilt).line("CT_RECONSTRUCTION", 1, price="80").accuse("80.00")


@plant(COMPANION, "B26/elsewhere", "the CT was at another hospital: perhaps its pictures were sent in")
def _(case: Case) -> None:
    woman = case.member(FEMALE, 63)
    _chest(case, member=woman, place=case.hospital(2, other=1)).line("CT")
    line = _chest(case, member=woman, time="14:00").line("CT_RECONSTRUCTION", 1, price="80")
    line.accuse("80.00", certainty="low")


@plant(COMPANION, "B26/mri", "another scan is no CT; the CT is taken back")
def _(case: Case) -> None:
    bill = _chest(case)
    bill.line("MRI")
    bill.line("CT").take_back()
    bill.line("CT_RECONSTRUCTION", 1, price="80").accuse("80.00", certainty="high")


@plant(COMPANION, "B26-3", "a frozen section without an operation", span=7)
def _(case: Case) -> None:
    _ward(case).line("FROZEN_SECTION", 1, day=2, price="180").accuse("180.00", certainty="high")


@plant(COMPANION, "B26/operation-2", "fluoroscopy in the theatre two days before and after the operation", span=9)
def _(case: Case) -> None:
    for day in (1, 5):
        bill = _ward(case).operated(*GALLBLADDER, day)
        bill.line("C_ARM", 1, day=3, price="80").accuse("80.00", certainty="high")


@plant(COMPANION, "B26/visit", "a frozen section of a visit")
def _(case: Case) -> None:
    _chest(case).line("FROZEN_SECTION", 1, price="180").accuse("180.00", certainty="low")


@plant(COMPANION, "B26/fen", "a fen of it is asked of the fund")
def _(case: Case) -> None:
    _chest(case).line("CT_RECONSTRUCTION", 1, price="100", share=1).accuse("100.00")


@plant(COMPANION, "B26-2", "a CT and its reconstruction, on one ticket and on two")
def _(case: Case) -> None:
    bill = _chest(case)
    bill.line("CT_CONTRAST")
    bill.line("CT_RECONSTRUCTION").spare()
    woman, place = case.member(FEMALE, 63), case.hospital(2)
    _chest(case, member=woman, place=place).line("CT")
    _chest(case, member=woman, place=place).line("CT_RECONSTRUCTION").spare()


@plant(COMPANION, "B26/tickets-late", "the ticket with the CT is settled 27 days later", span=29)
def _(case: Case) -> None:
    woman, place = case.member(FEMALE, 63), case.hospital(2)
    main = _chest(case, member=woman, place=place)
    main.settled_days_later = 27
    main.line("CT")
    _chest(case, member=woman, place=place).line("CT_RECONSTRUCTION").spare()


@plant(COMPANION, "B26/operated", "a frozen section the day before, the day of and the day after the operation", span=9)
def _(case: Case) -> None:
    for day in (2, 3, 4):
        bill = _ward(case).operated(*GALLBLADDER, day)
        bill.line("FROZEN_SECTION", 1, day=3).spare()


@plant(COMPANION, "B26/self-paid", "paid by the person alone, and taken back")
def _(case: Case) -> None:
    bill = _chest(case)
    bill.line("CT_RECONSTRUCTION", 1, self_paid=True).spare()
    bill.line("CT_RECONSTRUCTION", 1).take_back().spare()
