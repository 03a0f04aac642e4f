"""Commitments: signed by a named person, kept or broken, and what follows."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from credit.commitments import committing
from credit.commitments.models import Commitment, CommitmentTemplate
from credit.commitments.workflow import COMMITMENT
from credit.models import CreditEvent, Indicator
from institutions import standing
from supervision.audit.models import Act, Entry
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.credit.office import CreditDesk, make_desk
from tests.credit.promised import breached, drafted, in_force, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def test_what_is_signed_is_the_text_by_its_digest(desk: CreditDesk) -> None:
    commitment = in_force(desk)
    assert (commitment.state, commitment.signer_name) == ("in_force", "赵院长")
    assert commitment.signed_digest == commitment.template.digest
    entries = Entry.objects.filter(act=Act.COMMITMENT, subject=commitment.number)
    assert any(entry.facts.get("signed") == commitment.signed_digest for entry in entries)


def test_the_pdf_that_was_told_is_sealed_by_the_signature(desk: CreditDesk) -> None:
    commitment = in_force(desk)
    document = commitment.document
    assert document is not None
    assert commitment.sealed_digest == document.pdf_digest
    assert commitment.template.obligations_zh.splitlines()[0] in document.text_zh
    assert document.services.get().institution == desk.place.pk
    entries = Entry.objects.filter(act=Act.COMMITMENT, subject=commitment.number)
    assert any(entry.facts.get("sha256") == document.pdf_digest for entry in entries)


def test_another_file_than_was_told_is_not_signed(desk: CreditDesk) -> None:
    commitment = told(desk)
    assert commitment.document is not None
    Path(commitment.document.pdf.path).write_bytes(b"another text")
    with pytest.raises(MoveRefused, match="The text is another than was shown"):
        COMMITMENT.make(commitment, "sign", by=desk.hospital, signer_name="赵院长", commitment_read=["read"])


def test_nobody_signs_without_having_said_that_it_was_read(desk: CreditDesk) -> None:
    with pytest.raises(MoveRefused, match="Something is missing"):
        COMMITMENT.make(told(desk), "sign", by=desk.hospital, signer_name="赵院长", commitment_read=[])


def test_a_breach_costs_the_simplified_handling_and_stands_on_record(desk: CreditDesk) -> None:
    commitment = breached(desk)
    event = CreditEvent.objects.get()
    assert (event.indicator, event.record) == (Indicator.COMMITMENT_BREACHED, commitment.number)
    today = timezone.localdate()
    assert not standing.may_be_simplified(desk.place, today)
    assert standing.may_be_simplified(desk.place, today + timedelta(366))


def test_what_is_in_force_stands_for_proof_and_a_breach_ends_that(desk: CreditDesk) -> None:
    assert standing.promise(desk.place) == ""
    commitment = in_force(desk)
    assert standing.promise(desk.place) == commitment.number
    said = COMMITMENT.make(
        commitment, "allege", by=desk.keeper, note="charged twice", breach_record_kind="penalty", breach_record="CF-7"
    )
    assert standing.promise(desk.place) == commitment.number
    COMMITMENT.make(said, "breach", by=desk.chief, note="as the penalty shows")
    assert standing.promise(desk.place) == ""
    assert not CreditEvent.objects.exclude(indicator=Indicator.COMMITMENT_BREACHED).exists()


def test_who_says_that_it_was_breached_does_not_decide_it(desk: CreditDesk) -> None:
    said = COMMITMENT.make(
        in_force(desk), "allege", by=desk.keeper, note="charged twice", breach_record_kind="penalty",
        breach_record="CF-7",
    )  # fmt: skip
    Commitment.objects.filter(pk=said.pk).update(alleger=desk.chief)
    with pytest.raises(MoveRefused, match="second person"):
        COMMITMENT.make(said, "breach", by=desk.chief, note="so it was")


def test_a_breach_that_was_annulled_is_taken_off_the_record(desk: CreditDesk) -> None:
    COMMITMENT.make(breached(desk), "annul", by=desk.chief, note="CF-7 was revoked")
    assert not CreditEvent.objects.standing().exists()
    assert standing.may_be_simplified(desk.place)


def test_what_was_kept_to_its_end_is_a_merit(desk: CreditDesk) -> None:
    commitment = in_force(desk)
    today = timezone.localdate()
    Commitment.objects.filter(pk=commitment.pk).update(
        valid_from=today - timedelta(30), valid_until=today - timedelta(1)
    )
    assert (committing.by_themselves(), committing.by_themselves()) == (1, 0)
    assert CreditEvent.objects.get().indicator == Indicator.COMMITMENT_KEPT


def test_one_commitment_a_template_is_open_at_a_time(desk: CreditDesk) -> None:
    drafted(desk)
    with pytest.raises(MoveRefused, match="has such a commitment already"):
        drafted(desk)


def test_a_pharmacy_is_given_the_template_of_pharmacies(desk: CreditDesk) -> None:
    pharmacy = make_institution("P99010100001", kind="pharmacy")
    assert [row.code for row in committing.open_templates(pharmacy)] == ["fund_use_pharmacy"]
    hospital = CommitmentTemplate.objects.get(code="fund_use")
    with pytest.raises(MoveRefused, match="another kind of institution"):
        committing.begin_commitment(pharmacy, hospital, by=desk.keeper)


def test_every_template_says_where_it_comes_from() -> None:
    for template in CommitmentTemplate.objects.all():
        assert template.source
        assert template.verified == "setting"
        assert len(template.obligations_zh.splitlines()) == len(template.obligations_en.splitlines())
