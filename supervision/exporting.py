"""Tables that people take away, as CSV or as a workbook. No cell of them is ever read as a formula."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

Cell = str | int | Decimal | date | datetime | None

# Spreadsheet programs take text that begins so for a formula, after spaces and on a new line of a cell too.
FORMULA = re.compile("(^|[\r\n])(?=[ \u00a0\u3000\u200b\ufeff]*[-=+@＝＋－＠\t\r])")


def export(name: str, form: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    """The answer to a browser; a form we do not write does not exist."""
    if form == "csv":
        lines = csv_lines(headings, rows)
        disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=disposition)
    if form == "xlsx":
        return FileResponse(workbook(headings, rows), as_attachment=True, filename=f"{name}.xlsx")
    raise Http404


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """With a byte order mark, by which spreadsheet programs know that Chinese is UTF-8."""
    yield "\ufeff" + csv_line(headings)
    for row in rows:
        yield csv_line(row)


def csv_line(row: Sequence[Cell]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) if isinstance(cell, str) else plain(cell) for cell in row])
    return line.getvalue()


def workbook(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """Written row by row to a file on disk, so that a long list takes no memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever answers with it closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet, money = book.add_worksheet(), book.add_format({"num_format": "0.00"})
    sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal):
                sheet.write_number(place, column, float(cell), money)
            elif isinstance(cell, int):
                sheet.write_number(place, column, cell)
            elif cell is not None:
                sheet.write_string(place, column, str(plain(cell)))  # never write(): it makes formulas of text
    book.close()
    file.seek(0)
    return file


def plain(cell: Cell) -> Cell:
    """Days and moments as our own template writes them, on Chinese clocks."""
    if isinstance(cell, datetime):
        return (timezone.localtime(cell) if timezone.is_aware(cell) else cell).strftime("%Y-%m-%d %H:%M:%S")
    return cell.isoformat() if isinstance(cell, date) else cell


def harmless(text: str) -> str:
    """An apostrophe before each line that would be read as a formula."""
    return FORMULA.sub(r"\1'", text)
