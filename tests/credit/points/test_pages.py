"""The pages of points: what the desk and the institution see, propose, decide and apply for."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credit.points.models import Qualification, ScoreRecord
from credit.points.workflows.qualification import QUALIFICATION
from institutions.models import Account, Registration
from supervision.moves import MoveRefused
from tests.builders import make_account
from tests.credit.points.office import (
    Office,
    effective,
    general,
    make_doctor,
    make_handled,
    make_matter,
    make_office,
    notified,
    proposed,
)

DESK, OWN = "/desk/practitioners/", "/institution/practitioners/"


def signed_in(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_list_shows_points_and_who_is_held_back(office: Office) -> None:
    effective(office, 12)
    shown = read(signed_in(office.keeper), DESK)
    assert office.doctor.name in shown
    assert '<td class="number" data-label="Points this year">12</td>' in shown


@pytest.mark.parametrize(
    ("asked", "found"), [("points=9", True), ("points=13", False), ("person=D9900010", True), ("state=normal", False)]
)
def test_the_list_is_filtered(office: Office, asked: str, found: bool) -> None:
    effective(office, 12)
    assert (office.doctor.name in read(signed_in(office.keeper), f"{DESK}?{asked}")) == found


def test_one_file_shows_records_holds_and_what_happened(office: Office) -> None:
    record = effective(office, 12)
    shown = read(signed_in(office.head), f"{DESK}{office.doctor.pk}/")
    for words in (
        record.number,
        "Payment qualification terminated",
        "Terminated by points",
        "no new registration until",
    ):
        assert words in shown


def test_points_are_proposed_on_the_page(office: Office) -> None:
    client, handled = signed_in(office.keeper), make_handled(office)
    address = f"{DESK}{office.doctor.pk}/propose/"
    assert handled.number in read(client, address)
    said = {
        "proceeding": handled.pk, "matter": make_matter(4).pk, "responsibility": general().pk, "facts": "ordered it twice"
    }  # fmt: skip
    answer = client.post(address, said)
    record = ScoreRecord.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, record.get_absolute_url())
    assert record.points == 4
    again = client.post(address, said)
    assert "under way already" in again.content.decode()


def test_the_head_approves_on_the_page(office: Office) -> None:
    record = proposed(office)
    client = signed_in(office.head)
    assert "Approve, and tell the institution" in read(client, record.get_absolute_url())
    client.post(f"{record.get_absolute_url()}move/", {"move": "notify", "turn": "0", "note": ""})
    record.refresh_from_db()
    assert record.state == "notified"


def test_who_does_not_keep_points_proposes_none(office: Office) -> None:
    assert signed_in(office.head).get(f"{DESK}{office.doctor.pk}/propose/").status_code == 403


def test_the_institution_appeals_and_reads_the_letter(office: Office) -> None:
    record = notified(office)
    client = signed_in(office.clerk)
    assert record.number in read(client, OWN)
    address = f"{OWN}records/{record.number}/"
    shown = read(client, address)
    assert "Appeal" in shown and "记告" in shown
    client.post(f"{address}move/", {"move": "appeal", "turn": record.turn, "points_appeal_words": "it was a colleague"})
    record.refresh_from_db()
    assert (record.state, record.appeal) == ("appealed", "it was a colleague")


def test_the_institution_applies_for_repair(office: Office) -> None:
    record = effective(office, 6)
    client, address = signed_in(office.clerk), f"{OWN}records/{record.number}/"
    told = {"move": "ask_repair", "turn": record.turn, "repair_activity": "training", "repair_done": "two days"}
    client.post(f"{address}move/", told)
    record.refresh_from_db()
    assert record.state == "repair_asked"
    assert "two days" in read(client, address)


def test_the_institution_registers_somebody(office: Office) -> None:
    client = signed_in(office.clerk)
    assert "2024-1" in read(client, f"{OWN}new/")
    told = {
        "code": "D990001000077", "name": "新医师", "kind": "physician", "since": "2026-01-01", "signed_on": "2026-01-01",
        "signed": "on",
    }  # fmt: skip
    assert client.post(f"{OWN}new/", {**told, "code": "no code"}).status_code == 200
    answer = client.post(f"{OWN}new/", told)
    assert answer["Location"] == f"{OWN}D990001000077/"
    assert "新医师" in read(client, f"{OWN}D990001000077/")
    agency = signed_in(office.keeper)
    row = Qualification.objects.get()
    agency.post(f"{row.get_absolute_url()}move/", {"move": "take_in", "turn": row.turn})
    row.refresh_from_db()
    assert row.state == "normal"


def test_an_institution_sees_the_sum_and_not_the_record_of_another(office: Office) -> None:
    other = make_office("H99010200002", sign=" elsewhere", doctor="D990001000002")
    Registration.objects.create(practitioner=office.doctor, institution=other.place, since="2020-01-01")
    record = effective(office, 5)
    client = signed_in(other.clerk)
    shown = read(client, f"{OWN}{office.doctor.pk}/")
    assert "5 points in" in shown and record.number not in shown and str(office.place) not in shown
    assert client.get(f"{OWN}records/{record.number}/").status_code == 404


def test_another_territory_finds_nothing(office: Office) -> None:
    record = effective(office, 5)
    client = signed_in(make_account("elsewhere", "990200"))
    assert office.doctor.name not in read(client, DESK)
    assert client.get(f"{DESK}{office.doctor.pk}/").status_code == 404
    assert client.get(record.get_absolute_url()).status_code == 404


def test_the_list_asks_no_more_for_thirty_than_for_three(office: Office, django_assert_max_num_queries: object) -> None:
    for number in range(30):
        make_doctor(f"D9900010009{number:02}", office.place)
    client = signed_in(office.keeper)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        read(client, DESK)


def test_at_six_points_the_institution_enters_that_the_interview_was_held(office: Office) -> None:
    effective(office, 6)
    row = Qualification.objects.get(practitioner=office.doctor)
    asked: dict[str, Any] = {"interviewer": "Dean Wang", "interviewed_on": timezone.localdate()}
    QUALIFICATION.make(row, "interview", by=office.clerk, note="talked about both orders", **asked)
    for reader, address in ((office.keeper, DESK), (office.clerk, OWN)):
        assert "by Dean Wang" in read(signed_in(reader), f"{address}{office.doctor.pk}/")


def test_no_interview_is_entered_that_no_points_ask_for(office: Office) -> None:
    effective(office, 3)
    row = Qualification.objects.get(practitioner=office.doctor)
    with pytest.raises(MoveRefused, match="ask for no interview"):
        QUALIFICATION.make(
            row, "interview", by=office.clerk, note="x", interviewer="Wang", interviewed_on=timezone.localdate()
        )


def test_the_institution_ends_a_registration_on_its_page(office: Office) -> None:
    client, address = signed_in(office.clerk), f"{OWN}{office.doctor.pk}/"
    assert "End the registration here" in read(client, address)
    assert "enter a valid date" in client.post(f"{address}end/", {"on": "never"}).content.decode().lower()
    client.post(f"{address}end/", {"on": f"{timezone.localdate()}"})
    ended = Registration.objects.get(practitioner=office.doctor, institution=office.place)
    assert ended.until == timezone.localdate()
    assert "not registered here" in client.post(f"{address}end/", {"on": f"{timezone.localdate()}"}).content.decode()


@pytest.mark.parametrize("what", ["export", "records/export"])
def test_practitioners_and_records_are_taken_away_as_tables(what: str, office: Office) -> None:
    record = effective(office, 12)
    answer = signed_in(office.keeper).get(f"{DESK}{what}.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert office.doctor.pk in text
    assert (record.number in text) == (what != "export")
    assert signed_in(office.clerk).get(f"{DESK}{what}.csv").status_code == 404
    assert "export.xlsx" in read(signed_in(office.keeper), DESK)
