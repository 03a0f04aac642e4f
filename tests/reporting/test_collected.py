"""The ledger's figures on the dashboard: those of the ledger, to the fen, and of the reader's territory alone."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from supervision.ledger.models import Book, Item, Stage
from tests.builders import make_account, make_division
from tests.ledger.small import make_item, move

pytestmark = pytest.mark.django_db


def figures(client: Client) -> dict[str, list[str]]:
    owed = client.get("/desk/").context["owed"]
    return {row.query["book"]: [f"{cell.amount}" for cell in row.cells] for row in owed.rows}


def test_the_dashboard_shows_what_was_confirmed_demanded_returned_and_is_outstanding(desk: Client) -> None:
    line = make_item(at=Stage.DEMANDED, amount="100.00")
    move(line, Stage.DEMANDED, Stage.CASH, "30.00", voucher="B1")
    move(line, Stage.DEMANDED, Stage.WRITTEN_OFF, "5.00")
    make_item(at=Stage.CONFIRMED, amount="11.00")
    make_item(at=Stage.SUSPECTED, amount="999.00")
    make_item(book=Book.TREASURY, at=Stage.DEMANDED, amount="7.00")
    make_item(at=Stage.DEMANDED, amount="5000.00", place=make_division("990201"))
    assert figures(desk) == {
        "fund": ["111.00", "100.00", "30.00", "65.00"],
        "treasury": ["7.00", "7.00", "0.00", "7.00"],
    }


def test_each_figure_opens_to_items_of_that_sum(desk: Client) -> None:
    for number in range(5):
        line = make_item(at=Stage.DEMANDED, amount=f"{number + 1}.10")
        if number % 2:
            move(line, Stage.DEMANDED, Stage.CASH, "1.05", voucher=f"B{number}")
    (row,) = desk.get("/desk/").context["owed"].rows
    for cell in row.cells:
        assert desk.get(cell.address).context["sum"] == cell.amount


def test_before_anything_is_confirmed_there_is_no_ledger_on_the_dashboard(client: Client) -> None:
    make_item(at=Stage.SUSPECTED)
    client.force_login(make_account("reader"))
    with translation.override("en"):
        assert client.get("/desk/").context["owed"].rows == []
    assert Item.objects.get().balances.get(stage="suspected").amount == Decimal("100.00")
