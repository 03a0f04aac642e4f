"""A hospital finds its own mistakes: line by line, paid back through the ledger, and looked at again."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine

from institutions.models import StandingFact
from supervision.clocks import running
from supervision.clocks.calendar import day_of
from supervision.clocks.models import Clock
from supervision.ledger import paying
from supervision.ledger.models import Item, Stage
from supervision.ledger.sums import standing
from supervision.moves import BeyondReach, MoveRefused
from supervision.selfchecks import answering, drawing, ruling
from supervision.selfchecks.models import Report, ReportedLine
from supervision.selfchecks.reporting import REPORT
from tests.builders import make_account, make_institution
from tests.hearing.heard import make_lines, make_reviewer, notified
from tests.selfchecks.office import Office, begun, filled, handed_in, settled

pytestmark = pytest.mark.django_db


def accepted(office: Office, folder: Path) -> Report:
    return REPORT.make(handed_in(office, folder), "accept", by=office.first)


def refunded(office: Office, folder: Path) -> Report:
    report = accepted(office, folder)
    [item] = Item.objects.all()
    paying.pay({item: Decimal("24.00")}, voucher="B1", day=date(2026, 11, 2), by=office.books)
    return REPORT.make(report, "refunded", by=office.first)


def test_a_line_is_what_the_claim_says_and_the_fund_gets_its_part_back(office: Office, folder: Path) -> None:
    report = handed_in(office, folder)
    line = report.lines.get()
    assert (line.charge, line.amount, line.lost) == (f"{office.hospital.pk}:1:1", Decimal("30.00"), Decimal("24.00"))
    assert (report.charged, report.lost, report.signer) == (Decimal("30.00"), Decimal("24.00"), "Li Dean")
    assert not Item.objects.exists()


def test_what_is_taken_in_is_demanded_in_the_ledger_and_paid_back(office: Office, folder: Path) -> None:
    report = accepted(office, folder)
    item = Item.objects.get(reference=report.lines.get().reference)
    assert standing(item)[Stage.DEMANDED] == Decimal("24.00")
    assert (item.institution, item.fund, item.month) == (office.hospital, "310", "2026-03")
    with pytest.raises(MoveRefused, match=r"24\.00"):
        REPORT.make(report, "refunded", by=office.first)
    paying.offset({item: Decimal("24.00")}, batch="JS-1", day=date(2026, 11, 2), by=office.books)
    assert REPORT.make(report, "refunded", by=office.first).state == "refunded"


@pytest.mark.parametrize(
    ("claim", "line", "charged", "why"),
    [
        ("9", "1", "1.00", "no settled claim"), ("1", "9", "1.00", "no line"), ("1", "1", "100.01", "At most"),
        ("1", "1", "0.00", "At most"), ("1", "1", "0.001", "fractions"),
    ],
)  # fmt: skip
def test_only_what_was_settled_is_reported(
    claim: str, line: str, charged: str, why: str, office: Office, folder: Path
) -> None:
    report = begun(office)
    settled(office, folder)
    with pytest.raises(MoveRefused, match=why):
        answering.add_line(report, "C01", claim=claim, line=line, charged=Decimal(charged), by=office.signer)


def test_a_claim_outside_the_period_is_not_reported(office: Office, folder: Path) -> None:
    report = begun(office, first_month="2026-04")
    settled(office, folder)
    with pytest.raises(MoveRefused, match="outside the period"):
        answering.add_line(report, "C01", claim="1", line="1", charged=Decimal(1), by=office.signer)


def test_a_line_is_reported_once(office: Office, folder: Path) -> None:
    report = filled(office, folder)
    with pytest.raises(MoveRefused, match="already"):
        answering.add_line(report, "C02", claim="1", line="1", charged=Decimal(1), by=office.signer)


def test_what_others_have_found_already_is_not_self_reported(office: Office, folder: Path) -> None:
    report = begun(office)
    settled(office, folder)
    finding = make_lines("40.00", place=office.hospital, claim=f"{office.hospital.pk}:1")
    notified(finding, make_reviewer("reviewer"))
    with pytest.raises(MoveRefused, match="being heard"):
        answering.add_line(report, "C01", claim="1", line="1", charged=Decimal("30.00"), by=office.signer)


def test_the_fund_never_gets_more_back_than_it_paid_for_the_claim(office: Office, folder: Path) -> None:
    report = begun(office)
    settled(office, folder, 1, 10_000, 10_000)
    for line in ("1", "2"):
        answering.add_line(report, "C01", claim="1", line=line, charged=Decimal("100.00"), by=office.signer)
    assert sum(ReportedLine.objects.values_list("lost", flat=True)) == Decimal("160.00")


def test_every_problem_is_answered_before_it_is_handed_in(office: Office, folder: Path) -> None:
    report = begun(office)
    answering.answer_problem(report, "C01", found=True, words="all of March", by=office.signer)
    with pytest.raises(MoveRefused, match="C02"):
        REPORT.make(report, "submit", by=office.signer, signer="Li")
    answering.answer_problem(report, "C02", found=False, words="the register", by=office.signer)
    with pytest.raises(MoveRefused, match="lines that were found under C01"):
        REPORT.make(report, "submit", by=office.signer, signer="Li")


def test_nothing_is_written_into_another_hospitals_report(office: Office) -> None:
    report = begun(office)
    other = make_account("other", institution=make_institution("H99010100002"), duties=office.signer.duties)
    with pytest.raises(BeyondReach):
        answering.answer_problem(report, "C01", found=False, words="x", by=other)
    with pytest.raises(MoveRefused):
        answering.answer_problem(report, "C01", found=False, words="x", by=office.first)


def test_nothing_is_written_after_it_is_handed_in(office: Office, folder: Path) -> None:
    report = handed_in(office, folder)
    with pytest.raises(MoveRefused, match="not being filled in"):
        answering.drop_line(report, report.lines.get().pk, by=office.signer)
    back = REPORT.make(report, "return", by=office.first, note="the register is missing")
    answering.drop_line(back, back.lines.get().pk, by=office.signer)
    assert not back.lines.exists()


def test_the_sample_can_be_drawn_again_by_anybody_and_is_drawn_once(office: Office, folder: Path) -> None:
    report = REPORT.make(refunded(office, folder), "draw", by=office.first)
    assert len(report.seed) == 32
    assert report.drawn.count() == 2  # all there is: a line, and an answer that says nothing was found
    assert drawing.drawn_again(report)
    with pytest.raises(MoveRefused, match="drawn already"):
        REPORT.make(report, "draw", by=office.first)


def test_the_same_seed_draws_the_same() -> None:
    parts = [("line", number) for number in range(100)]
    assert drawing.chosen(parts, "seed", 10) == drawing.chosen(parts, "seed", 10)
    assert drawing.chosen(parts, "seed", 10) != drawing.chosen(parts, "another", 10)
    assert [drawing.size(of, Decimal("0.1"), Decimal(5)) for of in (0, 3, 40, 51, 101)] == [0, 3, 5, 6, 11]


@pytest.mark.parametrize(
    ("outcome", "told"), [("true", "self_reported"), ("false", "self_check_false"), ("perfunctory", "self_check_false")]
)
def test_what_the_second_look_says_is_told_to_credit(outcome: str, told: str, office: Office, folder: Path) -> None:
    report = REPORT.make(refunded(office, folder), "draw", by=office.first)
    with pytest.raises(MoveRefused, match="second person"):
        REPORT.make(report, "recheck", by=office.first, recheck_outcome=outcome, note="seen")
    report = REPORT.make(report, "recheck", by=office.second, recheck_outcome=outcome, note="seen")
    fact = StandingFact.objects.get()
    assert (fact.kind, fact.record, fact.amount) == (told, report.number, Decimal("24.00"))
    assert REPORT.make(report, "close", by=office.head).state == "closed"


def test_how_lightly_it_is_treated_is_a_row_with_its_source(office: Office) -> None:
    rows = ruling.told(office.hospital.division_id)
    assert [row.code for row in rows] == ["damages", "points", "false"]
    assert all(row.source and row.verified == "setting" for row in rows)


def clock_of(report: Report) -> Clock:
    return Clock.objects.filter(subject=report.number).latest("pk")


def test_the_hospital_is_reminded_of_the_day_by_which_its_report_is_due(office: Office, folder: Path) -> None:
    report = begun(office)
    clock = clock_of(report)
    assert day_of(clock.due_at) == report.campaign.due_on
    assert clock.since < clock.yellow_at < clock.due_at
    assert clock in Clock.objects.owed_by(office.signer)
    with time_machine.travel(clock.due_at + timedelta(minutes=1), tick=False):
        assert running.sweep() == 1
    assert Clock.objects.get(pk=clock.pk).red_at is not None


def test_handing_it_in_meets_the_clock_and_sending_it_back_begins_one_anew(office: Office, folder: Path) -> None:
    report = handed_in(office, folder)
    assert clock_of(report).state == Clock.State.MET
    back = REPORT.make(report, "return", by=office.first, note="the register is missing")
    assert (clock_of(back).limit.code, clock_of(back).state) == ("self_correction_again", Clock.State.RUNNING)
