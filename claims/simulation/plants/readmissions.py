"""Stays that may be one stay split in two (D01)."""

from .case import FEMALE, MALE, Bill, Case, plant

SPLIT = "adm_readmit_split"


def _twice(
    case: Case, gap: int, *, codes: tuple[str, str] = ("J18.900", "J18.900"), elsewhere: bool = False,
    departments: tuple[str, str] = ("A03.01", "A03.01"), day: int = 0, member: int | None = None,
) -> tuple[Bill, Bill]:  # fmt: skip
    """Two stays of four days, so many days from discharge to admission."""
    who = case.member(MALE, 64) if member is None else member
    place = case.hospital(2, other=1 if elsewhere else 0)
    first = case.stay(who, codes[0], days=4, day=day, department=departments[0])
    later = case.stay(who, codes[1], days=4, day=day + 4 + gap, department=departments[1], place=place, time="08:30")
    return first, later


@plant(SPLIT, "D01-1", "pneumonia, sent home and back after four days on the same ward", span=14)
def _(case: Case) -> None:
    first, later = _twice(case, 4)
    first.spare()
    later.accuse()


@plant(SPLIT, "D01-4", "the same illness at another hospital four days later", span=14)
def _(case: Case) -> None:
    _twice(case, 4, elsewhere=True)[1].accuse()


@plant(SPLIT, "D01/settled-late", "the earlier stay is settled a month after the later one", span=46)
def _(case: Case) -> None:
    first, later = _twice(case, 4)
    first.settled_days_later = 40
    later.accuse()


@plant(SPLIT, "D01/15", "fifteen days from home to hospital", span=25)
def _(case: Case) -> None:
    _twice(case, 15)[1].accuse()


@plant(SPLIT, "D01/0", "back on the day of discharge", span=10)
def _(case: Case) -> None:
    man = case.member(MALE, 64)
    case.stay(man, "J18.900", days=4)
    case.stay(man, "J18.900", days=4, day=4, time="15:00").accuse().accuse(rule="adm_same_day_rereg")


@plant(SPLIT, "D01/category", "another code of the same category", span=14)
def _(case: Case) -> None:
    _twice(case, 4, codes=("J18.900", "J18.000"))[1].accuse()


@plant(SPLIT, "D01/departments", "another department of another hospital", span=14)
def _(case: Case) -> None:
    _twice(case, 4, elsewhere=True, departments=("A03.01", "A02"))[1].accuse()


@plant(SPLIT, "D01/unknown-ward", "the department of the later stay is not known", span=14)
def _(case: Case) -> None:
    _, later = _twice(case, 4)
    later.department = ""
    later.accuse()


@plant(SPLIT, "D01/earlier-course", "only the earlier stay belongs to a course", span=14)
def _(case: Case) -> None:
    first, later = _twice(case, 4)
    first.course = "HL-1"
    later.accuse()


@plant(SPLIT, "D01/earlier-exempt", "only the earlier stay has a diagnosis that excuses", span=14)
def _(case: Case) -> None:
    first, later = _twice(case, 4)
    first.diagnoses.append("Z51.100")
    later.accuse()


@plant(SPLIT, "D01/three", "three stays in a row", span=24)
def _(case: Case) -> None:
    man = case.member(MALE, 64)
    case.stay(man, "J18.900", days=4).spare()
    case.stay(man, "J18.900", days=4, day=9).accuse()
    case.stay(man, "J18.900", days=4, day=18).accuse()


@plant(SPLIT, "D01/same-operation", "both stays had the same operation", span=14)
def _(case: Case) -> None:
    first, later = _twice(case, 4, codes=("N20.100", "N20.100"), departments=("A04.04", "A04.04"))
    first.operated("56.0x00", "输尿管镜碎石取石术", 1)
    later.operated("56.0x00", "输尿管镜碎石取石术", 9)
    later.accuse()


@plant(SPLIT, "D01/second-operation", "the same main operation, and a small one beside it", span=14)
def _(case: Case) -> None:
    first, later = _twice(case, 4, codes=("N20.100", "N20.100"), departments=("A04.04", "A04.04"))
    first.operated("56.0x00", "输尿管镜碎石取石术", 1)
    later.operated("56.0x00", "输尿管镜碎石取石术", 9).operated("38.9300", "静脉导管插入术", 9).accuse()


@plant(SPLIT, "D01/unknown-payment", "how the later stay is paid is not known", span=14)
def _(case: Case) -> None:
    _, later = _twice(case, 4)
    later.pay_method = ""
    later.accuse()


@plant(SPLIT, "D01-2", "a cycle of chemotherapy 21 days after the last", span=32)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 52)
    case.stay(woman, "Z51.100", "C50.900", days=2, department="A19", course="HL-7")
    case.stay(woman, "Z51.100", "C50.900", days=2, day=21, department="A19", course="HL-7").spare()


@plant(SPLIT, "D01/course", "a planned course of 14 days, by its number", span=22)
def _(case: Case) -> None:
    first, later = _twice(case, 10, codes=("M51.202", "M51.202"), departments=("A04.03", "A04.03"))
    first.course = later.course = "HL-8"
    later.spare()


@plant(SPLIT, "D01/exempt", "chemotherapy without a course number", span=20)
def _(case: Case) -> None:
    woman = case.member(FEMALE, 52)
    case.stay(woman, "Z51.100", "C50.900", days=2, department="A19")
    case.stay(woman, "Z51.100", "C50.900", days=2, day=14, department="A19").spare()


@plant(SPLIT, "D01/second", "the diagnosis that excuses stands second", span=14)
def _(case: Case) -> None:
    _, later = _twice(case, 4)
    later.diagnoses.append("Z51.100")
    later.spare()


@plant(SPLIT, "D01-3", "inflamed gall bladder, then the planned operation on another ward", span=16)
def _(case: Case) -> None:
    _, later = _twice(case, 6, codes=("K81.000", "K81.100"), departments=("A03.02", "A04.01"))
    later.operated("51.2300", "腹腔镜下胆囊切除术", 12).spare()


@plant(SPLIT, "D01/operation", "the same ward, now for an operation", span=14)
def _(case: Case) -> None:
    _, later = _twice(case, 4, codes=("N20.100", "N20.100"), departments=("A04.04", "A04.04"))
    later.operated("56.0x00", "输尿管镜碎石取石术", 9).spare()


@plant(SPLIT, "D01/ward", "another department of the same hospital", span=14)
def _(case: Case) -> None:
    _twice(case, 4, departments=("A03.01", "A02"))[1].spare()


@plant(SPLIT, "D01/16", "sixteen days from home to hospital", span=26)
def _(case: Case) -> None:
    _twice(case, 16)[1].spare()


@plant(SPLIT, "D01/illness", "another illness", span=14)
def _(case: Case) -> None:
    _twice(case, 4, codes=("J18.900", "J20.900"))[1].spare()


@plant(SPLIT, "D01/transferred", "taken in by a documented transfer", span=14)
def _(case: Case) -> None:
    _, later = _twice(case, 4, elsewhere=True)
    later.transferred = True
    later.spare()


@plant(SPLIT, "D01/transferring", "the earlier stay ended in a documented transfer", span=14)
def _(case: Case) -> None:
    first, later = _twice(case, 4, elsewhere=True)
    first.transferred = True
    later.spare()


@plant(SPLIT, "D01/newborn", "the later stay is a newborn's on its mother's account", span=14)
def _(case: Case) -> None:
    _, later = _twice(case, 4, member=case.member(FEMALE, 29))
    later.newborn = True
    later.spare()


@plant(SPLIT, "D01/bed-day", "paid by the bed day, so nothing is gained by splitting", span=14)
def _(case: Case) -> None:
    _, later = _twice(case, 4)
    later.pay_method = "bed_day"
    later.spare()


@plant(SPLIT, "D01/members", "two members with one illness", span=14)
def _(case: Case) -> None:
    _twice(case, 4)[0].spare()
    case.bills[-1].member = case.member(MALE, 64)
    case.bills[-1].spare()
