import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from claims import template
from supervision import workbooks

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
    with pytest.raises(workbooks.WorkbookRefused) as refusal:
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


SHEET = "xl/worksheets/sheet1.xml"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{}</row>'


@pytest.mark.parametrize(
    "rows",
    [
        FAR.format('<c r="xfd1048576"><v>1</v></c>'),
        FAR.format('<c r="XFD0001048576"><v>1</v></c>'),
        FAR.format("<c><v>1</v></c>" * 16384),
        FAR.format('<c r="J1048576"><v>1</v></c>'),  # ten million cells, of which two say something
    ],
)
def test_a_vast_sheet_is_refused_however_it_says_so(tmp_path: Path, rows: str) -> None:
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    book = repacked(a_workbook(tmp_path / "vast.xlsx", claims=[{"a": 1}]), {SHEET: sheet})
    assert refused(book) in ("bomb", "not_readable")


def test_a_text_that_many_cells_point_at_is_weighed_with_each_of_them(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "long.xlsx", claims=[{"a": 1}])
    texts = f"<sst><si><t>x</t></si><si><t>{'x' * 30_000}</t></si></sst>".encode()

    def pointing_at(number: int) -> Path:
        cell = f'<c t="s"><v>{number}</v></c>'
        rows = f"<row>{cell}</row>" * 25_000
        sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
        return repacked(book, {SHEET: sheet, "xl/sharedStrings.xml": texts})

    assert len(workbooks.open_workbook(pointing_at(0), "short.xlsx")[0].rows) == 24_999
    assert refused(pointing_at(1)) == "bomb"


def changed(path: Path, part: str, old: str, new: str) -> Path:
    with zipfile.ZipFile(path) as packed:
        content = packed.read(part)
    assert old.encode() in content
    return repacked(path, {part: content.replace(old.encode(), new.encode())})


RELATIONS, SHEETS = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (RELATIONS, "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        (RELATIONS, "/xl/worksheets/sheet1.xml", "/xl/Worksheets/sheet1.xml"),
        (RELATIONS, "/xl/worksheets/sheet1.xml", "/xl/worksheets/sheet2.xml"),
        (SHEETS, 'name="lines"', 'name="claims"'),
    ],
)
def test_no_sheet_is_opened_that_was_not_looked_into(tmp_path: Path, part: str, old: str, new: str) -> None:
    book = a_workbook(tmp_path / "two.xlsx", claims=[{"a": "=1+1"}], lines=[{"a": 1}])
    assert refused(changed(book, part, old, new)) == "not_readable"


def test_a_sheet_is_found_as_its_parser_finds_it(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "two.xlsx", claims=[{"a": "=1+1"}], lines=[{"a": 1}])
    changed(book, SHEETS, 'name="claims"', 'xmlns:x="urn:x" x:id="rId2" name="claims"')
    assert [sheet.wrong for sheet in workbooks.open_workbook(book, "two.xlsx")] == [{2: "formula A2"}, {}]


@pytest.mark.parametrize("part", ["content.xml", "xl/workbook.bin", "XL/Worksheets/Sheet1.xml"])
def test_a_package_that_could_be_read_in_two_ways_is_refused(tmp_path: Path, part: str) -> None:
    book = a_workbook(tmp_path / "two.xlsx", claims=[{"a": 1}])
    assert refused(repacked(book, {part: b"<x/>"})) == "not_readable"


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
