"""Slices of Chinese medicine: never paid for (A24), not by themselves (A25), too many (A26), not together (A27)."""

from collections.abc import Sequence
from datetime import date

from .case import FEMALE, MALE, Bill, Case, Charge, plant

NEVER = "tcm_slice_no_pay_any"
ALONE = "tcm_slice_no_pay_single"
MUCH = "tcm_slice_overuse"
TOGETHER = "tcm_incompatible"
IN_FORCE = date(2026, 1, 1)  # of the published points
SLICES = (
    "SLICE_ASTRAGALUS", "SLICE_ANGELICA", "SLICE_LICORICE", "SLICE_PORIA", "SLICE_ATRACTYLODES", "SLICE_PEONY",
    "SLICE_LIGUSTICUM", "SLICE_TANGERINE", "SLICE_CASSIA", "SLICE_GINGER", "SLICE_JUJUBE", "SLICE_BUPLEURUM",
    "SLICE_SCUTELLARIA", "SLICE_PLATYCODON", "SLICE_SILER", "SLICE_SCHIZONEPETA", "SLICE_FORSYTHIA",
    "SLICE_ISATIS_ROOT", "SLICE_CLOVE", "DANGGUI", "GOUQI", "HUANGQI",
)  # fmt: skip


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


@plant(MUCH, "A26-1", "21 slices in one prescription", since=IN_FORCE)
def _(case: Case) -> None:
    for charge in _prescribed(_decoction(case), SLICES[:21]):
        charge.accuse("10.00", certainty="remind")


@plant(MUCH, "A26/beside", "of 21 slices and what else the man got", span=2, since=IN_FORCE)
def _(case: Case) -> None:
    man, place = case.member(MALE, 60), case.hospital()
    bill = _decoction(case, man, place)
    for charge in _prescribed(bill, SLICES[:21]):
        charge.accuse("10.00")
    bill.line("PARACETAMOL", 1).spare()
    for there in (
        _decoction(case, man, place, day=1),
        _decoction(case, man, place, department="A02", time="15:00"),
        _decoction(case, man, case.hospital(other=1), time="17:00"),
    ):
        there.line("SLICE_PORIA", 100, days=7).spare()


@plant(MUCH, "A26/one-self-paid", "the man pays for one of 21", since=IN_FORCE)
def _(case: Case) -> None:
    bill = _decoction(case)
    for charge in _prescribed(bill, SLICES[:20]):
        charge.accuse("10.00")
    bill.line(SLICES[20], 100, price="0.1", days=7, self_paid=True).spare()


@plant(MUCH, "A26-2", "aconite at 60 g a day, where 15 g is the most")
def _(case: Case) -> None:
    _decoction(case).line("SLICE_ACONITE", 420, days=7).accuse("63.00", certainty="high")


@plant(MUCH, "A26/31", "aconite at 31 g a day")
def _(case: Case) -> None:
    _decoction(case).line("SLICE_ACONITE", 217, days=7).accuse("22.40")


@plant(MUCH, "A26/lines", "aconite on two lines of one prescription")
def _(case: Case) -> None:
    bill = _decoction(case)
    bill.line("SLICE_ACONITE", 105, days=7, time="09:20").spare()
    bill.line("SLICE_ACONITE", 140, days=7, time="09:30").accuse("28.00")


@plant(MUCH, "A26/part", "part of it taken back")
def _(case: Case) -> None:
    _decoction(case).line("SLICE_ACONITE", 420, days=7).take_back(140).accuse("35.00")


@plant(MUCH, "A26-3", "14 slices with usual doses", since=IN_FORCE)
def _(case: Case) -> None:
    bill = _decoction(case)
    for charge in _prescribed(bill, SLICES[:13]):
        charge.spare()
    bill.line("SLICE_ACONITE", 105, days=7).spare()


@plant(MUCH, "A26/20", "20 slices in one prescription", since=IN_FORCE)
def _(case: Case) -> None:
    for charge in _prescribed(_decoction(case), SLICES[:20]):
        charge.spare()


@plant(MUCH, "A26/drug", "20 slices and a drug", since=IN_FORCE)
def _(case: Case) -> None:
    bill = _decoction(case)
    for charge in _prescribed(bill, SLICES[:20]):
        charge.spare()
    bill.line("PARACETAMOL", 1).spare()


@plant(MUCH, "A26/30", "aconite at twice its highest dose")
def _(case: Case) -> None:
    _decoction(case).line("SLICE_ACONITE", 210, days=7).spare()


@plant(MUCH, "A26/days", "21 slices on two days", span=2, since=IN_FORCE)
def _(case: Case) -> None:
    man, place = case.member(MALE, 60), case.hospital()
    for day, some in ((0, SLICES[:11]), (1, SLICES[11:21])):
        for charge in _prescribed(_decoction(case, man, place, day), some):
            charge.spare()


@plant(MUCH, "A26/places", "21 slices of two hospitals", since=IN_FORCE)
def _(case: Case) -> None:
    man = case.member(MALE, 60)
    for place, time, some in (
        (case.hospital(), "09:00", SLICES[:11]),
        (case.hospital(other=1), "14:00", SLICES[11:21]),
    ):
        for charge in _prescribed(_decoction(case, man, place, time=time), some):
            charge.spare()


@plant(MUCH, "A26/doctors", "21 slices of two doctors", since=IN_FORCE)
def _(case: Case) -> None:
    man, place = case.member(MALE, 60), case.hospital()
    for department, some in (("A50", SLICES[:11]), ("A02", SLICES[11:21])):
        for charge in _prescribed(_decoction(case, man, place, department=department), some):
            charge.spare()


@plant(MUCH, "A26/persons", "21 slices of two persons", since=IN_FORCE)
def _(case: Case) -> None:
    place = case.hospital()
    for age, some in ((60, SLICES[:11]), (61, SLICES[11:21])):
        for charge in _prescribed(_decoction(case, case.member(MALE, age), place), some):
            charge.spare()


@plant(MUCH, "A26/reason", "a renowned doctor's signature stands on the dose, and on one of 21 slices", since=IN_FORCE)
def _(case: Case) -> None:
    _decoction(case).line("SLICE_ACONITE", 420, days=7, reason="名老中医签字").spare()
    bill = _decoction(case, case.member(MALE, 62))
    bill.line(SLICES[20], 100, days=7, reason="名老中医签字").spare()
    for charge in _prescribed(bill, SLICES[:20]):
        charge.spare()


@plant(MUCH, "A26/self-paid", "paid by the man himself")
def _(case: Case) -> None:
    bill = _decoction(case)
    bill.line("SLICE_ACONITE", 420, days=7, self_paid=True).spare()
    bill.line("SLICE_PORIA", 105, days=7).spare()


@plant(TOGETHER, "A27-1", "gansui with liquorice")
def _(case: Case) -> None:
    bill = _decoction(case)
    bill.line("SLICE_GANSUI", 10, days=7).accuse("0.00", certainty="remind")
    bill.line("SLICE_LICORICE", 42, days=7).spare()


@plant(TOGETHER, "A27-2", "cloves with turmeric, on two tickets of one doctor")
def _(case: Case) -> None:
    man, place = case.member(MALE, 60), case.hospital()
    _decoction(case, man, place).line("SLICE_TURMERIC", 63, days=7).accuse("0.00")
    _decoction(case, man, place, time="09:40").line("SLICE_CLOVE", 21, days=7).spare()


@plant(TOGETHER, "A27-3", "astragalus with angelica")
def _(case: Case) -> None:
    for charge in _prescribed(_decoction(case), SLICES[:2]):
        charge.spare()


@plant(TOGETHER, "A27/reason", "signed twice, on either of the two")
def _(case: Case) -> None:
    for age, first, second in ((60, "医师双签", ""), (61, "", "医师双签")):
        bill = _decoction(case, case.member(MALE, age))
        bill.line("SLICE_GANSUI", 10, days=7, reason=first).spare()
        bill.line("SLICE_LICORICE", 42, days=7, reason=second).spare()


@plant(TOGETHER, "A27/apart", "on two days, of two doctors, at two hospitals, for two persons", span=2)
def _(case: Case) -> None:
    man, place = case.member(MALE, 60), case.hospital()
    _decoction(case, man, place).line("SLICE_GANSUI", 10, days=7).spare()
    for there in (
        _decoction(case, man, place, day=1),
        _decoction(case, man, place, department="A02", time="15:00"),
        _decoction(case, man, case.hospital(other=1), time="17:00"),
        _decoction(case, case.member(MALE, 61), place),
    ):
        there.line("SLICE_LICORICE", 42, days=7).spare()


@plant(TOGETHER, "A27/reversed", "one of the two taken back")
def _(case: Case) -> None:
    bill = _decoction(case)
    bill.line("SLICE_GANSUI", 10, days=7).spare()
    bill.line("SLICE_LICORICE", 42, days=7).take_back()


def _decoction(
    case: Case, member: int | None = None, place: int | None = None, day: int = 0,
    *, department: str = "A50", time: str = "09:00",
) -> Bill:  # fmt: skip
    who = case.member(MALE, 60) if member is None else member
    return case.visit(who, "R53.x00", place=place, day=day, department=department, time=time)


def _prescribed(bill: Bill, some: Sequence[str]) -> list[Charge]:
    """A week's decoction of these slices, a hundred grams each."""
    return [bill.line(key, 100, price="0.1", days=7) for key in some]
