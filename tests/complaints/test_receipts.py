import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from supervision import sealing
from supervision.complaints import receipts
from supervision.complaints.models import Complaint
from tests.complaints.building import file


def test_a_receipt_has_sixteen_characters_that_nobody_confuses() -> None:
    receipt = receipts.receipt_of(receipts.draw_ticket())
    assert len(receipt) == 16
    assert set(receipt) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert receipts.shown(receipt).count("-") == 3


@given(st.text(alphabet="0123456789abcdef", min_size=32, max_size=32))
def test_the_same_page_gives_the_same_receipt_however_it_is_typed_back(ticket: str) -> None:
    receipt = receipts.receipt_of(ticket)
    assert receipts.receipt_of(ticket) == receipt
    for typed in (receipt.lower(), f"  {receipts.shown(receipt)} ", " ".join(receipt)):
        assert receipts.understood(typed) == receipt


@pytest.mark.parametrize(
    ("typed", "meant"), [("O0o", "000"), ("IiLl1", "11111"), ("ａｂ１２", "AB12"), ("a-b c", "ABC"), ("！？", "")]
)
def test_what_is_easily_misread_is_understood(typed: str, meant: str) -> None:
    assert receipts.understood(typed) == meant


def test_the_database_holds_no_receipt_and_finds_the_report_by_it() -> None:
    filed = file()
    stored = Complaint.objects.filter(pk=filed.complaint.pk).values().get()
    assert not any(filed.receipt in str(value).upper() for value in stored.values())
    assert Complaint.objects.with_receipt(receipts.shown(filed.receipt).lower()).get() == filed.complaint
    assert not Complaint.objects.with_receipt("0" * 16).exists()


def test_a_report_is_found_after_the_keys_were_changed_and_not_without_its_own(settings: Settings) -> None:
    filed = file()
    former = receipts.ring()
    settings.RECEIPT_KEYS = str(former.with_a_new_key())
    assert Complaint.objects.with_receipt(filed.receipt).exists()
    settings.RECEIPT_KEYS = str(sealing.Ring((sealing.fresh(),)))
    assert not Complaint.objects.with_receipt(filed.receipt).exists()
