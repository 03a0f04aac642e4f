"""Lines ordered by practitioners whose registration or payment qualification does or does not hold that day (F04)."""

from .case import MALE, Case, Charge, plant

STAFF = "dr_unqualified"


def _ordered(case: Case, doctor: str, *, kind: str = "outpatient", self_paid: bool = False) -> Charge:
    bill = case.visit(case.member(MALE, 50), "I10.x00x002", place=case.hospital(), kind=kind, department="A03.04")
    return bill.line("URINE", practitioner=doctor, self_paid=self_paid, price="20")


def _suspended(case: Case, since: int, until: int | None, standing: str = "suspended") -> str:
    doctor = case.practitioner(case.hospital())
    return case.practitioner(case.hospital(), since=since, until=until, standing=standing, code=doctor)


@plant(STAFF, "F04-1", "suspended for nineteen days")
def _(case: Case) -> None:
    _ordered(case, _suspended(case, -19, None)).accuse("20.00", certainty="certain")


@plant(STAFF, "F04/first", "the first day of the suspension")
def _(case: Case) -> None:
    _ordered(case, _suspended(case, 0, 90)).accuse("20.00", certainty="certain")


@plant(STAFF, "F04/last", "the last day of the suspension")
def _(case: Case) -> None:
    _ordered(case, _suspended(case, -90, 0)).accuse("20.00", certainty="certain")


@plant(STAFF, "F04/terminated", "terminated at another hospital")
def _(case: Case) -> None:
    doctor = case.practitioner(case.hospital())
    case.practitioner(case.hospital(2, other=1), since=-5, standing="terminated", code=doctor)
    _ordered(case, doctor).accuse("20.00", certainty="certain")


@plant(STAFF, "F04/elsewhere", "registered at another hospital only")
def _(case: Case) -> None:
    _ordered(case, case.practitioner(case.hospital(2, other=1))).accuse("20.00", certainty="high")


@plant(STAFF, "F04/31", "the registration here ended 31 days before")
def _(case: Case) -> None:
    _ordered(case, case.practitioner(case.hospital(), until=-31)).accuse("20.00", certainty="high")


@plant(STAFF, "F04/in-31", "the registration here begins 31 days later")
def _(case: Case) -> None:
    _ordered(case, case.practitioner(case.hospital(), since=31)).accuse("20.00", certainty="high")


@plant(STAFF, "F04-2", "registered later for a day before the order")
def _(case: Case) -> None:
    doctor = case.practitioner(case.hospital(), until=-40)
    _ordered(case, case.practitioner(case.hospital(), since=-5, code=doctor)).spare()


@plant(STAFF, "F04/before", "the suspension begins the day after")
def _(case: Case) -> None:
    _ordered(case, _suspended(case, 1, None)).spare()


@plant(STAFF, "F04/after", "the suspension ended the day before")
def _(case: Case) -> None:
    _ordered(case, _suspended(case, -30, -1)).spare()


@plant(STAFF, "F04/30", "the registration here ended 30 days before")
def _(case: Case) -> None:
    _ordered(case, case.practitioner(case.hospital(), until=-30)).spare()


@plant(STAFF, "F04/in-30", "the registration here begins 30 days later")
def _(case: Case) -> None:
    _ordered(case, case.practitioner(case.hospital(), since=30)).spare()


@plant(STAFF, "F04/two", "registered at two hospitals")
def _(case: Case) -> None:
    doctor = case.practitioner(case.hospital(2, other=1))
    _ordered(case, case.practitioner(case.hospital(), since=-100, code=doctor)).spare()


@plant(STAFF, "F04/unknown", "nobody of this number is registered anywhere")
def _(case: Case) -> None:
    _ordered(case, f"D9901017{case.number:05}").spare()


@plant(STAFF, "F04/emergency", "suspended, but it was an emergency")
def _(case: Case) -> None:
    _ordered(case, _suspended(case, -19, None), kind="emergency").spare()


@plant(STAFF, "F04/self", "suspended, but the person pays alone")
def _(case: Case) -> None:
    _ordered(case, _suspended(case, -19, None), self_paid=True).spare()
