"""Reviews and remarks as rows, for pages and sums: what a test does not say is ordinary."""

import datetime as dt
from decimal import Decimal
from itertools import count

from django.utils import timezone

from institutions.models import Institution
from supervision.review.models import Edition, Message, Remark, Review

RULE = "drug_sex_restricted"
OBEYED, OVERRODE = Remark.Choice.OBEYED, Remark.Choice.OVERRODE
numbers = count(1)


def make_message(institution: Institution, *, at: dt.datetime | None = None, infno: str = "3101") -> Message:
    return Message.objects.create(
        institution=institution, msgid=f"m{next(numbers)}", infno=infno, digest="0" * 64, body="{}",
        received_at=at or timezone.now(), answer={},
    )  # fmt: skip


def make_review(
    institution: Institution, *, claim: str = "", moment: str = Review.Moment.REMIND, at: dt.datetime | None = None
) -> Review:
    """An encounter that was asked about, by a message of its own."""
    edition, _new = Edition.objects.get_or_create(digest="0" * 64, defaults={"rules": {}, "knowledge_version": 1})
    message = make_message(institution, at=at)
    return Review.objects.create(
        message=message, claim=claim or f"{institution.pk}:{next(numbers)}", member=f"9901{next(numbers):08}",
        moment=moment, edition=edition, asked_at=message.received_at,
    )  # fmt: skip


def make_remark(
    institution: Institution, *, review: Review | None = None, rule: str = RULE, key: str = "", at_stake: str = "60.00",
    choice: str = "", certainty: str = "certain", way: str = "tell", at: dt.datetime | None = None,
) -> Remark:  # fmt: skip
    """A remark on an encounter of its own, unless a review is named."""
    review, number = review or make_review(institution, at=at), next(numbers)
    return Remark.objects.create(
        review=review, number=f"JR{number:032}", rule=rule, page_hash="0" * 64, key=key or f"{review.claim}:1",
        certainty=certainty, at_stake=Decimal(at_stake), because_en=f"Reason {number}", because_zh=f"理由{number}",
        lines=[{"charge": f"{review.claim}:1", "role": "accused", "at_stake": 6000}], way=way, choice=choice,
        reason="needed before the operation" if choice == OVERRODE else "",
        chosen_at=review.asked_at if choice else None,
    )  # fmt: skip
