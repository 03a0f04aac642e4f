"""What is approved, taken back and paid stands in a letter of the agency, with every figure and its record."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader

from institutions import measures
from institutions.models import Measure
from supervision.documents.models import Document
from supervision.ledger.models import Stage
from supervision.moves import MoveRefused
from supervision.payments.models import MonthlySettlement
from tests.builders import make_account, make_institution
from tests.hearing.heard import make_reviewer
from tests.ledger.small import make_item
from tests.payments.office import MONTH, TO_APPROVE, Agency, declared, moved, treat
from tests.payments.refusing import refused_by_review
from tests.payments.test_pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(agency: Agency, folder: Path) -> MonthlySettlement:
    """¥1,000 declared, of which ¥60 is refused, ¥47 kept and ¥40 set off."""
    place = agency.hospital
    treat(folder, place, 100_000)
    refused_by_review(place, make_reviewer("first"), make_reviewer("second"), MONTH, "60.00", claim=f"{place.pk}:1")
    make_item(at=Stage.DEMANDED, amount="40.00", institution=place, place=place.division, month=MONTH)
    return moved(declared(agency), agency, *TO_APPROVE, "confirm")


def letter(kind: str) -> Document:
    return Document.objects.get(kind=kind)


def test_an_approved_month_is_told_with_figures_and_records(agency: Agency, approved: MonthlySettlement) -> None:
    told = letter("settlement_approved")
    assert (told.about, told.party, told.place) == (approved.number, "handling", "990100")
    for figure in ("1,000.00", "60.00", "47.00", "40.00", "853.00"):
        assert figure in told.text_zh
        assert figure in told.text_en
    for record in (
        *(line.item.title for line in approved.lines.all() if line.item),
        "Part of a month that is kept as deposit",
    ):
        assert record in told.text_en
    assert "人民币捌佰伍拾叁元整" in told.text_zh
    assert "2026年3月" in told.text_zh
    assert "March 2026" in told.text_en
    with told.pdf.open("rb") as file:
        assert "853.00" in "".join(sheet.extract_text() for sheet in PdfReader(file).pages)
    assert not Document.objects.filter(kind="settlement_paid").exists()


def test_a_paid_month_is_told_with_day_and_voucher(agency: Agency, approved: MonthlySettlement) -> None:
    paid = moved(approved, agency, "pay", voucher="BANK-77")
    told = letter("settlement_paid")
    assert paid.paid == Decimal("853.00")
    for words in ("BANK-77", "853.00", "47.00", "60.00"):
        assert words in told.text_zh
        assert words in told.text_en


def test_an_approval_that_is_taken_back_is_told_too(agency: Agency, approved: MonthlySettlement) -> None:
    moved(approved, agency, "open_again")
    told = letter("settlement_reopened")
    assert "as said" in told.text_zh
    assert approved.number in told.text_en


def test_a_month_that_comes_to_nothing_names_no_voucher(agency: Agency, folder: Path) -> None:
    place = agency.hospital
    treat(folder, place, 10_000)
    make_item(at=Stage.DEMANDED, amount="500.00", institution=place, place=place.division, month=MONTH)
    paid = moved(declared(agency), agency, *TO_APPROVE, "confirm", "pay")
    assert paid.paid == 0
    told = letter("settlement_paid")
    assert "voucher" not in told.text_en
    assert "CNY 0.00" in told.text_en
    assert "零元" in told.text_zh


def test_what_a_measure_holds_is_named(agency: Agency, folder: Path) -> None:
    treat(folder, agency.hospital, 100_000)
    measures.impose(Measure.Kind.PAYMENT, agency.hospital, because="AJ-1-B1")
    moved(declared(agency), agency, *TO_APPROVE, "confirm")
    assert "AJ-1-B1" in letter("settlement_approved").text_zh


def test_a_move_that_is_refused_sends_no_letter(agency: Agency, approved: MonthlySettlement) -> None:
    make_item(at=Stage.DEMANDED, amount="9.00", institution=agency.hospital, place=agency.hospital.division)
    with pytest.raises(MoveRefused):
        moved(approved, agency, "confirm")
    assert Document.objects.filter(kind__startswith="settlement_").count() == 1


def test_the_institution_finds_it_among_its_letters_and_beside_the_settlement(
    client: Client, agency: Agency, approved: MonthlySettlement
) -> None:
    told = letter("settlement_approved")
    for address in ("/institution/documents/", f"/institution/settlements/{approved.number}/"):
        assert told.reference in page(client, agency.answerer, address)
    assert told.reference in page(client, agency.clerk, approved.get_absolute_url())
    other = make_account("other", institution=make_institution("H99010100009"), duties=["read", "answer"])
    assert not Document.objects.visible_to(other).exists()
