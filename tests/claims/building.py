"""Small warehouses for tests: rows of a table as plain dictionaries, columns left out are empty."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from claims import intake, warehouse
from claims.models import Batch, Snapshot
from claims.warehouse.store import schema
from institutions.models import Division

Rows = Sequence[Mapping[str, object]]


def make_batch(**values: object) -> Batch:
    nation, _ = Division.objects.get_or_create(code="000000", defaults={"name_zh": "全国", "level": 0})
    number = Batch.objects.count() + 1
    return Batch.objects.create(**{"name": "made", "digest": f"{number}", "territory": nation, **values})


def publish(folder: Path, tables: Mapping[str, Rows], *, ended: Batch | None = None) -> Snapshot:
    """Write rows as a batch of their own and publish them."""
    batch = make_batch()
    staged = {}
    for name, rows in tables.items():
        filled = [
            {column: row.get(column) for column in warehouse.TABLES[name].names} | {"batch": batch.number}
            for row in rows
        ]
        table = pa.Table.from_pylist(filled, schema=schema(warehouse.TABLES[name]))
        staged[name] = warehouse.stage(folder / f"{batch.number}", name, table)
    with warehouse.writer():
        versions = warehouse.write(batch.number, staged, ended=ended.number if ended else None)
        months = sorted({str(row["month"]) for rows in tables.values() for row in rows if row.get("month")})
        return Snapshot.objects.create(batch=batch, tables=versions, months=months)


# --- Files in the plain template ----------------------------------------------------------------------------

CLAIM = {
    "claim_no": "a", "institution": "H1", "member": "m1", "kind": "outpatient", "sex": "1", "born": "1960-01-01",
    "insured_area": "990100", "insurance": "310", "admitted": "2026-03-01 08:00:00", "discharged": "",
    "settled_at": "2026-03-01 09:00:00", "total": "25.00", "eligible": "25.00", "fund_paid": "20.00",
    "account_paid": "5.00", "cash_paid": "0",
}  # fmt: skip
LINE = {
    "claim_no": "a", "institution": "H1", "line_no": "1", "reverses": "", "done_at": "2026-03-01 08:30:00", "item": "i1",
    "item_name": "item", "category": "03", "quantity": "2", "price": "12.5", "amount": "25.00", "eligible": "25.00",
}  # fmt: skip
DIAGNOSIS = {"claim_no": "a", "institution": "H1", "number": "1", "code": "J18.900", "name": "肺炎", "main": "Y"}


def a_claim(number: str = "a", **values: str) -> dict[str, str]:
    return CLAIM | {"claim_no": number} | values


def a_line(claim: str = "a", line: str = "1", **values: str) -> dict[str, str]:
    return LINE | {"claim_no": claim, "line_no": line} | values


def a_diagnosis(claim: str = "a", **values: str) -> dict[str, str]:
    return DIAGNOSIS | {"claim_no": claim} | values


def write_csv(path: Path, rows: Sequence[Mapping[str, str]], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_folder(folder: Path, **tables: Sequence[Mapping[str, str]]) -> Path:
    """A folder in the template: one CSV file a table."""
    for name, rows in tables.items():
        write_csv(folder / f"{name.replace('__', '-')}.csv", rows)
    return folder


def take_in(*paths: Path, profile: str = "template", replaces: Batch | None = None) -> Batch:
    return intake.take_in(intake.make(paths, profile=profile, replaces=replaces))


def reasons(batch: Batch) -> list[tuple[str, int | None, str, str]]:
    """(file, row, column, reason) of each reject, in order."""
    return list(batch.rejects.values_list("file", "row", "column", "reason"))


def stored(table: str, *columns: str, where: str = "true") -> list[tuple[object, ...]]:
    """What the published warehouse holds, ordered by these columns."""
    snapshot = warehouse.published()
    named = ", ".join(f'"{column}"' for column in columns)
    with warehouse.connect(memory_mb=256, threads=1) as con:
        rows = warehouse.relation(warehouse.TABLES[table], warehouse.files(snapshot, table))
        return con.execute(f"SELECT {named} FROM ({rows}) WHERE {where} ORDER BY ALL").fetchall()
