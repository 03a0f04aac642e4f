"""The page of claims/derived/ keeps its promises: its examples are run here."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest

from claims import warehouse
from claims.faults import page
from supervision.monitoring.rulebook import rulebook

ENCOUNTER = {
    "claim": "VARCHAR", "institution": "VARCHAR", "province": "VARCHAR", "area": "VARCHAR", "member": "VARCHAR",
    "born": "DATE", "total": "BIGINT", "eligible": "BIGINT", "paid": "BIGINT", "account_paid": "BIGINT",
    "cash_paid": "BIGINT", "settled_on": "DATE",
}  # fmt: skip
COLUMNS = {
    "stay": ENCOUNTER | {"admitted_on": "DATE", "discharged_on": "DATE", "admitted": "TIMESTAMP", "discharged": "TIMESTAMP"},
    "visit": ENCOUNTER | {"day": "DATE"},
    "diagnosis": {"claim": "VARCHAR", "code": "VARCHAR", "main": "BOOLEAN", "day": "DATE"},
    "operation": {"claim": "VARCHAR", "code": "VARCHAR", "day": "DATE"},
    "reversal": {"claim": "VARCHAR", "charge": "VARCHAR", "fault": "VARCHAR", "value": "VARCHAR"},
    "k_retired_code": {"code": "VARCHAR", "place": "VARCHAR", "since": "DATE", "until": "DATE"},
}  # fmt: skip


def value(text: str, kind: str) -> object:
    if not text:
        return None
    match kind:
        case "DATE":
            return date.fromisoformat(text)
        case "TIMESTAMP":
            return datetime.fromisoformat(text)
        case "BIGINT":
            return int(Decimal(text) * 100)
        case "BOOLEAN":
            return text == "yes"
    return text


def rows(text: str) -> list[dict[str, str]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


@pytest.mark.parametrize("title", list(page("fault").examples))
def test_an_example_finds_what_it_says(title: str) -> None:
    example = page("fault").examples[title]
    expected = set()
    with warehouse.connect(memory_mb=128, threads=1) as con:
        for table, columns in COLUMNS.items():
            con.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
            for row in rows(example.get(table, "")):
                expected |= {(row["claim"], row["fault"])} if row.get("fault") else set()
                kept = [value(row.get(name, ""), kind) for name, kind in columns.items()]
                con.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(kept))})", kept)
        con.execute("UPDATE k_retired_code SET until = DATE '9999-12-31' WHERE until IS NULL")
        con.execute("""CREATE VIEW encounter AS SELECT admitted_on AS begun_on, * FROM stay
            UNION ALL BY NAME SELECT day AS begun_on, * FROM visit""")
        found = {(claim, fault) for claim, _i, _m, _c, fault, *_ in con.execute(page("fault").sql).fetchall()}
    assert found == expected


def test_every_fault_has_an_example_and_words_in_both_tongues() -> None:
    shown = {row["fault"] for example in page("fault").examples.values() for text in example.values()
             for row in rows(text) if row.get("fault")}  # fmt: skip
    words = re.findall(r"WHEN '(\w+)' THEN", rulebook()["claim_data_invalid"].sql)
    assert sorted(words) == sorted([*(shown | {"reversal_uneven"})] * 2)
