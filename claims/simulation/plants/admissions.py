"""Stays that should not have been, or not as they were billed (D02, D04, D05, D07, D09)."""

from decimal import Decimal

from .case import FEMALE, MALE, Bill, Case, plant

AT_ONCE = "adm_same_day_rereg"
ELSEWHERE = "adm_overlap_outpatient"
CHECKUP = "adm_checkup_type"
HELD = "adm_hang_bed"
OFTEN = "adm_frequent"
SPLIT = "adm_readmit_split"
NOTHING = Decimal(0)
TESTS = (
    "CT", "ULTRASOUND", "ECG", "GLUCOSE", "HBA1C", "POTASSIUM", "SODIUM", "CHLORIDE", "BLOOD_COUNT", "URINE", "LIVER",
    "KIDNEY", "LIPIDS", "CRP", "STOOL",
)  # fmt: skip
MORE_TESTS = ("URIC_ACID", "THYROID", "TUMOUR_MARKERS", "XRAY", "HOLTER")


def _again(case: Case, time: str = "14:00", *, day: int = 4, elsewhere: bool = False) -> tuple[Bill, Bill]:
    """Four days, out at ten, and in again for another illness on another ward."""
    man = case.member(MALE, 61)
    first = case.stay(man, "K29.500", days=4, department="A03.02")
    place = case.hospital(2, other=1 if elsewhere else 0)
    later = case.stay(man, "I10.x00x002", days=3, day=day, time=time, department="A03.04", place=place)
    return first, later


@plant(AT_ONCE, "D02-1", "discharged at nine, taken in at two on the same ward", span=9)
def _(case: Case) -> None:
    man = case.member(MALE, 64)
    case.stay(man, "J18.900", days=4, until="09:00").spare()
    case.stay(man, "J18.900", days=4, day=4, time="14:00").accuse().accuse(rule=SPLIT)


@plant(AT_ONCE, "D02/24", "24 hours later, another illness on another ward", span=9)
def _(case: Case) -> None:
    _again(case, "10:00", day=5)[1].accuse(certainty="high")


@plant(AT_ONCE, "D02/0", "at the very second", span=8)
def _(case: Case) -> None:
    _again(case, "10:00")[1].accuse()


@plant(AT_ONCE, "D02/settled-late", "the earlier stay is settled a month after the later one", span=46)
def _(case: Case) -> None:
    first, later = _again(case)
    first.settled_days_later = 40
    later.accuse()


@plant(AT_ONCE, "D02/unknown-payment", "how the later stay is paid is not known", span=8)
def _(case: Case) -> None:
    _, later = _again(case)
    later.pay_method = ""
    later.accuse()


@plant(AT_ONCE, "D02-2", "the mother discharged, her newborn taken in on her account", span=8)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 29)
    case.stay(woman, "O80.000", days=3, department="A05.02").spare()
    case.stay(woman, "P59.900", days=4, day=3, time="12:00", department="A07", newborn=True).spare()


@plant(AT_ONCE, "D02/newborn-first", "the newborn discharged, the mother taken in", span=8)
def _(case: Case) -> None:
    first, later = _again(case)
    first.newborn = True
    later.spare()


@plant(AT_ONCE, "D02/24+", "24 hours and a second later", span=9)
def _(case: Case) -> None:
    _again(case, "10:00:01", day=5)[1].spare()


@plant(AT_ONCE, "D02/elsewhere", "taken in elsewhere", span=8)
def _(case: Case) -> None:
    _again(case, elsewhere=True)[1].spare()


@plant(AT_ONCE, "D02/transferring", "the earlier stay ended in a documented transfer", span=8)
def _(case: Case) -> None:
    first, later = _again(case)
    first.transferred = True
    later.spare()


@plant(AT_ONCE, "D02/transferred", "the later stay began by a documented transfer", span=8)
def _(case: Case) -> None:
    _, later = _again(case)
    later.transferred = True
    later.spare()


@plant(AT_ONCE, "D02/bed-day", "paid by the bed day", span=8)
def _(case: Case) -> None:
    _, later = _again(case)
    later.pay_method = "bed_day"
    later.spare()


@plant(AT_ONCE, "D02/members", "two members, one after the other", span=8)
def _(case: Case) -> None:
    _, later = _again(case)
    later.member = case.member(MALE, 61)
    later.spare()
