"""Lines of institutions, departments and persons that a measure keeps from serving, or not on that day (R26, R27)."""

from .case import MALE, Case, Charge, plant

SUSPENDED = "inst_suspended"
DEPARTMENT = "A03.04"


def _billed(
    case: Case, *, kind: str = "outpatient", self_paid: bool = False, department: str = DEPARTMENT, doctor: str = ""
) -> Charge:
    bill = case.visit(case.member(MALE, 50), "I10.x00x002", place=case.own(), kind=kind, department=department)
    return bill.line("URINE", practitioner=doctor, self_paid=self_paid, price="20")


@plant(SUSPENDED, "R27-1", "the agreement was suspended a month ago", own=("hospital",))
def _(case: Case) -> None:
    case.suspended()
    _billed(case).accuse("20.00", certainty="certain")


@plant(SUSPENDED, "R27/first", "the first day of the suspension", own=("hospital",))
def _(case: Case) -> None:
    case.suspended(since=0)
    _billed(case).accuse("20.00", certainty="certain")


@plant(SUSPENDED, "R27/last", "the last day of the suspension", own=("hospital",))
def _(case: Case) -> None:
    case.suspended(until=0)
    _billed(case).accuse("20.00", certainty="certain")


@plant(SUSPENDED, "R27/terminated", "the agreement was terminated", own=("hospital",))
def _(case: Case) -> None:
    case.suspended(measure="terminated")
    _billed(case).accuse("20.00", certainty="certain")


@plant(SUSPENDED, "R27/department", "the department was suspended", own=("hospital",))
def _(case: Case) -> None:
    case.suspended("department", DEPARTMENT)
    _billed(case).accuse("20.00", certainty="certain")


@plant(SUSPENDED, "R26-1", "the doctor was suspended", own=("hospital",))
def _(case: Case) -> None:
    doctor = case.practitioner(case.own())
    case.suspended("person", doctor)
    _billed(case, doctor=doctor).accuse("20.00", certainty="certain")


@plant(SUSPENDED, "R27/twice", "the agreement and the department: one finding", own=("hospital",))
def _(case: Case) -> None:
    case.suspended()
    case.suspended("department", DEPARTMENT)
    _billed(case).accuse("20.00", certainty="certain")


@plant(SUSPENDED, "R27/eve", "suspended from the next day on", own=("hospital",))
def _(case: Case) -> None:
    case.suspended(since=1)
    _billed(case).spare()


@plant(SUSPENDED, "R27/after", "the suspension ended the day before", own=("hospital",))
def _(case: Case) -> None:
    case.suspended(until=-1)
    _billed(case).spare()


@plant(SUSPENDED, "R27/emergency", "suspended, but it was an emergency", own=("hospital",))
def _(case: Case) -> None:
    case.suspended()
    _billed(case, kind="emergency").spare()


@plant(SUSPENDED, "R27/self-paid", "suspended, and the person paid alone", own=("hospital",))
def _(case: Case) -> None:
    case.suspended()
    _billed(case, self_paid=True).spare()


@plant(SUSPENDED, "R27/other-department", "another department was suspended", own=("hospital",))
def _(case: Case) -> None:
    case.suspended("department", "A07")
    _billed(case).spare()


@plant(SUSPENDED, "R26/other-doctor", "another doctor was suspended", own=("hospital",))
def _(case: Case) -> None:
    case.suspended("person", "D990101800000")
    _billed(case, doctor=case.practitioner(case.own())).spare()
