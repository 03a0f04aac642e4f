"""Bed fees against the days of the stay (B21)."""

from .case import FEMALE, MALE, Case, plant

BEDS = "bed_days_mismatch"


@plant(BEDS, "B21-1", "five beds in a stay of four bed days", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4)
    bill.line("BED_WARD", 1, day=4, time="08:00", price="38").accuse("38.00")


@plant(BEDS, "B21-4", "two days of intensive care and three of the ward in a stay of four", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 66), "I21.900", days=4, bare=True, department="A03.04")
    bill.daily("BED_ICU", 1, 0, 2, time="20:00")
    bill.daily("BED_WARD", 1, 2, 2, time="20:00")
    bill.line("BED_WARD", 1, day=4, time="08:00", price="38").accuse("38.00")


@plant(BEDS, "B21/line", "six beds posted as one line for six days in a stay of five", span=7)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=5, bare=True)
    bill.line("BED_WARD", 6, days=6, price="38").accuse("38.00")


@plant(BEDS, "B21/same-day", "two kinds of bed in a stay of one day", span=2)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=0, time="08:00", until="18:00", bare=True)
    bill.line("BED_ICU", 1, day=0, time="09:00", price="90")
    bill.line("BED_WARD", 1, day=0, time="16:00", price="38").accuse("38.00")


@plant(BEDS, "B21/moment", "two kinds of bed at one moment: the later line is the one too many", span=2)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=0, time="08:00", until="18:00", bare=True)
    bill.line("BED_ICU", 1, day=0, time="09:00", price="90").spare()
    bill.line("BED_WARD", 1, day=0, time="09:00", price="38").accuse("38.00")


@plant(BEDS, "B21/part", "half a bed too many", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4)
    bill.line("BED_WARD", 0.5, day=4, time="08:00", price="38").accuse("19.00")


@plant(BEDS, "B21-2", "four beds in a stay of four bed days", span=6)
def _(case: Case) -> None:
    case.stay(case.member(FEMALE, 60), "K29.500", days=4).charges[-1].spare()


@plant(BEDS, "B21-3", "one bed in a stay that begins and ends on one day", span=2)
def _(case: Case) -> None:
    case.stay(case.member(FEMALE, 60), "K29.500", days=0, time="08:00", until="18:00").charges[0].spare()


@plant(BEDS, "B21/late", "discharged shortly before midnight", span=6)
def _(case: Case) -> None:
    case.stay(case.member(FEMALE, 60), "K29.500", days=4, time="00:30", until="23:30").charges[-1].spare()


@plant(BEDS, "B21/reversed", "the fifth bed is taken back", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4)
    bill.line("BED_WARD", 1, day=4, time="08:00").take_back().spare()


@plant(BEDS, "B21/newborn", "mother and newborn, a bed each on one account", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "O80.000", days=3, department="A05.02", newborn=True)
    bill.daily("BED_WARD", 1, 0, 3, time="21:00")[2].spare()


@plant(BEDS, "B21/observation", "a bed of the emergency room before admission is no bed of the stay", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 60), "K29.500", days=4)
    bill.line("BED_EMERGENCY", 1, day=0, time="09:30").spare()


@plant(BEDS, "B21/visit", "a bed on a visit belongs to no stay")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 60), "R10.400", kind="emergency", department="A20")
    bill.line("BED_WARD", 1).spare()
