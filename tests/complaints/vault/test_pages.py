"""The desk's pages of openings: from the asking to the page that shows it once."""

import re
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Account, Duty
from supervision.complaints.vault.models import Opening, Reading
from tests.builders import make_account
from tests.complaints.vault.building import SUBJECT, WHO, make_approved, make_asked, make_reader, make_sealed, running
from tests.institutions.authenticators import enrol

pytestmark = pytest.mark.django_db
LIST = "/desk/identities/"


def browser(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


@pytest.fixture
def asker(db: None) -> Account:
    make_sealed()
    return make_reader("asker")


@pytest.fixture
def second(db: None) -> Account:
    return make_reader("second")


def test_one_asks_and_another_approves(asker: Account, second: Account) -> None:
    page = browser(asker).get(f"{LIST}ask/?subject={SUBJECT}").content.decode()
    assert SUBJECT in page
    sent = {"subject": SUBJECT, "kind": "identity", "purpose": "verify", "reason": "a witness is needed", "hours": "4"}
    answer = browser(asker).post(f"{LIST}ask/", sent)
    opening = Opening.objects.get()
    assert answer.headers["Location"] == opening.get_absolute_url()
    own = browser(asker).get(opening.get_absolute_url()).content.decode()
    assert "This needs a second person" in own
    assert "Show the identity" not in own
    assert "a witness is needed" in browser(second).get(opening.get_absolute_url()).content.decode()
    answer = browser(second).post(f"{opening.get_absolute_url()}move/", {"move": "approve", "turn": "0"}, follow=True)
    assert "approved" in answer.content.decode()
    assert "Show the identity" not in answer.content.decode()
    assert "Show the identity" in browser(asker).get(opening.get_absolute_url()).content.decode()
    assert SUBJECT in browser(second).get(LIST).content.decode()


def test_what_is_wrong_with_a_wish_is_said_and_what_was_typed_is_kept(asker: Account) -> None:
    wrong = {"subject": "JB-none", "kind": "identity", "purpose": "tell", "reason": "kept words", "hours": "4"}
    page = browser(asker).post(f"{LIST}ask/", wrong).content.decode()
    assert "Nothing is kept here under that number." in page
    assert "kept words" in page
    assert Opening.objects.count() == 0


def test_c1_what_is_kept_elsewhere_is_answered_like_what_is_not_there(asker: Account) -> None:
    make_sealed("JB-990201-2026-1", place="990201")
    sent = {"kind": "identity", "purpose": "tell", "reason": "why", "hours": "4"}
    pages = [
        browser(asker).post(f"{LIST}ask/", {"subject": subject, **sent}).content.decode().replace(subject, "")
        for subject in ("JB-990201-2026-1", "JB-990201-2026-2")
    ]
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", pages[0]) == token.sub("", pages[1])


def test_who_refuses_says_why(asker: Account, second: Account) -> None:
    opening = make_asked(asker)
    move = f"{opening.get_absolute_url()}move/"
    page = browser(second).post(move, {"move": "refuse", "turn": "0"}).content.decode()
    assert "Error:" in page and "This field is required." in page
    sent = {"move": "refuse", "turn": "0", "note": "not needed to tell the result"}
    page = browser(second).post(move, sent, follow=True).content.decode()
    assert "not needed to tell the result" in page
    assert SUBJECT not in browser(second).get(LIST).content.decode()
    assert SUBJECT in browser(second).get(f"{LIST}?past=1").content.decode()


def test_nobody_without_the_duty_sees_that_there_are_openings(asker: Account) -> None:
    opening = make_asked(asker)
    reads = browser(make_account("reads", duties=[Duty.READ]))
    for address in (LIST, f"{LIST}ask/", opening.get_absolute_url()):
        assert reads.get(address).status_code == 403
    assert "Identities" not in reads.get("/desk/").content.decode()
    assert browser(make_reader("neighbour", "990200")).get(opening.get_absolute_url()).status_code == 404


def test_approving_and_reading_ask_for_a_present_code(
    asker: Account, second: Account, time_machine: time_machine.TimeMachineFixture
) -> None:
    opening = make_asked(asker)
    clients = [browser(one) for one in (asker, second)]
    for account, client in zip((asker, second), clients, strict=True):
        enrol(account)
        client.force_login(account)
        client.get("/session/")
    time_machine.move_to(timezone.now() + timezone.timedelta(minutes=20))  # type: ignore[attr-defined]
    sent = {"move": "approve", "turn": "0"}
    page = clients[1].post(f"{opening.get_absolute_url()}move/", sent).content.decode()
    assert "Your present code" in page
    opening.refresh_from_db()
    assert opening.state == "asked"
    Opening.objects.filter(pk=opening.pk).update(state="approved", decided_by=second)
    assert "Your present code" in clients[0].post(f"{opening.get_absolute_url()}read/").content.decode()


def test_without_its_process_the_page_says_so_and_the_rest_goes_on(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    client = browser(asker)
    answer = client.post(f"{opening.get_absolute_url()}read/")
    assert answer.status_code == 503
    assert "The vault is not reachable" in answer.content.decode()
    assert client.get(LIST).status_code == 200


def test_reading_is_a_post_and_only_of_what_stands_approved(asker: Account) -> None:
    opening = make_asked(asker)
    client = browser(asker)
    assert client.get(f"{opening.get_absolute_url()}read/").status_code == 405
    page = client.post(f"{opening.get_absolute_url()}read/", follow=True).content.decode()
    assert "does not stand approved" in page


@pytest.mark.django_db(transaction=True)
def test_e1_the_page_shows_it_once_with_the_readers_mark_and_nobody_keeps_it(
    transactional_db: None, tmp_path: Path, settings: Settings
) -> None:
    make_sealed()
    asker, second = make_reader("asker"), make_reader("second")
    opening = make_approved(asker, second)
    client = browser(asker)
    with running(tmp_path / "log"):
        answer = client.post(f"{opening.get_absolute_url()}read/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(word in page for word in WHO.values())
    assert re.search(r"<text[^>]*>asker \d{4}-\d\d-\d\d \d\d:\d\d</text>", page)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not any(word in str(answer.headers) or word in str(dict(client.session)) for word in WHO.values())
    assert Reading.objects.count() == 1
    after = client.get(opening.get_absolute_url()).content.decode()
    assert "in the chain of acts" in after
    assert not any(word in after for word in WHO.values())


@pytest.mark.django_db(transaction=True)
def test_lost_rights_bite_on_the_next_reading(transactional_db: None, tmp_path: Path) -> None:
    make_sealed()
    asker, second = make_reader("asker"), make_reader("second")
    opening = make_approved(asker, second)
    client = browser(asker)
    Account.objects.filter(pk=second.pk).update(is_active=False)
    with running(tmp_path / "log"):
        page = client.post(f"{opening.get_absolute_url()}read/", follow=True).content.decode()
    assert "may no longer approve openings" in page
    assert not any(word in page for word in WHO.values())
