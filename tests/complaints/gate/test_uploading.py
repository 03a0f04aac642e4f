"""H1, A3: files come piece by piece, are never lost once acknowledged, and wait for their report."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from supervision.complaints.gate import forgetting, keeping, shelf, uploading
from supervision.complaints.gate.models import State, Upload
from supervision.complaints.gate.refusing import UploadRefused
from supervision.sealing import NotOpened
from tests.complaints.gate.recordings import film
from tests.complaints.gate.sent import TUS, begun, given, on_disk, piece, sent, token_of
from tests.hearing import hostile

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_photo_comes_in_pieces_and_is_kept_sealed(client: Client) -> None:
    photo = hostile.picture("JPEG", (300, 200))
    answer = sent(client, photo, step=1000)
    upload = Upload.objects.get()
    assert (answer.status_code, upload.state, upload.kind) == (204, State.KEPT, "photo")
    assert keeping.opened(upload).startswith(b"\xff\xd8\xff")
    assert list(on_disk()) == [upload.mark] and b"\xff\xd8" not in on_disk()[upload.mark][:200]
    assert keeping.name_of(upload) == "photo.jpg" and "photo.jpg" not in upload.name_sealed


def test_it_is_said_what_this_server_can_do(client: Client) -> None:
    answer = client.options("/report/files/")
    assert (answer.status_code, answer.headers["Tus-Version"]) == (204, "1.0.0")
    assert answer.headers["Tus-Extension"] == "creation,creation-with-upload,termination,expiration"
    assert answer.headers["Tus-Max-Size"] == str(200 << 20)


def test_another_version_of_the_protocol_is_refused(client: Client) -> None:
    answer = client.post("/report/files/", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "9"})
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_it_goes_on_where_it_stopped(client: Client) -> None:
    photo = hostile.picture("JPEG", (300, 200))
    address = begun(client, len(photo)).headers["Location"]
    piece(client, address, photo[:700], 0)
    asked = client.head(address, headers=TUS)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("700", str(len(photo)))
    assert asked.headers["Cache-Control"] == "no-store"
    assert piece(client, address, photo[500:], 500).status_code == 409
    assert piece(client, address, photo[700:], 700).headers["Upload-Offset"] == str(len(photo))


def test_a_piece_without_its_place_kind_or_room_is_refused(client: Client) -> None:
    address = begun(client, 100).headers["Location"]
    said = TUS | {"Upload-Offset": "0"}
    assert client.patch(address, b"x", content_type="text/plain", headers=said).status_code == 415
    assert client.patch(address, b"x", content_type="application/offset+octet-stream", headers=TUS).status_code == 400
    assert piece(client, address, b"x" * 101, 0).status_code == 409
    assert begun(client, 0).status_code == 422
    assert client.post("/report/files/", headers=TUS).status_code == 400


def test_nothing_begins_without_a_ticket_and_a_ticket_lets_ten_begin(client: Client, settings: Settings) -> None:
    ticket = uploading.ticket()
    assert client.post("/report/files/", headers=TUS | {"Upload-Length": "9"}).status_code == 403
    for wrong in (ticket[:-1] + ("0" if ticket[-1] != "0" else "1"), "1" + ticket, "é" + ticket, "..", "a.b.c:d"):
        with pytest.raises(UploadRefused, match="open for too long"):
            uploading.begin(wrong, size=9, name="")
    assert [begun(client, 9, ticket=ticket).status_code for _one in range(11)] == [201] * 10 + [403]
    settings.PROOF_MINUTES = -1
    assert begun(client, 9).status_code == 403


def test_nobody_sends_a_film_to_its_end_to_be_told_that_it_is_too_long(client: Client, settings: Settings) -> None:
    settings.GATE_LIMITS = {"photo": 5 << 20, "pdf": 5 << 20, "audio": 5 << 20, "video": 7 << 20}
    announced = begun(client, (7 << 20) + 1)
    assert (announced.status_code, announced.content.decode()) == (
        413,
        "The film is larger than 7 MB. Send it in parts.",
    )
    address = begun(client, 6 << 20).headers["Location"]
    answer = piece(client, address, hostile.picture("JPEG", (400, 400)).ljust(5000, b"\0"), 0)
    assert (answer.status_code, answer.content.decode()) == (413, "The photo is larger than 5 MB. Save it smaller.")
    assert (Upload.objects.count(), on_disk()) == (0, {})
    assert client.head(address, headers=TUS).status_code == 410


def test_what_was_refused_leaves_nothing_behind(client: Client) -> None:
    answer = sent(client, b"MZ" + b"\0" * 9000)
    assert answer.status_code == 422 and answer.content.decode().startswith(
        "By its content this is none of what can be"
    )
    assert (Upload.objects.count(), on_disk()) == (0, {})


def test_the_sender_takes_a_file_back_until_a_report_has_it(client: Client) -> None:
    answer = sent(client, hostile.picture())
    assert client.delete(answer.headers["Location"], headers=TUS).status_code == 204
    assert (Upload.objects.count(), on_disk()) == (0, {})
    answer = sent(client, hostile.picture())
    keeping.claim([token_of(answer)], subject="JB-1")
    assert client.delete(answer.headers["Location"], headers=TUS).status_code == 410
    assert keeping.of("JB-1").count() == 1


def test_a_report_claims_its_files_once_and_nobody_elses(client: Client) -> None:
    whole, half = token_of(sent(client, hostile.picture())), token_of(begun(client, 99))
    kept = keeping.claim([whole, half, "unknown", whole, ""], subject="JB-1")
    assert [upload.subject for upload in kept] == ["JB-1"]
    assert list(keeping.claim([whole], subject="JB-1")) == list(kept)
    assert not keeping.claim([whole], subject="JB-2")
    assert (keeping.of("JB-1").count(), keeping.of("JB-2").count(), keeping.of("").count()) == (1, 0, 0)


def test_no_more_than_ten_files_are_claimed_at_once() -> None:
    with pytest.raises(UploadRefused, match="At most 10 files"):
        keeping.claim([str(number) for number in range(11)], subject="JB-1")


@pytest.mark.parametrize("recognised", [True, False])
def test_a_file_whose_last_piece_came_before_the_process_died_is_finished_by_its_report(
    client: Client, *, recognised: bool
) -> None:
    photo = hostile.picture()
    token = token_of(begun(client, len(photo)))
    upload = uploading.found(token)
    uploading.take(upload, photo)
    if recognised:
        uploading.recognise(upload)
    # and here the process dies
    assert [one.state for one in keeping.claim([token], subject="JB-1")] == [State.KEPT]


@pytest.mark.parametrize("left", [None, -1])
def test_a_file_that_cannot_be_opened_any_more_keeps_no_report_back(client: Client, left: int | None) -> None:
    photo = hostile.picture()
    token = token_of(begun(client, len(photo)))
    upload = uploading.found(token)
    uploading.take(upload, photo)
    path = shelf.coming(upload.mark)
    if left is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:left])
    assert list(keeping.claim([token], subject="JB-1")) == []
    assert not Upload.objects.filter(pk=upload.pk).exists()


def test_what_a_killed_try_left_is_written_over(client: Client) -> None:
    photo = hostile.picture("JPEG", (300, 200))
    token = token_of(begun(client, len(photo)))
    upload = uploading.append(token, photo[:1000], offset=0)
    with shelf.coming(upload.mark).open("ab") as file:
        file.write(b"half a frame")
    uploading.append(token, photo[1000:2000], offset=1000)
    assert uploading.append(token, photo[2000:], offset=2000).state == State.KEPT


def test_a_flood_fills_no_disk_and_is_refused_in_words(client: Client, settings: Settings) -> None:
    sent(client, hostile.picture())
    settings.GATE_UNCLAIMED_LIMIT = 3000
    answer = begun(client, 3000)
    assert (answer.status_code, "Send your report without it" in answer.content.decode()) == (413, True)
    settings.GATE_UNCLAIMED_LIMIT, settings.GATE_FREE = 1 << 30, 1 << 60
    assert begun(client, 9).status_code == 413


def test_what_no_report_claims_is_erased_and_what_one_has_stays(client: Client, settings: Settings) -> None:
    forgotten, claimed = sent(client, hostile.picture()), sent(client, hostile.picture())
    keeping.claim([token_of(claimed)], subject="JB-1")
    assert forgetting.abandoned() == 0
    Upload.objects.update(given_on=timezone.localdate() - timedelta(days=settings.GATE_UNCLAIMED_DAYS + 1))
    assert forgetting.abandoned() == 1
    assert client.head(forgotten.headers["Location"], headers=TUS).status_code == 410
    assert list(on_disk()) == [keeping.of("JB-1").get().mark]
    assert keeping.erase("JB-1") == 1 and on_disk() == {}


def test_files_without_a_row_are_swept(client: Client) -> None:
    sent(client, hostile.picture())
    Upload.objects.all().delete()
    assert len(on_disk()) == 1
    assert (forgetting.nameless(), on_disk()) == (1, {})


def test_without_a_script_a_file_comes_whole() -> None:
    upload = given(film(), "ward 7/../..\\clip\u202e4pm.exe")
    assert (upload.state, upload.kind, keeping.called(upload)) == (State.KEPT, "video", f"evidence-{upload.pk}.mp4")
    assert keeping.name_of(upload) == "clip4pm.exe"
    assert [token for token, _upload in keeping.waiting([upload.token, "x"])] == [upload.token]


def test_e2_no_row_and_no_file_says_when(client: Client) -> None:
    sent(client, hostile.picture())
    moments = [
        field.name for field in Upload._meta.fields if field.get_internal_type() in ("DateTimeField", "TimeField")
    ]
    assert moments == []
    (path,) = (one for one in shelf.folder("kept").iterdir())
    told = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    assert (told.hour, told.minute, told.second) == (0, 0, 0)


def test_no_sealed_file_is_opened_after_it_was_changed(client: Client) -> None:
    first, second = given(hostile.picture("PNG", (900, 900), "L")), given(film(more=b""))
    path, other = (shelf.kept(one.mark) for one in (first, second))
    whole = path.read_bytes()
    for changed in (whole[:-1], whole[:40], whole[:-20] + b"\0" + whole[-19:], b"x" + whole[1:], other.read_bytes()):
        path.write_bytes(changed)
        with pytest.raises(NotOpened):
            keeping.opened(first)
