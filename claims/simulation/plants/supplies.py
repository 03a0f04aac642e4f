"""Drugs for too many days (A14), fetched again too early (A15), and hoarded from several places (A16)."""

from .case import FEMALE, MALE, Bill, Case, plant

DAYS = "drug_rx_days_exceeded"
EARLY = "drug_early_refill"
HOARD = "drug_stockpile_cross_inst"
HOME = "drug_discharge_supply"
MONTH = 30


@plant(DAYS, "A14-1", "amlodipine for 180 days at an ordinary visit without a chronic disease")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "R51.x00").line("AMLODIPINE", 6, price="30", days=180).accuse(
        "173.00", certainty="high"
    )


@plant(DAYS, "A14/180", "the same with high blood pressure among the diagnoses")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "R51.x00", "I10.x00x002")
    bill.line("AMLODIPINE", 6, price="30", days=180).accuse("150.00")


@plant(DAYS, "A14-3", "ten days of an antibiotic in an emergency")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "R10.400", kind="emergency", department="A20")
    bill.line("CEFUROXIME", 2, price="20", days=10).accuse("28.00")


@plant(DAYS, "A14/8", "eight days at an ordinary visit")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J20.900").line("CEFUROXIME", 2, price="20", days=8).accuse("5.00")


@plant(DAYS, "A14/93", "93 days for a certified chronic disease")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "I10.x00x002", kind="chronic").line("AMLODIPINE", 3, price="31", days=93).accuse(
        "9.00"
    )


@plant(DAYS, "A14/part", "one pack of three taken back")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "J20.900")
    bill.line("CEFUROXIME", 3, price="20", days=10).take_back(1).accuse("12.00")


@plant(DAYS, "A14-2", "84 days for a certified chronic disease")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "I10.x00x002", kind="chronic")
    bill.line("AMLODIPINE", 3, price="28", days=84).spare()


@plant(DAYS, "A14-4", "a single pack of ten tablets, one a day")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J20.900").line("CEFUROXIME", 1, days=10).spare()


@plant(DAYS, "A14/7", "seven days at an ordinary visit, and three in an emergency")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J20.900").line("CEFUROXIME", 2, days=7).spare()
    bill = case.visit(case.member(MALE, 41), "R10.400", kind="emergency", department="A20")
    bill.line("CEFUROXIME", 2, days=3).spare()


@plant(DAYS, "A14/33", "33 days with high blood pressure among the diagnoses")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "R51.x00", "I10.x00x002").line("AMLODIPINE", 2, days=33).spare()


@plant(DAYS, "A14/reason", "for a man who works far away")
def _(case: Case) -> None:
    case.visit(case.member(MALE, 40), "J20.900").line("CEFUROXIME", 2, days=14, reason="外出务工").spare()


@plant(DAYS, "A14/others", "paid by himself, at a pharmacy, in a stay, slices", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 40), "J20.900")
    bill.line("CEFUROXIME", 2, days=14, self_paid=True).spare()
    bill.line("SLICE_PORIA", 210, days=14).spare()
    case.visit(case.member(MALE, 41), "J20.900", kind="pharmacy").line("CEFUROXIME", 2, days=14).spare()
    stay = case.stay(case.member(MALE, 42), "J20.900", days=3)
    stay.line("CEFUROXIME", 2, price="14", day=2, days=14).spare().accuse("12.00", rule=HOME)


@plant(EARLY, "A15-1", "thirty days' supply, and again eleven days later", span=12)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    _fetch(case, man, 11).charges[0].accuse("38.00", certainty="high")


@plant(EARLY, "A15/22", "with eight days left", span=23)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    _fetch(case, man, 22, place=case.hospital(3)).charges[0].accuse("16.00")


@plant(EARLY, "A15/day", "twice on one day at two places")
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    _fetch(case, man, 0, time="15:00", place=case.hospital(3)).charges[0].accuse("60.00")


@plant(EARLY, "A15/chronic", "three months' supply for a certified disease, and again a month later", span=32)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0, days=84, kind="chronic")
    _fetch(case, man, 31, days=84, kind="chronic").charges[0].accuse("37.85")


@plant(EARLY, "A15/stay", "a stay that was over before the first supply", before=10, span=12)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    case.stay(man, "K29.500", days=4, day=-10)
    _fetch(case, man, 0)
    _fetch(case, man, 11).charges[0].accuse("38.00")


@plant(EARLY, "A15-2", "again with four days left", span=27)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    _fetch(case, man, 26).charges[0].spare()


@plant(EARLY, "A15-3", "the dose doubled", span=12)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    _fetch(case, man, 11, packs=4).charges[0].spare()


@plant(EARLY, "A15-4", "in hospital in between", span=20)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    case.stay(man, "K29.500", days=12, day=1)
    _fetch(case, man, 19).charges[0].spare()


@plant(EARLY, "A15/23", "with seven days left", span=24)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    _fetch(case, man, 23).charges[0].spare()


@plant(EARLY, "A15/short", "twenty days' supply and again ten days later: a month in hand", span=11)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0, days=20)
    _fetch(case, man, 10, days=20).charges[0].spare()


@plant(EARLY, "A15/other", "another drug for the blood pressure, and another person", span=12)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    _fetch(case, man, 11, item="ALLISARTAN").charges[0].spare()
    _fetch(case, case.member(MALE, 61), 11).charges[0].spare()


@plant(EARLY, "A15/reason", "lost, and noted", span=12)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    _fetch(case, man, 11, reason="药品遗失").charges[0].spare()


@plant(EARLY, "A15/lines", "two lines of one visit")
def _(case: Case) -> None:
    bill = _fetch(case, case.member(MALE, 60), 0)
    bill.line("AMLODIPINE", 2, day=0, time="11:00", price="30", days=MONTH).spare()


@plant(EARLY, "A15/account", "bought from the own account", span=12)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0)
    bill = _fetch(case, man, 11, kind="pharmacy")
    bill.charges[0].spare()
    bill.paid_over = -6_000  # the pooled fund pays nothing


@plant(HOARD, "A16-1", "420 days of one drug from six pharmacies within two months", span=55)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    for turn in range(7):
        bill = _fetch(
            case, man, turn * 9, kind="pharmacy", place=case.pharmacy(turn % 6), item="ATORVASTATIN", days=60, packs=6
        )
        # In hand: 60, 111, 162, 213 ... of which 120 days are let pass.
        beyond = min(60, 60 + 51 * turn - 120)
        if beyond > 0:
            bill.charges[0].accuse(f"{180 * beyond / 60:.2f}", certainty="high")
        if turn:
            bill.charges[0].accuse("153.00", rule=EARLY)


@plant(HOARD, "A16/reason", "150 days of three places, one of them before the holidays", span=3)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    for turn, reason in enumerate(("", "春节延长用药", "")):
        bill = _fetch(case, man, turn, kind="pharmacy", place=case.pharmacy(turn), days=50, packs=2, reason=reason)
    bill.charges[0].accuse("33.60", certainty="low").accuse("57.60", rule=EARLY)


@plant(HOARD, "A16-2", "190 days from two places", span=2)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    _fetch(case, man, 0, kind="pharmacy", days=95, packs=3).charges[0].spare()
    second = _fetch(case, man, 1, kind="pharmacy", place=case.pharmacy(1), days=95, packs=3)
    second.charges[0].spare().accuse("89.05", rule=EARLY)


@plant(HOARD, "A16/120", "120 days in hand from three places", span=63)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    for turn in range(3):
        bill = _fetch(case, man, turn * 30, kind="pharmacy", place=case.pharmacy(turn), days=60)
        bill.charges[0].spare()
        if turn:
            bill.charges[0].accuse(None, rule=EARLY)


@plant(HOARD, "A16/account", "one of the three from the own account", span=3)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    bills = [_fetch(case, man, turn, kind="pharmacy", place=case.pharmacy(turn), days=70, packs=3) for turn in range(3)]
    for bill in bills:
        bill.charges[0].spare()
    bills[1].paid_over = -9_000  # the pooled fund pays nothing
    bills[2].charges[0].accuse(None, rule=EARLY)


@plant(HOARD, "A16/other", "a third place gave another drug", span=3)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 60)
    for turn, item in enumerate(("AMLODIPINE", "AMLODIPINE", "ATORVASTATIN")):
        bill = _fetch(case, woman, turn, kind="pharmacy", place=case.pharmacy(turn), item=item, days=70, packs=3)
        bill.charges[0].spare()
        if turn == 1:
            bill.charges[0].accuse(None, rule=EARLY)


def _fetch(
    case: Case, member: int, day: int, *, days: int = MONTH, packs: int = 2, item: str = "AMLODIPINE",
    kind: str = "outpatient", place: int | None = None, time: str = "09:00", reason: str = "",
) -> Bill:  # fmt: skip
    """Packs of 30 yuan, for a person with high blood pressure, who may have them for a month."""
    bill = case.visit(member, "I10.x00x002", day=day, kind=kind, place=place, time=time)
    bill.line(item, packs, price="30", days=days, reason=reason)
    return bill
