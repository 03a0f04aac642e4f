"""The claims warehouse: Delta Lake tables that only this package and the monitoring engines open."""

from .reading import (
    Connection,
    EngineError,
    attach,
    clear_spills,
    connect,
    files,
    is_exhausted,
    months,
    months_around,
    published,
    relation,
    root,
    view,
)
from .seen import ClaimRecord, SeenClaims, seen_by
from .store import Occupied, StoreError, forget, is_storage, stage, still_writer, write, writer
from .tables import REGISTERS, TABLES, Column, Table, latest

__all__ = [
    "REGISTERS",
    "TABLES",
    "ClaimRecord",
    "Column",
    "Connection",
    "EngineError",
    "Occupied",
    "SeenClaims",
    "StoreError",
    "Table",
    "attach",
    "clear_spills",
    "connect",
    "files",
    "forget",
    "is_exhausted",
    "is_storage",
    "latest",
    "months",
    "months_around",
    "published",
    "relation",
    "root",
    "seen_by",
    "stage",
    "still_writer",
    "view",
    "write",
    "writer",
]
