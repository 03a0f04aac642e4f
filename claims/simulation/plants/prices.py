"""Prices at their cap, at its tolerance, and beyond (B17)."""

from datetime import date

from .case import Case, plant

PRICE = "item_price_over_cap"
CAP_CHANGED = date(2026, 2, 1)  # of magnetic resonance in the invented province


@plant(PRICE, "B17-1", "plain CT capped at 220.00 in a level 2 hospital costs 260.00")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("CT", 1, price="260").accuse("40.00")


@plant(PRICE, "B17/tolerance+", "a fen above the cap with its tolerance")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("CT", 1, price="221.11").accuse("1.11")


@plant(PRICE, "B17/level", "a price that only level 3 may ask")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("CT", 1, price="235").accuse("15.00")


@plant(PRICE, "B17/twice", "two units, each above the cap")
def _(case: Case) -> None:
    both = case.visit(case.member(), "R51.x00").line("CT", 2, price="250")
    both.accuse("60.00").accuse("118.00", rule="item_multi_site_price")


@plant(PRICE, "B17/part", "two units of which one is taken back")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("CT", 2, price="250").take_back(1).accuse("30.00")


@plant(PRICE, "B17/new-cap", "the old price on the first day of the new cap", on=CAP_CHANGED)
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("MRI", 1, price="460").accuse("50.00")


@plant(PRICE, "B17/cap", "the cap itself")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("CT", 1, price="220").spare()


@plant(PRICE, "B17/tolerance", "the cap with its tolerance, reached")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("CT", 1, price="221.10").spare()


@plant(PRICE, "B17/level-3", "the cap of level 3 in a hospital of level 3")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00", level=3).line("CT", 1, price="240").spare()


@plant(PRICE, "B17-2", "an item of the special-needs clinic")
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("CT", 1, price="260", special=True).spare()


@plant(PRICE, "B17-3", "the old cap on its last day", on=date(2026, 1, 31))
def _(case: Case) -> None:
    case.visit(case.member(), "R51.x00").line("MRI", 1, price="460").spare()


@plant(PRICE, "B17/neighbour", "above the cap of the neighbouring prefecture, within our own")
def _(case: Case) -> None:
    case.visit(case.member(), "R10.400").line("ULTRASOUND", 1, price="95").spare()


@plant(PRICE, "B17/no-cap", "an item without a cap")
def _(case: Case) -> None:
    case.visit(case.member(), "R10.400").line("LIVER", 1, price="500").spare()


@plant(PRICE, "B17/reversed", "taken back whole")
def _(case: Case) -> None:
    bill = case.visit(case.member(), "R51.x00")
    bill.line("CT", 1, price="260").take_back().spare()
    bill.line("KIDNEY")
