"""Reads a visit out of its entries: which answers stand, and where two officers have said different things."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import ChecklistItem, Entry, Visit


@dataclass(frozen=True)
class Line:
    """A line of the list with the answers that stand; more than one where two wrote apart."""

    item: ChecklistItem
    answers: list[Entry]
    former: list[Entry]

    @property
    def is_disputed(self) -> bool:
        return len(self.answers) > 1


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """Those in whose place no other stands, whatever the order in which they came."""
    found = list(entries)
    followed = {one for entry in found for one in entry.follows}
    return [entry for entry in found if str(entry.ident) not in followed]


def lines_of(visit: Visit) -> list[Line]:
    answers = list(Entry.objects.filter(visit=visit, kind=Entry.Kind.ANSWER).select_related("by__territory"))
    stand = {entry.pk for entry in standing(answers)}
    return [
        Line(
            item, [one for one in answers if one.item == item.code and one.pk in stand],
            [one for one in answers if one.item == item.code and one.pk not in stand],
        )
        for item in visit.checklist.items.all()
    ]  # fmt: skip
