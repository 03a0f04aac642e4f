"""Finds in a text what points at a person: names, numbers, ways to reach somebody, addresses, codes.

It is made to say too much rather than too little: what it takes for a name and is none, a second person excuses with
a reason. Whoever may be named stands in no text; the institution may, once its case is finally decided.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .models.excuses import Kind
from .telling import addresses, codes, names, numbers

ORDER = list(Kind)  # what is two things at once is said to be the first of them
AROUND = 12  # characters shown on either side of a find


@dataclass(frozen=True)
class Hit:
    """A place in a text that must not stand there as it is."""

    kind: Kind
    text: str
    start: int
    end: int
    part: str = ""  # the column of the text
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Known:
    """What is known of this case and of the register, and must not be read in the text."""

    persons: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()


def find(texts: Mapping[str, str], known: Known) -> list[Hit]:
    """Every hit in the texts, in the order in which one reads them."""
    return [hit for part, text in texts.items() for hit in in_text(text, known, part)]


def in_text(text: str, known: Known, part: str = "") -> Iterator[Hit]:
    """Without those that lie within another of the same kind or a longer one."""
    spans = sorted(set(spans_of(text, known)), key=lambda span: (span[1], -span[2], ORDER.index(span[0])))
    last = -1
    for kind, start, end in spans:
        if end <= last:
            continue
        last = max(last, end)
        yield Hit(
            kind, text[start:end], start, end, part, text[max(0, start - AROUND) : start], text[end : end + AROUND]
        )


Span = tuple[Kind, int, int]


def spans_of(text: str, known: Known) -> Iterator[Span]:
    for folded in numbers.folded(text):  # as long as the text: places are the same
        yield from of(Kind.ID_NUMBER, numbers.identity_numbers(folded))
        yield from of(Kind.PHONE, numbers.telephones(folded))
        yield from of(Kind.BANK, numbers.bank_cards(folded))
        yield from of(Kind.CODE, codes.spelt(folded, known.codes))
    yield from of(Kind.PHONE, codes.ways_to_reach(text))
    yield from of(Kind.ADDRESS, addresses.addresses(text))
    yield from of(Kind.CODE, codes.labelled(text))
    yield from of(Kind.NAME, names.beside_titles(text))
    yield from of(Kind.NAME, names.known(text, known.persons))
    yield from of(Kind.INSTITUTION, names.verbatim(text, known.institutions))


def of(kind: Kind, places: Iterable[tuple[int, int]]) -> Iterator[Span]:
    return ((kind, start, end) for start, end in places)
