"""Hours billed against the hours there were (B20)."""

from .case import FEMALE, MALE, Bill, Case, plant

HOURS, DAILY = "item_qty_over_hours", "item_freq_per_day"


@plant(HOURS, "B20-1", "31 hours of monitoring on one date", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04")
    bill.line("ECG_MONITOR", 31, day=1, price="4").accuse("28.00").accuse("28.00", rule=DAILY)


@plant(HOURS, "B20/25", "24 hours and then one more on one date", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04")
    bill.line("OXYGEN", 24, day=1, time="12:00", price="3").spare()
    bill.line("OXYGEN", 1, day=1, time="13:00", price="3").accuse("3.00")


@plant(HOURS, "B20-2", "200 hours on the ventilator in a stay of 150", span=8)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 75), "J44.100", days=6, time="08:00", until="14:00")
    bill.daily("VENTILATOR", 24, 0, 6)
    bill.line("VENTILATOR", 56, day=6, time="13:00").accuse().accuse(rule=DAILY)


def _short(case: Case, until: str, first: float, second: float) -> Bill:
    """A stay over one midnight with oxygen on both dates, neither above 24 hours."""
    bill = case.stay(case.member(MALE, 75), "J44.100", days=1, time="20:00", until=until)
    bill.line("OXYGEN", first, day=0, time="20:30", price="3")
    bill.line("OXYGEN", second, day=1, time="21:00", price="3")
    return bill


@plant(HOURS, "B20/stay+", "29 hours in a stay of 26: beyond the two of tolerance", span=3)
def _(case: Case) -> None:
    bill = _short(case, "22:00", 15, 14)
    bill.charges[2].accuse("9.00")
    bill.line("ECG_MONITOR", 10, day=0, time="22:00").spare()


@plant(HOURS, "B20/begun+", "30 hours in a stay of 26 and a minute", span=3)
def _(case: Case) -> None:
    _short(case, "22:01", 15, 15).charges[2].accuse("9.00")


@plant(HOURS, "B20/visit", "25 hours of one date in the emergency room")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 70), "R07.400", kind="emergency", department="A20", time="00:10")
    bill.line("OXYGEN", 25, price="3").accuse("3.00")


@plant(HOURS, "B20/moment", "two lines at one moment: the later is the one too many", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04", bare=True)
    bill.line("OXYGEN", 20, day=1, price="3").spare()
    bill.line("OXYGEN", 20, day=1, price="3").accuse("48.00").accuse("60.00", rule="item_exact_duplicate")


@plant(HOURS, "B20/stay-moment", "the same over a stay", span=3)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 75), "J44.100", days=1, time="20:00", until="08:00", bare=True)
    bill.line("OXYGEN", 10, day=0, time="21:00", price="3").spare()
    late = bill.line("OXYGEN", 10, day=0, time="21:00", price="3")
    late.accuse("24.00").accuse("30.00", rule="item_exact_duplicate")


@plant(HOURS, "B20-3", "48 hours of oxygen in a stay of two days", span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 75), "J44.100", days=2, time="08:00", until="08:00")
    bill.line("OXYGEN", 24, day=0, time="09:00").spare()
    bill.line("OXYGEN", 24, day=1).spare()


@plant(HOURS, "B20/24", "24 hours on one date", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04")
    bill.line("OXYGEN", 24, day=1).spare()


@plant(HOURS, "B20/stay", "28 hours in a stay of 26: the tolerance reached", span=3)
def _(case: Case) -> None:
    _short(case, "22:00", 15, 13).charges[2].spare()


@plant(HOURS, "B20/begun", "29 hours in a stay of 26 and a minute: the begun hour counts", span=3)
def _(case: Case) -> None:
    _short(case, "22:01", 15, 14).charges[2].spare()


@plant(HOURS, "B20/reversed", "what lies beyond is taken back", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04")
    bill.line("OXYGEN", 31, day=1).take_back(7).spare()


@plant(HOURS, "B20/newborn", "mother and newborn both on oxygen on one account", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(FEMALE, 29), "O82.000", days=4, department="A05.02", newborn=True)
    bill.line("OXYGEN", 40, day=1).spare()


@plant(HOURS, "B20/items", "two monitors side by side", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04")
    bill.line("ECG_MONITOR", 24, day=1).spare()
    bill.line("OXYGEN_MONITOR", 24, day=1).spare()


@plant(HOURS, "B20/stay-items", "two items, each within the hours of a short stay", span=3)
def _(case: Case) -> None:
    bill = _short(case, "22:00", 14, 13)
    bill.charges[2].spare()
    bill.line("ECG_MONITOR", 20, day=1, time="21:30").spare()


@plant(HOURS, "B20/institutions", "13 hours here and 12 there on the day of a transfer", span=4)
def _(case: Case) -> None:
    man = case.member(MALE, 70)
    here = case.stay(man, "I20.900", days=1, until="13:00", department="A03.04", transferred=True)
    here.line("OXYGEN", 13, day=1).spare()
    there = case.stay(
        man,
        "I21.900",
        day=1,
        days=2,
        time="14:00",
        place=case.hospital(3),
        department="A03.04",
        level=3,
        transferred=True,
    )
    there.line("OXYGEN", 12, day=1, time="20:00").spare()


@plant(HOURS, "B20/days", "20 hours on each of two dates", span=5)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I20.900", days=4, department="A03.04")
    bill.line("OXYGEN", 20, day=1).spare()
    bill.line("OXYGEN", 20, day=2).spare()
