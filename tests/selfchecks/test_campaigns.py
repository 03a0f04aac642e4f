"""Problems are issued by one level, added to by those below, and never taken away."""

import pytest
from django.db import IntegrityError, transaction

from institutions.models import Institution
from supervision.moves import BeyondReach, MoveRefused
from supervision.selfchecks import answering, drafting
from supervision.selfchecks.campaigning import CAMPAIGN
from supervision.selfchecks.models import Problem, Report
from supervision.selfchecks.reporting import REPORT
from tests.builders import make_division, make_institution
from tests.selfchecks.office import Office, draft, issued, report_of

pytestmark = pytest.mark.django_db


def add(campaign: object, code: str, office: Office) -> Problem:
    return drafting.add_problem(campaign, code, field="laboratory", words="here too", basis="plan", by=office.first)  # type: ignore[arg-type]


def test_each_institution_of_the_territory_gets_a_report(office: Office) -> None:
    pharmacy = make_institution("P99010100001", "990101", kind="pharmacy")
    campaign = issued(office, kind="hospital")
    assert set(Report.objects.filter(campaign=campaign).values_list("institution", flat=True)) == {office.hospital.pk}
    assert Institution.objects.filter(pk=pharmacy.pk).exists()


def test_who_drew_it_up_does_not_issue_it(office: Office) -> None:
    office.drafter.duties = [*office.drafter.duties, "decide"]
    office.drafter.save()
    with pytest.raises(MoveRefused, match="second person"):
        CAMPAIGN.make(draft(office), "issue", by=office.drafter)


def test_a_place_adds_problems_of_its_own_and_only_it_is_asked_them(office: Office) -> None:
    elsewhere = make_institution("H99020100001", "990201")
    campaign = issued(office)
    add(campaign, "Y01", office)
    drafting.localise(campaign, by=office.first)
    here = report_of(office, campaign)
    assert here.state == "localised"
    assert [one.code for one in answering.problems_of(here)] == ["C01", "C02", "Y01"]
    there = Report.objects.get(campaign=campaign, institution=elsewhere)
    assert there.state == "issued"
    assert [one.code for one in answering.problems_of(there)] == ["C01", "C02"]


def test_an_issued_list_loses_nothing_whoever_tries(office: Office) -> None:
    campaign = issued(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        campaign.problems.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        campaign.problems.update(words="nothing")
    with pytest.raises(MoveRefused, match="draft"):
        drafting.add_problem(campaign, "C03", field="x", words="x", basis="x", by=office.drafter)


def test_a_draft_is_nobody_elses_to_add_to(office: Office) -> None:
    with pytest.raises(MoveRefused, match="draft"):
        add(draft(office), "Y01", office)


def test_nothing_is_added_once_a_report_of_the_place_is_handed_in(office: Office) -> None:
    campaign = issued(office)
    Report.objects.filter(campaign=campaign).update(state="submitted")
    with pytest.raises(MoveRefused, match="handed in"):
        add(campaign, "Y01", office)


def test_a_code_stands_on_a_list_once(office: Office) -> None:
    with pytest.raises(MoveRefused, match="this code"):
        add(issued(office), "C01", office)


def test_a_place_outside_does_not_add(office: Office) -> None:
    campaign = issued(office)
    office.first.territory = make_division("000000")
    with pytest.raises(BeyondReach):
        drafting.localise(campaign, by=office.first)


def test_a_campaign_is_closed_when_every_report_is(office: Office) -> None:
    campaign = issued(office)
    with pytest.raises(MoveRefused, match="1 reports"):
        CAMPAIGN.make(campaign, "close", by=office.issuer, note="done")
    Report.objects.filter(campaign=campaign).update(state="closed")
    assert CAMPAIGN.make(campaign, "close", by=office.issuer, note="done").state == "closed"
    assert REPORT.first == "issued"
