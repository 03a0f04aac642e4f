"""The tables of the published template and how their columns stand in memory and in a file."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Shares = npt.NDArray[np.float64]
NONE = np.iinfo(np.int64).min  # an empty cell

RELATIONS: dict[str, dict[str, str]] = {
    "divisions": {"code": "text", "name": "text", "name_en": "text", "level": "number", "parent": "text"},
    "institutions": {
        "code": "text", "name": "text", "name_en": "text", "kind": "text", "level": "number",
        "division": "text", "beds": "number", "specialty": "text",
    },
    "practitioners": {
        "code": "text", "name": "text", "kind": "text", "title": "text", "institution": "text",
        "department": "text", "since": "day", "until": "day", "standing": "text",
    },
    "permits": {"institution": "text", "kind": "text", "since": "day", "until": "day"},
    "equipment": {
        "institution": "text", "kind": "text", "devices": "number", "hours": "number", "since": "day", "until": "day",
    },
    "filings": {
        "member": "text", "insured_area": "text", "kind": "text", "place": "text", "since": "day", "until": "day",
    },
    "stock": {
        "movement_no": "text", "institution": "text", "item": "text", "kind": "text", "quantity": "quantity",
        "done_at": "moment",
    },
    "members": {
        "member": "text", "sex": "number", "born": "day", "insured_area": "text", "died_on": "day",
        "died_at": "moment",
    },
    "claims": {
        "claim_no": "text", "institution": "text", "member": "text", "kind": "text", "sex": "number",
        "born": "day", "insured_area": "text", "insurance": "text", "admitted": "moment",
        "discharged": "moment", "settled_at": "moment", "department": "text", "practitioner": "text",
        "course": "text", "transferred": "flag", "newborn": "flag", "pay_method": "text",
        "disease_group": "text", "total": "yuan", "eligible": "yuan", "fund_paid": "yuan",
        "account_paid": "yuan", "cash_paid": "yuan",
    },
    "lines": {
        "claim_no": "text", "institution": "text", "line_no": "number", "reverses": "number",
        "done_at": "moment", "item": "text", "item_name": "text", "category": "text",
        "quantity": "quantity", "price": "price", "amount": "yuan", "eligible": "yuan", "days": "number",
        "approved": "flag", "special": "flag", "reason": "text", "department": "text",
        "practitioner": "text", "prescription": "text", "taken_home": "flag", "payment_class": "text",
    },
    "diagnoses": {
        "claim_no": "text", "institution": "text", "number": "number", "code": "text", "name": "text",
        "main": "flag",
    },
    "operations": {
        "claim_no": "text", "institution": "text", "number": "number", "code": "text", "name": "text",
        "done_on": "day", "main": "flag",
    },
    "scans": {
        "scan_no": "text", "code": "text", "event": "text", "institution": "text", "claim_no": "text",
        "line_no": "number", "member": "text", "item": "text", "done_at": "moment", "loose": "flag",
    },
    "truth": {
        "rule": "text", "claim": "text", "charge": "text", "accused": "text", "example": "text",
        "institution": "text", "at_stake": "yuan", "certainty": "text", "note": "text",
    },
}  # fmt: skip

SCALE = {"yuan": 2, "price": 6, "quantity": 4}
WIDTH = {"yuan": 18, "price": 18, "quantity": 16}
TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "flag": pa.string(),
    "number": pa.int64(),
    "day": pa.date32(),
    "moment": pa.timestamp("s"),
    **{kind: pa.decimal128(WIDTH[kind], scale) for kind, scale in SCALE.items()},
}
YES_NO = pa.array(["N", "Y"])


@dataclass(frozen=True)
class Words:
    """A column of words: each cell is the number of one of the values, -1 where it is empty."""

    values: pa.Array
    index: Numbers

    @classmethod
    def of(cls, values: list[str], index: Numbers) -> "Words":
        return cls(pa.array(values, pa.string()), index)

    @classmethod
    def same(cls, word: str, length: int) -> "Words":
        return cls.of([word], np.zeros(length, np.int64))

    def take(self, rows: Numbers) -> "Words":
        return Words(self.values, self.index[rows])


Column = Numbers | Words
Columns = Mapping[str, Column]


def numerals(numbers: Numbers, prefix: str = "") -> pa.Array:
    """The numbers as text, each behind the prefix."""
    text = pc.cast(pa.array(numbers, pa.int64()), pa.string())
    return pc.binary_join_element_wise(prefix, text, "") if prefix else text


def numbered(numbers: Numbers, prefix: str = "") -> Words:
    """A column of keys, each its own word."""
    return Words(numerals(numbers, prefix), np.arange(len(numbers)))


def to_arrow(relation: str, columns: Columns, *, exact: bool) -> pa.Table:
    """The columns in the template's order; unless exact, quantities and prices become plain short numbers."""
    kinds = RELATIONS[relation]
    arrays = [_array(columns[name], kind, exact=exact) for name, kind in kinds.items()]
    return pa.table(dict(zip(kinds, arrays, strict=True)))


def _array(column: Column, kind: str, *, exact: bool) -> pa.Array:
    if isinstance(column, Words):
        return _words(column.values, column.index, exact=exact)
    if kind == "flag":
        return _words(YES_NO, np.where(column == NONE, -1, column), exact=exact)
    empty = column == NONE
    if kind in ("yuan", "price", "quantity"):
        if kind == "yuan" or exact:
            return _decimals(np.where(empty, 0, column), empty, TYPES[kind])
        return pa.array(column / 10.0 ** SCALE[kind], pa.float64(), mask=empty)
    if kind == "day":
        return pa.array(np.where(empty, 0, column).astype(np.int32), pa.date32(), mask=empty)
    return pa.array(column, TYPES[kind], mask=empty)


def _words(values: pa.Array, index: Numbers, *, exact: bool) -> pa.Array:
    index = index.astype(np.int32)
    empty = index < 0
    words = pa.DictionaryArray.from_arrays(pa.array(index, mask=empty if empty.any() else None), values)
    return words if exact else words.dictionary_decode()


def _decimals(numbers: Numbers, empty: Flags, kind: pa.DataType) -> pa.Array:
    """Decimals straight from scaled integers: 16 bytes each, the low word and the sign."""
    cells = np.empty((len(numbers), 2), np.int64)
    cells[:, 0] = numbers
    cells[:, 1] = numbers >> 63
    valid = pa.py_buffer(np.packbits(~empty, bitorder="little").tobytes()) if empty.any() else None
    return pa.Array.from_buffers(kind, len(numbers), [valid, pa.py_buffer(cells.tobytes())])
