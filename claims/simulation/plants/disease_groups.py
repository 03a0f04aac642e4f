"""Stays paid by disease group: coded too high, or with too little done (D10, D11, D12)."""

from decimal import Decimal

from .case import FEMALE, MALE, Bill, Case, plant

UPCODE = "adm_drg_upcode"
COMPLICATION = "adm_drg_cc_unsupported"
LITTLE = "adm_drg_low_resource"
NOTHING = Decimal(0)


def _group(case: Case, *diagnoses: str, pay_method: str = "drg") -> Bill:
    return case.stay(case.member(MALE, 63), *diagnoses, days=6, pay_method=pay_method, group="ER11")


@plant(UPCODE, "D10-1", "respiratory failure on an ordinary ward, nothing done for it", span=8)
def _(case: Case) -> None:
    bill = _group(case, "J96.900")
    bill.daily("AMBROXOL", 1, 0, 6, time="11:00")
    bill.accuse(NOTHING, certainty="high")


@plant(UPCODE, "D10-2", "respiratory failure with two days of ventilation", span=8)
def _(case: Case) -> None:
    bill = _group(case, "J96.900")
    bill.line("VENTILATOR", 24, day=1)
    bill.line("VENTILATOR", 24, day=2)
    bill.spare()


@plant(UPCODE, "D10-3", "borne out by a blood gas; paid by item", span=8)
def _(case: Case) -> None:
    bill = _group(case, "J96.900")
    bill.line("BLOOD_GAS", 1, day=1)
    bill.spare()
    _group(case, "J96.900", pay_method="item").spare()


@plant(COMPLICATION, "D11-1", "low potassium coded, and no potassium given", span=8)
def _(case: Case) -> None:
    bill = _group(case, "J18.900", "E87.600")
    bill.line("POTASSIUM", 1)
    bill.accuse(NOTHING, certainty="high")


@plant(COMPLICATION, "D11-2", "low potassium, and potassium given", span=8)
def _(case: Case) -> None:
    bill = _group(case, "J18.900", "E87.600")
    bill.line("POTASSIUM_CHLORIDE", 1, day=1)
    bill.spare()


@plant(COMPLICATION, "D11/main", "low potassium as the main diagnosis, which another rule asks about", span=8)
def _(case: Case) -> None:
    _group(case, "E87.600").spare().accuse(NOTHING, rule=UPCODE)


def _mean(case: Case, group: str) -> None:
    """What the group costs on average: two thousand yuan."""
    for number in range(12):
        bill = case.stay(case.member(FEMALE, 40 + number), "J15.900", days=7, day=-9, pay_method="drg", group=group)
        bill.line("MRI", 1, day=-8, price="1600", special=True)


def _little(case: Case, group: str, *, days: int = 2, died: int | None = None, transferred: bool = False) -> Bill:
    woman = case.member(FEMALE, 70, died=died)
    bill = case.stay(woman, "J15.900", days=days, pay_method="drg", group=group, transferred=transferred)
    bill.line("CEFTRIAXONE", 1)
    return bill


@plant(LITTLE, "D12-1", "two days and next to nothing done, where the group costs thousands", before=9, span=4)
def _(case: Case) -> None:
    _mean(case, "ES21")
    _little(case, "ES21").accuse(NOTHING, certainty="high")


@plant(LITTLE, "D12-2", "dead on the day of discharge; handed over; three days", before=9, span=5)
def _(case: Case) -> None:
    _mean(case, "ES23")
    _little(case, "ES23", died=2).spare()
    _little(case, "ES23", transferred=True).spare()
    _little(case, "ES23", days=3).spare()


@plant(LITTLE, "D12/few", "a group of which few stays are known", span=9)
def _(case: Case) -> None:
    _little(case, f"ES9{case.turn}").spare()
