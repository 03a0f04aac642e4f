"""Commitments brought to where a test begins."""

from credit.commitments import committing
from credit.commitments.models import Commitment
from credit.commitments.workflow import COMMITMENT
from tests.credit.office import CreditDesk


def drafted(desk: CreditDesk) -> Commitment:
    (template,) = committing.open_templates(desk.place)
    return committing.begin_commitment(desk.place, template, by=desk.keeper)


def told(desk: CreditDesk) -> Commitment:
    return COMMITMENT.make(drafted(desk), "tell", by=desk.keeper)


def in_force(desk: CreditDesk) -> Commitment:
    signed = COMMITMENT.make(told(desk), "sign", by=desk.hospital, signer_name="赵院长", commitment_read=["read"])
    committing.by_themselves()
    signed.refresh_from_db()
    return signed


def breached(desk: CreditDesk) -> Commitment:
    said = COMMITMENT.make(
        in_force(desk), "allege", by=desk.keeper, note="charged twice", breach_record_kind="penalty",
        breach_record="CF-7",
    )  # fmt: skip
    return COMMITMENT.make(said, "breach", by=desk.chief, note="as the penalty shows")
