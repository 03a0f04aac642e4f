"""Charges against the moment of death (B30)."""

from .case import FEMALE, MALE, Case, plant

DEATH = "charge_after_death"
ALL, LEAST = 10_000, 1  # parts of an amount that the fund recognises, 1/10000


@plant(DEATH, "B30-1", "dead on the 5th, a drug on the 7th", before=4, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=7, day=-4, department="A03.04", bare=True)
    bill.line("FUROSEMIDE", 2, day=-1)
    bill.line("FUROSEMIDE", 2, day=2, price="0.74").accuse("1.48")


@plant(
    DEATH,
    "B30/next-day",
    "a second into the day after a death of which only the day is known",
    before=4,
    span=4,
)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=6, day=-4, department="A03.04", bare=True)
    bill.line("OXYGEN", 1, day=1, time="00:00:01", price="3").accuse("3.00")


@plant(DEATH, "B30/2h+", "two hours and a second after the moment of death", before=4, span=2)
def _(case: Case) -> None:
    dead = case.member(FEMALE, 82, died=0, died_time="10:00")
    bill = case.stay(dead, "I50.900", days=4, day=-4, until="14:00", department="A03.04", bare=True)
    bill.line("OXYGEN", 1, day=0, time="12:00:01", price="3").accuse("3.00")


@plant(DEATH, "B30/later-day", "the morning after a known moment of death", before=4, span=3)
def _(case: Case) -> None:
    dead = case.member(FEMALE, 82, died=0, died_time="10:00")
    bill = case.stay(dead, "I50.900", days=5, day=-4, until="14:00", department="A03.04", bare=True)
    bill.line("NURSING_1", 1, day=1, price="25").accuse("25.00")


@plant(DEATH, "B30/fen", "a fen of it is asked of the fund", before=4, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=7, day=-4, department="A03.04", bare=True)
    bill.line("LIVER", 1, day=2, price="100", share=LEAST).accuse("100.00")


@plant(DEATH, "B30-2", "early on the day of death, of which only the day is known", before=4, span=2)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=4, day=-4, department="A03.04", bare=True)
    bill.line("FUROSEMIDE", 2, day=0, time="06:00").spare()


@plant(DEATH, "B30/day", "late on the day of death, of which only the day is known", before=4, span=2)
def _(case: Case) -> None:
    dead = case.member(MALE, 78, died=0)
    bill = case.stay(dead, "I50.900", days=4, day=-4, until="23:30", department="A03.04", bare=True)
    bill.line("OXYGEN", 1, day=0, time="23:20").spare()


@plant(DEATH, "B30/midnight", "the very midnight that ends the day of death", before=4, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=5, day=-4, department="A03.04", bare=True)
    bill.line("OXYGEN", 1, day=1, time="00:00").spare()


@plant(DEATH, "B30/2h", "two hours after the moment of death", before=4, span=2)
def _(case: Case) -> None:
    dead = case.member(FEMALE, 82, died=0, died_time="10:00")
    bill = case.stay(dead, "I50.900", days=4, day=-4, until="12:30", department="A03.04", bare=True)
    bill.line("OXYGEN", 1, day=0, time="12:00").spare()


@plant(DEATH, "B30-3", "alive: the register knows of no death", before=4, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78), "I50.900", days=7, day=-4, department="A03.04", bare=True)
    bill.line("FUROSEMIDE", 2, day=2).spare()


@plant(DEATH, "B30/self-paid", "after death, but not out of the fund", before=4, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=6, day=-4, department="A03.04", bare=True)
    bill.line("FUROSEMIDE", 2, day=-1)
    bill.line("DRESSING", 1, day=1, self_paid=True).spare()


@plant(DEATH, "B30/mortuary", "care of the body", before=4, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=6, day=-4, department="A03.04", bare=True)
    bill.line("MORTUARY", 1, day=1, share=ALL).spare()


@plant(DEATH, "B30/reversed", "taken back", before=4, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=6, day=-4, department="A03.04", bare=True)
    bill.line("FUROSEMIDE", 2, day=-1)
    bill.line("FUROSEMIDE", 2, day=1).take_back().spare()


@plant(DEATH, "B30/newborn", "the mother is dead, her newborn is treated on her account", before=4, span=4)
def _(case: Case) -> None:
    dead = case.member(FEMALE, 31, died=0)
    bill = case.stay(dead, "P07.300", days=7, day=-4, department="A07", bare=True, newborn=True)
    bill.line("NURSING_NEWBORN", 1, day=2).spare()


@plant(DEATH, "B30/settled", "the family settles a week later, with the true dates", before=4, span=9)
def _(case: Case) -> None:
    dead = case.member(MALE, 78, died=0)
    bill = case.stay(dead, "I50.900", days=4, day=-4, until="08:00", department="A03.04", bare=True)
    bill.settled_days_later = 7
    bill.line("FUROSEMIDE", 2, day=0, time="06:00").spare()
