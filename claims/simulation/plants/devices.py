"""Days on which a hospital's devices could do what was billed, and days on which they could not (F10)."""

from .case import MALE, Case, Charge, plant

DEVICES = "equip_capacity"


def _scans(case: Case, count: int, item: str = "MRI") -> list[Charge]:
    """Each person is scanned once."""
    return [
        case.visit(case.member(MALE, 40 + n), "R51.x00", place=case.own(), time=f"{8 + n:02}:00").line(item)
        for n in range(count)
    ]


@plant(DEVICES, "F10-1", "five scans of fifteen minutes in an hour of one device", own=("hospital",))
def _(case: Case) -> None:
    case.device("mri", 1, 1)
    for scan in _scans(case, 5):
        scan.accuse(None, certainty="high")


@plant(DEVICES, "F10/kinds", "plain scans and contrast scans on one device", own=("hospital",))
def _(case: Case) -> None:
    case.device("ct", 1, 1)
    for scan in [*_scans(case, 5, "CT_CONTRAST"), *_scans(case, 1, "CT")]:
        scan.accuse(None)


@plant(DEVICES, "F10/retired", "the second device went out of use the day before", own=("hospital",))
def _(case: Case) -> None:
    case.device("mri", 1, 1)
    case.device("mri", 1, 1, since=-900, until=-1)
    for scan in _scans(case, 5):
        scan.accuse(None)


@plant(DEVICES, "F10/later", "one of five is settled a month later", span=33, own=("hospital",))
def _(case: Case) -> None:
    case.device("mri", 1, 1)
    for number, scan in enumerate(_scans(case, 5)):
        scan.accuse(None).bill.settled_days_later = 28 if number == 4 else 0


@plant(DEVICES, "F10-2", "four scans of fifteen minutes in an hour", own=("hospital",))
def _(case: Case) -> None:
    case.device("mri", 1, 1)
    for scan in _scans(case, 4):
        scan.spare()


@plant(DEVICES, "F10/two", "two devices, the second on its last day", own=("hospital",))
def _(case: Case) -> None:
    case.device("mri", 1, 1)
    case.device("mri", 1, 1, since=-900, until=0)
    for scan in _scans(case, 5):
        scan.spare()


@plant(DEVICES, "F10/other", "nothing was told of this kind of device", own=("hospital",))
def _(case: Case) -> None:
    case.device("ct", 1, 1)
    for scan in _scans(case, 6):
        scan.spare()


@plant(DEVICES, "F10/back", "the fifth scan was taken back", own=("hospital",))
def _(case: Case) -> None:
    case.device("mri", 1, 1)
    *done, last = _scans(case, 5)
    last.take_back()
    for scan in done:
        scan.spare()
