"""The pages of visits at the desk, and what a device asks for."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from institutions.models import Account
from supervision.audit.models import Act
from supervision.audit.models import Entry as Chained
from supervision.onsite.models import Entry, Picture, Visit
from supervision.onsite.workflow import VISIT
from tests.builders import make_institution
from tests.onsite.office import Device, Office, Written, brought_home, daily, filled, opened, sha

pytestmark = pytest.mark.django_db


def page(client: Client, account: Account, address: str) -> str:
    client.force_login(account)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sent(client: Client, device: Device, *some: Written) -> list[dict[str, Any]]:
    """As the script sends it."""
    client.force_login(device.officer)
    rows = [vars(one.given) for one in some or device.wrote]
    files = {name: file for one in some or device.wrote for name, file in one.files.items()}
    entries = SimpleUploadedFile("entries", json.dumps(rows).encode())
    answer = client.post(
        f"{device.visit.get_absolute_url()}device/entries/", {"device": device.ident, "entries": entries, **files}
    )
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["answers"]
    return found


def test_a_daily_visit_is_opened_from_its_page(client: Client, office: Office) -> None:
    assert "Open a visit" in page(client, office.first, "/desk/visits/new/")
    values = {
        "institution": office.hospital.pk, "officers": [office.first.pk, office.second.pk], "checklist": daily().pk
    }  # fmt: skip
    assert client.post("/desk/visits/new/", {**values, "officers": [office.first.pk]}).status_code == 200
    elsewhere = make_institution("H99020100001", "990201")
    assert client.post("/desk/visits/new/", {**values, "institution": elsewhere.pk}).status_code == 200
    assert not Visit.objects.exists()
    assert client.post("/desk/visits/new/", values).status_code == 302
    made = Visit.objects.get()
    assert made.number in page(client, office.head, "/desk/visits/")
    assert "Take it along" in page(client, office.second, made.get_absolute_url())
    assert "Take it along" not in page(client, office.head, made.get_absolute_url())


def test_only_its_officers_get_the_visit_for_a_device(client: Client, office: Office) -> None:
    visit = opened(office)
    shown = page(client, office.first, f"{visit.get_absolute_url()}device/package/")
    assert "csrfmiddlewaretoken" in shown
    assert visit.number in shown
    client.force_login(office.head)
    for what in ("package", "take-along", "entries", "hand-back"):
        address = f"{visit.get_absolute_url()}device/{what}/"
        assert (client.get if what == "package" else client.post)(address).status_code == 404


def test_a_device_takes_along_sends_and_hands_back_over_the_line(client: Client, office: Office) -> None:
    visit = opened(office)
    device = Device(visit, office.first)
    filled(device)
    client.force_login(office.first)
    base = f"{visit.get_absolute_url()}device/"
    assert client.post(f"{base}take-along/", {"device": device.ident}).json()["done"]
    assert {one["has"] for one in sent(client, device)} == {"taken"}
    assert {one["has"] for one in sent(client, device)} == {"had"}
    lines = sorted(f"{one.given.id} {one.given.digest}\n" for one in device.wrote)
    told = {"device": device.ident, "entries": len(lines), "digest": sha("".join(lines).encode())}
    assert not client.post(f"{base}hand-back/", {**told, "entries": 1}).json()["done"]
    assert client.post(f"{base}hand-back/", told).json()["done"]
    assert "handed back" in page(client, office.first, visit.get_absolute_url())


@pytest.mark.parametrize("content", [b"", b"{", b"[1, null]", b'[{"id": 1, "text": null}]', b"\xff", b'{"id": "x"}'])
def test_nonsense_from_a_device_makes_no_error(content: bytes, client: Client, office: Office) -> None:
    visit = opened(office)
    client.force_login(office.first)
    for extra in ({}, {"device": "none"}, {"device": str(Device(visit, office.first).taken().ident)}):
        body = {**extra, "entries": SimpleUploadedFile("entries", content or b" ")}
        answer = client.post(f"{visit.get_absolute_url()}device/entries/", body)
        assert answer.status_code == 200
        assert all(one["has"] in ("refused", "again") for one in answer.json()["answers"])
    for name, value in (("entries", "-1"), ("entries", "９"), ("digest", "x")):
        assert client.post(f"{visit.get_absolute_url()}device/hand-back/", {name: value}).status_code == 404
    assert not Entry.objects.exists()


def test_two_answers_are_shown_with_who_gave_them(client: Client, office: Office) -> None:
    visit = opened(office)
    Device(visit, office.first).taken().answer("R03", remark="all are there")
    for officer, remark in ((office.first, "all are there"), (office.second, "two beds are empty")):
        device = Device(visit, officer).taken()
        device.answer("R03", remark=remark)
        device.send()
    shown = page(client, office.head, visit.get_absolute_url())
    assert "without knowing of each other" in shown
    assert "all are there" in shown
    assert "two beds are empty" in shown


def test_photos_are_shown_as_copies_and_given_out_as_taken(client: Client, office: Office) -> None:
    visit = opened(office)
    device = Device(visit, office.first).taken()
    one = device.photo()
    device.send()
    picture = Picture.objects.get()
    client.force_login(office.head)
    shown = client.get(f"/desk/visits/pictures/{picture.pk}/")
    assert (shown.headers["Content-Type"], shown.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    taken = client.get(f"/desk/visits/pictures/{picture.pk}/taken/")
    assert b"".join(taken.streaming_content) == one.file  # type: ignore[attr-defined]
    assert "attachment" in taken.headers["Content-Disposition"]
    b"".join(shown.streaming_content)  # type: ignore[attr-defined]
    assert Chained.objects.filter(act=Act.READ, account=office.head.username).count() == 2


def test_the_record_is_sealed_from_its_page_and_the_seal_is_checked(client: Client, office: Office) -> None:
    visit = brought_home(office)
    client.force_login(office.second)
    client.post(f"{visit.get_absolute_url()}move/", {"move": "seal", "turn": visit.turn})
    visit.refresh_from_db()
    shown = page(client, office.head, visit.get_absolute_url())
    assert visit.seal in shown
    assert "What lies here is what was sealed." in shown


def test_a_lost_device_is_given_up_from_the_page(client: Client, office: Office) -> None:
    visit = opened(office)
    device = Device(visit, office.second).taken()
    assert "still out" in page(client, office.first, visit.get_absolute_url())
    address = f"{visit.get_absolute_url()}devices/give-up/"
    client.post(address, {"device": device.ident, "why": ""})
    assert visit.devices.get().is_out
    client.post(address, {"device": device.ident, "why": "fell into water"})
    assert "fell into water" in page(client, office.first, visit.get_absolute_url())


def test_the_page_that_a_browser_keeps_names_nobody(client: Client, office: Office) -> None:
    visit = opened(office)
    shown = page(client, office.first, "/desk/visits/device/")
    for name in (office.first.username, visit.number, str(office.hospital), "csrf"):
        assert name not in shown
    script = client.get("/desk/visits/device/worker.js")
    assert script.headers["Content-Type"] == "text/javascript"
    assert "onsite.js" in script.content.decode()


def test_the_script_of_the_worker_changes_with_what_it_keeps(client: Client, office: Office) -> None:
    client.force_login(office.first)
    english = client.get("/desk/visits/device/worker.js", headers={"accept-language": "en"}).content
    chinese = client.get("/desk/visits/device/worker.js", headers={"accept-language": "zh-hans"}).content
    assert english != chinese
    assert english == client.get("/desk/visits/device/worker.js", headers={"accept-language": "en"}).content


def test_a_visit_that_is_over_is_not_offered_to_a_device(client: Client, office: Office) -> None:
    visit = VISIT.make(opened(office), "withdraw", by=office.first, note="not today")
    assert "Take it along" not in page(client, office.first, visit.get_absolute_url())
    told = client.post(
        f"{visit.get_absolute_url()}device/take-along/", {"device": str(Device(visit, office.first).ident)}
    )
    assert not told.json()["done"]
    assert "over" in told.json()["why"]
