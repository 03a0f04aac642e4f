"""The pages of packages, as the desk and a liaison see them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.coordination.models import Package, Reading
from tests.builders import make_account, make_finding
from tests.coordination.office import Sharing, allowance, drafted, given, make_liaison, make_partner

pytestmark = pytest.mark.django_db
DESK, LIAISON = "/desk/coordination/", "/department/"


def page(client: Client, account: Account, address: str) -> str:
    client.force_login(account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_package_to_the_police_from_the_case_to_its_result(client: Client, sharing: Sharing) -> None:
    case_page = page(client, sharing.officer, sharing.case.get_absolute_url())
    new = f"{DESK}packages/new/?case={sharing.case.number}"
    assert new.replace("&", "&amp;") in case_page
    what = f"{sharing.police.pk}:{allowance().code}"
    assert what in page(client, sharing.officer, new)
    assert "Suspected fraud" in page(client, sharing.officer, f"{new}&what={what}")
    sent = {
        "fields_given": ["number", "facts", "person"], "purpose": "to look into it",
        "expires_on": f"{timezone.localdate() + timedelta(30):%Y-%m-%d}",
    }  # fmt: skip
    assert client.post(f"{new}&what={what}", sent).status_code == 302
    package = Package.objects.get()
    at, there = package.get_absolute_url(), f"{LIAISON}packages/{package.number}/"
    assert "You do not hold the duty" in page(client, sharing.officer, at)
    client.force_login(sharing.liaison)
    assert client.get(there).status_code == 404

    assert "Give it" in page(client, sharing.head, at)
    client.post(f"{at}move/", {"move": "give"})
    assert package.number in page(client, sharing.liaison, LIAISON)
    shown = page(client, sharing.liaison, there)
    assert "M9****34" in shown
    assert "M99010000001234" not in shown
    assert Reading.objects.filter(by=sharing.liaison).count() == 3
    client.post(f"{there}move/", {"move": "acknowledge", "receipt": "R-17"})
    client.post(f"{there}move/", {"move": "feed_back", "package_result": "filed", "package_answer": "filed as 2026-17"})
    told = page(client, sharing.officer, at)
    for words in ("R-17", "filed as 2026-17", "filed there", "3 readings of fields", str(sharing.liaison)):
        assert words in told
    client.post(f"{at}move/", {"move": "close"})
    package.refresh_from_db()
    assert package.state == "closed"


def test_a_form_beyond_the_row_is_refused_and_kept(client: Client, sharing: Sharing) -> None:
    client.force_login(sharing.officer)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    address = f"{DESK}packages/new/?case={sharing.case.number}&what={sharing.police.pk}:{allowance().code}"
    sent = {"fields_given": ["number"], "purpose": "why not", "expires_on": "2099-01-01"}
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert "at most 180 days" in answer.content.decode()
    assert "why not" in answer.content.decode()
    assert not Package.objects.exists()


def test_a_finding_and_an_institution_lead_to_a_package(client: Client, sharing: Sharing) -> None:
    finding = make_finding(sharing.hospital, claim=f"{sharing.hospital.pk}:1")
    assert "Suspected fraud: a finding" in page(client, sharing.officer, f"{DESK}packages/new/?finding={finding.pk}")
    assert "known of an institution" in page(
        client, sharing.officer, f"{DESK}packages/new/?institution={sharing.hospital.pk}"
    )
    for nothing in ("", "?finding=x", "?case=AJ-1", "?institution=H1"):
        assert client.get(f"{DESK}packages/new/{nothing}").status_code == 404


def test_what_is_elsewhere_is_not_there(client: Client, sharing: Sharing) -> None:
    package = given(sharing)
    foreign = make_account("foreign", "990200", duties=[Duty.READ, Duty.INVESTIGATE, Duty.DECIDE])
    client.force_login(foreign)
    assert client.get(package.get_absolute_url()).status_code == 404
    assert client.post(f"{package.get_absolute_url()}move/", {"move": "withdraw"}).status_code == 404
    assert client.get(f"{DESK}packages/new/?case={sharing.case.number}").status_code == 404
    assert package.number not in page(client, foreign, DESK)


def test_a_liaison_of_another_department_or_place_finds_nothing(client: Client, sharing: Sharing) -> None:
    package = given(sharing)
    at = f"{LIAISON}packages/{package.number}/"
    for kind, place in (("health", "990100"), ("public_security", "990200")):
        other = make_liaison(make_partner(kind, place), f"{kind}{place}")
        assert package.number not in page(client, other, LIAISON)
        assert client.get(at).status_code == 404
        assert client.post(f"{at}move/", {"move": "acknowledge", "receipt": "R"}).status_code == 404
    assert not Reading.objects.exists()


def test_after_the_last_day_the_page_shows_no_field_and_no_reading_is_kept(client: Client, sharing: Sharing) -> None:
    package = given(sharing)
    Package.objects.filter(pk=package.pk).update(expires_on=timezone.localdate() - timedelta(1))
    shown = page(client, sharing.liaison, f"{LIAISON}packages/{package.number}/")
    assert "Its last day is over" in shown
    assert "M9****34" not in shown
    assert not Reading.objects.exists()


def test_the_desk_is_not_the_liaisons_and_the_liaisons_door_is_nobody_elses(client: Client, sharing: Sharing) -> None:
    package = drafted(sharing)
    client.force_login(sharing.liaison)
    assert client.get("/").headers["Location"] == LIAISON
    for address in (DESK, package.get_absolute_url(), "/desk/cases/", sharing.case.get_absolute_url()):
        assert client.get(address).status_code == 404
    client.force_login(sharing.officer)
    assert client.get(LIAISON).status_code == 404
