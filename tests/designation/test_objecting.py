"""Objections: from whom, until when, kept how, answered by whom, and what they hold up."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from supervision.audit.models import Entry, RowChange
from supervision.complaints import receipts, resealing
from supervision.complaints.gate import proving
from supervision.designation import forgetting, objecting, tasks
from supervision.designation.models import Application, Objection
from supervision.designation.workflows import APPLICATION, OBJECTION
from supervision.moves import THE_SITE, BeyondReach, MoveRefused
from supervision.refusal import Refused
from tests.complaints.gate.test_proving import solved
from tests.designation.parties import TOLD, Agency, make_agency, objected, over, passed, publicised, scored

pytestmark = pytest.mark.django_db
SAID = {"words": "The pharmacist is never there.", "name": "Ouyang", "contact": "0990 555 123"}


@pytest.fixture(autouse=True)
def little_work(settings: Settings) -> None:
    settings.PROOF_ROUNDS, settings.PROOF_TRIES = 1, 4


def way(application: Application) -> str:
    return f"/designated/publicised/{application.number}/object/"


def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def post(application: Application, ticket: str = "", **said: str) -> str:
    given = {"ticket": ticket or receipts.draw_ticket(), "proof": solved(proving.challenge()), **SAID, **said}
    answer = anybody().post(way(application), given)
    assert answer.status_code == 200
    return answer.content.decode()


def receipt_on(page: str) -> str:
    found = re.search(r'class="receipt">([0-9A-Z-]{19})<', page)
    assert found, page
    return found[1]


def followed(receipt: str) -> str:
    return anybody().post("/designated/objections/", {"receipt": receipt}).content.decode()


def test_anybody_objects_on_the_public_page_and_reads_the_answer_with_the_receipt(agency: Agency) -> None:
    application = publicised(agency)
    listed = anybody().get("/designated/publicised/").content.decode()
    assert way(application) in listed
    receipt = receipt_on(post(application))
    objection = application.objections.get()
    assert (objection.words, objection.name, objection.contact) == tuple(SAID.values())
    assert "not answered yet" in followed(receipt)
    OBJECTION.make(objection, "dismiss", by=agency.head, note="He was there on three visits.")
    page = followed(receipt.lower().replace("-", " "))
    assert "not upheld" in page
    assert "He was there on three visits." in page
    assert SAID["contact"] not in page


def test_another_receipt_opens_nothing(agency: Agency) -> None:
    post(publicised(agency))
    for typed in ("", "1234", "0000-0000-0000-0000", "x" * 500):
        page = followed(typed)
        assert "There is no objection with this receipt." in page
        assert SAID["words"] not in page


def test_what_was_said_and_who_said_it_stand_nowhere_in_the_database(agency: Agency) -> None:
    objection = objected(publicised(agency))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o::text || e::text FROM designation_objection o JOIN designation_objectionevent e ON e.objection_id = o.id"
        )
        (row,) = cursor.fetchone()
    assert not any(told in row for told in (TOLD.words, TOLD.contact))
    assert TOLD.words not in str(list(Entry.objects.filter(subject=objection.number).values()))


def test_keys_are_turned_for_objections_too() -> None:
    assert {column.column for model, column in resealing.columns() if model is Objection} == {
        "words_sealed", "name_sealed", "contact_sealed",
    }  # fmt: skip


def test_without_the_proof_nothing_is_taken_in_and_what_was_written_stays(agency: Agency) -> None:
    application = publicised(agency)
    page = post(application, proof="")
    assert "The check that keeps machines out is missing" in page
    assert SAID["words"] in page
    assert not Objection.objects.exists()


@pytest.mark.parametrize("left_out", ["words", "name", "contact"])
def test_nothing_is_taken_in_without_words_name_and_contact(agency: Agency, left_out: str) -> None:
    page = post(publicised(agency), **{left_out: " "})
    assert "One place needs mending" in page
    assert not Objection.objects.exists()


def test_what_is_sent_twice_is_taken_in_once_with_the_same_receipt(agency: Agency) -> None:
    application, ticket = publicised(agency), receipts.draw_ticket()
    first, second = post(application, ticket), post(application, ticket)
    assert receipt_on(first) == receipt_on(second)
    assert Objection.objects.count() == 1
    assert "was sent already" in post(application, ticket, words="Something else.")
    assert post(application)
    assert Objection.objects.count() == 2


def test_it_is_open_to_the_last_moment_of_its_time_and_not_after(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        application = publicised(agency)
    assert application.clock is not None
    due = application.clock.due_at
    with time_machine.travel(due, tick=False):
        assert objecting.is_open(application)
        with pytest.raises(MoveRefused, match="not over yet"):
            APPLICATION.make(application, "negotiate", by=agency.first)
        objected(application)
    with time_machine.travel(due.timestamp() + 1, tick=False):
        assert not objecting.is_open(application)
        with pytest.raises(Refused, match="the time for objections is over"):
            objected(application, mark="k:2")


def test_a_page_after_its_day_says_so_and_takes_nothing_in(agency: Agency) -> None:
    application = publicised(agency)
    over(application.clock)
    assert "the time for objections is over" in post(application)
    assert way(application) not in anybody().get("/designated/publicised/").content.decode()
    assert not Objection.objects.exists()


def test_what_is_not_publicised_has_no_page(agency: Agency) -> None:
    application = passed(agency)
    assert anybody().get(way(application)).status_code == 404
    with pytest.raises(Refused, match="publicised no more"):
        objected(application)


def test_nothing_is_negotiated_before_every_objection_is_answered(agency: Agency) -> None:
    application = publicised(agency)
    one, two = objected(application), objected(application, mark="k:2")
    over(application.clock)
    OBJECTION.make(one, "dismiss", by=agency.head, note="looked into")
    with pytest.raises(MoveRefused, match="Objections are not answered yet: 1"):
        APPLICATION.make(application, "negotiate", by=agency.first)
    OBJECTION.make(two, "dismiss", by=agency.head, note="looked into")
    assert APPLICATION.make(application, "negotiate", by=agency.first).state == "negotiating"


def test_an_upheld_objection_leaves_only_that_it_does_not_pass(agency: Agency) -> None:
    application = publicised(agency)
    OBJECTION.make(objected(application), "uphold", by=agency.head, note="nobody was there")
    over(application.clock)
    with pytest.raises(MoveRefused, match="An objection was upheld"):
        APPLICATION.make(application, "negotiate", by=agency.first)
    failed = APPLICATION.make(application, "overturn", by=agency.head, note="nobody was there")
    assert failed.state == "failed"
    # Put right and assessed again, what was upheld speaks against the former result alone.
    rectifying = APPLICATION.make(failed, "rectify", by=agency.first)
    again_ = APPLICATION.make(rectifying, "rectified", by=agency.owner, note="hired another")
    shown = APPLICATION.make(scored(again_, agency), "pass", by=agency.head)
    shown = APPLICATION.make(shown, "file_passed", by=agency.first)
    shown = APPLICATION.make(shown, "publicise", by=agency.first)
    over(shown.clock)
    assert APPLICATION.make(shown, "negotiate", by=agency.first).state == "negotiating"


def test_an_answer_needs_words_and_another_than_the_team(agency: Agency) -> None:
    objection = objected(publicised(agency))
    with pytest.raises(MoveRefused, match="Say why"):
        OBJECTION.make(objection, "uphold", by=agency.head)
    agency.first.duties = ["read", "decide"]
    agency.first.save()
    with pytest.raises(MoveRefused, match="second person"):
        OBJECTION.make(objection, "uphold", by=agency.first, note="so it is")


def test_another_agency_neither_reads_nor_answers_it(agency: Agency) -> None:
    objection, other = objected(publicised(agency)), make_agency("990200", "n")
    client = anybody()
    client.force_login(other.head)
    assert client.get(objection.get_absolute_url()).status_code == 404
    with pytest.raises(BeyondReach):
        OBJECTION.make(objection, "dismiss", by=other.head, note="none of ours")


def test_who_objected_is_read_by_those_who_answer_and_by_nobody_else(agency: Agency) -> None:
    objection = objected(publicised(agency))
    for account, reads in ((agency.head, True), (agency.first, True), (agency.department, False)):
        client = anybody()
        client.force_login(account)
        page = client.get(objection.get_absolute_url()).content.decode()
        assert TOLD.words in page
        assert (TOLD.contact in page) == reads
        assert TOLD.words in client.get(objection.application.get_absolute_url()).content.decode()
    agency.first.duties = ["read"]
    agency.first.save()
    client = anybody()
    client.force_login(agency.first)
    page = client.get(objection.get_absolute_url()).content.decode()
    assert TOLD.words in page
    assert TOLD.contact not in page
    client.force_login(agency.owner)
    assert client.get(objection.get_absolute_url()).status_code in (302, 404)
    own = client.get(f"/institution/application/{objection.application.number}/").content.decode()
    assert TOLD.words not in own


def test_the_desk_answers_on_the_page(agency: Agency) -> None:
    objection = objected(publicised(agency))
    client = anybody()
    client.force_login(agency.head)
    assert "Uphold the objection" in client.get(objection.get_absolute_url()).content.decode()
    move = f"{objection.get_absolute_url()}move/"
    assert "Reason" in client.post(move, {"move": "dismiss", "note": ""}).content.decode()
    client.post(move, {"move": "dismiss", "note": "He was there."})
    objection.refresh_from_db()
    assert (objection.state, objection.answer) == ("dismissed", "He was there.")


# --- Erased -----------------------------------------------------------------------------------------


def given_up(agency: Agency) -> Objection:
    """Somebody objected, it was upheld, and the applicant did not put it right in time."""
    application = publicised(agency)
    objection = objected(application)
    OBJECTION.make(objection, "uphold", by=agency.head, note="it is so")
    APPLICATION.make(application, "overturn", by=agency.head, note="as was objected")
    APPLICATION.make(application, "rectify", by=agency.first)
    over(Application.objects.get().clock)
    APPLICATION.make(application, "run_out", by=THE_SITE)
    return Objection.objects.get()


def test_who_objected_is_erased_a_year_after_the_application_is_over(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        objection = given_up(agency)
        assert str(forgetting.due_on(objection)) == "2027-03-02"
    with time_machine.travel("2027-03-01 02:00Z", tick=False):
        assert forgetting.forget_due() == 0
    with time_machine.travel("2027-03-02 02:00Z", tick=False):
        tasks.forget_objectors()
        assert forgetting.forget_due() == 0
    objection.refresh_from_db()
    assert (objection.name, objection.contact, objection.words) == ("", "", TOLD.words)
    assert objection.name_sealed == objection.contact_sealed == ""
    assert str(objection.forgotten_on) == "2027-03-02"
    (told,) = Entry.objects.filter(subject=objection.number, facts__move="forget")
    assert set(told.facts) == {"move"}


def test_while_the_application_is_under_way_nothing_is_erased(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        objection = objected(publicised(agency))
        assert forgetting.due_on(objection) is None
    with time_machine.travel("2030-03-02 02:00Z", tick=False):
        assert forgetting.forget_due() == 0
    objection.refresh_from_db()
    assert objection.name == TOLD.name


def test_pages_say_when_it_is_erased_and_that_it_was(agency: Agency) -> None:
    application = publicised(agency)
    receipt = receipt_on(post(application))
    objection = Objection.objects.get()
    client = anybody()
    client.force_login(agency.head)
    page = client.get(objection.get_absolute_url()).content.decode()
    assert "are erased on" not in page
    Application.objects.filter(pk=application.pk).update(state="no_agreement")
    page = client.get(objection.get_absolute_url()).content.decode()
    assert "name and contact are erased on" in page
    Application.objects.update(moved_at=timezone.now() - timedelta(days=800))
    assert forgetting.forget_due() == 1
    page = client.get(objection.get_absolute_url()).content.decode()
    assert "Ouyang" not in page
    assert "0990 555 123" not in page
    assert "erased on" in page
    assert "erased on" in followed(receipt)
    assert SAID["words"] in followed(receipt)


def test_after_it_was_erased_former_rows_hold_none_of_it(agency: Agency) -> None:
    objected(publicised(agency))
    Application.objects.update(state="no_agreement", moved_at=timezone.now() - timedelta(days=800))
    sealed = Objection.objects.get().name_sealed
    assert forgetting.forget_due() == 1
    (before,) = RowChange.objects.filter(table="designation_objection")
    assert sealed not in str(before.before)
