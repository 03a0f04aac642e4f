"""Numbers that belong to a person: of an identity card, a telephone, a bank card; however they are written."""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.cn import ric

Place = tuple[int, int]

# Figures as people write them to get past a check: full-width ones, and Chinese ones read out one by one.
FULL_WIDTH = {0xFF01 + place: 0x21 + place for place in range(94)}
SPOKEN = ("〇零○", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
READ_OUT = {ord(sign): 0x30 + digit for digit, signs in enumerate(SPOKEN) for sign in signs}
SPACES = {0x3000: 0x20, 0xA0: 0x20, 0x2013: 0x2D, 0x2014: 0x2D, 0xB7: 0x2D, 0x2212: 0x2D}
PLAIN = {**FULL_WIDTH, **SPACES}

GAP = "[ .-]?"
MOBILE = re.compile(rf"(?<!\d)(?:\+?86{GAP})?1{GAP}[3-9](?:{GAP}\d){{9}}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)\(?0\d{2,3}\)?[ -]?[2-8]\d{6,7}(?!\d)")
IDENTITY = re.compile(rf"(?<!\d)[1-8](?:{GAP}\d){{16}}{GAP}[\dXx](?![\dA-Za-z])")
OLD_IDENTITY = re.compile(r"(?<!\d)[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
CARD = re.compile(rf"(?<!\d)\d(?:{GAP}\d){{15,18}}(?!\d)")
BORN = re.compile(r"\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")


def folded(text: str) -> Iterator[str]:
    """The text in plain figures, sign for sign, so that a place in one is a place in the other.

    Once with the figures that were read out, once without: 13805711234一次 would be no telephone otherwise.
    """
    plain = text.translate(PLAIN)
    yield plain
    if (read_out := plain.translate(READ_OUT)) != plain:
        yield read_out


def bare(written: str) -> str:
    return re.sub(r"[^0-9X]", "", written.upper())


def identity_numbers(folded_text: str) -> Iterator[Place]:
    """Of 18 signs: those whose check digit is right, and those that hold a day of birth (one sign was mistyped)."""
    for found in IDENTITY.finditer(folded_text):
        number = bare(found.group())
        if right_check_digit(number) or BORN.fullmatch(number):
            yield found.span()
    yield from (found.span() for found in OLD_IDENTITY.finditer(folded_text))


def right_check_digit(number: str) -> bool:
    """Whatever place it names: divisions come and go, and the cards keep their codes."""
    return len(number) == 18 and ric.calc_check_digit(number[:17]) == number[-1]


def telephones(folded_text: str) -> Iterator[Place]:
    for pattern in (MOBILE, LANDLINE):
        yield from (found.span() for found in pattern.finditer(folded_text))


def bank_cards(folded_text: str) -> Iterator[Place]:
    """16 to 19 figures whose Luhn digit is right."""
    for found in CARD.finditer(folded_text):
        if luhn.is_valid(bare(found.group())):
            yield found.span()
