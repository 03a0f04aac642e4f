"""The facts that moves ask for: how each is asked on a page. A move names them in `asks`; here they are described once.

A page reads them into these types: words and choices as text, money as Decimal, days as date, moments as datetime with
zone, numbers as int, several choices as a list of text.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    LINE = "line"  # one line of text
    WORDS = "words"  # as many as it takes
    MONEY = "money"  # yuan with two decimals
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Fact:
    """One question; the choices depend on what is being moved."""

    kind: Kind
    words: Promise
    choices: Callable[[Any], Iterable[tuple[str, str]]] | None = None
    hint: Promise | str = ""


FACTS: dict[str, Fact] = {}
"""By name. Each workflow module adds its own with `ask`."""


def ask(name: str, kind: Kind, words: Promise, **more: Any) -> str:
    """Describe a fact, and give its name back for `asks`. Asked in two workflows it is the same question."""
    FACTS.setdefault(name, Fact(kind, words, **more))
    return name


DAY = ask("on", Kind.DAY, _("Day"))
AT = ask("at", Kind.MOMENT, _("Day and hour"))
WHERE = ask("where", Kind.LINE, _("Where"))
PRESENT = ask("present", Kind.LINE, _("Who took part"))
RECORD = ask("record", Kind.WORDS, _("What is put on record"))
RESULT = ask("result", Kind.WORDS, _("Result in words"))
VOUCHER = ask("voucher", Kind.LINE, _("Voucher of the bank or the treasury"))
AMOUNT = ask("amount", Kind.MONEY, _("Amount in yuan"))
BASIS = ask("basis", Kind.LINE, _("Legal basis"))
RECEIPT = ask("receipt", Kind.LINE, _("Number of the receipt"))
