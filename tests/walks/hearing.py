"""The ways of a finding's hearing, between two reviewers and the institution."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from institutions.models import Duty
from supervision.hearing.models import Hearing, HearingLine
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING
from supervision.ledger.booking import Leg, book
from supervision.ledger.models import Balance, Item, Stage
from supervision.monitoring.guards import Review
from supervision.monitoring.models import Finding
from tests.cases.office import make_office
from tests.hearing.heard import make_lines, make_reviewer, run_out
from tests.walks.walking import Walk

Answer = HearingLine.Answer


def hearing() -> Walk:
    office = make_office()
    first, second = make_reviewer("first reviewer"), make_reviewer("second reviewer")

    def begin() -> Hearing:
        return open_hearing(make_lines("100.00", "60.00", place=office.place), by=first)

    def answered(*answers: Answer) -> Any:
        def answering(subject: Hearing) -> Mapping[str, Any]:
            for line, answer in zip(subject.lines.order_by("pk"), answers, strict=True):
                line.answer, line.answered_by, line.answered_at = answer, office.hospital, timezone.now()
                line.grounds = "an emergency" if answer == Answer.APPEALED else ""
                line.save()
            return {}

        return answering

    def late(subject: Hearing) -> Mapping[str, Any]:
        run_out(subject)
        return {}

    def late_with_an_appeal(subject: Hearing) -> Mapping[str, Any]:
        subject.lines.update(answer=Answer.APPEALED, grounds="an emergency")
        return late(subject)

    def seen(subject: Hearing) -> Mapping[str, Any]:
        return {"verified_on": timezone.localdate(), "verified_by": "Zhao and Qian", "seen": "no such stay"}

    def unverified(subject: Hearing) -> Mapping[str, Any]:
        Hearing.objects.filter(pk=subject.pk).update(verifier=None)
        return {}

    def returned(subject: Hearing) -> Mapping[str, Any]:
        names = [f"hearing line {line.pk}" for line in subject.lines.all()]
        for item in Item.objects.filter(reference__in=names):
            for source, target in ((Stage.CONFIRMED, Stage.DEMANDED), (Stage.DEMANDED, Stage.CASH)):
                standing = Balance.objects.filter(item=item, stage=source, amount__gt=0).first()
                if standing:
                    leg = Leg(item, source, target, standing.amount)
                    book([leg], reason="paid", subject="test", by=None, voucher=f"{item.pk}")
        return {}

    def found_again(subject: Hearing) -> Mapping[str, Any]:
        Finding.objects.filter(pk=subject.finding_id).update(status=Finding.Status.OPEN, acted_on=False)
        return {}

    def withdrawn(subject: Hearing) -> Mapping[str, Any]:
        return {"cause": Review.Cause.values[0]}

    accepted, appealed = answered(Answer.ACCEPTED, Answer.ACCEPTED), answered(Answer.APPEALED, Answer.ACCEPTED)
    seconds = ("second_review", "uphold", "withdraw", "verify", "conclude", "handle", "close")
    return Walk(
        HEARING, begin,
        {Duty.HEAR: first, Duty.ANSWER: office.hospital, **{f"to {name}": second for name in seconds}},
        {
            "accept": accepted, "appeal": appealed, "expire": late, "expire_appealed": late_with_an_appeal,
            "release": withdrawn, "reopen": found_again, "withdraw": withdrawn, "verify": unverified, "conclude": seen,
            "handle": lambda subject: {"measure": "case"}, "close": returned,
        },
    )  # fmt: skip
