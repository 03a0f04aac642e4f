"""Services that take a permit, at institutions that have it, had it, will have it or never had it (F05)."""

from .case import MALE, Case, Charge, plant

LICENCE = "inst_service_beyond_licence"


def _dialysed(case: Case, *, reason: str = "") -> Charge:
    bill = case.visit(case.member(MALE, 50), "N18.001", place=case.house, kind="chronic", department="A03.07")
    return bill.line("DIALYSIS", reason=reason, price="380")


@plant(LICENCE, "F05-1", "dialysis without a permit for it", house="hospital")
def _(case: Case) -> None:
    case.permit("ecmo")
    _dialysed(case).accuse("380.00", certainty="certain")


@plant(LICENCE, "F05/31", "the permit ended 31 days before", house="hospital")
def _(case: Case) -> None:
    case.permit("dialysis", until=-31)
    _dialysed(case).accuse("380.00", certainty="certain")


@plant(LICENCE, "F05/in-31", "the permit begins 31 days later", house="hospital")
def _(case: Case) -> None:
    case.permit("dialysis", since=31)
    _dialysed(case).accuse("380.00", certainty="certain")


@plant(LICENCE, "F05-2", "the permit was issued a week later", house="hospital")
def _(case: Case) -> None:
    case.permit("dialysis", since=7)
    _dialysed(case).accuse("380.00", certainty="low")


@plant(LICENCE, "F05/30", "the permit ended 30 days before", house="hospital")
def _(case: Case) -> None:
    case.permit("dialysis", until=-30)
    _dialysed(case).accuse("380.00", certainty="low")


@plant(LICENCE, "F05/in-30", "the permit begins 30 days later", house="hospital")
def _(case: Case) -> None:
    case.permit("dialysis", since=30)
    _dialysed(case).accuse("380.00", certainty="low")


@plant(LICENCE, "F05/reason", "no permit, but a reason is recorded", house="hospital")
def _(case: Case) -> None:
    case.permit("ecmo")
    _dialysed(case, reason="外院团队协议开展").accuse("380.00", certainty="low")


@plant(LICENCE, "F05/first", "the first day of the permit", house="hospital")
def _(case: Case) -> None:
    case.permit("dialysis", since=0)
    _dialysed(case).spare()


@plant(LICENCE, "F05/last", "the last day of the permit", house="hospital")
def _(case: Case) -> None:
    case.permit("dialysis", until=0)
    _dialysed(case).spare()


@plant(LICENCE, "F05/untold", "no permit of the hospital was ever told", house="hospital")
def _(case: Case) -> None:
    _dialysed(case).spare()


@plant(LICENCE, "F05/other", "a service that takes no permit", house="hospital")
def _(case: Case) -> None:
    case.permit("ecmo")
    case.visit(case.member(MALE, 50), "I10.x00x002", place=case.house, department="A03.04").line("URINE").spare()
