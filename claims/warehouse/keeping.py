"""Months of claims in an engine's memory: what many rules read is taken from its files once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from claims.models import Snapshot

from .reading import SOUND, Connection, files, memory_share, selected

TABLES = ("stay", "visit", "diagnosis", "charge")  # scans are many, and few rules read them
ROOM = 0.25  # of the machine's memory, at most
SWOLLEN = 16  # times what a file's rows take in memory


@dataclass
class Kept:
    """The months that an engine holds: the one that is judged, and as many judged before as there is room for.

    To take a month from its files costs about four scans of it, and spares every rule that reads it a part of one.
    """

    con: Connection
    snapshot: Snapshot | None
    names: dict[str, dict[str, str]] = field(default_factory=dict)  # month: {table: its name in the engine}
    sizes: dict[str, int] = field(default_factory=dict)  # month: bytes
    judging: str = ""  # the month about which the engine knows all that rules ask

    def hold(self, month: str) -> bool:
        """Hold this month, instead of those it was longest ago that anybody asked for; whether there is room."""
        if month in self.names:
            self.names[month] = self.names.pop(month)  # the latest asked for stands last
            return True
        found = {table: files(self.snapshot, table, [month]) for table in TABLES}
        size = SWOLLEN * sum(Path(file).stat().st_size for listed in found.values() for file in listed)
        room = memory_share(ROOM) << 20
        if size > room:
            return False
        while self.names and size + sum(self.sizes.values()) > room:
            self.drop(next(iter(self.names)))
        self.names[month], self.sizes[month] = {}, size
        self.con.execute("SET preserve_insertion_order = false")  # each part of a file stays sorted by item
        for table in TABLES:
            name = f"{table}_{month.replace('-', '_')}"
            self.con.execute(f"CREATE TABLE {name} AS {selected(self.snapshot, table, [month], where=SOUND)}")
            self.names[month][table] = name
        self.con.execute("RESET preserve_insertion_order")
        return True

    def drop(self, month: str) -> None:
        del self.sizes[month]
        for name in self.names.pop(month).values():
            self.con.execute(f"DROP TABLE {name}")

    def of(self, table: str) -> Mapping[str, str]:
        """Under which name each month of a table is held."""
        return {month: names[table] for month, names in self.names.items() if table in names}
