"""The institution's proof of what it has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from institutions.models import Account
from supervision.hearing import answering
from supervision.hearing.models import Attachment, Hearing, HearingLine


@dataclass(frozen=True)
class Receipt:
    """The answer as it was sent. Its digest says whether a copy on paper is of this answer."""

    at: datetime
    by: Account
    lines: Sequence[HearingLine]
    files: Sequence[Attachment]
    digest: str


def of(hearing: Hearing) -> Receipt | None:
    """None where the institution has not answered, or only by its silence."""
    lines = list(hearing.lines.select_related("answered_by"))
    answered = [line for line in lines if line.answered_by_id]
    if not answered or answered[0].answered_at is None or answered[0].answered_by is None:
        return None
    return Receipt(
        answered[0].answered_at,
        answered[0].answered_by,
        lines,
        list(answering.own_files(hearing)),
        answering.digest(hearing),
    )
