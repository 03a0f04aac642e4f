"""Persons who are where they cannot be, too often, or not who they say they are (E02, E03, E04, E05, E08)."""

from decimal import Decimal

from .case import FEMALE, MALE, NOT_STATED, Bill, Case, plant

TWICE = "psn_simultaneous_visits"
DEAD = "psn_after_death"
CLINICS = "psn_freq_outpatient"
PURCHASES = "psn_freq_pharmacy"
IMPOSTOR = "psn_identity_conflict"
LINE_OF_DEAD = "charge_after_death"
SERVICE, DRUG = "item_sex_restricted", "drug_sex_restricted"
NOTHING = Decimal(0)


def _after(case: Case, day: int, *, kind: str = "pharmacy", item: str = "AMLODIPINE") -> Bill:
    """A purchase or visit so many days after the member's death."""
    bill = case.visit(case.member(MALE, 78, died=0), "I10.x00x002", kind=kind, day=day, time="10:00")
    bill.line(item, 2, price="18")
    return bill


@plant(DEAD, "E03-1", "dead on the 2nd, a purchase on the 20th", span=20)
def _(case: Case) -> None:
    bill = _after(case, 18).accuse(certainty="certain")
    bill.charges[0].accuse("36.00", rule=LINE_OF_DEAD)


@plant(DEAD, "E03/2", "on the second day after death, in a clinic", span=4)
def _(case: Case) -> None:
    bill = _after(case, 2, kind="outpatient").accuse()
    bill.charges[0].accuse("36.00", rule=LINE_OF_DEAD)


@plant(DEAD, "E03/stay", "a stay that began after death", span=9)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=2, day=5, bare=True)
    bill.line("FUROSEMIDE", 100, day=6, price="2").accuse("200.00", rule=LINE_OF_DEAD)
    bill.accuse()


@plant(DEAD, "E03/fen", "a fen of it is asked of the fund", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78, died=0), "I10.x00x002", kind="pharmacy", day=3)
    bill.line("AMLODIPINE", 1, price="100", share=1).accuse("100.00", rule=LINE_OF_DEAD)
    bill.accuse()


@plant(DEAD, "E03-2", "a purchase of before death, taken back after it", before=3, span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78, died=0), "I10.x00x002", kind="pharmacy", day=-2)
    bill.line("AMLODIPINE", 2).take_back()
    bill.line("ASPIRIN", 1)
    bill.settled_days_later = 5
    bill.spare()


@plant(DEAD, "E03/1", "on the day after death: registers are a day early", span=3)
def _(case: Case) -> None:
    bill = _after(case, 1).spare()
    bill.charges[0].accuse("36.00", rule=LINE_OF_DEAD)


@plant(DEAD, "E03/before", "a stay that began before death", before=5, span=4)
def _(case: Case) -> None:
    bill = case.stay(case.member(MALE, 78, died=0), "I50.900", days=7, day=-4, bare=True)
    bill.line("FUROSEMIDE", 2, day=2, price="0.74").accuse("1.48", rule=LINE_OF_DEAD)
    bill.spare()


@plant(DEAD, "E03/mortuary", "care of the body", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78, died=0), "I50.900", day=2)
    bill.line("MORTUARY", 1, share=10_000)
    bill.spare()


@plant(DEAD, "E03/self-paid", "paid by somebody alone", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78, died=0), "I10.x00x002", kind="pharmacy", day=3)
    bill.line("AMLODIPINE", 1, self_paid=True)
    bill.spare()


@plant(DEAD, "E03/newborn", "the newborn on the account of a mother who died", span=4)
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 31, died=0), "P59.900", day=3, newborn=True, department="A07")
    bill.line("NURSING_NEWBORN", 1)
    bill.spare()


@plant(DEAD, "E03/alive", "alive", span=20)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 78), "I10.x00x002", kind="pharmacy", day=18)
    bill.line("AMLODIPINE", 2)
    bill.spare()
