"""What a move of a history is given: a random answer to each fact that it asks for."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty
from supervision.cases.facts import FACTS, Kind
from supervision.hearing.deciding import Decision, Decisions, LineDecision
from supervision.hearing.models import Hearing
from supervision.moves import MoveRefused
from tests.histories.prefecture import Prefecture

numbers = count(1)
Give = Callable[[Prefecture, Account, Random], Any]


def some_money(chance: Random, most: Decimal) -> Decimal:
    """All of it, or any part of it, to the fen."""
    return most if chance.random() < 0.4 else Decimal(chance.randint(1, max(1, int(most * 100)))) / 100


def voucher() -> str:
    return f"V{next(numbers)}"


def officers(where: Prefecture, by: Account, chance: Random) -> list[str]:
    return [post.username for post in where.who_hold(Duty.INVESTIGATE, "authority")]


def another(where: Prefecture, by: Account, chance: Random) -> str:
    return chance.choice([name for name in officers(where, by, chance) if name != by.username] or [""])


# What most answers of chance would only be refused for.
OWN: Mapping[str, Give] = {
    "voucher": lambda where, by, chance: voucher(),
    "amount": lambda where, by, chance: some_money(chance, Decimal(3000)),
    "acted_from": lambda where, by, chance: timezone.localdate() - timedelta(30),
    "acted_until": lambda where, by, chance: timezone.localdate() - timedelta(30),
    "violation_type": lambda where, by, chance: chance.choice(["V38.3", "V38.3", "V38.4", "V39.7"]),
    "grade": lambda where, by, chance: chance.choice(["ordinary"] * 6 + ["lighter", "heavier"]),
    "proposal": lambda where, by, chance: chance.choice(["file", "file", "handle", "no_problem"]),
    "multiple": lambda where, by, chance: Decimal(chance.choice(["1.25", "1.50", "1.50", "1.75", "2.00"])),
    "spot_fine": lambda where, by, chance: Decimal(chance.choice(["0", "100.00", "500.00"])),
    "base": lambda where, by, chance: some_money(chance, Decimal(9000)),
    "months": lambda where, by, chance: 6,
    "officers": officers,
    "second_officer": another,
    "presider": lambda where, by, chance: "Sun",
    "hearing_at": lambda where, by, chance: timezone.now() + timedelta(40),
    "cause": lambda where, by, chance: "other",
    "measure": lambda where, by, chance: chance.choice(["refuse", "recover", "breach", "case", "case"]),
    "verified_on": lambda where, by, chance: timezone.localdate(),
    "verified_by": lambda where, by, chance: "Zhao and Qian",
    "seen": lambda where, by, chance: "no such stay",
}
PLAIN: Mapping[Kind, Callable[[Random], Any]] = {
    Kind.LINE: lambda chance: "as said",
    Kind.WORDS: lambda chance: "as said",
    Kind.MONEY: lambda chance: some_money(chance, Decimal(500)),
    Kind.DAY: lambda chance: timezone.localdate(),
    Kind.MOMENT: lambda chance: timezone.now(),
    Kind.NUMBER: lambda chance: chance.randint(1, 3),
}


def given(asks: tuple[str, ...], subject: Any, where: Prefecture, by: Account, chance: Random) -> dict[str, Any]:
    """An answer to each question; MoveRefused where a choice is asked for and none is offered."""
    return {name: answer(name, subject, where, by, chance) for name in asks}


def answer(name: str, subject: Any, where: Prefecture, by: Account, chance: Random) -> Any:
    if name in OWN:
        return OWN[name](where, by, chance)
    fact = FACTS[name]
    if fact.choices is None:
        return PLAIN[fact.kind](chance)
    offered = [value for value, _words in fact.choices(subject)]
    if not offered:
        raise MoveRefused(f"nothing is offered for {name}")
    return chance.sample(offered, chance.randint(1, len(offered))) if fact.kind == Kind.CHOICES else chance.choice(offered)  # fmt: skip


def decisions(hearing: Hearing, chance: Random) -> Decisions:
    """Of some lines something else than that they are upheld."""
    said = Decisions()
    for line in hearing.lines.all():
        match chance.choice(["upheld", "upheld", "partly", "withdrawn"]):
            case "partly":
                said[line.pk] = LineDecision(Decision.PARTLY, "so", some_money(chance, line.suspected))
            case "withdrawn":
                said[line.pk] = LineDecision(Decision.WITHDRAWN, "so")
    return said
