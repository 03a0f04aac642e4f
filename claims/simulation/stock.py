"""The stock of pharmacies: counted at each month's end, refilled in its middle by what was sold and a little more."""

from collections.abc import Iterator

import numpy as np

from .catalogue import goods
from .places import Places
from .relations import Columns, Numbers, Words, numbered
from .seasons import DAY, HOUR, Month

SHELF = 60 * 10_000  # of each drug, at the first count
BOX = 10 * 10_000  # purchases come in boxes of ten
KINDS = ["count", "purchase"]
COUNT, PURCHASE = range(2)


class Stock:
    """What every pharmacy sold of each item in each month, added up while the fee lines are written."""

    def __init__(self, places: Places, months: list[Month]) -> None:
        self.codes, self.months = places.codes, months
        self.pharmacies = np.array(places.of_kind("pharmacy"))
        self.turn = np.full(len(places.institutions), -1)
        self.turn[self.pharmacies] = np.arange(len(self.pharmacies))
        self.shape = (len(self.pharmacies), len(goods().keys), len(months))
        self.sold = np.zeros(self.shape, np.int64)

    def add(self, lines: Columns) -> None:
        place, item = lines["institution"], lines["item"]
        assert isinstance(place, Words)
        assert isinstance(item, Words)
        turn = np.append(self.turn, -1)[np.minimum(place.index, len(self.turn))]  # plants' own houses tell theirs
        here = np.flatnonzero((turn >= 0) & goods().is_drug[item.index])
        edges = np.array([month.first for month in self.months[1:]])
        month = np.searchsorted(edges, _numbers(lines, "done_at")[here] // DAY, side="right")
        cells = np.ravel_multi_index((turn[here], item.index[here], month), self.shape)
        sold = np.bincount(cells, weights=_numbers(lines, "quantity")[here], minlength=self.sold.size)
        self.sold += sold.astype(np.int64).reshape(self.shape)

    def tables(self) -> Iterator[tuple[str, Columns]]:
        """The first count stands in the first month's file."""
        pharmacy, item = np.nonzero(self.sold.any(axis=2))
        left, number = np.full(len(item), SHELF), 0
        last = np.full(len(item), self.months[0].first * DAY - 3 * HOUR)
        for place, month in enumerate(self.months):
            sold = self.sold[pharmacy, item, place]
            bought = np.maximum(-(-sold // BOX) * BOX, 0)
            rows = [(PURCHASE, bought, np.full(len(item), (month.first + 14) * DAY + 9 * HOUR), bought > 0)]
            everywhere = np.full(len(item), True)
            if place == 0:
                rows.append((COUNT, left, last, everywhere))
            left = left + bought - sold
            rows.append((COUNT, left, np.full(len(item), month.after * DAY - 3 * HOUR), everywhere))
            columns = [
                (np.full(int(told.sum()), kind), quantity[told], at[told], self.pharmacies[pharmacy[told]], item[told])
                for kind, quantity, at, told in rows
            ]
            kinds, quantities, moments, places, items = (
                np.concatenate(column) for column in zip(*columns, strict=True)
            )
            yield (
                f"stock-{month}",
                {
                    "movement_no": numbered(number + np.arange(len(kinds))),
                    "institution": Words(self.codes, places),
                    "item": Words(goods().codes, items),
                    "kind": Words.of(KINDS, kinds),
                    "quantity": quantities,
                    "done_at": moments,
                },
            )
            number += len(kinds)


def _numbers(columns: Columns, name: str) -> Numbers:
    column = columns[name]
    assert not isinstance(column, Words)
    return column
