"""H1, C1: files on the portal's pages without a script, and at the desk."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from supervision.audit.models import Act, Entry
from supervision.complaints.gate import keeping
from supervision.complaints.gate.models import State, Upload
from tests.complaints.building import ComplaintDesk, make_complaint
from tests.complaints.gate.recordings import film
from tests.complaints.gate.sent import given
from tests.hearing import hostile

pytestmark = pytest.mark.django_db
FILES = {"step": "check", "to": "files"}


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def asked(client: Client, **sent: object) -> str:
    return client.post("/report/", FILES | sent, headers={"accept-language": "en"}).content.decode()


def test_the_page_of_files_says_what_may_be_sent_and_carries_a_ticket_to_wait_with(client: Client) -> None:
    page = asked(client)
    assert "Up to 10 files: photos and PDF up to 20 MB, sound up to 50 MB, film up to 200 MB." in page
    ticket = field(page, "files_proof")
    assert field(asked(client, files_proof=ticket), "files_proof") == ticket
    assert field(asked(client, files_proof="wait.1.forged.x"), "files_proof") != "wait.1.forged.x"


def test_files_that_are_in_are_listed_and_can_be_unticked(client: Client) -> None:
    upload = given(hostile.picture("JPEG"), "bill <7>.jpg")
    page = asked(client, file=[upload.token, "gone"])
    assert "bill &lt;7&gt;.jpg" in page and page.count('name="file"') == 1
    assert f'value="{upload.token}" checked' in page


def test_a_form_brings_files_once_its_page_has_waited(client: Client, settings: Settings) -> None:
    ticket = field(asked(client), "files_proof")

    def brought() -> str:
        return asked(client, given=SimpleUploadedFile("a.png", hostile.picture()), files_proof=ticket)

    assert "has to wait for" in brought() and not Upload.objects.exists()
    settings.WAITING_SECONDS = 0
    page = brought()
    assert [upload.state for _token, upload in keeping.waiting([field(page, "file")])] == [State.KEPT]
    assert "was sent before" in brought() and Upload.objects.count() == 1


def test_a_file_that_is_refused_says_why_on_the_page(client: Client, settings: Settings) -> None:
    settings.WAITING_SECONDS = 0
    ticket = field(asked(client), "files_proof")
    page = asked(client, given=SimpleUploadedFile("a.jpg", b"<html>"), files_proof=ticket)
    assert "By its content this is none of what can be sent" in page and 'name="file"' not in page


def test_a_form_may_be_as_large_as_one_photo_and_no_larger(client: Client, settings: Settings) -> None:
    settings.GATE_LIMITS = settings.GATE_LIMITS | {"photo": 3 << 20}
    assert client.post("/report/", FILES | {"given": SimpleUploadedFile("a.png", b"x" * (3 << 20))}).status_code == 200
    assert client.post("/report/", FILES | {"given": SimpleUploadedFile("a.png", b"x" * (5 << 20))}).status_code == 400
    assert client.post("/report/kept/", {"given": SimpleUploadedFile("a.png", b"x" * (3 << 20))}).status_code == 400


def test_a_file_that_comes_with_a_form_is_never_written_as_it_came(client: Client) -> None:
    sent = SimpleUploadedFile("a.png", b"x" * (3 << 20))
    request = client.post("/report/", FILES | {"given": sent}).wsgi_request
    (file,) = request.FILES.getlist("given")
    assert not hasattr(file, "temporary_file_path")


@pytest.fixture
def photo(desk_of_complaints: ComplaintDesk) -> Upload:
    complaint = make_complaint()
    upload = given(hostile.picture("JPEG"), "bill.jpg")
    return keeping.claim([upload.token], subject=complaint.number)[0]


@pytest.fixture
def hearer(client: Client, desk_of_complaints: ComplaintDesk) -> Client:
    client.force_login(desk_of_complaints.first)
    return client


def test_the_desk_saves_a_file_and_each_look_is_written_down(hearer: Client, photo: Upload) -> None:
    answer = hearer.get(f"/desk/complaints/evidence/{photo.pk}/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="evidence-{photo.pk}.jpg"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")  # type: ignore[attr-defined]
    assert Entry.objects.latest("number").subject == f"file {photo.pk} of {photo.subject}"
    shown = hearer.get(f"/desk/complaints/evidence/{photo.pk}/show/")
    assert (shown.headers["Content-Type"], shown.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert Entry.objects.filter(act=Act.READ).count() == 2


def test_only_what_we_have_drawn_is_shown(hearer: Client, photo: Upload) -> None:
    clip = keeping.claim([given(film(), "clip.mp4").token], subject=photo.subject)[0]
    assert hearer.get(f"/desk/complaints/evidence/{clip.pk}/show/").status_code == 404
    page = hearer.get(f"/desk/complaints/{photo.subject}/", headers={"accept-language": "en"}).content.decode()
    assert f'src="/desk/complaints/evidence/{photo.pk}/show/"' in page and f"evidence/{clip.pk}/show/" not in page
    assert "Photo 1" in page and "Film 2" in page


def test_e2_what_a_file_was_called_is_forgotten_when_a_report_has_it(hearer: Client) -> None:
    """Telephones write the second and their own make into it, and people their own name."""
    subject = make_complaint(facts="another").number
    for name in ("IMG_20260302_101523.jpg", "Screenshot_2026-03-02-10-15-23_Huawei.jpg", "欧阳的手机.jpg"):
        keeping.claim([given(hostile.picture("JPEG"), name).token], subject=subject)
    assert set(keeping.of(subject).values_list("name_sealed", flat=True)) == {""}
    page = hearer.get(f"/desk/complaints/{subject}/", headers={"accept-language": "en"}).content.decode()
    assert not any(told in page for told in ("20260302", "Huawei", "欧阳"))


def test_what_waits_for_the_scanner_is_not_handed_out(hearer: Client, photo: Upload) -> None:
    Upload.objects.update(state=State.WAITING)
    assert hearer.get(f"/desk/complaints/evidence/{photo.pk}/").status_code == 302
    assert hearer.get(f"/desk/complaints/evidence/{photo.pk}/show/").status_code == 404
    page = hearer.get(f"/desk/complaints/{photo.subject}/", headers={"accept-language": "en"}).content.decode()
    assert "Waits for the virus scanner" in page and "/show/" not in page


def test_c1_what_no_report_has_claimed_is_nobodys_to_see(hearer: Client) -> None:
    upload = given(hostile.picture())
    assert hearer.get(f"/desk/complaints/evidence/{upload.pk}/").status_code == 404
