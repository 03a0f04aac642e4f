"""A finding sent to its institution, written row by row where a test asks only who sees it."""

from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from claims.models import Snapshot
from institutions.models import Account, Institution
from supervision.hearing.models import Attachment, FrozenClaim, Hearing, HearingLine, StandsOn, State
from tests.builders import make_finding
from tests.clocks.building import make_clock


def make_sent(place: Institution, digits: str, *, by: Account) -> Attachment:
    """With one line, a frozen claim, a step in its history, and a reviewer's file beside it."""
    month = f"20{digits[2:]}-04"
    finding = make_finding(place, claim=f"{place.pk}:{digits}", at_stake=f"{digits}.00", month=month, acted_on=True)
    said, now = finding.lines.get(), timezone.now()
    clock = make_clock(
        "hearing_answer", since=f"{now:%Y-%m-%d} 00:00", division=place.division_id, institution=place.pk
    )
    hearing = Hearing.objects.create(
        finding=finding, institution=place, place=place.division, rule=finding.rule, month=month, state=State.NOTIFIED,
        suspected=finding.owned, notified_at=now, answer_clock=clock, first_reviewer=by,
    )  # fmt: skip
    hearing.events.create(move="notify", before=State.FIRST_REVIEW, after=State.NOTIFIED, by=by, at=now)
    line = HearingLine.objects.create(
        hearing=hearing, line=said, claim=said.claim, charge=said.charge, suspected=Decimal(said.owned)
    )
    frozen = FrozenClaim.objects.create(
        claim=finding.claim,
        snapshot=Snapshot.objects.earliest("pk"),
        digest=digits * 16,
        rows=rows_of(said.charge, digits),
    )
    StandsOn.objects.create(finding=finding, frozen=frozen)
    file = ContentFile(f"file of {digits}".encode(), f"{digits}.pdf")
    return Attachment.objects.create(
        hearing=hearing, line=line, file=file, name=f"file {digits}.pdf", kind="application/pdf", size=file.size,
        digest=digits * 16, given_digest=digits * 16, added_by=by,
    )  # fmt: skip


def rows_of(charge: str, digits: str) -> dict[str, list[dict[str, str]]]:
    """A visit with one line, as freezing writes them."""
    visit = {
        "kind": "outpatient", "started": "2026-03-01 08:00:00", "settled_at": "2026-03-01 11:00:00",
        "total": f"{digits}.00", "paid": f"{digits}.00",
    }  # fmt: skip
    line = {
        "charge": charge, "line": "1", "item": f"i{digits}", "item_name": f"item of {digits}", "quantity": "1.0000",
        "price": f"{digits}.000000", "amount": f"{digits}.00", "done_at": "2026-03-01 08:30:00",
    }  # fmt: skip
    return {"visit": [visit], "fee_line": [line]}
