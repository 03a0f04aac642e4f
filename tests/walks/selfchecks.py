"""The ways of a campaign of self-correction and of a report."""

from collections.abc import Mapping
from typing import Any

from institutions.models import Duty
from supervision.selfchecks.answering import problems_of
from supervision.selfchecks.campaigning import CAMPAIGN
from supervision.selfchecks.models import Answer, Campaign, Report
from supervision.selfchecks.reporting import REPORT
from tests.selfchecks.office import draft, issued, make_office, report_of
from tests.walks.walking import Walk


def campaign() -> Walk:
    office = make_office()
    return Walk(CAMPAIGN, lambda: draft(office), {Duty.DECIDE: office.issuer}, {"close": all_closed})


def all_closed(subject: Campaign) -> Mapping[str, Any]:
    Report.objects.filter(campaign=subject).update(state="closed")
    return {}


def report() -> Walk:
    office = make_office()

    def answered(subject: Report) -> Mapping[str, Any]:
        for problem in problems_of(subject):
            Answer.objects.create(report=subject, problem=problem, found=False, words="all of it", by=office.signer)
        return {}

    return Walk(
        REPORT, lambda: report_of(office, issued(office)),
        {
            Duty.HEAR: office.first, Duty.ANSWER: office.signer, Duty.SIGN: office.signer, Duty.DECIDE: office.head,
            "to recheck": office.second,
        },
        {"submit": answered, "recheck": drawn},
    )  # fmt: skip


def drawn(subject: Report) -> Mapping[str, Any]:
    Report.objects.filter(pk=subject.pk).update(seed="0" * 32)
    return {}
