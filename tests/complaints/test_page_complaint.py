"""A complaint's page shows what its reader may know of what hangs together with it, and nothing more."""

import pytest
from django.test import Client

from supervision.cases.models import Case
from supervision.cases.workflows import LEAD
from supervision.complaints.models import Complaint
from tests.builders import make_division, make_institution
from tests.complaints.building import ComplaintDesk, make_complaint, make_desk

pytestmark = pytest.mark.django_db


def browser(desk: ComplaintDesk) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(desk.first)
    return client


def test_a_case_of_the_level_above_is_not_named_to_the_county() -> None:
    county, prefecture = make_desk("990101", "county"), make_desk("990100")
    complaint = make_complaint()
    case = Case.objects.create(
        number="AJ-990100-2026-0001", title="Billed across counties", origin=Case.Origin.COMPLAINT,
        place=make_division("990100"), respondent=Case.Respondent.INSTITUTION, institution=complaint.institution,
        facts="the same scheme in two counties", opened_by=prefecture.first, state=LEAD.first,
    )  # fmt: skip
    Complaint.objects.filter(pk=complaint.pk).update(case=case)
    shown = browser(county).get(complaint.get_absolute_url()).content.decode()
    assert "in another territory" in shown
    assert case.number not in shown
    assert case.number in browser(prefecture).get(complaint.get_absolute_url()).content.decode()


def test_whoever_gives_a_complaint_over_comes_back_to_the_list(desk_of_complaints: ComplaintDesk) -> None:
    make_division("990201")
    complaint, client = make_complaint(), browser(desk_of_complaints)
    address = complaint.get_absolute_url()
    sent = {"move": "give_over", "turn": complaint.turn, "to_place": "990201"}
    answer = client.post(f"{address}move/", sent, follow=True)
    assert answer.redirect_chain == [("/desk/complaints/", 302)]
    assert f"{complaint} was passed on." in answer.content.decode()
    assert client.get(address).status_code == 404


def test_what_was_told_by_telephone_names_institutions_of_the_territory_alone(
    desk_of_complaints: ComplaintDesk,
) -> None:
    elsewhere = make_institution("H99020100001", "990201")
    sent = {"channel": "telephone", "kind": "tip", "about": "institution", "facts": "charged twice"}
    refused = browser(desk_of_complaints).post("/desk/complaints/new/", {**sent, "institution": elsewhere.pk})
    assert "There is no institution with this code in your territory." in refused.content.decode()
    assert not Complaint.objects.exists()
    browser(desk_of_complaints).post("/desk/complaints/new/", {**sent, "institution": make_institution().pk})
    assert Complaint.objects.get().place_id == "990101"
