"""Files as they are written: a file a table and month, filled block by block, never held whole."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from .relations import Columns, to_arrow

PLAIN, QUOTED = (pyarrow.csv.WriteOptions(quoting_style=style) for style in ("none", "needed"))
WORDY = ("institutions", "truth")  # tables whose words may hold a comma


class Files:
    """The tables of the template in a folder, as CSV or Parquet; 'lines-2026-03' is a part of 'lines'."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind = folder, kind
        self.counted: dict[str, int] = {}
        self._open: dict[str, pq.ParquetWriter | pyarrow.csv.CSVWriter] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def write(self, name: str, columns: Columns) -> None:
        relation = name.partition("-")[0]
        table = to_arrow(relation, columns, exact=self.kind == "parquet")
        self._writer(name, table.schema).write_table(table)
        self.counted[relation] = self.counted.get(relation, 0) + table.num_rows

    def _writer(self, name: str, schema: pa.Schema) -> "pq.ParquetWriter | pyarrow.csv.CSVWriter":
        if name not in self._open:
            path = self.folder / f"{name}.{self.kind}"
            self._open[name] = self._stack.enter_context(
                pq.ParquetWriter(path, schema, compression="zstd", store_schema=False, store_decimal_as_integer=True)
                if self.kind == "parquet"
                else pyarrow.csv.CSVWriter(path, schema, write_options=QUOTED if name in WORDY else PLAIN)
            )
        return self._open[name]
