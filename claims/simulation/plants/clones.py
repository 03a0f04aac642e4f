"""Stays whose bills are copies of one another, and stays that only follow one protocol (F19)."""

from .case import FEMALE, MALE, Bill, Case, plant

CLONES = "inst_clone_records"
BILL = ("BLOOD_COUNT", "URINE", "ECG", "LIVER", "KIDNEY")


def _stays(case: Case, count: int, *, people: int = 0, apart: int = 0, place: int = 0) -> list[Bill]:
    """So many stays of two days from one day on, with one bill; each so many minutes later than the one before."""
    who = [case.member(FEMALE if number % 2 else MALE, 35 + number) for number in range(people or count)]
    made = []
    for number in range(count):
        turn, person = divmod(number, len(who))
        bill = case.stay(
            who[person], "H81.300", days=2, day=12 * turn, department="A03.01",
            place=case.own(place),
        )  # fmt: skip
        for step, item in enumerate(BILL):
            bill.line(item).done_at += 900 * step + 60 * apart * number
        made.append(bill)
    return made


@plant(CLONES, "F19-1", "twenty stays with one bill to the minute", span=3, own=("hospital",))
def _(case: Case) -> None:
    for bill in _stays(case, 20):
        bill.accuse(None, certainty="high")


@plant(CLONES, "F19-2", "one protocol, but the times differ", span=3, own=("hospital",))
def _(case: Case) -> None:
    for bill in _stays(case, 20, apart=1):
        bill.spare()


@plant(CLONES, "F19/19", "nineteen with one bill, and one with a test more", span=3, own=("hospital",))
def _(case: Case) -> None:
    bills = _stays(case, 20)
    bills[7].line("GLUCOSE")
    for bill in bills:
        bill.spare()


@plant(CLONES, "F19/hospitals", "nineteen at one hospital and one at another", span=3, own=("hospital", "hospital"))
def _(case: Case) -> None:
    bills = [*_stays(case, 19), *_stays(case, 1, place=1)]
    for bill in bills:
        bill.spare()


@plant(CLONES, "F19/short", "twenty bills of beds alone", span=3, own=("hospital",))
def _(case: Case) -> None:
    for bill in _stays(case, 20):
        del bill.charges[2:]
        bill.spare()
