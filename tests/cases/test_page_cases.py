"""The pages of cases: the list, a new lead, one case with its tracks, and one proceeding with its moves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.cases.models import Case, Proceeding
from supervision.cases.proceeding import open_proceeding
from supervision.cases.workflows import LEAD
from tests.builders import make_account
from tests.cases.office import (
    Office,
    assigned,
    charged,
    investigating,
    make_case,
    make_office,
    make_officer,
    make_upheld,
    verified,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def text(client: Client, address: str, by: Account) -> str:
    client.force_login(by)
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_list_shows_the_cases_of_the_territory_and_filters_in_the_address(page: Client, office: Office) -> None:
    case = make_case(office, title="Charges twice")
    other = assigned(make_case(office, title="Beds empty", origin="complaint"), office)
    shown = text(page, "/desk/cases/", office.first)
    assert "2 cases" in shown and "Charges twice" in shown and "Beds empty" in shown
    for query, title in (
        ("state=new", "Charges twice"),
        ("origin=complaint", "Beds empty"),
        (f"text={case.number}", "Charges twice"),
        ("whose=mine", "Beds empty"),
    ):
        shown = text(page, f"/desk/cases/?{query}", office.first)
        assert ("Charges twice" in shown, "Beds empty" in shown) == (title == case.title, title == other.title), query
    assert "No case answers all of these filters." in text(page, "/desk/cases/?text=nothing", office.first)
    elsewhere = make_account("elsewhere", "990200")
    assert "No case has been opened here yet" in text(page, "/desk/cases/", elsewhere)


def test_a_lead_is_opened_from_findings_that_were_ticked(page: Client, office: Office) -> None:
    hearing = make_upheld(office, "1000.00")
    shown = text(page, f"/desk/cases/new/?hearing={hearing.pk}", office.first)
    assert f'value="{hearing.pk}"' in shown and office.place.pk in shown
    sent = {"title": "Charges twice", "origin": "findings", "respondent": "institution", "facts": "as found"}
    answer = page.post("/desk/cases/new/", {**sent, "hearing": hearing.pk})
    case = Case.objects.get()
    assert answer.headers["Location"] == case.get_absolute_url()
    assert (case.institution, case.place, case.findings.get().hearing) == (office.place, office.place.division, hearing)


def test_a_lead_takes_in_nothing_of_another_territory(page: Client, office: Office) -> None:
    theirs = make_office("990200", "there")
    hearing = make_upheld(theirs, "500.00")
    shown = text(page, f"/desk/cases/new/?hearing={hearing.pk}&institution={theirs.place.pk}", office.first)
    assert f'value="{hearing.pk}"' not in shown
    sent = {"title": "Theirs", "origin": "other", "respondent": "institution", "facts": "as heard"}
    answer = page.post("/desk/cases/new/", {**sent, "institution": theirs.place.pk})
    assert "There is no institution with this code in your territory." in answer.content.decode()
    page.post("/desk/cases/new/", {**sent, "institution": office.place.pk, "hearing": hearing.pk})
    assert not Case.objects.exists()


def test_a_lead_without_what_it_needs_keeps_what_was_written(page: Client, office: Office) -> None:
    page.force_login(office.first)
    answer = page.post("/desk/cases/new/", {"title": "A whisper", "origin": "other", "respondent": "institution"})
    shown = answer.content.decode()
    assert "Say which institution it is." in shown and 'value="A whisper"' in shown
    assert not Case.objects.exists()


def test_who_holds_no_duty_for_it_opens_no_case(page: Client, office: Office) -> None:
    page.force_login(make_account("reader", duties=[Duty.READ]))
    sent = {"title": "A whisper", "origin": "other", "respondent": "person", "person": "D1", "facts": "heard"}
    assert "You do not hold the duty for this." in page.post("/desk/cases/new/", sent).content.decode()
    assert not Case.objects.exists()


def test_a_case_offers_its_legal_moves_and_says_why_others_are_closed(page: Client, office: Office) -> None:
    case = verified(make_case(office), office)
    shown = text(page, case.get_absolute_url(), office.first)
    assert "Propose what to do" in shown and "You do not hold the duty for this" in shown
    assert "closed-act" in shown and "Archive" not in shown


def test_a_move_is_made_from_the_page_with_what_it_asks(page: Client, office: Office) -> None:
    case = make_case(office)
    page.force_login(office.first)
    page.post(f"{case.get_absolute_url()}move/", {"move": "triage", "turn": 0, "note": "worth a look"})
    page.force_login(office.chief)
    shown = page.post(f"{case.get_absolute_url()}move/", {"move": "assign", "turn": 1}).content.decode()
    assert "This field is required." in shown
    both = [office.first.username, office.second.username]
    page.post(f"{case.get_absolute_url()}move/", {"move": "assign", "turn": 1, "officers": both})
    case.refresh_from_db()
    assert (case.state, case.officers.count()) == ("assigned", 2)


def test_who_decides_on_what_was_shown_before_is_told_that_somebody_was_quicker(page: Client, office: Office) -> None:
    case = make_case(office)
    LEAD.make(case, "triage", by=office.first, note="worth a look")
    page.force_login(office.first)
    answer = page.post(f"{case.get_absolute_url()}move/", {"move": "triage", "turn": 0, "note": "mine"})
    assert "Somebody has moved on since you looked" in answer.content.decode()


def test_a_refused_move_keeps_what_was_written(page: Client, office: Office) -> None:
    case = verified(make_case(office), office)
    page.force_login(office.second)
    answer = page.post(f"{case.get_absolute_url()}move/", {"move": "propose", "note": "a long thought", "proposal": ""})
    assert "a long thought" in answer.content.decode()


def test_the_tracks_stand_side_by_side_on_one_line_of_time(page: Client, office: Office) -> None:
    penalty = investigating(make_case(office, make_upheld(office, "1000.00")), office)
    referral = open_proceeding(penalty.case, "criminal", by=office.first)
    shown = text(page, penalty.case.get_absolute_url(), office.first)
    line = shown[shown.index('<ol class="tracks') : shown.index("</ol>", shown.index('<ol class="tracks'))]
    assert line.index("on-track-1") < line.index("on-track-3") < line.index("on-track-4")
    assert penalty.number in line and referral.number in line
    assert "Agreement" in shown or "agreement" in shown


def test_a_case_shows_its_findings_sums_letters_and_deadlines(page: Client, office: Office) -> None:
    penalty = investigating(make_case(office, make_upheld(office, "1000.00")), office)
    shown = text(page, penalty.case.get_absolute_url(), office.first)
    assert "¥1,000.00" in shown and f"/desk/ledger/items/?case={penalty.case.number}" in shown
    assert "/desk/documents/" in shown and "Remaining: " in shown
    assert str(office.second) in shown


def test_a_proceeding_shows_its_moves_violations_and_history(page: Client, office: Office, penalty: Proceeding) -> None:
    charged(penalty, office)
    shown = text(page, penalty.get_absolute_url(), office.first)
    assert "Record a violation" in shown and "Not weighed yet." in shown
    assert "Begin the investigation" in shown and "charges of March" in shown


def test_a_violation_is_recorded_and_weighed_on_the_page(page: Client, office: Office, penalty: Proceeding) -> None:
    page.force_login(office.first)
    move = f"{penalty.get_absolute_url()}move/"
    line = penalty.case.findings.get().hearing.lines.get()
    day = (timezone.localdate() - timedelta(days=30)).isoformat()
    page.post(move, {
        "move": "charge", "turn": penalty.turn, "violation_type": "V38.3", "lines": [line.pk], "acted_from": day,
        "acted_until": day, "limitation": "2", "limitation_reason": "an ordinary matter",
    })  # fmt: skip
    violation = penalty.violations.get()
    page.post(move, {
        "move": "propose_fine", "turn": penalty.turn + 1, "violation": violation.pk, "grade": "ordinary", "multiple": "1.5",
    })  # fmt: skip
    violation.refresh_from_db()
    assert violation.fine == violation.base * violation.multiple > 0
    assert "1.5" in text(page, penalty.get_absolute_url(), office.first)


def test_an_officer_is_replaced_and_another_steps_aside_on_the_page(page: Client, office: Office) -> None:
    case = assigned(make_case(office), office)
    make_officer("third")
    address = f"{case.get_absolute_url()}officers/"
    page.force_login(office.chief)
    sent = {"act": "replace", "officer": "second", "coming": "third", "reason": "moves to another bureau"}
    page.post(address, sent)
    assert {one.account.username for one in case.officers.filter(until=None)} == {"first", "third"}
    page.force_login(office.first)
    page.post(
        address, {"act": "ask_recusal", "officer": "first", "asked_for": "officer", "reason": "a cousin works there"}
    )
    page.force_login(office.chief)
    recusal = case.recusals.get()
    page.post(address, {"act": "decide_recusal", "recusal": recusal.pk, "decision": "grant", "reason": "agreed"})
    assert case.officers.get(account=office.first).recused
    assert "stepped aside" in text(page, case.get_absolute_url(), office.chief)


def test_further_findings_join_a_case(page: Client, office: Office) -> None:
    case = make_case(office)
    hearing = make_upheld(office, "500.00")
    page.force_login(office.first)
    page.post(f"{case.get_absolute_url()}findings/", {"hearing": hearing.pk})
    assert case.findings.get().hearing == hearing


def test_a_finding_of_another_territory_joins_no_case(page: Client, office: Office) -> None:
    case, theirs = make_case(office), make_upheld(make_office("990200", "there"), "500.00")
    page.force_login(office.first)
    page.post(f"{case.get_absolute_url()}findings/", {"hearing": theirs.pk})
    assert not case.findings.exists()


@pytest.mark.parametrize("what", ["", "move/", "begin/", "officers/", "findings/"])
def test_a_case_elsewhere_is_not_there(page: Client, office: Office, what: str) -> None:
    case = make_case(office)
    page.force_login(make_account("elsewhere", "990200"))
    ask = page.post if what else page.get
    assert ask(f"{case.get_absolute_url()}{what}").status_code == 404


def test_the_list_asks_as_much_of_the_database_for_many_cases_as_for_few(page: Client, office: Office) -> None:
    counts = []
    for _ in range(3):
        investigating(make_case(office), office)
        make_case(office)
        with CaptureQueriesContext(connection) as asked:
            text(page, "/desk/cases/", office.first)
        counts.append(len(asked))
    assert counts[1] == counts[2]
