"""The ledger's pages: sums, items, entries, and what can be done there."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from institutions.models import Account, Duty
from supervision.ledger.models import BankFile, Book, Entry, Plan, Stage, WriteOff
from supervision.ledger.sums import standing
from tests.builders import make_account, make_division, make_institution
from tests.ledger.prefecture import make_booked, make_shared_entry
from tests.ledger.small import make_item, move

pytestmark = pytest.mark.django_db
LEDGER = "/desk/ledger/"


def amounts(rows: Any) -> dict[str, list[str]]:
    return {row.label: [f"{cell.amount}" for cell in row.cells] for row in rows}


def today() -> str:
    return f"{timezone.localdate()}"


def exported(client: Client, address: str) -> list[list[str]]:
    content = b"".join(client.get(address)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def test_sums_stand_by_book_and_by_division(books: Client) -> None:
    make_item(at=Stage.DEMANDED, amount="10.00")
    make_item(at=Stage.SUSPECTED, amount="3.00", place=make_division("990102"))
    make_item(at=Stage.DEMANDED, amount="4.00", place=make_division("990100"))
    make_item(book=Book.TREASURY, at=Stage.DEMANDED, amount="500.00")
    page = books.get(LEDGER)
    assert amounts(page.context["books"])["the fund's account"] == [
        "3.00",
        "0.00",
        "14.00",
        "14.00",
        "0.00",
        "0.00",
        "14.00",
    ]
    assert {name: row[-1] for name, row in amounts(page.context["rows"]).items()} == {
        "Lan'an": "10.00",
        "East Lake": "0.00",
        "Yunze": "4.00",
    }


@pytest.mark.parametrize("way", ["division", "institution", "month", "fund", "pooling_area", "case"])
def test_every_figure_opens_to_the_items_that_it_adds_up(books: Client, way: str) -> None:
    places = ["990101", "990102", "990100"]
    for number in range(9):
        line = make_item(
            at=[Stage.SUSPECTED, Stage.CONFIRMED, Stage.DEMANDED][number % 3], amount=f"{number + 1}.37",
            place=make_division(places[number % 3]), month=f"2026-0{number % 4 + 1}", fund=["310", "390", ""][number % 3],
            institution=[make_institution("H1"), make_institution("H2"), None][number // 3],
            pooling_area=make_division(["990100", "990200"][number % 2]), case=["", "AJ-990101-2026-000001"][number % 2],
        )  # fmt: skip
        if number % 3 == 2:
            move(line, Stage.DEMANDED, Stage.OFFSET, "1.00", voucher="S1")
    rows = books.get(f"{LEDGER}?by={way}").context["rows"]
    assert len(rows) > 1
    for cell in [cell for row in rows for cell in row.cells]:
        assert books.get(cell.address).context["sum"] == cell.amount
    shown = books.get(f"{LEDGER}export.csv?by={way}")
    assert shown.status_code == 200
    written = exported(books, f"{LEDGER}export.csv?by={way}")[1:]
    assert written == [[row.label, *(f"{cell.amount}" for cell in row.cells)] for row in rows]


def test_where_money_goes_keeps_the_fund_and_the_treasury_apart(books: Client) -> None:
    for area, fund, amount in (("990100", "310", "10.00"), ("990100", "390", "20.00"), ("990200", "310", "40.00")):
        line = make_item(at=Stage.DEMANDED, amount=amount, fund=fund, pooling_area=make_division(area))
        move(line, Stage.DEMANDED, Stage.CASH, "1.00", voucher=f"B{line.pk}")
    make_item(book=Book.TREASURY, at=Stage.DEMANDED, amount="500.00")
    page = books.get(f"{LEDGER}accounts/")
    assert page.context["fund"].all.cells[0].amount == Decimal("70.00")
    assert page.context["treasury"].all.cells[0].amount == Decimal("500.00")
    assert "¥570.00" not in page.content.decode()
    for row in [*page.context["fund"].rows, *page.context["treasury"].rows]:
        for cell in row.cells:
            assert books.get(cell.address).context["sum"] == cell.amount


def test_an_item_opens_to_its_entries_and_an_entry_to_its_postings(books: Client) -> None:
    line = make_item("hearing line 3", at=Stage.DEMANDED, address="/desk/hearing/3/")
    move(line, Stage.DEMANDED, Stage.CASH, "30.00", voucher="B1")
    page = books.get(f"{LEDGER}items/{line.pk}/")
    assert [moved.entry.voucher for moved in page.context["entries"]] == ["B1", "", "", ""]
    assert 'href="/desk/hearing/3/"' in page.content.decode()
    entry = page.context["entries"][0].entry
    shown = books.get(f"{LEDGER}entries/{entry.pk}/")
    assert [(p.stage, p.amount) for p in shown.context["postings"]] == [
        ("demanded", Decimal("-30.00")),
        ("cash", Decimal("30.00")),
    ]


def test_an_entry_shows_the_postings_of_ones_own_territory_alone(books: Client) -> None:
    line = make_item()
    shared = make_shared_entry(line.pk, "990201")
    shown = books.get(f"{LEDGER}entries/{shared.pk}/")
    assert {posting.item for posting in shown.context["postings"]} == {line}
    assert "77,777" not in shown.content.decode()


def test_a_payment_is_booked_on_the_items_page_and_taken_back_on_the_entrys(books: Client) -> None:
    line = make_item(at=Stage.DEMANDED)
    sent = {"pay-way": "pay", "pay-amount": "30.00", "pay-voucher": "B1", "pay-day": today()}
    assert books.post(f"{LEDGER}items/{line.pk}/pay/", sent).status_code == 302
    assert standing(line)[Stage.CASH] == Decimal("30.00")
    again = books.post(f"{LEDGER}items/{line.pk}/pay/", sent)
    assert (again.status_code, "Voucher B1 is booked already." in again.content.decode()) == (200, True)
    entry = Entry.objects.get(voucher="B1")
    books.post(f"{LEDGER}entries/{entry.pk}/take-back/", {"reason": "bounced"})
    assert standing(line)[Stage.CASH] == 0
    assert "It was reversed by entry" in books.get(f"{LEDGER}entries/{entry.pk}/").content.decode()


def test_why_an_entry_was_written_stands_in_the_readers_tongue(books: Client) -> None:
    line, chinese = make_item(at=Stage.DEMANDED), {"accept-language": "zh-hans"}
    sent = {"pay-way": "pay", "pay-amount": "30.00", "pay-voucher": "B1", "pay-day": today()}
    books.post(f"{LEDGER}items/{line.pk}/pay/", sent, headers=chinese)
    entry = Entry.objects.get(voucher="B1")
    assert entry.reason == "paid"
    page = f"{LEDGER}entries/{entry.pk}/"
    assert '<p class="mb-0">paid</p>' in books.get(page, headers={"accept-language": "en"}).content.decode()
    assert '<p class="mb-0">已缴</p>' in books.get(page, headers=chinese).content.decode()


def test_a_write_off_and_a_plan_are_asked_for_by_one_and_decided_by_another(books: Client, head: Account) -> None:
    line = make_item(at=Stage.DEMANDED, amount="100.00")
    sent = {"write-off-amount": "40.00", "write-off-basis": "ruling 9", "write-off-reason": "bankrupt"}
    books.post(f"{LEDGER}items/{line.pk}/write-off/", sent)
    wish = WriteOff.objects.get()
    books.force_login(head)
    books.post(f"{LEDGER}write-offs/{wish.pk}/move/", {"move": "approve", "turn": "0"})
    assert standing(line)[Stage.WRITTEN_OFF] == Decimal("40.00")
    books.force_login(Account.objects.get(username="keeper"))
    first = timezone.localdate() + timedelta(30)
    sent = {"plan-parts": "3", "plan-first_on": f"{first}", "plan-basis": "agreement", "plan-reason": "poor"}
    books.post(f"{LEDGER}items/{line.pk}/plan/", sent)
    plan = Plan.objects.get()
    assert [part.amount for part in plan.instalments.all()] == [Decimal("20.00")] * 3
    books.force_login(head)
    books.post(f"{LEDGER}plans/{plan.pk}/move/", {"move": "agree", "turn": "0"})
    plan.refresh_from_db()
    assert plan.state == "agreed"
    stale = books.post(f"{LEDGER}plans/{plan.pk}/move/", {"move": "refuse", "turn": "0", "note": "no"}, follow=True)
    assert "Somebody has moved on since you looked" in stale.content.decode()


def test_a_bank_file_is_taken_in_and_shows_each_row(books: Client) -> None:
    make_item("line", at=Stage.DEMANDED)
    content = f"voucher,day,amount,payer,reference\nB1,{today()},10.00,Hospital,line\nB2,{today()},x,Hospital,line\n"
    file = SimpleUploadedFile("march.csv", content.encode())
    answer = books.post(f"{LEDGER}bank/upload/", {"book": "fund", "file": file}, follow=True)
    assert [row.state for row, _choices in answer.context["rows"]] == ["booked", "refused"]
    assert "amount is no amount above zero in whole fen" in answer.content.decode()
    assert [row.waiting for row in books.get(f"{LEDGER}bank/").context["page"].rows] == [0]
    bad = books.post(f"{LEDGER}bank/upload/", {"book": "fund", "file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert "These columns are missing: voucher" in bad.content.decode()
    assert BankFile.objects.count() == 1


def test_items_are_exported_as_they_are_listed(books: Client) -> None:
    make_item("=danger", at=Stage.DEMANDED, amount="12.34")
    heads, row = exported(books, f"{LEDGER}items/export.csv?figure=outstanding")
    assert (row[0], row[-1], heads[-1]) == ("'=danger", "12.34", "Outstanding, yuan")
    assert len(b"".join(books.get(f"{LEDGER}items/export.xlsx"))) > 4000


def test_lists_ask_as_much_for_thirty_rows_as_for_three(
    books: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def asked(address: str, rows: int) -> int:
        with django_assert_max_num_queries(40) as captured:
            assert books.get(address).status_code == 200
        return len(captured.captured_queries)

    addresses = [LEDGER, f"{LEDGER}?by=institution", f"{LEDGER}items/", f"{LEDGER}accounts/", f"{LEDGER}bank/"]
    keeper = Account.objects.get(username="keeper")
    for address in addresses:
        books.get(address)  # what is asked once and kept
    counts = []
    for start, end in ((0, 3), (3, 30)):
        for number in range(start, end):
            make_booked(f"{9101 + number}", make_institution(f"H{number}", "990101"), by=keeper)
        counts.append([asked(address, end) for address in addresses])
    assert counts[0] == counts[1]


# --- The institution's side -------------------------------------------------------------------------


def test_an_institution_sees_what_it_owes_and_has_paid_and_nothing_else(client: Client) -> None:
    own, other = make_institution("H1"), make_institution("H2")
    line = make_item("mine", at=Stage.DEMANDED, institution=own)
    move(line, Stage.DEMANDED, Stage.CASH, "30.00", voucher="B1")
    hidden = make_item("not yet demanded", at=Stage.CONFIRMED, institution=own)
    theirs = make_item("theirs", at=Stage.DEMANDED, institution=other)
    client.force_login(make_account("hospital", institution=own, duties=[Duty.READ]))
    page = client.get("/institution/ledger/")
    assert [item.reference for item, _fund, _amounts in page.context["rows"]] == ["mine"]
    amounts_of_the_fund = [amount for _words, amount in page.context["books"][0][1]]
    assert amounts_of_the_fund == [Decimal(amount) for amount in ("100.00", "30.00", "0.00", "70.00")]
    assert "B1" in client.get(f"/institution/ledger/items/{line.pk}/").content.decode()
    for item in (hidden, theirs):
        assert client.get(f"/institution/ledger/items/{item.pk}/").status_code == 404
    (row,) = exported(client, "/institution/ledger/export.csv")[1:]
    assert row[0] == "mine"
