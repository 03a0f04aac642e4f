"""Reads what the bank sends: CSV or a workbook, every row checked, nothing of it thrown away."""

import csv
import io
import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from supervision.ledger.booking import MOST
from supervision.ledger.models import BankRow
from supervision.workbooks import WorkbookRefused, open_workbook, text

Reason = BankRow.Reason

MOST_ROWS = 1000
LONGEST = {"voucher": 80, "payer": 200, "reference": 200}
# As banks head their columns.
HEADINGS = {
    "voucher": ("voucher", "凭证号", "流水号", "交易流水号"),
    "day": ("day", "日期", "交易日期", "入账日期"),
    "amount": ("amount", "金额", "收入金额", "贷方金额"),
    "payer": ("payer", "付款人", "对方户名", "付款人名称"),
    "reference": ("reference", "附言", "摘要", "用途"),
}
NEEDED = ("voucher", "day", "amount")
DAYS = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?: .*)?")
AMOUNT = re.compile(r"[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?元?")


Sheet = tuple[
    Sequence[str], Sequence[tuple[int, Sequence[str]]], Mapping[int, str]
]  # header, rows, what is wrong where


class StatementRefused(Exception):
    """The file as a whole cannot be read; the sentence says why."""


@dataclass(frozen=True)
class Read:
    """One row as it was read: its cells, what they say, and the first thing wrong with it."""

    number: int
    given: Mapping[str, str]
    voucher: str
    payer: str
    reference: str
    day: date | None = None
    amount: Decimal | None = None
    column: str = ""
    reason: str = ""


class Wrong(Exception):
    """A cell that cannot be taken for what its column holds."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column, self.reason = column, reason


def read(name: str, content: bytes) -> list[Read]:
    """The rows of a statement, each checked; StatementRefused where there are none to be found."""
    header, rows, wrong = workbook(name, content) if name.lower().endswith(".xlsx") else lines(content)
    places = columns(header)
    kept = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not kept:
        raise StatementRefused(_("The file has no rows."))
    if len(kept) > MOST_ROWS:
        raise StatementRefused(_("The file has more than %(most)d rows: split it.") % {"most": MOST_ROWS})
    return [checked(number, cells(row, places), broken=number in wrong) for number, row in kept]


def lines(content: bytes) -> Sheet:
    """CSV in UTF-8, or as Chinese banks still write it."""
    if b"\0" in content:
        raise StatementRefused(_("The file is neither CSV nor a workbook."))
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("gb18030", errors="replace")
    reader = csv.reader(io.StringIO(words, newline=""))
    try:
        header = next(reader, [])
        return header, [(reader.line_num, row) for row in reader], {}
    except csv.Error as error:
        raise StatementRefused(_("The file is neither CSV nor a workbook.")) from error


def workbook(name: str, content: bytes) -> Sheet:
    """The first sheet of a workbook."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        try:
            sheets = open_workbook(Path(file.name), name)
        except WorkbookRefused as refusal:
            raise StatementRefused(_("The workbook cannot be opened: %(why)s.") % {"why": refusal}) from refusal
    if not sheets:
        raise StatementRefused(_("The file has no rows."))
    rows = [(number, [text(cell) or "" for cell in row]) for number, row in enumerate(sheets[0].rows, 2)]
    return sheets[0].header, rows, sheets[0].wrong


def columns(header: Sequence[str]) -> dict[str, int]:
    """Which column is which, by its heading in either tongue."""
    heads = [tidy(head).lower() for head in header]
    places = {name: heads.index(word) for name, words in HEADINGS.items() for word in words if word in heads}
    missing = [f"{name} / {HEADINGS[name][1]}" for name in NEEDED if name not in places]
    if missing:
        raise StatementRefused(_("These columns are missing: %(which)s.") % {"which": ", ".join(missing)})
    return places


def cells(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: tidy(row[place]) if place < len(row) else "" for name, place in places.items()}


def tidy(cell: str) -> str:
    """Without spaces around, full-width digits, and what PostgreSQL cannot hold."""
    return unicodedata.normalize("NFKC", cell).replace("\0", "").strip()


def checked(number: int, given: dict[str, str], *, broken: bool) -> Read:
    """The row with its day and its amount, or with the first thing that is wrong with it."""
    short = {name: given.get(name, "")[:most] for name, most in LONGEST.items()}
    row = Read(
        number, {name: cell[:500] for name, cell in given.items()}, short["voucher"], short["payer"], short["reference"]
    )
    try:
        if broken:
            raise Wrong("", Reason.NO_VALUE)
        check_filled(given)
        return replace(row, day=day_of(given["day"]), amount=amount_of(given["amount"]))
    except Wrong as fault:
        return replace(row, column=fault.column, reason=fault.reason)


def check_filled(given: Mapping[str, str]) -> None:
    for name in NEEDED:
        if not given[name]:
            raise Wrong(name, Reason.MISSING)
    for name, most in LONGEST.items():
        if len(given.get(name, "")) > most:
            raise Wrong(name, Reason.TOO_LONG)


def day_of(cell: str) -> date:
    found = DAYS.fullmatch(cell)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day.year < 2000:
        raise Wrong("day", Reason.NO_DAY)
    if day > timezone.localdate():
        raise Wrong("day", Reason.FUTURE)
    return day


def amount_of(cell: str) -> Decimal:
    found = AMOUNT.fullmatch(cell.replace(" ", ""))
    try:
        amount = Decimal(f"{found[1].replace(',', '')}{found[2] or ''}") if found else Decimal(0)
    except InvalidOperation:
        amount = Decimal(0)
    if not 0 < amount <= MOST or amount != amount.quantize(Decimal("0.01")):
        raise Wrong("amount", Reason.NO_AMOUNT)
    return amount.quantize(Decimal("0.01"))
