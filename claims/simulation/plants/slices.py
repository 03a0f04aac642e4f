"""Slices of Chinese medicine: never paid for (A24), not by themselves (A25), too many (A26), not together (A27)."""

from datetime import date

from .case import FEMALE, MALE, Case, plant

NEVER = "tcm_slice_no_pay_any"
ALONE = "tcm_slice_no_pay_single"
IN_FORCE = date(2026, 1, 1)  # of the published points


@plant(NEVER, "A24-1", "donkey-hide gelatin in a decoction settled by the fund", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 50), "R53.x00", department="A50")
    bill.line("GELATIN", 60, days=7).accuse("210.00", certainty="certain")
    bill.line("SLICE_ATRACTYLODES", 84, days=7).spare()


@plant(NEVER, "A24/alone", "gelatin by itself, part of it taken back", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(FEMALE, 50), "R53.x00", department="A50").line("GELATIN", 60).take_back(20).accuse("140.00")


@plant(NEVER, "A24-2", "astragalus in a compound decoction", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 50), "R53.x00", department="A50")
    bill.line("HUANGQI", 210, days=7).spare().spare(rule=ALONE)
    bill.line("SLICE_ATRACTYLODES", 84, days=7).spare().spare(rule=ALONE)


@plant(NEVER, "A24-3", "gelatin paid for by the woman herself", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 50), "R53.x00", department="A50")
    bill.line("GELATIN", 60, self_paid=True).spare()
    bill.line("SLICE_ATRACTYLODES", 84, days=7)


@plant(ALONE, "A25-1", "a prescription of three slices that are not paid for by themselves", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "R53.x00", department="A50")
    bill.line("DANGGUI", 70, days=7).accuse("9.10", certainty="certain")
    bill.line("HUANGQI", 210, days=7).accuse("18.90")
    bill.line("GOUQI", 105, days=7).accuse("11.55")


@plant(ALONE, "A25-3", "astragalus alone", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "R53.x00", department="A50").line("HUANGQI", 210, days=7).accuse("18.90")


@plant(ALONE, "A25/days", "what would make it payable was bought the day after", span=2, since=IN_FORCE)
def _(case: Case) -> None:
    man, place = case.member(MALE, 60), case.hospital()
    case.visit(man, "R53.x00", department="A50", place=place).line("HUANGQI", 210, days=7).accuse("18.90")
    case.visit(man, "R53.x00", department="A50", place=place, day=1).line("SLICE_PORIA", 105, days=7).spare()


@plant(ALONE, "A25/doctors", "what would make it payable was prescribed by another doctor", since=IN_FORCE)
def _(case: Case) -> None:
    man, place = case.member(MALE, 60), case.hospital()
    case.visit(man, "R53.x00", department="A50", place=place).line("HUANGQI", 210, days=7).accuse("18.90")
    case.visit(man, "R53.x00", department="A02", place=place, time="15:00").line("SLICE_PORIA", 105, days=7)


@plant(ALONE, "A25/others", "another person got what would make it payable", since=IN_FORCE)
def _(case: Case) -> None:
    place = case.hospital()
    bill = case.visit(case.member(MALE, 60), "R53.x00", department="A50", place=place)
    bill.line("HUANGQI", 210, days=7).accuse("18.90")
    bill.line("PARACETAMOL", 1).spare()
    case.visit(case.member(MALE, 61), "R53.x00", department="A50", place=place).line("SLICE_PORIA", 105, days=7)


@plant(ALONE, "A25/partner", "the one slice beside them is taken back", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "R53.x00", department="A50")
    bill.line("HUANGQI", 210, days=7).accuse("18.90")
    bill.line("SLICE_PORIA", 105, days=7).take_back()


@plant(ALONE, "A25-2", "the three with one slice beside them that is paid for", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "R53.x00", department="A50")
    bill.line("DANGGUI", 70, days=7).spare()
    bill.line("HUANGQI", 210, days=7).spare()
    bill.line("GOUQI", 105, days=7).spare()
    bill.line("SLICE_ATRACTYLODES", 84, days=7).spare()


@plant(ALONE, "A25/tickets", "one prescription on two tickets of one doctor", since=IN_FORCE)
def _(case: Case) -> None:
    man, place = case.member(MALE, 60), case.hospital()
    case.visit(man, "R53.x00", department="A50", place=place).line("HUANGQI", 210, days=7).spare()
    case.visit(man, "R53.x00", department="A50", place=place, time="09:20").line("SLICE_PORIA", 105, days=7).spare()


@plant(ALONE, "A25/beside-self-paid", "the man pays for the slice beside it", since=IN_FORCE)
def _(case: Case) -> None:
    bill = case.visit(case.member(MALE, 60), "R53.x00", department="A50")
    bill.line("HUANGQI", 210, days=7).spare()
    bill.line("SLICE_PORIA", 105, days=7, self_paid=True).spare()


@plant(ALONE, "A25/self-paid", "paid by the man himself", since=IN_FORCE)
def _(case: Case) -> None:
    case.visit(case.member(MALE, 60), "R53.x00", department="A50").line("HUANGQI", 210, self_paid=True).spare()
