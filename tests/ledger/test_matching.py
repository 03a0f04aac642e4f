import io
from decimal import Decimal

import pytest
import xlsxwriter
from django.utils import timezone

from institutions.models import Account
from supervision.ledger import matching
from supervision.ledger.models import BankFile, BankRow, Book, Stage
from supervision.ledger.statements import MOST_ROWS, StatementRefused, read
from supervision.ledger.sums import standing
from supervision.ledger.taking_back import take_back
from supervision.ledger.workflows import BANK_ROW
from supervision.moves import MoveRefused
from tests.builders import make_account, make_division
from tests.ledger.small import make_item, move

pytestmark = pytest.mark.django_db


def taken(*rows: str, by: Account, book: Book = Book.FUND) -> BankFile:
    lines = ["voucher,day,amount,payer,reference", *rows]
    return matching.take_in("bank.csv", "\n".join(lines).encode(), book=book, by=by)


def told(file: BankFile) -> list[tuple[str, str, str]]:
    return [(row.state, row.column, row.reason) for row in file.rows.all()]


def test_a_row_that_names_its_item_is_booked(keeper: Account) -> None:
    line = make_item("hearing line 5", at=Stage.DEMANDED)
    file = taken(
        'B1,2026-03-02,"1,00.00",Hospital,hearing line 5', "B2,2026-03-03,60.00,Hospital,hearing line 5", by=keeper
    )
    assert told(file) == [("refused", "amount", "no_amount"), ("booked", "", "")]
    row = file.rows.get(state="booked")
    assert row.entry and (row.entry.voucher, str(row.entry.day), row.entry.by) == ("B2", "2026-03-03", keeper)
    assert standing(line)[Stage.CASH] == Decimal("60.00")


def test_a_case_is_paid_whole_or_somebody_says_what_is_paid(keeper: Account) -> None:
    number = "AJ-990101-2026-000001"
    lines = [make_item(at=Stage.DEMANDED, amount=amount, case=number) for amount in ("60.00", "40.00")]
    file = taken(f"B1,2026-03-02,99.00,Hospital,paid for {number}", f"B2,2026-03-02,100.00,,{number} refund", by=keeper)
    assert told(file) == [("waiting", "reference", "several"), ("booked", "", "")]
    assert [standing(line)[Stage.CASH] for line in lines] == [Decimal("60.00"), Decimal("40.00")]


def test_every_row_is_kept_with_what_is_wrong_in_it(keeper: Account) -> None:
    make_item("line", at=Stage.DEMANDED)
    file = taken(
        ",2026-03-02,1.00,,line", "B1,,1.00,,line", "B1,2026-02-30,1.00,,line", "B1,02.03.2026,1.00,,line",
        "B1,2999-01-01,1.00,,line", "B1,2026-03-02,,,line", "B1,2026-03-02,-1.00,,line", "B1,2026-03-02,1.005,,line",
        f"{'B' * 81},2026-03-02,1.00,,line", "B1,2026-03-02,1.00,,nobody's", "B2,2026-03-02,100.01,,line",
        "B1,2026-03-02,1.00,,line",
        by=keeper,
    )  # fmt: skip
    assert told(file) == [
        ("refused", "voucher", "missing"), ("refused", "day", "missing"), ("refused", "day", "no_day"),
        ("refused", "day", "no_day"), ("refused", "day", "future"), ("refused", "amount", "missing"),
        ("refused", "amount", "no_amount"), ("refused", "amount", "no_amount"), ("refused", "voucher", "too_long"),
        ("waiting", "reference", "no_item"), ("waiting", "reference", "too_much"), ("refused", "voucher", "twice"),
    ]  # fmt: skip
    assert [row.number for row in file.rows.all()] == list(range(2, 14))
    assert file.rows.get(number=8).given["amount"] == "-1.00"


def test_the_same_voucher_counts_once_whoever_brings_it(keeper: Account) -> None:
    line = make_item("line", at=Stage.DEMANDED)
    move(line, Stage.DEMANDED, Stage.CASH, "10.00", voucher="B1")
    first = taken("B1,2026-03-02,10.00,,line", "B2,2026-03-02,10.00,,line", "B3,2026-03-02,10.00,,unknown", by=keeper)
    assert [state for state, _column, _reason in told(first)] == ["refused", "booked", "waiting"]
    again = taken("B2,2026-03-02,10.00,,line", "B3,2026-03-02,10.00,,unknown", by=keeper)
    assert told(again) == [("refused", "voucher", "twice")] * 2
    assert standing(line)[Stage.CASH] == Decimal("20.00")


def test_what_matches_nothing_waits_until_somebody_knows(keeper: Account) -> None:
    file = taken("B1,2026-03-02,10.00,Hospital,refund", "B2,2026-03-02,5.00,,by mistake", by=keeper)
    row, other = file.rows.all()
    line = make_item("line", at=Stage.DEMANDED)
    with pytest.raises(MoveRefused):
        BANK_ROW.make(row, "book", by=keeper, item="nothing")
    BANK_ROW.make(row, "book", by=keeper, item="line")
    with pytest.raises(MoveRefused, match="Say why"):
        BANK_ROW.make(other, "set_aside", by=keeper)
    BANK_ROW.make(other, "set_aside", by=keeper, note="returned to the payer")
    assert told(file) == [("booked", "", ""), ("set_aside", "reference", "no_item")]
    assert standing(line)[Stage.CASH] == Decimal("10.00")


def test_rows_that_wait_are_tried_again_when_more_is_demanded(keeper: Account) -> None:
    file = taken("B1,2026-03-02,10.00,,line", by=keeper)
    assert matching.try_all(file, by=keeper) == 0
    make_item("line", at=Stage.DEMANDED)
    assert matching.try_all(file, by=keeper) == 1
    assert told(file) == [("booked", "", "")]


def test_a_booking_of_the_bank_that_is_taken_back_waits_again(keeper: Account) -> None:
    line = make_item("line", at=Stage.DEMANDED)
    row = taken("B1,2026-03-02,10.00,,line", by=keeper).rows.get()
    assert row.entry
    opposite = take_back(row.entry, reason="the bank took it back", by=keeper)
    row.refresh_from_db()
    assert (row.state, row.entry_id) == ("waiting", None)
    assert opposite.reverses_id == line.postings.get(stage="cash", amount=10).entry_id
    BANK_ROW.make(row, "book", by=keeper, item="line")


def test_an_account_takes_only_what_belongs_to_it(keeper: Account) -> None:
    make_item("fine", book=Book.TREASURY, at=Stage.DEMANDED)
    make_item("there", at=Stage.DEMANDED, place=make_division("990201"))
    file = taken("B1,2026-03-02,10.00,,fine", "B2,2026-03-02,10.00,,there", by=keeper)
    assert told(file) == [("waiting", "reference", "no_item")] * 2
    assert told(taken("B1,2026-03-02,10.00,,fine", by=keeper, book=Book.TREASURY)) == [("booked", "", "")]


def test_nobody_takes_a_file_in_without_the_duty() -> None:
    from supervision.ledger.booking import BookingRefused  # noqa: PLC0415

    with pytest.raises(BookingRefused, match="duty"):
        taken("B1,2026-03-02,10.00,,x", by=make_account("reader", duties=["read"]))
    assert not BankRow.objects.exists()


def test_chinese_banks_write_chinese_headings_and_older_letters(keeper: Account) -> None:
    words = "交易流水号,交易日期,收入金额,对方户名,附言\nＢ１,2026年3月2日,￥1,市医院,退款\n"
    for encoding in ("utf-8-sig", "gb18030"):
        (row,) = read("bank.csv", words.encode(encoding))
        assert (row.voucher, str(row.day), row.amount, row.payer) == ("B1", "2026-03-02", Decimal("1.00"), "市医院")


def test_a_workbook_is_read_like_a_csv() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(
            [["voucher", "day", "amount"], ["B1", "2026-03-02", 12.5], ["B2", "2026-03-02", "=1"]]
        ):
            sheet.write_row(place, 0, row)
        sheet.write_formula(3, 0, "=A1")
        sheet.write_row(3, 1, ["2026-03-02", 3])
    rows = read("bank.xlsx", file.getvalue())
    assert [(row.number, row.amount, row.reason) for row in rows] == [
        (2, Decimal("12.50"), ""),
        (3, None, "no_value"),
        (4, None, "no_value"),
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"voucher,day\nB1,2026-03-02\n", b"voucher,day,amount\n", b"\x00\x01", b"voucher,day,amount\n\n,,\n"],
)
def test_a_file_without_rows_or_columns_is_refused_whole(content: bytes) -> None:
    with pytest.raises(StatementRefused):
        read("bank.csv", content)
    with pytest.raises(StatementRefused):
        read("bank.xlsx", content)


def test_a_file_of_too_many_rows_is_to_be_split() -> None:
    day = timezone.localdate()
    rows = "".join(f"B{number},{day},1.00\n" for number in range(MOST_ROWS + 1))
    with pytest.raises(StatementRefused, match="split"):
        read("bank.csv", b"voucher,day,amount\n" + rows.encode())
