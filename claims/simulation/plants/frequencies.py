"""Services that can be done so often a day, and once more (B09)."""

from .case import FEMALE, MALE, Case, plant

DAILY = "item_freq_per_day"


@plant(DAILY, "B09-1", "two ward beds on one date; the stay's total is right", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4, bare=True)
    bill.line("BED_WARD", 2, day=1, price="38").accuse("38.00").spare(rule="bed_days_mismatch")
    bill.line("BED_WARD", 1, day=2, price="38").spare()
    bill.line("BED_WARD", 1, day=3, price="38").spare()


@plant(DAILY, "B09/lines", "two lines of one bed each on one date", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4, bare=True)
    bill.line("BED_WARD", 1, day=1, time="08:00", price="38")
    bill.line("BED_WARD", 1, day=1, time="20:00", price="38").accuse("38.00")


@plant(DAILY, "B09-3", "discharged and taken in again on one day, a bed each time", span=4)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 60)
    case.stay(woman, "K29.500", days=0, time="06:00", until="11:00")
    later = case.stay(woman, "I10.x00x002", days=3, time="15:00", department="A03.04")
    later.accuse(rule="adm_same_day_rereg").charges[0].accuse("38.00", certainty="low")


@plant(DAILY, "B09/25", "25 hours of monitoring on one date", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04")
    bill.line("ECG_MONITOR", 20, day=1, time="12:00", price="4")
    late = bill.line("ECG_MONITOR", 5, day=1, time="23:00", price="4")
    late.accuse("4.00").accuse("4.00", rule="item_qty_over_hours")


@plant(DAILY, "B09/part", "three beds, one of them taken back", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4, bare=True)
    bill.line("BED_WARD", 3, day=1, price="38").take_back(1).accuse("38.00")


@plant(DAILY, "B09/days", "three units posted for two days", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4)
    bill.line("NURSING_2", 3, day=1, days=2, price="15").accuse("15.00")


@plant(DAILY, "B09/moment", "two beds at one moment: the later line is the one too many", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4, bare=True)
    bill.line("BED_WARD", 1, day=1, price="38").spare()
    bill.line("BED_WARD", 1, day=1, price="38").accuse("38.00").accuse("38.00", rule="item_exact_duplicate")


@plant(DAILY, "B09/reason", "a reason is recorded, but the limit of a day knows none", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4, bare=True)
    bill.line("BED_WARD", 2, day=1, price="38", reason="陪护").accuse("38.00")


@plant(DAILY, "B09/others", "other items, days and hospitals posted for two days excuse nothing here", span=5)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 60)
    here = case.stay(woman, "K29.500", days=1, until="08:00", transferred=True)
    here.line("NURSING_2", 2, day=0, days=2, time="19:00").spare()
    here.line("NURSING_1", 2, day=0, time="19:30", price="25").accuse("25.00")
    place = case.hospital(2, other=1)
    there = case.stay(woman, "I10.x00x002", days=3, day=1, place=place, transferred=True, department="A03.04")
    there.line("NURSING_2", 2, day=1, days=2, price="15").spare()
    there.line("NURSING_2", 2, day=3, price="15").accuse("15.00")
    again = case.visit(woman, "I10.x00x002", place=place, time="07:00", kind="emergency", department="A20")
    again.line("NURSING_2", 2, day=0, time="07:30", price="15").accuse("15.00")


@plant(DAILY, "B09-2", "one bed a day for 6 days", span=7)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=6)
    for charge in bill.charges:
        charge.spare()


@plant(DAILY, "B09/24", "24 hours of monitoring on one date", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04")
    bill.line("ECG_MONITOR", 20, day=1, time="12:00")
    bill.line("ECG_MONITOR", 4, day=1, time="23:00").spare().spare(rule="item_qty_over_hours")


@plant(DAILY, "B09/reversed", "the second bed of the day is taken back", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4)
    bill.line("BED_WARD", 1, day=1, time="08:00").take_back().spare()


@plant(DAILY, "B09/institutions", "a bed here in the morning and there after the transfer", span=4)
def _(case: Case) -> None:
    man = case.member(MALE, 66)
    case.stay(man, "I21.900", days=0, time="06:00", until="11:00", transferred=True)
    there = case.stay(man, "I21.900", days=3, time="13:00", place=case.hospital(3), transferred=True, level=3)
    there.charges[0].spare()


@plant(DAILY, "B09/items", "a ward bed and a bed in intensive care on one date", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 66), "I21.900", days=4, bare=True)
    bill.line("BED_WARD", 1, day=1, time="08:00").spare()
    bill.line("BED_ICU", 1, day=1, time="20:00").spare()


@plant(DAILY, "B09/newborn", "mother and newborn nursed on one account", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "O80.000", days=3, department="A05.02", newborn=True)
    bill.line("NURSING_2", 2, day=1).spare()


@plant(DAILY, "B09/posted", "two days posted on one date as two days", span=5)
def _(case: Case) -> None:
    case.stay(case.member(FEMALE, 60), "K29.500", days=4).line("NURSING_2", 2, day=1, days=2).spare()


@plant(DAILY, "B09/posted-apart", "one unit, then another line posted for two days", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4)
    bill.line("NURSING_2", 1, day=1, time="08:00")
    bill.line("NURSING_2", 1, day=1, days=2, time="20:00").spare()


@plant(DAILY, "B09/members", "two members in one hospital on one day", span=3)
def _(case: Case) -> None:
    for sex in (FEMALE, MALE):
        case.stay(case.member(sex, 60), "K29.500", days=2).charges[0].spare()
