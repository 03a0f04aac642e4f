"""An application: what is asked, what is looked up, by when, by how many."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from institutions import standing
from institutions.models import Institution, StandingFact, Withheld
from supervision.clocks.calendar import day_of
from supervision.clocks.models import Limit
from supervision.designation import applying, checking, ruling, scoring, taking_up
from supervision.designation.models import Application, Contract, Criterion
from supervision.designation.workflows import APPLICATION
from supervision.documents.models import Document
from supervision.ledger.models import Book, Stage
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.designation.parties import (
    Agency,
    assessing,
    begun,
    make_agency,
    make_owner,
    negotiating,
    over,
    passed,
    publicised,
    scored,
    submitted,
    team,
    terminated,
)
from tests.ledger.small import make_item

pytestmark = pytest.mark.django_db


def words(checked: list[checking.Checked], code: str) -> list[str]:
    return [record.words for one in checked if one.criterion.code == code for record in one.records]


def test_hospitals_and_pharmacies_are_asked_as_their_orders_say() -> None:
    asked = {
        kind: {one.code for one in ruling.criteria(Criterion.Use.CONDITION, kind, "990100")}
        for kind in ("hospital", "pharmacy")
    }
    assert {"physician", "office", "systems"} <= asked["hospital"]
    assert {"pharmacist", "shelves", "licence"} <= asked["pharmacy"]
    assert asked["hospital"] & asked["pharmacy"] == {"operating", "interface"}


def test_every_row_says_where_it_comes_from_and_scores_make_a_hundred() -> None:
    assert not Criterion.objects.filter(source="").exists()
    for use in (Criterion.Use.ASSESSMENT, Criterion.Use.PERFORMANCE):
        for kind in Institution.Kind.values:
            assert sum(one.points for one in ruling.criteria(use, kind, "990100")) == 100, (use, kind)


def test_a_place_sets_its_own_criterion_in_place_of_the_nations() -> None:
    row = Criterion.objects.get(code="pharmacist", kind="pharmacy")
    row.pk, row.place, row.name_en = None, "990100", "two pharmacists"
    row.save()
    found = {
        place: [
            str(one.name_en)
            for one in ruling.criteria(Criterion.Use.CONDITION, "pharmacy", place)
            if one.code == "pharmacist"
        ]
        for place in ("990100", "990200")
    }
    assert found["990100"] == ["two pharmacists"]
    assert found["990200"] != ["two pharmacists"]


def test_what_does_not_say_how_its_conditions_are_met_is_not_sent(agency: Agency) -> None:
    application = applying.apply(agency.place, agency.insurer, by=agency.owner)
    with pytest.raises(MoveRefused, match="Say how these conditions are met"):
        APPLICATION.make(application, "submit", by=agency.owner)


def test_one_application_at_a_time_to_an_agency(agency: Agency) -> None:
    begun(agency)
    with pytest.raises(MoveRefused, match="under way already"):
        applying.apply(agency.place, agency.insurer, by=agency.owner)


def test_c1_a_draft_is_its_institutions_alone(agency: Agency) -> None:
    application = begun(agency)
    assert application not in Application.objects.visible_to(agency.first)
    other = make_owner(make_institution("P99010100002", kind="pharmacy"), "2")
    assert application not in Application.objects.visible_to(other)
    with pytest.raises(MoveRefused, match="nothing here"):
        applying.write_application(application, contact="x", telephone="1", opened_on=None, words="", said={}, by=other)
    APPLICATION.make(application, "submit", by=agency.owner)
    assert application in Application.objects.visible_to(agency.first)
    neighbour = make_agency("990200", "n")
    assert application not in Application.objects.visible_to(neighbour.first)


def test_a7_what_is_missing_is_told_once_and_within_five_working_days(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):  # a Monday
        application = submitted(agency)
        assert application.clock is not None
        assert day_of(application.clock.due_at).isoformat() == "2026-03-09"
    with time_machine.travel("2026-03-10 02:00Z", tick=False), pytest.raises(MoveRefused, match="time for it is over"):
        APPLICATION.make(application, "ask_supplement", by=agency.first, what_is_missing="a plan")
    with time_machine.travel("2026-03-09 02:00Z", tick=False):
        asked = APPLICATION.make(application, "ask_supplement", by=agency.first, what_is_missing="a plan")
        assert asked.clock is not None
        assert asked.clock.institution == agency.place.pk
        back = APPLICATION.make(asked, "supply", by=agency.owner)
        with pytest.raises(MoveRefused, match="told once"):
            APPLICATION.make(back, "ask_supplement", by=agency.first, what_is_missing="another plan")
    assert "a plan" in Document.objects.get(kind="designation_supplement").text_zh


def test_a7_a_place_has_a_limit_of_its_own(agency: Agency) -> None:
    row = Limit.objects.get(code="designation_publicity", place="000000")
    row.pk, row.place, row.amount = None, "990100", 10
    row.save()
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        application = publicised(agency)
        assert application.clock is not None
        assert day_of(application.clock.due_at).isoformat() == "2026-03-16"


def test_the_platform_looks_up_what_it_can_know(agency: Agency) -> None:
    application = submitted(agency)
    make_item(at=Stage.DEMANDED, amount="500.00", book=Book.TREASURY, institution=agency.place, reference="penalty 7")
    assert "¥500.00 outstanding" in words(checking.grounds(application), "penalty_unpaid")[0]
    with pytest.raises(MoveRefused, match="On record against it"):
        APPLICATION.make(application, "accept", by=agency.first)
    refused = APPLICATION.make(application, "refuse", by=agency.head, note="unpaid", refusal_grounds=["penalty_unpaid"])
    assert refused.state == "not_accepted"
    assert "未依法履行行政处罚责任" in Document.objects.get(kind="designation_refused").text_zh


def test_less_than_three_months_in_business_is_shown(agency: Agency) -> None:
    application = submitted(agency)
    Application.objects.filter(pk=application.pk).update(opened_on=timezone.localdate() - timedelta(30))
    application.refresh_from_db()
    assert "In business only since" in words(checking.conditions(application), "operating")[0]


@pytest.mark.parametrize(("ground", "years"), [("end_fraud", 3), ("end_obstructed", 1)])
def test_a7_after_a_termination_nobody_applies_for_as_long_as_its_ground_bars(
    agency: Agency, ground: str, years: int
) -> None:
    contract = terminated(agency, ground)
    application = submitted(agency)
    (record,) = words(checking.grounds(application), "terminated_before")
    assert contract.number in record
    ended = timezone.localdate() - timedelta(days=years * 366)
    Contract.objects.filter(pk=contract.pk).update(ended_on=ended)
    assert words(checking.grounds(application), "terminated_before") == []


def test_it_is_assessed_by_two_of_the_agency(agency: Agency) -> None:
    application = APPLICATION.make(submitted(agency), "accept", by=agency.first)
    for wrong in ([agency.first.username], [agency.first.username, agency.head.username], [*team(agency), "x"]):
        with pytest.raises(MoveRefused, match="two people of the agency"):
            APPLICATION.make(application, "assess", by=agency.first, assessors=wrong)


def test_c2_the_other_of_the_two_agrees_and_a_change_takes_that_back(agency: Agency) -> None:
    application = assessing(agency)
    points = {one.code: (Decimal(one.points), "") for one in scoring.sheet(application)}
    today = timezone.localdate()
    sheet: dict[str, Any] = {"on_paper": today, "on_site": today}
    scoring.score(application, points, by=agency.first, **sheet)
    with pytest.raises(MoveRefused, match="second person"):
        scoring.agree(application, by=agency.first)
    scoring.agree(application, by=agency.second)
    scoring.score(application, points, by=agency.second, **sheet)
    with pytest.raises(MoveRefused, match="not agreed to it"):
        APPLICATION.make(application, "pass", by=agency.head)


def test_whoever_is_not_of_the_team_scores_nothing(agency: Agency) -> None:
    application = assessing(agency)
    with pytest.raises(MoveRefused, match="duty for this"):
        scoring.agree(application, by=agency.head)


def test_the_points_decide_and_nobody_says_otherwise(agency: Agency) -> None:
    application = scored(assessing(agency), agency, "0.79")
    with pytest.raises(MoveRefused, match="does not pass"):
        APPLICATION.make(application, "pass", by=agency.head)
    failed = APPLICATION.make(application, "fail", by=agency.head, note="see the sheet")
    assert failed.state == "failed"


def test_what_must_be_met_and_has_no_points_fails_whatever_the_sum(agency: Agency) -> None:
    application = assessing(agency)
    sheet = scoring.sheet(application)
    needed = next(one for one in sheet if one.required and one.points == 20)
    points = {one.code: (Decimal(0 if one == needed else one.points), "") for one in sheet}
    today = timezone.localdate()
    scoring.score(application, points, on_paper=today, on_site=today, by=agency.first)
    scoring.agree(application, by=agency.second)
    with pytest.raises(MoveRefused, match="does not pass"):
        APPLICATION.make(application, "pass", by=agency.head)


def test_a7_failed_put_right_assessed_again_and_barred_for_a_year(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        application = APPLICATION.make(
            scored(assessing(agency), agency, "0.5"), "fail", by=agency.head, note="see the sheet"
        )
        application = APPLICATION.make(application, "rectify", by=agency.first)
        assert application.clock is not None
        assert day_of(application.clock.due_at).isoformat() == "2026-06-02"
        application = APPLICATION.make(application, "rectified", by=agency.owner, note="shelves are labelled")
        barred = APPLICATION.make(scored(application, agency, "0.5"), "bar", by=agency.head, note="still not")
        assert barred.barred_until is not None
        assert barred.barred_until.isoformat() == "2027-03-02"
        another = submitted(agency)
        assert "did not pass" in words(checking.grounds(another), "barred")[0]


def test_what_is_not_put_right_in_time_is_barred_by_night_once(agency: Agency) -> None:
    application = APPLICATION.make(
        scored(assessing(agency), agency, "0.5"), "fail", by=agency.head, note="see the sheet"
    )
    application = APPLICATION.make(application, "rectify", by=agency.first)
    assert taking_up.let_run_out() == 0
    over(application.clock)
    assert (taking_up.let_run_out(), taking_up.let_run_out()) == (1, 0)
    application.refresh_from_db()
    assert application.state == "barred"


def test_nothing_is_negotiated_before_the_publicity_is_over(agency: Agency) -> None:
    application = publicised(agency)
    with pytest.raises(MoveRefused, match="not over yet"):
        APPLICATION.make(application, "negotiate", by=agency.first)


def test_another_agency_does_not_handle_it(agency: Agency) -> None:
    application = submitted(agency)
    other = make_agency("990100", "b")
    other.first.insurer = make_agency("990200", "c").insurer
    other.first.save()
    with pytest.raises(MoveRefused, match="another agency"):
        APPLICATION.make(application, "accept", by=other.first)


def test_negotiating_drafts_the_newest_text_for_its_kind(agency: Agency) -> None:
    contract = negotiating(agency).contracts.get()
    assert contract.template is not None
    assert (contract.template.kind, contract.state) == ("pharmacy", "draft")
    assert contract.since.day == 1
    assert contract.until == contract.since.replace(year=contract.since.year + 1) - timedelta(days=1)


# --- The result is filed ------------------------------------------------------------------------------


def test_nobody_is_publicised_before_the_result_is_filed(agency: Agency) -> None:
    application = passed(agency)
    with pytest.raises(MoveRefused, match="File the result with the department first"):
        APPLICATION.make(application, "publicise", by=agency.first)
    application = APPLICATION.make(application, "file_passed", by=agency.first, note="as assessed")
    round_ = application.assessment
    assert round_ is not None
    assert round_.filing is not None
    assert (application.state, round_.filed_on, round_.filed_by) == ("passed", timezone.localdate(), agency.first)
    letter = round_.filing.text_zh
    assert "云泽市医疗保障局：" in letter
    assert application.number in letter
    assert "结果：合格" in letter
    assert APPLICATION.make(application, "publicise", by=agency.first).state == "publicised"


def test_a_result_is_filed_once_and_by_the_agency_alone(agency: Agency) -> None:
    application = passed(agency)
    for stranger in (agency.department, agency.head, agency.owner):
        with pytest.raises(MoveRefused):
            APPLICATION.make(application, "file_passed", by=stranger)
    application = APPLICATION.make(application, "file_passed", by=agency.first)
    with pytest.raises(MoveRefused, match="filed already"):
        APPLICATION.make(application, "file_passed", by=agency.first)


def test_that_it_did_not_pass_is_filed_too(agency: Agency) -> None:
    failed = APPLICATION.make(scored(assessing(agency), agency, "0.1"), "fail", by=agency.head, note="no pharmacist")
    filed = APPLICATION.make(failed, "file_failed", by=agency.first)
    assert filed.state == "failed"
    assert filed.assessment is not None
    assert filed.assessment.filing is not None
    assert "结果：不合格" in filed.assessment.filing.text_zh


def test_a_result_that_was_overturned_is_filed_anew(agency: Agency) -> None:
    failed = APPLICATION.make(publicised(agency), "overturn", by=agency.head, note="an objection is right")
    round_ = failed.assessment
    assert round_ is not None
    assert (round_.passed, round_.filed_on, round_.filing) == (False, None, None)
    APPLICATION.make(failed, "file_failed", by=agency.first)
    told = Document.objects.filter(kind="designation_filing").order_by("pk")
    assert ["结果：不合格" in letter.text_zh for letter in told] == [False, True]


def test_the_department_reads_when_and_by_whom_the_result_was_filed(agency: Agency) -> None:
    application, client = passed(agency), Client(headers={"accept-language": "en"})
    client.force_login(agency.department)
    assert "not yet" in client.get(application.get_absolute_url()).content.decode()
    application = APPLICATION.make(application, "file_passed", by=agency.first)
    assert application.assessment is not None
    page, letter = client.get(application.get_absolute_url()).content.decode(), application.assessment.filing
    assert letter is not None
    assert f"{agency.first} · <a" in page
    paper = client.get(f"/desk/documents/{letter.pk}/paper.pdf")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


# --- A commitment in place of proof -------------------------------------------------------------------


def promised(agency: Agency) -> Application:
    """Everything is said, nothing is enclosed, and a commitment is in force."""
    application = begun(agency)
    application.files.all().delete()
    today = timezone.localdate()
    standing.tell(StandingFact.Kind.PROMISED, agency.place, record="CN-1", happened_on=today)
    return application


def test_without_a_commitment_proof_is_enclosed() -> None:
    agency = make_agency()
    application = begun(agency)
    application.files.all().delete()
    with pytest.raises(MoveRefused, match="Enclose what proves it"):
        APPLICATION.make(application, "submit", by=agency.owner)


def test_a_commitment_in_force_stands_for_proof_and_the_page_says_so(client: Client) -> None:
    agency = make_agency()
    application = APPLICATION.make(promised(agency), "submit", by=agency.owner)
    assert application.promise == "CN-1"
    client.force_login(agency.first)
    shown = client.get(application.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "Submitted without proof: commitment CN-1 stands for it." in shown
    assert APPLICATION.make(application, "accept", by=agency.first).state == "accepted"


def test_a_broken_commitment_takes_the_simplified_handling_away(client: Client) -> None:
    agency = make_agency()
    application = APPLICATION.make(promised(agency), "submit", by=agency.owner)
    today = timezone.localdate()
    Withheld.objects.create(
        what=Withheld.What.SIMPLIFIED, institution=agency.place, because="CN-1", since=today, until=today + timedelta(9)
    )
    with pytest.raises(MoveRefused, match="CN-1, is in force no more: ask for the proof"):
        APPLICATION.make(application, "accept", by=agency.first)
    client.force_login(agency.owner)
    shown = client.get(f"/institution/application/{application.number}/", headers={"accept-language": "en"}).content
    assert "commitment CN-1 was broken" in shown.decode()
