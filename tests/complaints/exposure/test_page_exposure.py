"""The desk's pages of typical cases, and the public's."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions.models import Account
from supervision.complaints.exposure import sweeping
from supervision.complaints.exposure.models import ErrorClaim, TypicalCase
from supervision.complaints.exposure.workflow import TYPICAL_CASE
from tests.builders import make_account
from tests.complaints.exposure.telling import (
    TEXTS,
    Desk,
    make_claim,
    make_closed,
    make_draft,
    make_penalty,
    make_published,
    revoke,
)
from tests.complaints.gate.test_proving import solved


@pytest.fixture
def page(client: Client) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def text(client: Client, address: str, by: Account | None = None, status: int = 200) -> str:
    if by:
        client.force_login(by)
    else:
        client.logout()
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def test_a_case_is_drafted_by_a_form_and_the_finds_are_shown_in_their_places(page: Client, at: Desk) -> None:
    case = make_closed(at)
    page.force_login(at.writer)
    sent = {"case": case.number, **TEXTS, "facts_zh": "骨科主任陈建国授意重复收费。"}
    assert "no case by this number" in page.post("/desk/exposure/new/", {**sent, "case": "AJ-1"}).content.decode()
    answer = page.post("/desk/exposure/new/", sent)
    typical = TypicalCase.objects.get()
    assert answer.headers["Location"] == typical.get_absolute_url()
    shown = text(page, typical.get_absolute_url(), at.writer)
    assert "<mark>陈建国</mark>" in shown and "One place may point at somebody" in shown
    refused = page.post(f"{typical.get_absolute_url()}move/", {"move": "check", "turn": "0"})
    assert "陈建国" in refused.content.decode() and "Error:" in refused.content.decode()


def test_a_find_is_excused_on_the_page_by_another_person(page: Client, at: Desk) -> None:
    typical = make_draft(at, facts_zh="2号楼病房空置，仍按床日收费。")
    sent = {"kind": "address", "text": "2号楼", "reason": "the hospital's own"}
    address = f"{typical.get_absolute_url()}excuse/"
    page.force_login(at.writer)
    assert "you wrote the text" in page.post(address, sent).content.decode()
    page.force_login(at.second)
    assert page.post(address, sent).status_code == 302
    assert "Said to point at nobody" in text(page, typical.get_absolute_url(), at.second)


def test_a_published_case_is_read_by_everybody_in_both_tongues(page: Client, at: Desk) -> None:
    assert "No case stands here at present" in text(page, "/cases-exposed/")
    typical = make_published(at)
    english = text(page, f"/cases-exposed/{typical.number}/")
    assert "told in Chinese only" in english and TEXTS["facts_zh"] in english
    assert typical.case.number not in english and at.office.place.name_zh not in english
    assert typical.title in text(page, "/cases-exposed/")
    page.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    assert "told in Chinese only" not in text(page, f"/cases-exposed/{typical.number}/")


def test_drafts_do_not_exist_for_the_public_and_withdrawn_cases_are_gone(page: Client, at: Desk) -> None:
    typical = make_draft(at)
    text(page, f"/cases-exposed/{typical.number}/", status=404)
    dropped = TYPICAL_CASE.make(typical, "drop", by=at.writer, note="too small")
    text(page, f"/cases-exposed/{dropped.number}/", status=404)
    published = make_published(at)
    TYPICAL_CASE.make(published, "withdraw", by=at.writer, note="annulled by the court")
    gone = text(page, f"/cases-exposed/{published.number}/", status=410)
    assert TEXTS["facts_zh"] not in gone and "annulled" not in gone and "taken off the page" in gone
    assert published.title not in text(page, "/cases-exposed/")


def test_what_must_be_withdrawn_stands_on_top_of_the_desk(page: Client, at: Desk) -> None:
    case = make_closed(at)
    penalty = make_penalty(case)
    typical = make_published(at, case)
    assert "To be withdrawn: the decision fell" not in text(page, "/desk/exposure/", at.writer)
    revoke(penalty)
    sweeping.sweep()
    shown = text(page, "/desk/exposure/", at.writer)
    assert "To be withdrawn: the decision fell" in shown and "3 working days" in shown
    assert "No typical case stands so." in text(page, "/desk/exposure/?state=drafted", at.writer)
    page.post(f"{typical.get_absolute_url()}move/", {"move": "withdraw", "note": "annulled", "turn": typical.turn + 1})
    text(page, f"/cases-exposed/{typical.number}/", status=410)


def test_anybody_says_that_a_case_is_wrong_once_their_work_is_proved(page: Client, at: Desk) -> None:
    typical = make_published(at)
    address = f"/cases-exposed/{typical.number}/error/"
    refused = page.post(address, {"text": "the sum is wrong"}).content.decode()
    assert "Error:" in refused and "the sum is wrong" in refused and not ErrorClaim.objects.exists()
    shown = page.post(address, {"text": "the sum is wrong", "proof": solved()}).content.decode()
    claim = ErrorClaim.objects.get()
    assert claim.receipt in shown and not page.session.keys()
    desk = text(page, "/desk/exposure/", at.writer)
    assert claim.receipt in desk
    answer = f"/desk/exposure/errors/{claim.pk}/move/"
    assert "Error:" in page.post(answer, {"move": "refuse", "turn": "0"}).content.decode()
    assert page.post(answer, {"move": "refuse", "turn": "0", "note": "we counted again"}).status_code == 302
    public = text(page, f"/cases-exposed/{typical.number}/")
    assert "we counted again" in public and claim.receipt in public and "the sum is wrong" not in public


def test_the_list_asks_no_more_for_twelve_than_for_three(page: Client, at: Desk) -> None:
    case = make_closed(at)
    for _number in range(3):
        make_draft(at, case)
    page.force_login(at.writer)
    few = queries(page)
    for _number in range(9):
        make_draft(at, case)
    assert queries(page) <= few


def queries(page: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert page.get("/desk/exposure/").status_code == 200
    return len(asked)


def test_another_territory_finds_nothing(page: Client, at: Desk) -> None:
    typical = make_published(at)
    claim = make_claim(typical)
    page.force_login(make_account("elsewhere", "990200"))
    assert page.get(typical.get_absolute_url()).status_code == 404
    assert page.post(f"/desk/exposure/errors/{claim.pk}/move/", {"move": "refuse", "note": "no"}).status_code == 404
    assert not re.search(typical.number, page.get("/desk/exposure/").content.decode())
