"""What moved an item, entry by entry, in the words people use: how much went from where to where."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from supervision.ledger.models import Entry, Item, Posting, Stage


@dataclass(frozen=True)
class Moved:
    """One entry as it touched one item."""

    entry: Entry
    left: Sequence[tuple[str, Decimal]]
    arrived: Sequence[tuple[str, Decimal]]

    @property
    def taken_back(self) -> bool:
        return hasattr(self.entry, "reversed_by")


def history(item: Item) -> list[Moved]:
    """The entries of an item, the newest first."""
    rows = item.postings.order_by("-entry_id", "pk")
    sides: dict[Entry, list[Posting]] = defaultdict(list)
    for posting in rows.select_related("entry__by", "entry__reverses", "entry__reversed_by"):
        sides[posting.entry].append(posting)
    return [
        Moved(
            entry,
            left=[(str(Stage(side.stage).label), -side.amount) for side in postings if side.amount < 0],
            arrived=[(str(Stage(side.stage).label), side.amount) for side in postings if side.amount > 0],
        )
        for entry, postings in sides.items()
    ]
