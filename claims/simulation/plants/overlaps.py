"""Stays of one member at two hospitals at one time (D06)."""

from .case import MALE, Bill, Case, plant

OVERLAP = "adm_overlap"


def _both(
    case: Case, first: tuple[int, int], later: tuple[int, int], *, until: str = "10:00", begun: str = "10:00"
) -> tuple[Bill, Bill]:
    """Two stays at two hospitals for two illnesses, each from a day for so many days."""
    man = case.member(MALE, 64)
    here = case.stay(man, "I10.x00x002", day=first[0], days=first[1], until=until, department="A03.04")
    there = case.stay(
        man,
        "M51.202",
        day=later[0],
        days=later[1],
        time=begun,
        place=case.hospital(2, 1),
        department="A04.03",
    )
    return here, there


@plant(OVERLAP, "D06-1", "in one hospital from the 1st to the 10th, in another from the 4th to the 12th", span=13)
def _(case: Case) -> None:
    here, there = _both(case, (0, 9), (3, 8))
    here.spare()
    there.accuse()


@plant(OVERLAP, "D06/24", "24 hours in both", span=10)
def _(case: Case) -> None:
    _both(case, (0, 5), (4, 4))[1].accuse(certainty="low")


@plant(OVERLAP, "D06/bed", "40 hours in both, and a bed of the first hospital within them", span=10)
def _(case: Case) -> None:
    _both(case, (0, 6), (4, 5), begun="18:00")[1].accuse(certainty="certain")


@plant(OVERLAP, "D06/paper", "47 hours in both, but the first hospital billed no bed by then: a late paper", span=10)
def _(case: Case) -> None:
    here, there = _both(case, (0, 6), (4, 5), until="09:00")
    here.charges = here.charges[:5]
    here.line("WARD_ROUND", 1, day=5)
    there.accuse(certainty="low")


@plant(OVERLAP, "D06/48", "48 hours in both, bed or no bed", span=10)
def _(case: Case) -> None:
    here, there = _both(case, (0, 6), (4, 5))
    here.charges = here.charges[:5]
    there.accuse(certainty="certain")


@plant(OVERLAP, "D06/three", "in three hospitals at once; the last is accused once, for the longest time", span=14)
def _(case: Case) -> None:
    here, there = _both(case, (0, 5), (0, 10), begun="09:30")
    third = case.stay(here.member, "K29.500", day=4, days=8, place=case.hospital(3), level=3, time="02:00")
    here.spare()
    there.accuse()
    third.accuse(certainty="certain")


@plant(OVERLAP, "D06/moment", "both settled at one moment: the greater key is accused", span=10)
def _(case: Case) -> None:
    here, there = _both(case, (0, 6), (4, 2))
    lesser, greater = sorted((here, there), key=lambda bill: str(case.places.codes[bill.place]))
    lesser.spare()
    greater.accuse()


@plant(OVERLAP, "D06/nested", "a stay within a longer one; the longer is settled later", span=14)
def _(case: Case) -> None:
    here, there = _both(case, (0, 12), (3, 4))
    here.accuse()
    there.spare()


@plant(OVERLAP, "D06/transfer+", "two days and more in both in spite of a transfer", span=10)
def _(case: Case) -> None:
    here, there = _both(case, (0, 5), (3, 5))
    here.transferred = there.transferred = True
    there.accuse()


@plant(OVERLAP, "D06-2", "here until the 10th, there from the 10th on", span=13)
def _(case: Case) -> None:
    _both(case, (0, 9), (9, 2))[1].spare()


@plant(OVERLAP, "D06-3", "a transfer whose paper is a day late", span=10)
def _(case: Case) -> None:
    here, there = _both(case, (0, 5), (4, 4), begun="04:00")
    here.transferred = there.transferred = True
    there.spare()


@plant(OVERLAP, "D06/23", "a second less than 24 hours in both", span=10)
def _(case: Case) -> None:
    _both(case, (0, 5), (4, 4), until="09:59:59")[1].spare()


@plant(OVERLAP, "D06/47", "a second less than 48 hours in both in a transfer, known to one side only", span=10)
def _(case: Case) -> None:
    here, there = _both(case, (0, 5), (3, 5), until="09:59:59")
    here.transferred = True
    there.spare()


@plant(OVERLAP, "D06/same", "two claims of one hospital", span=10)
def _(case: Case) -> None:
    man = case.member(MALE, 64)
    case.stay(man, "I10.x00x002", days=5, department="A03.04")
    later = case.stay(man, "M51.202", days=4, day=3, department="A04.03", bare=True)
    later.line("TUINA", 1, day=4)
    later.spare()


@plant(OVERLAP, "D06/newborn", "mother here, her newborn there on her account", span=10)
def _(case: Case) -> None:
    _, there = _both(case, (0, 5), (2, 6))
    there.newborn = True
    there.spare()


@plant(OVERLAP, "D06/newborn-first", "the newborn's claim is the one settled first", span=10)
def _(case: Case) -> None:
    here, there = _both(case, (0, 5), (2, 6))
    here.newborn = True
    there.spare()


@plant(OVERLAP, "D06/members", "two members at the same time", span=13)
def _(case: Case) -> None:
    _, there = _both(case, (0, 9), (3, 8))
    there.member = case.member(MALE, 64)
    there.spare()
