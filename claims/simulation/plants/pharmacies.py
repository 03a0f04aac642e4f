"""Pharmacies where cards are swiped without anybody being served (E12, E13)."""

from decimal import Decimal

from .case import FEMALE, MALE, Bill, Case, plant

CASH = "pharm_cashout_amount"
BURST = "pharm_card_burst"
NOTHING = Decimal(0)


def _cards(case: Case, count: int, first: str, step: int, *, price: str = "", people: int = 0) -> list[Bill]:
    """So many cards at one pharmacy, one every so many seconds; each pays this, or an amount of its own."""
    members = [case.member(FEMALE if number % 2 else MALE, 30 + number) for number in range(people or count)]
    made = []
    for number in range(count):
        bill = case.visit(members[number % len(members)], "I10.x00x002", kind="pharmacy", time=first)
        bill.admitted += number * step
        bill.line("AMLODIPINE", 1, price=price or f"{21 + number}.{37 + number}")
        made.append(bill)
    return made


@plant(CASH, "E12-1", "42 cards of 500 yuan each in one day")
def _(case: Case) -> None:
    for bill in _cards(case, 42, "01:00", 900, price="500"):
        bill.accuse(NOTHING, certainty="high")


@plant(CASH, "E12/10", "ten cards of 300 yuan")
def _(case: Case) -> None:
    for bill in _cards(case, 10, "02:00", 900, price="300"):
        bill.accuse(NOTHING)


@plant(CASH, "E12/ten-yuan", "ten cards of ten yuan")
def _(case: Case) -> None:
    for bill in _cards(case, 10, "02:00", 900, price="10"):
        bill.accuse(NOTHING)


@plant(CASH, "E12-2", "amounts that vary")
def _(case: Case) -> None:
    for bill in _cards(case, 12, "02:00", 900):
        bill.spare()


@plant(CASH, "E12/9", "nine cards, one of them twice")
def _(case: Case) -> None:
    for bill in _cards(case, 10, "02:00", 900, price="200", people=9):
        bill.spare()


@plant(CASH, "E12/odd", "one popular drug at its odd price")
def _(case: Case) -> None:
    for bill in _cards(case, 11, "02:00", 900, price="39.80"):
        bill.spare()


@plant(CASH, "E12/pharmacies", "ten cards in two pharmacies")
def _(case: Case) -> None:
    bills = _cards(case, 10, "02:00", 900, price="700")
    bills[4].place = case.pharmacy(3)
    for bill in bills:
        bill.spare()


@plant(CASH, "E12/days", "ten cards on two days", span=2)
def _(case: Case) -> None:
    bills = _cards(case, 10, "02:00", 900, price="900")
    bills[4].admitted += 86_400
    for bill in bills:
        bill.spare()


@plant(CASH, "E12/clinic", "one of ten a visit to a clinic's own pharmacy")
def _(case: Case) -> None:
    bills = _cards(case, 10, "02:00", 900, price="800")
    bills[4].kind = "outpatient"
    for bill in bills:
        bill.spare()


def _burst(case: Case, bills: list[Bill], *, some: int = 9, many: int = 99) -> None:
    for number, bill in enumerate(bills):
        if number < some:
            bill.spare()
        else:
            bill.accuse(NOTHING, certainty="low" if number < many else "high")


@plant(BURST, "E13-1", "25 cards in eleven minutes")
def _(case: Case) -> None:
    _burst(case, _cards(case, 25, "03:00", 27), many=14)


@plant(BURST, "E13-2", "two tills, 20 cards in 20 minutes: slight")
def _(case: Case) -> None:
    _burst(case, _cards(case, 20, "03:30", 60))


@plant(BURST, "E13/15", "the fifteenth card after ten minutes to the second")
def _(case: Case) -> None:
    bills = _cards(case, 15, "04:00", 40)
    bills[-1].admitted = bills[0].admitted + 600
    _burst(case, bills, many=14)


@plant(BURST, "E13/15+", "the fifteenth card a second later than that")
def _(case: Case) -> None:
    bills = _cards(case, 15, "04:30", 40)
    bills[-1].admitted = bills[0].admitted + 601
    _burst(case, bills)


@plant(BURST, "E13/10+", "the tenth card ten minutes and a second after the first")
def _(case: Case) -> None:
    bills = _cards(case, 10, "05:00", 60)
    bills[-1].admitted = bills[0].admitted + 601
    _burst(case, bills, some=10)


@plant(BURST, "E13/one-card", "nine cards, swiped again and again")
def _(case: Case) -> None:
    _burst(case, _cards(case, 20, "05:30", 20, people=9), some=20)


@plant(BURST, "E13/pharmacies", "ten cards in two pharmacies")
def _(case: Case) -> None:
    bills = _cards(case, 10, "06:00", 20)
    bills[5].place = case.pharmacy(3)
    _burst(case, bills, some=10)


@plant(BURST, "E13/clinic", "one of ten a visit to a clinic's own pharmacy")
def _(case: Case) -> None:
    bills = _cards(case, 10, "06:30", 20)
    bills[5].kind = "outpatient"
    _burst(case, bills, some=10)
