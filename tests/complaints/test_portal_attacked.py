"""G1, H1: what somebody tries who wants to act in others' pages, come by others' reports or files, or break the portal."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from supervision.complaints import receipts, retention, talking
from supervision.complaints.gate import keeping, proving, uploading
from supervision.complaints.gate.models import Upload
from supervision.complaints.models import Complaint
from tests.builders import make_institution
from tests.complaints.building import FACTS, WHO, ComplaintDesk, file, make_complaint
from tests.complaints.gate.sent import TUS, begun, given, piece, token_of
from tests.complaints.gate.test_proving import solved
from tests.complaints.test_portal import ANSWERS
from tests.hearing import hostile

pytestmark = pytest.mark.django_db
PAYLOADS = (
    "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "</textarea><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>", "javascript:alert(1)//{{ 7|add:42 }}{% debug %}",
)  # fmt: skip
ACTIVE = ("<script>alert", "<img src=x", "<svg/onload", "alert(1)//49", 'href="javascript:', 'action="javascript:')
TYPED = (*ANSWERS, "file", "ticket", "step", "to", "language", "proof", "files_proof", "receipt", "end", "words", "once", "act", "text")  # fmt: skip
BEHIND_A_RECEIPT = ("/report/follow/", "/report/follow/act/", "/report/kept/", "/report/acknowledgement/", "/report/reward/")  # fmt: skip


@pytest.fixture
def stranger(client: Client) -> Client:
    make_institution()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def body(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


# --- Words that would act in a page ------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_answer_acts_in_the_page_that_carries_it(stranger: Client, payload: str) -> None:
    for step in ("what", "facts", "where", "when", "files", "who", "check"):
        for sent in ({**ANSWERS, "step": step, "to": step}, {"step": step, "to": "next"}):
            page = body(stranger.post("/report/", {**dict.fromkeys(TYPED, payload), **sent, "facts": payload}))
            assert not any(words in page for words in ACTIVE), step


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_behind_a_receipt_acts_there(stranger: Client, payload: str) -> None:
    receipt = file(wants_reward=True).receipt
    for address in (*BEHIND_A_RECEIPT, "/report/acknowledgement/verify/"):
        for known in ({}, {"receipt": receipt}):
            page = body(stranger.post(address, {**dict.fromkeys(TYPED, payload), **known}))
            assert not any(words in page for words in ACTIVE), address


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_was_told_acts_at_the_desk(
    client: Client, desk_of_complaints: ComplaintDesk, payload: str
) -> None:
    complaint = make_complaint(facts=payload, named_as=payload, when=payload)
    talking.say(complaint, payload, once="1", files=[given(hostile.picture("JPEG"), f"{payload}.jpg").token])
    client.force_login(desk_of_complaints.first)
    page = body(client.get(complaint.get_absolute_url(), headers={"accept-language": "en"}))
    assert "alert(1)" in page
    assert not any(words in page for words in ACTIVE)


@pytest.mark.parametrize("words", ["en\r\nSet-Cookie: a=b", "../../etc/passwd", "xx", "x" * 3000])
def test_a_tongue_that_is_none_is_not_taken_and_sets_nothing(stranger: Client, words: str) -> None:
    answer = stranger.post("/report/", {**ANSWERS, "step": "when", "language": words})
    assert answer.status_code == 200
    assert set(answer.cookies) <= {"csrftoken"}


# --- Others' reports ---------------------------------------------------------------------------------


def test_a_page_of_another_site_sends_nothing_in_a_readers_name() -> None:
    outside = Client(enforce_csrf_checks=True)
    from_there = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    for address in ("/report/", *BEHIND_A_RECEIPT):
        assert outside.post(address, ANSWERS, headers=from_there).status_code == 403, address


def test_who_knows_a_ticket_and_not_the_words_gets_no_receipt(stranger: Client) -> None:
    ticket = receipts.draw_ticket()
    receipt = file(ticket).receipt
    answers = {**ANSWERS, "step": "check", "to": "send", "ticket": ticket, "facts": "guessed"}
    page = body(stranger.post("/report/", {**answers, "proof": solved(proving.challenge())}))
    assert "was sent already" in page
    assert receipt not in page and receipts.shown(receipt) not in page


def test_one_proof_takes_in_one_report(stranger: Client) -> None:
    proof = solved(proving.challenge())
    for facts in ("one", "two"):
        answers = {**ANSWERS, "step": "check", "to": "send", "ticket": receipts.draw_ticket(), "facts": facts}
        page = body(stranger.post("/report/", {**answers, "proof": proof}))
    assert "was sent before" in page
    assert Complaint.objects.get().facts == "one"


def test_pages_behind_a_receipt_are_kept_by_no_browser_and_shown_in_no_frame(stranger: Client) -> None:
    receipt = file().receipt
    for address in BEHIND_A_RECEIPT:
        for typed in (receipt, "0" * 16):
            answer = stranger.post(address, {"receipt": typed, "end": receipt[-4:]})
            assert answer.headers["Cache-Control"] == "no-store", address
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "sessionid" not in answer.cookies
            assert typed not in str(answer.headers)


def test_a_receipt_in_an_address_opens_nothing(stranger: Client) -> None:
    receipt = file().receipt
    assert FACTS not in body(stranger.get(f"/report/follow/?receipt={receipt}"))
    assert "Messages" not in body(stranger.get(f"/report/follow/?receipt={receipt}"))
    assert stranger.get(f"/report/follow/{receipt}/").status_code == 404


def test_right_and_wrong_receipts_are_answered_alike_but_for_the_report(stranger: Client) -> None:
    """A receipt that nearly fits, of the right form or none, is told the same and no more."""
    receipt = file(who=WHO).receipt
    near = receipt[:-1] + ("0" if receipt[-1] != "0" else "1")
    answers = {body(stranger.post("/report/follow/", {"receipt": typed})).count("no report") for typed in (near, "x")}
    assert answers == {1}


def test_nothing_can_be_put_beside_what_was_erased(stranger: Client) -> None:
    filed = file()
    retention.erase_words(filed.complaint)
    upload = given(hostile.picture())
    said = {"receipt": filed.receipt, "act": "say", "words": "more", "file": upload.token, "once": "1"}
    assert "has been erased" in body(stranger.post("/report/follow/act/", said))
    assert not filed.complaint.messages.exclude(words_sealed="").exists()
    assert not keeping.of(filed.complaint.number).exists()


# --- Others' files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["../../keys/gate", "..%2f..%2fkeys%2fgate", "%2e%2e", "kept", "x" * 3000, "%00", "é", "a\\b", "*", "'; --"]
)
def test_no_address_of_a_file_leads_anywhere_else(client: Client, path: str) -> None:
    upload = given(hostile.picture())
    for method in ("HEAD", "PATCH", "DELETE", "GET", "PUT"):
        answer = client.generic(method, f"/report/files/{path}/", headers=TUS | {"Upload-Offset": "0"})
        assert answer.status_code in (301, 400, 404, 405, 410, 415), method
        assert "root:" not in body(answer) and "keys" not in answer.headers.get("Location", "")
    assert Upload.objects.filter(pk=upload.pk).exists()


def test_what_the_database_knows_of_a_file_is_no_token_of_it(client: Client) -> None:
    upload = given(hostile.picture())
    for known in (upload.mark, str(upload.pk), upload.digest, upload.name_sealed[:60]):
        assert client.delete(f"/report/files/{known}/", headers=TUS).status_code in (404, 410)
    assert Upload.objects.filter(pk=upload.pk).exists()


@pytest.mark.parametrize("offset", ["-1", "+0", "0.0", "0x0", "１", "²", "9" * 15, "9" * 40, "", " 0 0"])
def test_no_offset_but_the_next_one_is_written_to(client: Client, offset: str) -> None:
    address = begun(client, 5000).headers["Location"]
    piece(client, address, b"\xff\xd8\xff" + b"x" * 97, 0)
    headers = TUS | {"Upload-Offset": offset}
    kind = "application/offset+octet-stream"
    assert client.patch(address, b"y" * 100, content_type=kind, headers=headers).status_code in (400, 409)
    assert Upload.objects.get().offset == 100


@pytest.mark.parametrize("length", ["0", "-1", "1e9", "9" * 15, "9" * 16, "²", ""])
def test_no_file_begins_with_a_length_that_is_none(client: Client, length: str) -> None:
    headers = TUS | {"Upload-Length": length, "Upload-Ticket": uploading.ticket()}
    assert client.post("/report/files/", headers=headers).status_code in (400, 413, 422)
    assert not Upload.objects.exists()


def test_a_file_of_another_report_goes_with_no_second_one(stranger: Client) -> None:
    token = given(hostile.picture()).token
    first, second = file(files=[token]), file(files=[token], facts="another")
    said = {"receipt": second.receipt, "act": "say", "words": "more", "file": token, "once": "1"}
    stranger.post("/report/follow/act/", said)
    assert keeping.of(first.complaint.number).count() == 1
    assert not keeping.of(second.complaint.number).exists()
    assert token not in body(stranger.post("/report/", {"step": "check", "to": "files", "file": token}))


def test_a_file_is_not_handed_out_to_who_sent_it_either(client: Client) -> None:
    address = begun(client, 10).headers["Location"]
    assert client.get(address).status_code in (405, 412)
    assert token_of(begun(client, 10)) != token_of(begun(client, 10))


# --- Too much ----------------------------------------------------------------------------------------


def test_bodies_beyond_all_measure_are_refused_before_they_are_read(stranger: Client) -> None:
    for address in ("/report/", *BEHIND_A_RECEIPT, "/report/files/ticket/"):
        assert stranger.post(address, {"facts": "x" * (1 << 20)}).status_code == 400, address
    assert stranger.post("/report/", {f"a{number}": "" for number in range(1001)}).status_code == 400
    assert stranger.post("/report/follow/", {"given": SimpleUploadedFile("a", b"x" * (1 << 20))}).status_code == 400


@pytest.mark.parametrize("field", ["search", "target", "named_as", "when", "amount", "name", "phone", "file", "ticket"])
def test_no_answer_however_long_breaks_a_page(stranger: Client, field: str) -> None:
    for value in (
        "9" * 200_000,
        "é%_\\" * 20_000,
        "💥" * 20_000,
        "\0",
        "institution:\0",
        "\ud800".encode("utf-8", "surrogatepass"),
    ):
        for step in ("where", "check"):
            answers = {**ANSWERS, "step": step, "to": "search" if step == "where" else "send", field: value}
            assert stranger.post("/report/", answers).status_code == 200, field
