"""The pages of self-correction, as the desk and the hospital see them."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Account
from supervision.selfchecks.models import Campaign, Report
from supervision.selfchecks.reporting import REPORT
from tests.selfchecks.office import Office, begun, filled, handed_in, issued, settled

pytestmark = pytest.mark.django_db


def page(client: Client, account: Account, address: str) -> str:
    client.force_login(account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_campaign_is_drawn_up_from_the_page_and_is_nobody_elses_before_it_is_issued(
    client: Client, office: Office
) -> None:
    client.force_login(office.drafter)
    sent = {
        "title": "Look for yourselves", "first_month": "2026-01", "last_month": "2026-06", "basis": "the plan",
        "due_on": f"{timezone.localdate() + timedelta(9):%Y-%m-%d}",
    }  # fmt: skip
    assert client.post("/desk/self-correction/new/", sent).status_code == 302
    made = Campaign.objects.get()
    problem = {"code": "C01", "field": "dialysis", "words": "charged twice", "basis": "art. 38"}
    client.post(f"{made.get_absolute_url()}problems/", problem)
    assert "charged twice" in page(client, office.drafter, made.get_absolute_url())
    client.force_login(office.first)
    assert client.get(made.get_absolute_url()).status_code == 404  # a draft is its own level's alone
    assert client.post(f"{made.get_absolute_url()}localise/").status_code == 404


def test_the_prefecture_sees_what_is_issued_above_it_and_files_its_list(client: Client, office: Office) -> None:
    made = issued(office)
    assert made.title in page(client, office.first, "/desk/self-correction/")
    assert "File the list" in page(client, office.first, made.get_absolute_url())
    client.post(f"{made.get_absolute_url()}localise/")
    assert Report.objects.get(campaign=made).state == "localised"
    assert "File the list" not in page(client, office.first, made.get_absolute_url())


def test_the_hospital_fills_its_report_in_and_hands_it_in(client: Client, office: Office, folder: Path) -> None:
    report = begun(office)
    settled(office, folder)
    at = f"/institution/self-correction/{report.number}/"
    shown = page(client, office.signer, at)
    assert "Dialysis charged twice" in shown
    assert "How it is treated" in shown
    client.post(f"{at}answer/", {"problem": "C01", "found": "on", "words": "all of March"})
    client.post(f"{at}lines/", {"problem": "C01", "claim": "1", "line": "1", "charged": "30.00"})
    client.post(f"{at}answer/", {"problem": "C02", "words": "the register"})
    assert "¥24.00" in page(client, office.signer, at)
    client.post(f"{at}move/", {"move": "submit", "signer": "Li Dean"})
    assert Report.objects.get().state == "submitted"


def test_a_line_is_taken_out_and_a_wrong_one_is_told(client: Client, office: Office, folder: Path) -> None:
    report = filled(office, folder)
    at = f"/institution/self-correction/{report.number}/"
    client.force_login(office.signer)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.post(f"{at}lines/drop/", {"line": report.lines.get().pk})
    assert not report.lines.exists()
    client.post(f"{at}lines/", {"problem": "C01", "claim": "77", "line": "1", "charged": "1.00"})
    assert "There is no settled claim 77" in page(client, office.signer, at)
    client.post(f"{at}lines/", {"problem": "C01", "claim": "", "line": "1", "charged": "x"})
    assert "Number of the claim" in page(client, office.signer, at)


def test_nobody_else_reads_a_report_before_it_is_handed_in(client: Client, office: Office, folder: Path) -> None:
    report = filled(office, folder)
    assert "all of March" not in page(client, office.first, report.get_absolute_url())
    REPORT.make(report, "submit", by=office.signer, signer="Li Dean")
    assert "all of March" in page(client, office.first, report.get_absolute_url())


def test_the_desk_takes_a_report_in_and_shows_the_sample(client: Client, office: Office, folder: Path) -> None:
    report = handed_in(office, folder)
    Report.objects.filter(pk=report.pk).update(state="refunded")
    client.force_login(office.first)
    client.post(f"{report.get_absolute_url()}move/", {"move": "draw"})
    shown = page(client, office.first, report.get_absolute_url())
    assert Report.objects.get().seed in shown
    assert "draws the same again" in shown
