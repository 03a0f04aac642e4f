"""Services that include others, billed beside them (B15)."""

from .case import MALE, Case, plant

PAIR = "item_pair_exclusive"


@plant(PAIR, "B15-1", "emergency monitoring, which includes the bed, and a bed on the same day")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 62), "R07.400", kind="emergency", department="A20")
    bill.line("EMERGENCY_MONITORING")
    bill.line("BED_WARD", 1, price="38").accuse("38.00")


@plant(
    PAIR,
    "B15-2",
    "angioplasty, which includes the angiography of its vessel, and an angiography that day",
    span=6,
)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("PTCA", 1, day=1, time="11:00")
    bill.line("ANGIOGRAPHY", 1, day=1, time="10:00", price="2100").accuse("2100.00")


@plant(PAIR, "B15/no-excuse", "a reason is recorded where none is allowed")
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 70), "R07.400", kind="emergency", department="A20")
    bill.line("RESUSCITATION_LARGE")
    bill.line("RESUSCITATION_MEDIUM", 1, price="80", reason="另一次抢救").accuse("80.00")


@plant(PAIR, "B15/encounter", "the smaller operation on another day of the same stay", span=12)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 64), "C16.900", days=11, department="A04.01", level=3)
    bill.operated("43.9900", "胃癌根治术", 2)
    bill.line("GASTRECTOMY_RADICAL", 1, day=2)
    bill.line("GASTRECTOMY_PROXIMAL", 1, day=5, price="2800").accuse("2800.00")


@plant(PAIR, "B15/hour", "two ways of watching the heart within one hour", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I21.900", days=5, department="A03.04", level=3)
    bill.line("ARTERIAL_PRESSURE", 1, day=1, time="10:00")
    bill.line("ECG_MONITOR", 1, day=1, time="10:30", price="5").accuse("5.00")


@plant(PAIR, "B15/hour-before", "the included one an hour before to the second", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I21.900", days=5, department="A03.04", level=3)
    bill.line("ECG_MONITOR", 1, day=1, time="09:00", price="5").accuse("5.00")
    bill.line("ARTERIAL_PRESSURE", 1, day=1, time="10:00")


@plant(PAIR, "B15/hour-after", "the included one an hour after to the second", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I21.900", days=5, department="A03.04", level=3)
    bill.line("ARTERIAL_PRESSURE", 1, day=1, time="10:00")
    bill.line("ECG_MONITOR", 1, day=1, time="11:00", price="5").accuse("5.00")


@plant(PAIR, "B15/twice", "two that include it, but it is denied once", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("PTCA", 1, day=1, time="11:00")
    bill.line("PTCA", 1, day=1, time="12:00").accuse("3200.00", rule="item_freq_per_encounter")
    bill.line("ANGIOGRAPHY", 1, day=1, time="10:00", price="2100").accuse("2100.00")


@plant(PAIR, "B15/seconds", "a second more than an hour before and after", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I21.900", days=5, department="A03.04", level=3)
    bill.line("ECG_MONITOR", 1, day=1, time="08:59:59").spare()
    bill.line("ARTERIAL_PRESSURE", 1, day=1, time="10:00")
    bill.line("ECG_MONITOR", 1, day=1, time="11:00:01").spare()


@plant(PAIR, "B15-3", "angiography here, angioplasty two days later after the transfer", span=6)
def _(case: Case) -> None:
    man = case.member(MALE, 62)
    here = case.stay(man, "I20.900", days=1, department="A03.04", transferred=True)
    here.line("ANGIOGRAPHY", 1, day=0, time="11:00").spare()
    there = case.stay(
        man, "I21.900", days=3, day=2, department="A03.04", place=case.hospital(3), level=3, transferred=True
    )
    there.line("PTCA", 1, day=2, time="14:00")


@plant(PAIR, "B15/days", "angiography first, angioplasty two days later in the same stay", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("ANGIOGRAPHY", 1, day=1).spare()
    bill.line("PTCA", 1, day=3)


@plant(PAIR, "B15-4", "the angiography is taken back", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("PTCA", 1, day=1)
    bill.line("ANGIOGRAPHY", 1, day=1).take_back().spare()


@plant(PAIR, "B15/main-reversed", "the angioplasty is taken back", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("PTCA", 1, day=1).take_back()
    bill.line("ANGIOGRAPHY", 1, day=1).spare()


@plant(PAIR, "B15/reason", "a recorded reason where one is allowed: another vessel", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 62), "I21.900", days=5, department="A03.04", level=3)
    bill.line("PTCA", 1, day=1)
    bill.line("ANGIOGRAPHY", 1, day=1, reason="另一支血管").spare()


@plant(PAIR, "B15/institutions", "both on one day, but at two hospitals", span=3)
def _(case: Case) -> None:
    man = case.member(MALE, 62)
    here = case.visit(man, "R07.400", kind="emergency", department="A20", time="08:00")
    here.line("EMERGENCY_MONITORING")
    there = case.stay(man, "I20.900", days=2, time="15:00", place=case.hospital(3), department="A03.04", level=3)
    there.charges[0].spare()


@plant(PAIR, "B15/encounters", "the two operations in two stays", span=42)
def _(case: Case) -> None:
    man = case.member(MALE, 64)
    first = case.stay(man, "C16.900", days=9, department="A04.01", level=3)
    first.operated("43.5x00", "近端胃大部切除术", 2)
    first.line("GASTRECTOMY_PROXIMAL", 1, day=2).spare()
    later = case.stay(man, "C16.900", days=9, day=32, department="A04.01", level=3)
    later.operated("43.9900", "胃癌根治术", 34)
    later.line("GASTRECTOMY_RADICAL", 1, day=34)


@plant(PAIR, "B15/hours", "two ways of watching the heart, two hours apart", span=6)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 70), "I21.900", days=5, department="A03.04", level=3)
    bill.line("ARTERIAL_PRESSURE", 1, day=1, time="10:00")
    bill.line("ECG_MONITOR", 1, day=1, time="12:00").spare()


@plant(PAIR, "B15/members", "the two items in two members")
def _(case: Case) -> None:
    one = case.visit(case.member(MALE, 62), "R07.400", kind="emergency", department="A20")
    one.line("RESUSCITATION_LARGE")
    other = case.visit(case.member(MALE, 63), "R07.400", kind="emergency", department="A20")
    other.line("RESUSCITATION_MEDIUM").spare()
