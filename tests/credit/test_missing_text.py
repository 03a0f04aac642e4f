"""A commitment that was told before its text was a PDF: the office issues the text, and then it can be signed."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from credit.commitments import waiting
from credit.commitments.models import Commitment
from credit.commitments.workflow import COMMITMENT
from institutions.models import Account
from supervision.moves import MoveRefused
from tests.credit.office import CreditDesk, make_desk
from tests.credit.promised import told

pytestmark = pytest.mark.django_db
SIGNED: dict[str, Any] = {"signer_name": "赵院长", "commitment_read": ["read"]}


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def told_long_ago(desk: CreditDesk) -> Commitment:
    """Before its text was issued."""
    commitment = told(desk)
    Commitment.objects.filter(pk=commitment.pk).update(document=None)
    commitment.refresh_from_db()
    return commitment


def page(account: Account, address: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client.get(address).content.decode()


def test_without_its_text_it_is_not_signed_and_nobody_is_asked_to(desk: CreditDesk) -> None:
    commitment = told_long_ago(desk)
    with pytest.raises(MoveRefused, match="No text was issued"):
        COMMITMENT.make(commitment, "sign", by=desk.hospital, **SIGNED)
    assert waiting.waiting(desk.hospital) == []
    assert "No text was issued to be signed." in page(desk.hospital, f"/institution/commitments/{commitment.number}/")
    assert "Issue its missing text" in page(desk.keeper, commitment.get_absolute_url())


def test_the_office_issues_it_and_then_it_is_signed(desk: CreditDesk) -> None:
    issued = COMMITMENT.make(told_long_ago(desk), "tell_again", by=desk.keeper)
    assert issued.state == "told" and issued.document is not None
    assert [entry.about for entry in waiting.waiting(desk.hospital)] == [issued.number]
    signed = COMMITMENT.make(issued, "sign", by=desk.hospital, **SIGNED)
    assert signed.sealed_digest == issued.document.pdf_digest


def test_what_was_issued_is_not_issued_again(desk: CreditDesk) -> None:
    with pytest.raises(MoveRefused, match="issued already"):
        COMMITMENT.make(told(desk), "tell_again", by=desk.keeper)
