"""The pages of the library: names masked for most, everything written down by a form."""

import pytest
from django.test import Client

from institutions.models import Account, Duty
from supervision.cases.models import Case
from supervision.complaints.supervisors.models import SocialSupervisor, State
from tests.builders import make_account
from tests.complaints.supervisors.conftest import Library
from tests.complaints.supervisors.library import make_appointed, make_nominee


@pytest.fixture
def page(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def text(client: Client, address: str, by: Account) -> str:
    client.force_login(by)
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_list_masks_names_and_filters_by_state(page: Client, at: Library) -> None:
    appointed = make_appointed(at.keeper, at.chief)
    make_nominee(at.keeper, person="陆远帆")
    assert "沈知秋" in text(page, "/desk/supervisors/", at.keeper)
    masked = text(page, "/desk/supervisors/", at.chief)
    assert "沈知秋" not in masked and "沈**" in masked
    assert "陆" not in text(page, "/desk/supervisors/?state=appointed", at.keeper)
    assert "Nobody in the library stands so." in text(page, "/desk/supervisors/?state=lapsed", at.keeper)
    one = text(page, appointed.get_absolute_url(), at.chief)
    assert "沈知秋" not in one and "knows billing" not in one
    assert "Nobody has been nominated yet." in text(page, "/desk/supervisors/", make_account("elsewhere", "990200"))


def test_somebody_is_nominated_and_selected_by_forms(page: Client, at: Library) -> None:
    page.force_login(at.keeper)
    sent = {"person": "沈知秋", "category": "media", "recommended": "self", "division": "990100"}
    answer = page.post("/desk/supervisors/new/", sent)
    assert "Error:" in answer.content.decode()
    answer = page.post("/desk/supervisors/new/", {**sent, "reason": "writes about prices"})
    nominee = SocialSupervisor.objects.get()
    assert answer.headers["Location"] == nominee.get_absolute_url()
    refused = page.post(f"{nominee.get_absolute_url()}move/", {"move": "publicise", "turn": "0"})
    assert "cannot be done with what is nominated" in refused.content.decode()
    page.force_login(at.chief)
    page.post(f"{nominee.get_absolute_url()}move/", {"move": "refuse", "turn": "0", "note": "no time"})


def test_tasks_leads_and_appraisals_are_written_on_the_persons_page(page: Client, at: Library) -> None:
    one = make_appointed(at.keeper, at.chief)
    address = f"{one.get_absolute_url()}write/"
    page.force_login(at.keeper)
    page.post(address, {"act": "task", "what": "visit three pharmacies"})
    page.post(address, {"act": f"report {one.tasks.get().pk}", "report": "two sold food"})
    page.post(address, {"act": "lead", "text": "beds are empty", "institution": at.office.place.pk})
    page.post(address, {"act": f"take_up {one.leads.get().pk}", "title": "Beds empty"})
    page.post(address, {"act": "appraise", "text": "diligent"})
    shown = text(page, one.get_absolute_url(), at.keeper)
    assert all(words in shown for words in ("visit three pharmacies", "two sold food", Case.objects.get().number))
    assert "diligent" in shown and "diligent" not in text(page, one.get_absolute_url(), at.office.first)
    page.force_login(at.keeper)
    wrong = page.post(address, {"act": "lead", "text": "seen", "institution": "H99020100001"})
    assert "no institution with this code" in wrong.content.decode()
    for act in ("nothing", "report 0", f"report {10**20}", "leave x"):
        assert page.post(address, {"act": act}).status_code == 302


def test_whoever_holds_no_duty_writes_nothing(page: Client, at: Library) -> None:
    one = make_appointed(at.keeper, at.chief)
    page.force_login(make_account("reader", "990100", duties=[Duty.READ]))
    page.post(f"{one.get_absolute_url()}write/", {"act": "task", "what": "visit"})
    assert not one.tasks.exists()
    assert page.get("/desk/supervisors/new/").status_code == 403
    assert one.state == State.APPOINTED
