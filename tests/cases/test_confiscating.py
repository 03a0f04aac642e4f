"""Illegal income is confiscated: stated, explained, told beforehand, booked beside the fine, and paid before it closes."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from supervision.cases.models import PenaltyLimit, Proceeding
from supervision.cases.workflows.penalty import PENALTY
from supervision.documents.models import Document
from supervision.ledger.models import Item, Stage
from supervision.ledger.paying import pay
from supervision.ledger.sums import standing
from supervision.moves import MoveRefused
from tests.cases.office import Office, charged, served, told


@pytest.fixture
def bribed(penalty: Proceeding, office: Office) -> Proceeding:
    """¥8,000.00 of illegal income."""
    violation = charged(penalty, office, "V42")
    PENALTY.make(
        penalty, "propose_confiscation", by=office.first, violation=str(violation.pk), amount=Decimal("8000.00"),
        note="by the account books",
    )  # fmt: skip
    return penalty


def test_it_goes_to_the_treasury_beside_the_fine_and_is_paid_before_it_closes(
    bribed: Proceeding, office: Office
) -> None:
    decided = served(bribed, office)
    item = Item.objects.get(reference=f"confiscation {decided.number}")
    assert item.book == "treasury"
    assert standing(item)[Stage.DEMANDED] == Decimal("8000.00")
    assert "没收违法所得8,000.00元" in Document.objects.get(kind="penalty_decision").text_zh
    with pytest.raises(MoveRefused, match=r"8,000\.00 is still to be paid"):
        PENALTY.make(decided, "settle", by=office.booker)
    pay({item: Decimal("8000.00")}, voucher="V1", day=timezone.localdate(), by=office.booker)
    assert PENALTY.make(decided, "settle", by=office.booker).state == "paid"


def test_a_large_confiscation_gives_the_right_to_a_hearing(bribed: Proceeding, office: Office) -> None:
    PenaltyLimit.objects.filter(code="hearing_organisation").update(value=8000)
    penalty = told(bribed, office)
    assert PENALTY.make(penalty, "request_hearing", by=office.first, statement="please").state == "hearing_requested"


def test_only_where_the_law_names_it_and_never_without_saying_how_it_was_found(
    penalty: Proceeding, office: Office
) -> None:
    violation = charged(penalty, office)
    wish: dict[str, Any] = {"violation": str(violation.pk), "amount": Decimal("1.00")}
    with pytest.raises(MoveRefused, match="Say why"):
        PENALTY.make(penalty, "propose_confiscation", by=office.first, **wish)
    with pytest.raises(MoveRefused, match=r"V38\.3 knows no confiscation"):
        PENALTY.make(penalty, "propose_confiscation", by=office.first, note="by the books", **wish)
