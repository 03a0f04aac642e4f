import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.http import Http404

from supervision.exporting import csv_lines, export, harmless, workbook

SPACES = " \u00a0\u3000\u200b\ufeff"
LIVE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "  =1",
    "\u00a0=1",
    "\u3000=1",
    "a\n=1",
    "a\r=1",
    "a\r\n =1",
    "\ufeff=1",
]


def read_back(headings: list[str], rows: list[list[Any]]) -> Any:
    with workbook(headings, rows) as file:
        return openpyxl.load_workbook(file).active


@pytest.mark.parametrize("text", LIVE)
def test_b3_no_text_of_a_csv_begins_like_a_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO("".join(csv_lines([text], []))[1:], newline=""))
    lines = re.split("[\r\n]", row[0])
    assert all(line.lstrip(SPACES)[:1] not in "=+-@＝＋－＠\t" for line in lines if line)


@pytest.mark.parametrize("text", LIVE)
def test_b3_a_workbook_holds_text_as_text(text: str) -> None:
    assert read_back(["h"], [[text]])["A2"].data_type == "s"


@pytest.mark.parametrize("text", ["云泽市", "a-b", "1=1", "", "H99010100001:1"])
def test_innocent_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


def test_a_csv_says_it_is_utf8_and_writes_figures_plainly() -> None:
    moment = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    lines = "".join(csv_lines(["金额"], [[Decimal("1.50"), -3, date(2026, 3, 1), moment, None]]))
    assert lines == "\ufeff金额\r\n1.50,-3,2026-03-01,2026-03-02 00:00:00,\r\n"


def test_a_workbook_holds_figures_as_figures() -> None:
    sheet = read_back(["金额", "数"], [[Decimal("1.50"), 3]])
    assert [cell.value for cell in sheet[2]] == [1.5, 3]


def test_a_form_we_do_not_write_does_not_exist() -> None:
    with pytest.raises(Http404):
        export("x", "pdf", [], [])
