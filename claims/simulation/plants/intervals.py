"""Services done again too soon (B11), for too many days (B12), too often in one encounter (B10)."""

from .case import FEMALE, MALE, Bill, Case, plant

PERIOD = "item_freq_period"


def _again(case: Case, item: str, days: int, *, reason: str = "", newborn: bool = False, other: int = 0) -> Bill:
    """A test, and the same after so many days; the later bill."""
    who = case.member(FEMALE, 58)
    case.visit(who, "E11.900", department="A03.07").line(item).spare()
    place = case.hospital(2, other)
    bill = case.visit(who, "E11.900", day=days, place=place, department="A03.07", newborn=newborn, time="15:00")
    bill.line(item, reason=reason)
    return bill


@plant(PERIOD, "B11-1", "glycated haemoglobin twice in nine days", span=10)
def _(case: Case) -> None:
    _again(case, "HBA1C", 9).charges[0].accuse("45.00", certainty="high")


@plant(PERIOD, "B11/14", "glycated haemoglobin after 14 days", span=15)
def _(case: Case) -> None:
    _again(case, "HBA1C", 14).charges[0].accuse("45.00")


@plant(PERIOD, "B11/chain", "every ten days: each is too soon after the one before", span=21)
def _(case: Case) -> None:
    later = _again(case, "HBA1C", 10)
    later.charges[0].accuse("45.00")
    case.visit(later.member, "E11.900", day=20, department="A03.07").line("HBA1C").accuse("45.00")


@plant(PERIOD, "B11/day", "twice on one date")
def _(case: Case) -> None:
    _again(case, "HBA1C", 0).charges[0].accuse("45.00", certainty="low")


@plant(PERIOD, "B11/moment", "twice on one line's moment: the later line is too soon")
def _(case: Case) -> None:
    bill = case.visit(case.member(FEMALE, 58), "E11.900", department="A03.07")
    bill.line("BALANCE_TEST", 1, price="20").spare()
    bill.line("BALANCE_TEST", 1, price="24").accuse("24.00", certainty="low")


@plant(PERIOD, "B11/stay", "tested as an outpatient, and again in the stay five days later", span=10)
def _(case: Case) -> None:
    who = case.member(FEMALE, 58)
    case.visit(who, "E11.900", department="A03.07").line("HBA1C")
    bill = case.stay(who, "E11.900", day=4, days=4, department="A03.07")
    bill.line("HBA1C", 1, day=5).accuse("45.00")


@plant(PERIOD, "B11/excused-before", "the test before had a reason, this one has none", span=10)
def _(case: Case) -> None:
    who = case.member(FEMALE, 58)
    case.visit(who, "E11.900", department="A03.07").line("HBA1C", reason="标本溶血").spare()
    case.visit(who, "E11.900", day=9, department="A03.07").line("HBA1C").accuse("45.00")


@plant(PERIOD, "B11-2", "glycated haemoglobin after 19 days", span=20)
def _(case: Case) -> None:
    _again(case, "HBA1C", 19).charges[0].spare()


@plant(PERIOD, "B11-3", "at two hospitals five days apart", span=6)
def _(case: Case) -> None:
    _again(case, "HBA1C", 5, other=1).charges[0].spare()


@plant(PERIOD, "B11/15", "glycated haemoglobin after 15 days, an assessment after 14", span=16)
def _(case: Case) -> None:
    _again(case, "HBA1C", 15).charges[0].spare()
    _again(case, "REHAB_ASSESSMENT", 14).charges[0].spare()


@plant(PERIOD, "B11/reason", "a reason is recorded", span=10)
def _(case: Case) -> None:
    _again(case, "HBA1C", 9, reason="输血后复查").charges[0].spare()


@plant(PERIOD, "B11/newborn", "a newborn's test on the mother's account", span=10)
def _(case: Case) -> None:
    _again(case, "HBA1C", 9, newborn=True).charges[0].spare()


@plant(PERIOD, "B11/reversed", "the first was taken back", span=10)
def _(case: Case) -> None:
    who = case.member(FEMALE, 58)
    first = case.visit(who, "E11.900", department="A03.07")
    first.line("HBA1C").take_back()
    first.line("GLUCOSE")
    case.visit(who, "E11.900", day=9, department="A03.07").line("HBA1C").spare()


@plant(PERIOD, "B11/others", "two tests and two persons within days", span=4)
def _(case: Case) -> None:
    who = case.member(FEMALE, 58)
    case.visit(who, "E11.900", department="A03.07").line("HBA1C").spare()
    case.visit(who, "E11.900", day=2, department="A03.07").line("BALANCE_TEST").spare()
    case.visit(case.member(MALE, 60), "E11.900", day=3, department="A03.07").line("HBA1C").spare()
