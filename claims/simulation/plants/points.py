"""Lines ordered by practitioners whom points hold back that day, and what lies beside them (R26)."""

from .case import MALE, Case, Charge, plant

HELD = "dr_disqualified"


def _ordered(case: Case, doctor: str, *, kind: str = "outpatient", self_paid: bool = False) -> Charge:
    bill = case.visit(case.member(MALE, 50), "I10.x00x002", place=case.hospital(), kind=kind, department="A03.04")
    return bill.line("URINE", practitioner=doctor, self_paid=self_paid, price="20")


def _doctor(case: Case) -> str:
    return case.practitioner(case.hospital())


@plant(HELD, "R26/points", "terminated by twelve points a month ago")
def _(case: Case) -> None:
    doctor = _doctor(case)
    case.disqualified(doctor, standing="terminated")
    _ordered(case, doctor).accuse("20.00", certainty="certain")


@plant(HELD, "R26/points-first", "the first day of the suspension")
def _(case: Case) -> None:
    doctor = _doctor(case)
    case.disqualified(doctor, since=0, until=60)
    _ordered(case, doctor).accuse("20.00", certainty="certain")


@plant(HELD, "R26/points-last", "the last day of the suspension")
def _(case: Case) -> None:
    doctor = _doctor(case)
    case.disqualified(doctor, until=0)
    _ordered(case, doctor).accuse("20.00", certainty="certain")


@plant(HELD, "R26/points-twice", "suspended, then terminated: one finding")
def _(case: Case) -> None:
    doctor = _doctor(case)
    case.disqualified(doctor, until=30)
    case.disqualified(doctor, since=-10, standing="terminated")
    _ordered(case, doctor).accuse("20.00", certainty="certain")


@plant(HELD, "R26/points-eve", "suspended from the next day on")
def _(case: Case) -> None:
    doctor = _doctor(case)
    case.disqualified(doctor, since=1)
    _ordered(case, doctor).spare()


@plant(HELD, "R26/points-after", "the suspension ended the day before")
def _(case: Case) -> None:
    doctor = _doctor(case)
    case.disqualified(doctor, until=-1)
    _ordered(case, doctor).spare()


@plant(HELD, "R26/points-emergency", "terminated, but it was an emergency")
def _(case: Case) -> None:
    doctor = _doctor(case)
    case.disqualified(doctor, standing="terminated")
    _ordered(case, doctor, kind="emergency").spare()


@plant(HELD, "R26/points-self-paid", "terminated, and the person paid alone")
def _(case: Case) -> None:
    doctor = _doctor(case)
    case.disqualified(doctor, standing="terminated")
    _ordered(case, doctor, self_paid=True).spare()


@plant(HELD, "R26/points-other", "another doctor was terminated")
def _(case: Case) -> None:
    case.disqualified(_doctor(case), standing="terminated")
    _ordered(case, _doctor(case)).spare()
