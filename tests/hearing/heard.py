"""Hearings for the tests, brought to where a test begins."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty, Institution
from supervision.clocks.models import Clock
from supervision.hearing.models import Hearing, HearingLine
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING
from supervision.ledger import booking
from supervision.ledger.models import Item, Stage
from supervision.monitoring.models import Finding
from tests.builders import make_account, make_finding, make_institution, make_line

HEARS = [Duty.READ, Duty.HEAR]


def make_reviewer(username: str, territory: str = "990100", **post: Any) -> Account:
    return make_account(username, territory, **{"duties": HEARS, **post})


def make_answerer(place: Institution, username: str = "hospital") -> Account:
    return make_account(username, institution=place, duties=[Duty.ANSWER])


def make_lines(
    *amounts: str, place: Institution | None = None, rule: str = "drug_sex_restricted", **facts: Any
) -> Finding:
    """A finding with an accused charge for each amount, and it owns all of them."""
    total = sum(map(Decimal, amounts), Decimal(0))
    finding = make_finding(place or make_institution(), rule=rule, at_stake=str(total), **facts)
    finding.lines.all().delete()
    for number, amount in enumerate(amounts, 1):
        whole = Decimal(amount)
        make_line(finding, charge=f"{finding.claim}:{number}", at_stake=whole, owned=whole, amount=int(whole * 100))
    return finding


def notified(finding: Finding, first: Account) -> Hearing:
    return HEARING.make(taken_up(finding, first), "notify", by=first)


def answered(hearing: Hearing, by: Account, *answers: str) -> Hearing:
    """The institution's word on each line, in their order: '' accepts, anything else is why it appeals."""
    for line, grounds in zip(hearing.lines.order_by("pk"), answers, strict=True):
        line.answer = HearingLine.Answer.APPEALED if grounds else HearingLine.Answer.ACCEPTED
        line.grounds, line.answered_by, line.answered_at = grounds, by, timezone.now()
        line.save()
    return HEARING.make(hearing, "appeal" if any(answers) else "accept", by=by)


def clock_of(hearing: Hearing) -> Clock:
    """Of the step it stands at."""
    assert hearing.clock is not None
    return hearing.clock


def window_of(hearing: Hearing) -> Clock:
    """The institution's time to answer."""
    assert hearing.answer_clock is not None
    return hearing.answer_clock


def run_out(hearing: Hearing) -> None:
    """The institution's time has passed."""
    clock = window_of(hearing)
    past = timezone.now() - timedelta(days=30)
    type(clock).objects.filter(pk=clock.pk).update(since=past, yellow_at=past, due_at=past + timedelta(days=14))


def in_ledger(*hearings: Hearing) -> dict[str, Any]:
    """What stands where, of these hearings' lines; of all where none is named."""
    lines = HearingLine.objects.filter(hearing__in=hearings) if hearings else HearingLine.objects.all()
    items = Item.objects.filter(reference__in=[f"hearing line {pk}" for pk in lines.values_list("pk", flat=True)])
    return {stage: amount for stage, amount in booking.totals(items).items() if amount and stage != Stage.SOURCE}


def taken_up(finding: Finding, first: Account) -> Hearing:
    return HEARING.make(open_hearing(finding, by=first), "take_up", by=first)


def in_second_review(finding: Finding, first: Account, second: Account, hospital: Account, *answers: str) -> Hearing:
    hearing = answered(notified(finding, first), hospital, *(answers or [""] * finding.lines.count()))
    return HEARING.make(hearing, "second_review", by=second)


def upheld(finding: Finding, first: Account, second: Account, hospital: Account, *answers: str) -> Hearing:
    hearing = in_second_review(finding, first, second, hospital, *answers)
    return HEARING.make(hearing, "uphold", by=second, note="as the register shows")
