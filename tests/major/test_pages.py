"""The pages of major issues and interviews, as the desk, the levels above and the hospital see them."""

import pytest
from django.test import Client

from institutions.models import Account
from supervision.complaints.models import Complaint
from supervision.major import following
from supervision.major.models import Interview, Issue
from tests.complaints.building import make_complaint
from tests.major.office import Office, called, found, listed, ordered, reported, responding, with_task

pytestmark = pytest.mark.django_db


def page(client: Client, account: Account, address: str) -> str:
    client.force_login(account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_issue_is_brought_up_reported_and_answered_from_its_pages(client: Client, office: Office) -> None:
    assert "What the levels mean here" in page(client, office.officer, "/desk/major-issues/new/")
    sent = {
        "title": "Empty beds", "kind": "loss", "level": "2", "found_at": "2026-01-05T08:00", "facts": "two wards",
        "institutions": "1", "divisions": "1",
    }  # fmt: skip
    client.post("/desk/major-issues/new/", sent)
    issue = Issue.objects.get()
    at = issue.get_absolute_url()
    client.post(f"{at}move/", {"move": "report", "turn": "0", "issue_report": "what is known"})
    shown = page(client, office.province, at)
    assert "reported too late" in shown  # found in January
    assert "too late, it was due" in shown
    assert "reported too late" in page(client, office.chief, "/desk/major-issues/?late=yes")


def test_what_is_written_beside_it_stands_on_its_page(client: Client, office: Office) -> None:
    at = responding(office).get_absolute_url()
    client.force_login(office.officer)
    client.post(f"{at}write/", {"act": "follow_up", "words": "Day two: all wards visited."})
    client.force_login(office.province)
    client.post(f"{at}write/", {"act": "guidance", "kind": "team", "words": "Five people come."})
    shown = page(client, office.chief, at)
    assert "Day two: all wards visited." in shown
    assert "Five people come." in shown
    client.force_login(office.chief)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    refused = client.post(f"{at}write/", {"act": "guidance", "kind": "team", "words": "Ours"})
    assert "for a level above the place to do" in refused.content.decode()
    assert client.post(f"{at}write/", {"act": "none"}).status_code == 302


def test_a_complaint_is_linked_and_whoever_may_not_see_it_sees_its_number_alone(client: Client, office: Office) -> None:
    complaint = make_complaint()
    Complaint.objects.filter(pk=complaint.pk).update(place="990101")
    issue = responding(office)
    following.link_matter(issue, complaint.number, by=office.chief)
    assert f'href="/desk/complaints/{complaint.number}/"' in page(client, office.chief, issue.get_absolute_url())
    hidden = page(client, office.officer, issue.get_absolute_url())
    assert complaint.number in hidden
    assert f'href="/desk/complaints/{complaint.number}/"' not in hidden
    assert "not yours to see" in hidden


def test_tasks_and_listing_are_shown_and_done(client: Client, office: Office) -> None:
    assert "Get the money back." in page(client, office.chief, listed(office).get_absolute_url())
    issue = with_task(office)
    at = issue.get_absolute_url()
    assert "Visit each ward" in page(client, office.officer, at)
    client.post(f"{at}write/", {"act": "done", "task": f"{issue.tasks.get().pk}", "words": "all visited"})
    assert issue.tasks.get().done_words == "all visited"


def test_contacts_are_named_on_their_page_and_stand_beside_the_issue(client: Client, office: Office) -> None:
    client.force_login(office.chief)
    client.post("/desk/major-issues/contacts/", {"name": "Li", "post": "director", "telephone": "0990 1"})
    assert "0990 1" in page(client, office.officer, "/desk/major-issues/contacts/")
    issue = found(office)
    assert "0990 1" in page(client, office.province, issue.get_absolute_url())
    client.force_login(office.officer)
    client.post("/desk/major-issues/contacts/", {"name": "Wu", "post": "x", "telephone": "1"})
    assert "Wu" not in page(client, office.chief, "/desk/major-issues/contacts/")


def test_the_hospital_reads_why_it_is_called_in_and_answers(client: Client, office: Office) -> None:
    assert "was not called" in page(client, office.answerer, "/institution/interviews/")
    interview = ordered(office)
    at = f"/institution/interviews/{interview.number}/"
    shown = page(client, office.answerer, at)
    assert "Empty beds were billed." in shown
    assert "It will be given back." in shown
    client.post(f"{at}move/", {"move": "answer", "turn": f"{interview.turn}", "interview_done": "all is back"})
    assert Interview.objects.get().answer == "all is back"
    assert "all is back" in page(client, office.officer, interview.get_absolute_url())


def test_an_interview_is_decided_on_from_the_issue(client: Client, office: Office) -> None:
    issue = reported(office)
    address = f"/desk/major-issues/interviews/new/?issue={issue.number}"
    assert issue.title in page(client, office.officer, address)
    sent = {"kind": "institution", "code": office.hospital.pk, "reason": "empty beds"}
    client.post(address, sent)
    interview = Interview.objects.get()
    assert interview.issue == issue
    assert interview.number in page(client, office.chief, "/desk/major-issues/interviews/?kind=institution")
    client.force_login(office.officer)
    refused = client.post(address, {**sent, "code": "H0"}).content.decode()
    assert "nothing by this code" in refused


def test_a_place_below_sees_no_issue_of_the_place_above(client: Client, office: Office) -> None:
    issue, interview = found(office), called(office, office.county.territory)
    client.force_login(office.county)
    assert client.get(issue.get_absolute_url()).status_code == 404
    assert client.get(interview.get_absolute_url()).status_code == 404  # not called in yet


def test_no_list_asks_more_for_many_than_for_few(
    client: Client, office: Office, django_assert_max_num_queries: object
) -> None:
    for _number in range(3):
        responding(office)
    client.force_login(office.province)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get("/desk/major-issues/")
