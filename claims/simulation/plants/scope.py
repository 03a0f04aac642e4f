"""What the fund recognised although it pays no part of it, by its class or by the list (B33)."""

from .case import FEMALE, Case, Charge, plant

SCOPE = "item_out_of_scope"


def _billed(case: Case, item: str, *, share: int, payment_class: str = "") -> Charge:
    bill = case.visit(case.member(FEMALE, 35), "L20.900", department="A13")
    return bill.line(item, share=share, payment_class=payment_class, price="600")


@plant(SCOPE, "B33-2", "a laser for beauty, recognised in full")
def _(case: Case) -> None:
    _billed(case, "BEAUTY_LASER", share=10_000).accuse("600.00", certainty="certain")


@plant(SCOPE, "B33/part", "a laser for beauty, recognised in part")
def _(case: Case) -> None:
    _billed(case, "BEAUTY_LASER", share=2_500).accuse("150.00")


@plant(SCOPE, "B33/both", "the list names it and the source says class C")
def _(case: Case) -> None:
    _billed(case, "BEAUTY_LASER", share=10_000, payment_class="C").accuse("600.00")


@plant(SCOPE, "B33/class", "another item of class C, recognised")
def _(case: Case) -> None:
    _billed(case, "SKIN_IMAGING", share=10_000, payment_class="C").accuse("600.00", certainty="certain")


@plant(SCOPE, "B33/self", "a laser for beauty, paid by the person alone")
def _(case: Case) -> None:
    _billed(case, "BEAUTY_LASER", share=0).spare()


@plant(SCOPE, "B33/own", "class C, and nothing recognised")
def _(case: Case) -> None:
    _billed(case, "SKIN_IMAGING", share=0).spare()


@plant(SCOPE, "B33/b", "class B, recognised in part")
def _(case: Case) -> None:
    _billed(case, "SKIN_IMAGING", share=5_000).spare()


@plant(SCOPE, "B33/told-part", "payable in part, as the source says")
def _(case: Case) -> None:
    _billed(case, "SKIN_IMAGING", share=5_000, payment_class="part").spare()


@plant(SCOPE, "B33/back", "a laser for beauty, taken back whole")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 35), "L20.900", department="A13")
    bill.line("URINE").spare()
    bill.line("BEAUTY_LASER", share=10_000).take_back()
