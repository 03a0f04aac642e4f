"""Rows as text that is the same wherever it is written, and its digest. Knows neither models nor a database."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

Rows = Mapping[str, Sequence[Mapping[str, object]]]  # by table


def digest(rows: Rows) -> str:
    """SHA-256 of a claim's rows, as freezing keeps it and as anybody may work it out again from an evidence pack."""
    return hashlib.sha256(canonical(rows)).hexdigest()


def canonical(content: object) -> bytes:
    """JSON with its keys in order and nothing between the signs; no fractions: readers spell them their own way."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def plain(value: object) -> object:
    """A value as JSON keeps it: amounts and quantities as text, days and moments as the warehouse's clock says them."""
    match value:
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case str():
            return value.replace("\0", "\N{REPLACEMENT CHARACTER}")  # PostgreSQL holds no zero characters
        case None | bool() | int():
            return value
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a frozen row")
