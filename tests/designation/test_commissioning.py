"""A third party that was commissioned to look into an application: named by the team, read by the institution after."""

import pytest
from pytest_django import Settings

from institutions.models import Account
from supervision.audit.models import Entry
from supervision.designation import commissioning
from supervision.designation.models import Application, ApplicationFile
from supervision.designation.workflows import APPLICATION
from supervision.documents.models import Document
from supervision.hearing.attaching import FileRefused
from supervision.moves import MoveRefused
from tests.designation.parties import Agency, a_pdf, assessing, scored, submitted
from tests.designation.test_pages import browser, taken, text
from tests.hearing import hostile

pytestmark = pytest.mark.django_db
NAME = "Zhixin Auditors"


def commissioned(application: Application, by: Account) -> ApplicationFile:
    return commissioning.commission(application, NAME, a_pdf("report.pdf"), by=by).reports.get()


def test_the_team_names_it_with_its_report_on_the_page(agency: Agency) -> None:
    application = assessing(agency)
    desk = application.get_absolute_url()
    answer = browser(agency.first).post(f"{desk}third-party/", {"third_party": NAME, "report": a_pdf("report.pdf")})
    assert (answer.status_code, answer["Location"]) == (302, desk)
    report = ApplicationFile.objects.get(round=application.assessment)
    page = text(desk, agency.head)
    assert NAME in page
    assert "report.pdf" in page
    assert taken(agency.head, f"/desk/designation/files/{report.pk}/take/").startswith(b"%PDF")
    assert Entry.objects.filter(subject=application.number, facts__third_party=NAME).exists()


def test_a_name_without_a_report_and_a_file_that_is_none_are_refused_in_words(agency: Agency) -> None:
    address = f"{assessing(agency).get_absolute_url()}third-party/"
    client = browser(agency.first)
    assert "This field is required" in client.post(address, {"third_party": NAME}).content.decode()
    given = {"third_party": NAME, "report": a_pdf("x.pdf", b"no pdf at all")}
    assert "it is no PDF" in client.post(address, given).content.decode()
    assert not ApplicationFile.objects.exclude(round=None).exists()


def test_the_institution_reads_it_with_the_result_and_not_before(agency: Agency) -> None:
    application = assessing(agency)
    report = commissioned(application, agency.first)
    own, file = f"/institution/application/{application.number}/", f"/institution/application/files/{report.pk}/take/"
    assert NAME not in text(own, agency.owner)
    assert browser(agency.owner).get(file).status_code == 404
    APPLICATION.make(scored(application, agency), "pass", by=agency.head)
    assert NAME in text(own, agency.owner)
    assert taken(agency.owner, file).startswith(b"%PDF")
    letter = Document.objects.get(kind="designation_result")
    assert NAME in letter.text_zh
    assert "结果由经办机构作出" in letter.text_zh


def test_without_one_the_letter_says_nothing_of_it(agency: Agency) -> None:
    APPLICATION.make(scored(assessing(agency), agency), "pass", by=agency.head)
    assert "第三方" not in Document.objects.get(kind="designation_result").text_zh


def test_the_decision_stays_with_the_sheet_and_the_agency(agency: Agency) -> None:
    application = assessing(agency)
    commissioned(application, agency.first)
    with pytest.raises(MoveRefused, match="sheet is not complete"):
        APPLICATION.make(application, "pass", by=agency.head)


def test_only_the_team_names_it_while_it_assesses(agency: Agency) -> None:
    application = submitted(agency)
    with pytest.raises(MoveRefused, match="not being assessed"):
        commissioned(application, agency.first)
    application = APPLICATION.make(application, "accept", by=agency.first)
    both = [agency.first.username, agency.second.username]
    application = APPLICATION.make(application, "assess", by=agency.first, assessors=both)
    agency.head.duties = ["read", "agree", "decide"]
    agency.head.save()
    with pytest.raises(MoveRefused, match="not of the team"):
        commissioned(application, agency.head)
    with pytest.raises(MoveRefused, match="Name the third party"):
        commissioning.commission(application, "  ", a_pdf(), by=agency.first)
    with pytest.raises(MoveRefused, match="stand by the sheet already"):
        commissioned(scored(application, agency), agency.first)


def test_what_is_sent_twice_is_kept_once_and_is_no_file_of_the_applicants(agency: Agency) -> None:
    application = assessing(agency)
    content = hostile.pdf()
    for by in (agency.first, agency.second):
        round_ = commissioning.commission(application, NAME, a_pdf("report.pdf", content), by=by)
    assert round_.reports.count() == 1
    assert [one.name for one in application.files.enclosed()] == ["licence.pdf"]


def test_no_more_reports_than_files_may_be_enclosed(agency: Agency, settings: Settings) -> None:
    application = assessing(agency)
    settings.ATTACHMENTS_MOST = 0
    with pytest.raises(FileRefused):
        commissioned(application, agency.first)
