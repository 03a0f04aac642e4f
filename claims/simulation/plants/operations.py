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
    bill.line("DRESSING")
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
