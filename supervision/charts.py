"""A chart and the table behind it, made of the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Figure = int | Decimal
DRAWN = 20  # bars laid on their side: more of them nobody reads, and they push the page down


@dataclass(frozen=True)
class Bar:
    """One place on the axis; `address` is the list it opens to."""

    label: str
    values: Sequence[Figure]
    address: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars by month or by kind. `across` lays them on their side, for long labels."""

    id: str
    title: str
    first: str  # heads the column of labels
    series: Sequence[str]
    unit: Literal["count", "yuan"]
    bars: Sequence[Bar] = field(default_factory=list)
    across: bool = False

    @property
    def drawn(self) -> Sequence[Bar]:
        """The bars that are drawn: of those on their side the first, of the others all. The table holds every one."""
        return self.bars[:DRAWN] if self.across else self.bars

    @property
    def data(self) -> dict[str, object]:
        """What charts.js reads."""
        return {
            "unit": self.unit,
            "across": self.across,
            "series": [str(name) for name in self.series],
            "labels": [str(bar.label) for bar in self.drawn],
            "addresses": [bar.address for bar in self.drawn],
            "values": [[float(bar.values[n]) for bar in self.drawn] for n in range(len(self.series))],
        }
