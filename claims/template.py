"""The plain template to download: a file or sheet a table, with an example row and a word on each column."""

import csv
import io
import zipfile

import xlsxwriter
from django.utils.translation import gettext

from claims.profiles import Word, WordTable, load, words
from supervision.language import in_chinese


def _tables() -> list[WordTable]:
    return [words()[shape.table.name] for shape in load("template").shapes]


def _columns(table: WordTable) -> list[Word]:
    return [word for word in table.words.values() if word.published]


def _note(word: Word) -> str:
    note = word.note_zh if in_chinese() else word.note
    return f"{note} ({gettext('required')})" if word.required else note


def as_csv(name: str) -> bytes:
    """One table with its example row. The mark in front lets Excel see that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    columns = _columns(words()[name])
    writer.writerow([word.name for word in columns])
    writer.writerow([word.example for word in columns])
    return text.getvalue().encode("utf-8-sig")


def as_zip() -> bytes:
    """A CSV file a table."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in _tables():
            archive.writestr(f"{table.name}.csv", as_csv(table.name))
    return packed.getvalue()


def as_workbook() -> bytes:
    """One workbook with a sheet a table; a column's note hangs on its head."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        head = workbook.add_format({"bold": True, "bottom": 1})
        text = workbook.add_format({"num_format": "@"})
        for table in _tables():
            sheet = workbook.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.write_comment(0, 0, table.title_zh if in_chinese() else table.title)
            for place, word in enumerate(_columns(table)):
                sheet.set_column(place, place, 22, text)
                sheet.write_string(0, place, word.name, head)
                sheet.write_comment(0, place, _note(word))
                sheet.write_string(1, place, word.example, text)
    return made.getvalue()
