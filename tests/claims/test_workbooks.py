import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from claims import template, workbooks
from claims.rejects import BatchRejected

from .building import a_claim, a_line, reasons, stored, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def a_workbook(path: Path, **sheets: list[dict[str, object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    book.save(path)
    return path


def repacked(path: Path, change: dict[str, bytes]) -> Path:
    """The workbook with parts of its package replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry not in change:
                new.writestr(entry, old.read(entry))
        for name, content in change.items():
            new.writestr(name, content)
    path.write_bytes(made.getvalue())
    return path


def test_a_workbook_has_a_sheet_a_table(home: Path) -> None:
    claim: dict[str, object] = {**a_claim(), "admitted": datetime(2026, 3, 1, 8), "total": 25, "eligible": 25.0}
    line: dict[str, object] = {**a_line(), "quantity": 2, "price": 12.5, "amount": 25.0, "line_no": 1}
    batch = take_in(a_workbook(home / "march.xlsx", claims=[claim], lines=[line], notes=[{"a": 1}]))
    assert reasons(batch) == []
    assert stored("charge", "charge", "price", "amount") == [("H1:a:1", 12_500_000, 2500)]
    assert batch.warnings == [["unknown_file", "march.xlsx notes"]]


def test_a_formula_is_refused_by_its_address(home: Path) -> None:
    line: dict[str, object] = {**a_line(), "amount": "=I2*J2"}
    batch = take_in(a_workbook(home / "march.xlsx", claims=[{**a_claim()}], lines=[line]))
    reject = batch.rejects.get(reason="formula")
    assert (reject.file, reject.sheet, reject.row, reject.column) == ("march.xlsx", "lines", 2, "K2")
    assert batch.rows_accepted == 0


def test_an_error_of_the_workbook_is_refused_by_its_address(home: Path) -> None:
    line: dict[str, object] = {**a_line(), "item_name": "#REF!"}
    batch = take_in(a_workbook(home / "march.xlsx", claims=[{**a_claim()}], lines=[line]))
    assert ("march.xlsx", 2, "G2", "cell_error") in reasons(batch)


def test_rows_keep_their_numbers_past_blank_ones(home: Path) -> None:
    rows: list[dict[str, object]] = [{**a_line()}, {}, {**a_line(line="2", quantity="x")}]
    batch = take_in(a_workbook(home / "march.xlsx", claims=[{**a_claim()}], lines=rows))
    assert ("march.xlsx", 4, "quantity", "not_a_number") in reasons(batch)
    assert batch.rows_in == 3


def test_the_template_we_publish_can_be_taken_in_as_it_is(home: Path) -> None:
    (home / "template.xlsx").write_bytes(template.as_workbook())
    batch = take_in(home / "template.xlsx")
    assert batch.status == "loaded"
    with zipfile.ZipFile(io.BytesIO(template.as_zip())) as packed:
        packed.extractall(home / "csv")
    assert take_in(home / "csv").status == "loaded"


def refused(path: Path) -> str:
    with pytest.raises(BatchRejected) as refusal:
        workbooks.open_workbook(path, path.name)
    return refusal.value.code


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "bomb.xlsx", claims=[{"a": 1}])
    assert refused(repacked(book, {"xl/worksheets/sheet1.xml": b"<x/>" + b" " * (80 << 20)})) == "bomb"


def test_a_sheet_that_claims_to_be_vast_is_refused(tmp_path: Path) -> None:
    sheet = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    assert (
        refused(repacked(a_workbook(tmp_path / "wide.xlsx", claims=[{"a": 1}]), {"xl/worksheets/sheet1.xml": sheet}))
        == "bomb"
    )


def test_entities_have_no_place_in_a_workbook(tmp_path: Path) -> None:
    lol = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert (
        refused(repacked(a_workbook(tmp_path / "lol.xlsx", claims=[{"a": 1}]), {"xl/worksheets/sheet1.xml": lol}))
        == "not_readable"
    )


def test_what_only_looks_like_a_workbook_is_refused(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "a.xlsx", claims=[{"a": 1}])
    whole = book.read_bytes()
    for number, content in enumerate(
        (whole[: len(whole) // 2], b"PK\x03\x04", whole.replace(b"sheet1.xml", b"sheet9.xml"))
    ):
        (tmp_path / f"{number}.xlsx").write_bytes(content)
        assert refused(tmp_path / f"{number}.xlsx") == "not_readable"
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as packed:
        packed.writestr("readme.txt", "hello")
    (tmp_path / "zip.xlsx").write_bytes(plain.getvalue())
    assert refused(tmp_path / "zip.xlsx") == "not_readable"


def test_a_file_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "lie.xlsx", claims=[{"a": "x" * 5000} for _ in range(500)])
    content = bytearray(book.read_bytes())
    for found in re.finditer(b"PK\x01\x02", bytes(content)):
        content[found.start() + 24 : found.start() + 28] = (10).to_bytes(4, "little")
    book.write_bytes(bytes(content))
    assert refused(book) in ("bomb", "not_readable")


def test_addresses_count_as_spreadsheets_do() -> None:
    assert [workbooks.column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16384]
