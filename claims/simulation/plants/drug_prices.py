"""Drugs at the price they were won or listed at, and above it (A22)."""

from .case import Case, plant

PRICE = "drug_price_over_standard"


@plant(PRICE, "A22-1", "won at 0.35 a tablet, 100 tablets at 0.60")
def _(case: Case) -> None:
    case.visit(case.member(), "E11.900").line("METFORMIN_WON", 100, price="0.6").accuse("25.00", certainty="certain")


@plant(PRICE, "A22-3", "a negotiated drug above its payment standard")
def _(case: Case) -> None:
    case.visit(case.member(), "J44.900").line("PIRFENIDONE", 2, price="66").accuse("12.00", certainty="low")


@plant(PRICE, "A22/tolerance+", "a fen above the listed price with its tolerance")
def _(case: Case) -> None:
    case.visit(case.member(), "E11.900").line("ALBUMIN", 1, price="381.91").accuse("1.91", certainty="certain")


@plant(PRICE, "A22/part", "100 tablets of which 40 are taken back")
def _(case: Case) -> None:
    case.visit(case.member(), "E11.900").line("METFORMIN_WON", 100, price="0.6").take_back(40).accuse("15.00")


@plant(PRICE, "A22-2", "won at 0.35 a tablet, billed at 0.351")
def _(case: Case) -> None:
    case.visit(case.member(), "E11.900").line("METFORMIN_WON", 100, price="0.351").spare()


@plant(PRICE, "A22/tolerance", "the listed price with its tolerance")
def _(case: Case) -> None:
    case.visit(case.member(), "E11.900").line("ALBUMIN", 1, price="381.90").spare()


@plant(PRICE, "A22/standard", "a negotiated drug at its payment standard")
def _(case: Case) -> None:
    case.visit(case.member(), "J44.900").line("PIRFENIDONE", 2, price="60").spare()


@plant(PRICE, "A22/reversed", "too dear, but taken back whole")
def _(case: Case) -> None:
    case.visit(case.member(), "E11.900").line("METFORMIN_WON", 100, price="0.6").take_back().spare()
