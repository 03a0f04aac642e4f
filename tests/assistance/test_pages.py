"""The pages of assistance, as both regions and their common superior see them."""

from pathlib import Path

import pytest
from django.test import Client

from institutions.models import Account
from supervision.assistance.models import Request
from tests.assistance.regions import Regions, drafted, handling, made, replied, sent, settled
from tests.builders import make_account

pytestmark = pytest.mark.django_db


def page(client: Client, account: Account, address: str) -> str:
    client.force_login(account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_request_is_drafted_from_its_page_and_sent(client: Client, regions: Regions, folder: Path) -> None:
    number = settled(regions, folder)
    client.force_login(regions.home.officer)
    sent_ = {
        "institution": regions.hospital.pk, "claim": number, "question": "fee", "suspect": "institution",
        "words": "Was the scan made?",
    }  # fmt: skip
    assert client.post("/desk/assistance/new/", sent_).status_code == 302
    request = Request.objects.get()
    settled(regions, folder, 2)
    at = request.get_absolute_url()
    client.post(f"{at}claims/", {"act": "name", "claim": "2"})
    second = request.claims.order_by("pk")[1]
    assert "Leave it out" in page(client, regions.home.officer, at)
    client.post(f"{at}claims/", {"act": "leave_out", "which": f"{second.pk}"})
    assert request.claims.count() == 1
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "no settled claim" in client.post(f"{at}claims/", {"act": "name", "claim": "99"}).content.decode()
    client.force_login(regions.away.chief)
    assert client.get(at).status_code == 404


def test_both_regions_read_the_same_and_why_one_leads(client: Client, regions: Regions, folder: Path) -> None:
    at = sent(regions, folder).get_absolute_url()
    pages = [page(client, account, at) for account in (regions.home.officer, regions.away.officer, regions.province)]
    for shown in pages:
        assert "the place of treatment investigates and decides" in shown
        assert "项目1" in shown  # a line of the claim
        assert "¥120.00" in shown
    client.force_login(make_account("third", "990200"))
    assert client.get(at).status_code == 404


def test_the_region_that_handles_it_answers_claim_by_claim(client: Client, regions: Regions, folder: Path) -> None:
    request = handling(regions, folder)
    at, claim = request.get_absolute_url(), request.claims.get()
    assert "Keep the answer" not in page(client, regions.home.officer, at)
    assert "Keep the answer" in page(client, regions.away.officer, at)
    answer = {"act": "answer", "which": f"{claim.pk}", "found": "on", "lost": "40.00", "words": "the register"}
    client.post(f"{at}claims/", answer)
    assert "found, ¥40.00 lost by the fund" in page(client, regions.home.officer, at)
    client.force_login(regions.away.officer)
    assert "The fund paid ¥120.00" in client.post(f"{at}claims/", {**answer, "lost": "121"}).content.decode()


def test_the_list_tells_what_is_asked_of_whom_and_what_is_overdue(
    client: Client, regions: Regions, folder: Path
) -> None:
    ours, late = replied(regions, folder), made(regions, "escalated")
    assert ours.number in page(client, regions.home.chief, "/desk/assistance/?turn=ours")
    assert ours.number not in page(client, regions.home.chief, "/desk/assistance/?turn=theirs")
    assert ours.number in page(client, regions.away.chief, "/desk/assistance/?turn=theirs")
    shown = page(client, regions.province, "/desk/assistance/?turn=late")
    assert late.number in shown
    assert ours.number not in shown


def test_a_draft_is_not_on_the_other_regions_list(client: Client, regions: Regions, folder: Path) -> None:
    request = drafted(regions, folder)
    assert request.number not in page(client, regions.away.chief, "/desk/assistance/")
