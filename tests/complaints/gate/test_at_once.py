"""H1, A3: a file that comes at once is made anew at once; where too many come it waits for that, and nobody sees it."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from supervision.complaints.gate import checking, forgetting, keeping, shelf, tasks, uploading
from supervision.complaints.gate.keeping import NotReady
from supervision.complaints.gate.models import State, Upload
from tests.complaints.building import file
from tests.complaints.gate.recordings import film
from tests.complaints.gate.sent import TUS, at_once, begun, given, on_disk, piece, sent, token_of
from tests.hearing import hostile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def all_hands_full() -> Iterator[None]:
    """Nobody is free to make anything anew."""
    taken = [checking.AT_ONCE.acquire(timeout=30) for _one in range(2)]
    assert all(taken)
    yield
    checking.AT_ONCE.release(2)


def hands_free_for_the_task() -> None:
    checking.AT_ONCE.release()
    tasks.make_anew()
    checking.AT_ONCE.acquire()


def test_a_photo_that_comes_with_its_beginning_is_kept_by_one_request(client: Client) -> None:
    photo = hostile.picture("JPEG", (300, 200))
    answer = at_once(client, photo)
    upload = Upload.objects.get()
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(photo)))
    assert (upload.state, keeping.opened(upload)[:3]) == (State.KEPT, b"\xff\xd8\xff")
    assert not list(shelf.folder("parts").iterdir()) and list(on_disk()) == [upload.mark]


def test_what_begins_with_its_first_piece_goes_on_behind_it(client: Client) -> None:
    clip = film()
    told = TUS | {"Upload-Length": str(len(clip)), "Upload-Ticket": uploading.ticket()}
    answer = client.post("/report/files/", clip[:100], content_type="application/offset+octet-stream", headers=told)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "100")
    piece(client, answer.headers["Location"], clip[100:], 100)
    assert Upload.objects.get().state == State.KEPT


def test_a_line_that_breaks_while_a_file_begins_costs_nothing_and_is_no_fault_of_ours(client: Client) -> None:
    ticket = uploading.ticket()
    told = TUS | {"Upload-Length": "900", "Upload-Ticket": ticket}
    broken: dict[str, Any] = {"wsgi.input": io.BytesIO(b"\xff\xd8\xff" * 100)}
    kind = "application/offset+octet-stream"
    answer = client.post("/report/files/", b"\xff" * 900, content_type=kind, headers=told, **broken)
    assert (answer.status_code, Upload.objects.count()) == (400, 0)
    assert [begun(client, 9, ticket=ticket).status_code for _one in range(11)] == [201] * 10 + [403]


def test_more_than_was_announced_is_refused_and_leaves_nothing(client: Client) -> None:
    told = TUS | {"Upload-Length": "3", "Upload-Ticket": uploading.ticket()}
    answer = client.post("/report/files/", b"four", content_type="application/offset+octet-stream", headers=told)
    assert (answer.status_code, Upload.objects.count(), on_disk()) == (400, 0, {})


def test_what_is_refused_at_once_leaves_nothing_and_has_used_its_ticket(client: Client) -> None:
    ticket = uploading.ticket()
    codes = [at_once(client, b"MZ" + b"\0" * 90, ticket=ticket).status_code for _one in range(11)]
    assert codes == [422] * 10 + [403]
    assert (Upload.objects.count(), on_disk()) == (0, {})


def test_where_all_hands_are_full_a_photo_is_acknowledged_sealed_and_shown_to_nobody(
    client: Client, all_hands_full: None
) -> None:
    photo = hostile.picture("JPEG", (300, 200))
    tokens = [token_of(at_once(client, photo)), token_of(sent(client, photo, step=700))]
    tokens.append(given(photo).token)
    assert {upload.state for upload in keeping.claim(tokens, subject="JB-1")} == {State.CAME}
    for upload in keeping.of("JB-1"):
        assert not keeping.may_be_shown(upload) and b"\xff\xd8" not in on_disk()[upload.mark][:200]
        for look in (keeping.opened, keeping.shown, keeping.download):
            with pytest.raises(NotReady, match="being made anew"):
                look(upload)
    assert forgetting.nameless() == 0
    hands_free_for_the_task()
    assert [keeping.opened(upload)[:3] for upload in keeping.of("JB-1")] == [b"\xff\xd8\xff"] * 3
    assert not list(shelf.folder("parts").iterdir()) and len(on_disk()) == 3


def test_what_cannot_be_read_then_is_not_kept_and_its_reporter_is_told(client: Client, all_hands_full: None) -> None:
    token = token_of(at_once(client, hostile.picture("JPEG", (300, 200))[:900]))
    filed = file(files=[token])
    hands_free_for_the_task()
    upload = keeping.of(filed.complaint.number).get()
    assert (upload.state, upload.stored, on_disk()) == (State.DAMAGED, 0, {})
    with pytest.raises(NotReady, match="could not be read"):
        keeping.opened(upload)
    page = client.post("/report/follow/", {"receipt": filed.receipt}).content.decode()
    assert "One file could not be read and was not kept." in page


def test_it_is_made_anew_once_however_often_it_is_asked_for(client: Client, all_hands_full: None) -> None:
    at_once(client, hostile.picture())
    hands_free_for_the_task()
    before = on_disk()
    hands_free_for_the_task()
    assert on_disk() == before and Upload.objects.get().state == State.KEPT


def test_a_file_of_a_form_is_kept_whole(client: Client) -> None:
    upload = keeping.take(SimpleUploadedFile("given", hostile.picture("PNG")), name="a.png")
    assert (upload.state, begun(client, 9).headers["Upload-Offset"]) == (State.KEPT, "0")
