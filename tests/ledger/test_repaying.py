"""What came and was not owed goes back to the party: asked, approved by another, told in a letter, paid with a voucher."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from supervision.documents.models import Document
from supervision.ledger import repaying
from supervision.ledger.booking import BookingRefused
from supervision.ledger.models import Book, Item, Repayment, Stage
from supervision.ledger.repaying import REPAYMENT
from supervision.ledger.sums import standing
from supervision.moves import MoveRefused
from tests.cases.office import Office, make_office
from tests.ledger.small import make_item, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(tmp_path: Path, settings: Settings, in_english: None) -> Office:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_office()


@pytest.fixture
def came() -> Item:
    """¥100.00 of the treasury, paid."""
    item = make_item(book=Book.TREASURY, at=Stage.DEMANDED)
    move(item, Stage.DEMANDED, Stage.CASH, voucher="V1")
    return item


def asked(came: Item, office: Office, amount: str = "40.00") -> Repayment:
    return repaying.ask_repayment(came, Decimal(amount), reason="paid twice", basis="ruling 9", by=office.booker)


def test_it_takes_two_and_a_third_act_pays(came: Item, office: Office) -> None:
    wish = asked(came, office)
    office.booker.duties = [*office.booker.duties, "decide"]
    office.booker.save()
    with pytest.raises(MoveRefused, match="second person"):
        REPAYMENT.make(wish, "approve", by=office.booker)
    owed = REPAYMENT.make(wish, "approve", by=office.chief)
    assert standing(came)[Stage.REPAYABLE] == Decimal("40.00")
    assert "ruling 9" in Document.objects.get(kind="repayment_notice").text_zh
    paid = REPAYMENT.make(owed, "pay", by=office.booker, voucher="R1", on=timezone.localdate())
    assert (paid.state, standing(came)[Stage.REPAID]) == ("paid", Decimal("40.00"))


def test_no_more_goes_back_than_came(came: Item, office: Office) -> None:
    with pytest.raises(BookingRefused, match=r"Only ¥100\.00 has come"):
        asked(came, office, "100.01")
    REPAYMENT.make(asked(came, office, "100.00"), "approve", by=office.chief)
    with pytest.raises(BookingRefused, match=r"Only ¥0\.00 has come"):
        asked(came, office, "0.01")


def test_what_goes_back_is_neither_returned_nor_demanded(came: Item, office: Office) -> None:
    REPAYMENT.make(asked(came, office), "approve", by=office.chief)
    sums = standing(came)
    assert (sums.figure("demanded"), sums.figure("returned")) == (Decimal("60.00"), Decimal("60.00"))
    assert sums.figure("repayable") == Decimal("40.00")


def test_a_payment_that_the_bank_sent_back_leaves_the_amount_owed(came: Item, office: Office) -> None:
    owed = REPAYMENT.make(asked(came, office), "approve", by=office.chief)
    paid = REPAYMENT.make(owed, "pay", by=office.booker, voucher="R1", on=timezone.localdate())
    again = REPAYMENT.make(paid, "bounce", by=office.booker, note="account closed")
    assert (again.state, again.payment, standing(came)[Stage.REPAYABLE]) == ("approved", None, Decimal("40.00"))


def test_a_voucher_of_the_treasury_counts_once_whichever_way_the_money_goes(came: Item, office: Office) -> None:
    owed = REPAYMENT.make(asked(came, office), "approve", by=office.chief)
    with pytest.raises(MoveRefused, match="V1 is booked already"):
        REPAYMENT.make(owed, "pay", by=office.booker, voucher="v 1", on=timezone.localdate())
