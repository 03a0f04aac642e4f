"""What the insurers' side and self-correction do beside their tables of moves."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from institutions.models import Account, Duty
from supervision.payments import lending, publishing
from supervision.payments.models import FundMonth
from supervision.selfchecks import answering, drafting
from supervision.selfchecks.models import Answer, Report, ReportedLine
from tests.builders import make_division
from tests.payments.office import make_agency
from tests.selfchecks.office import begun, draft, issued, make_office
from tests.walks.acts import Ready, act
from tests.walks.payments import YEAR, sound

HEARING, SETTLING = frozenset({Duty.HEAR}), frozenset({Duty.SETTLE})


@act
def check_a_fund() -> Ready:
    agency = make_agency()
    sound(agency)
    return Ready(lambda by: lending.check_area(agency.hospital, YEAR, "310", by=by), agency.clerk, SETTLING)


def told(by: Account) -> FundMonth:
    amount = Decimal("100.00")
    return publishing.tell_month(
        make_division("990100"), "310", "2026-01", income=amount, expenditure=amount, balance=amount, source="accounts",
        by=by,
    )  # fmt: skip


@act
def tell_a_month_of_a_fund() -> Ready:
    return Ready(told, make_agency().clerk, SETTLING)


@act
def publish_a_month_of_a_fund() -> Ready:
    agency = make_agency()
    row = told(agency.clerk)
    return Ready(lambda by: publishing.publish_month(row, by=by), agency.head, frozenset({Duty.DECIDE}))


@act
def draw_up_a_campaign() -> Ready:
    due = timezone.localdate() + timedelta(9)
    return Ready(
        lambda by: drafting.draw_up(
            "Look", first_month="2026-01", last_month="2026-02", due_on=due, basis="the plan", by=by
        ),
        make_office().drafter, HEARING, of_one_place=False,
    )  # fmt: skip


@act
def add_a_problem() -> Ready:
    office = make_office()
    made = draft(office)
    return Ready(
        lambda by: drafting.add_problem(made, "C09", field="x", words="x", basis="x", by=by), office.drafter, HEARING
    )


@act
def make_a_list_the_places_own() -> Ready:
    office = make_office()
    made = issued(office)
    return Ready(lambda by: drafting.localise(made, by=by), office.first, HEARING, of_one_place=False)


@act
def answer_a_problem() -> Ready:
    office = make_office()
    report = begun(office)
    return Ready(
        lambda by: answering.answer_problem(report, "C01", found=False, words="all", by=by), office.signer,
        frozenset({Duty.ANSWER}),
    )  # fmt: skip


@act
def take_a_line_out() -> Ready:
    office = make_office()
    report = begun(office)
    line = a_line(report, office.signer)
    return Ready(partial(dropped, report, line.pk), office.signer, frozenset({Duty.ANSWER}))


def dropped(report: Report, line: int, by: Account) -> None:
    answering.drop_line(report, line, by=by)


def a_line(report: Report, by: Account) -> ReportedLine:
    problem = answering.problems_of(report)[0]
    Answer.objects.create(report=report, problem=problem, found=True, words="all", by=by)
    amount = Decimal("1.00")
    return ReportedLine.objects.create(
        report=report, problem=problem, claim="H:1", charge="H:1:1", month="2026-03", amount=amount, lost=amount
    )
