"""The ledger once more, in plain Python: what stands where, and what is refused."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

ALLOWED = {
    "fund": "source>suspected suspected>withdrawn suspected>confirmed confirmed>demanded "
    "demanded>cash demanded>offset demanded>instalment demanded>written_off demanded>confirmed "
    "cash>repayable offset>repayable instalment>repayable repayable>repaid",
    "treasury": "source>confirmed confirmed>demanded demanded>cash demanded>written_off demanded>withdrawn "
    "cash>repayable repayable>repaid",
    "agreement": "source>confirmed confirmed>demanded demanded>cash demanded>offset demanded>instalment "
    "demanded>written_off demanded>withdrawn cash>repayable offset>repayable instalment>repayable repayable>repaid",
}


@dataclass
class Twin:
    """Whole fen by item and stage; and for each entry that was written, its legs."""

    books: dict[str, str] = field(default_factory=dict)  # of each item
    at: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    legs: dict[int, tuple[str, str, str, int]] = field(default_factory=dict)
    reversed: set[int] = field(default_factory=set)

    def may(self, item: str, source: str, target: str, fen: int) -> bool:
        allowed = f"{source}>{target}" in ALLOWED[self.books[item]].split()
        return allowed and fen > 0 and (source == "source" or self.at[item, source] >= fen)

    def move(self, entry: int, item: str, source: str, target: str, fen: int) -> None:
        self.at[item, source] -= fen
        self.at[item, target] += fen
        self.legs[entry] = (item, source, target, fen)

    def may_reverse(self, entry: int) -> bool:
        if entry in self.reversed or entry not in self.legs:
            return False
        item, _source, target, fen = self.legs[entry]
        return self.at[item, target] >= fen

    def reverse(self, entry: int) -> None:
        item, source, target, fen = self.legs[entry]
        self.at[item, source] += fen
        self.at[item, target] -= fen
        self.reversed.add(entry)

    def by_stage(self, book: str) -> Mapping[str, int]:
        sums: dict[str, int] = defaultdict(int)
        for (item, stage), fen in self.at.items():
            if self.books[item] == book and fen:
                sums[stage] += fen
        return {stage: fen for stage, fen in sums.items() if fen}
