"""A5: what a device sends is kept once, whatever is sent again, together or in which order; and nothing of it is lost."""

import json
import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as site
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from supervision.onsite import picturing, reading
from supervision.onsite.models import Entry, Picture
from supervision.onsite.taking import Given
from tests.builders import make_account
from tests.complaints.gate.fake_clamd import EICAR, running
from tests.hearing import hostile
from tests.onsite.office import Device, Office, Written, filled, has, make_office, opened, sha

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(office: Office) -> Device:
    return Device(opened(office), office.first).taken()


def test_what_is_sent_is_kept_to_the_letter_and_sent_again_is_had(device: Device, office: Office) -> None:
    one = device.answer("R04", "broken", remark="三份病历无医嘱。\n见照片。")
    assert has(device.send()) == ["taken"]
    assert has(device.send()) == ["had"]
    kept = Entry.objects.get()
    assert (kept.text, kept.digest, kept.by, kept.late) == (one.given.text, one.given.digest, office.first, False)
    assert (kept.item, kept.get_answer_display()) == ("R04", "not in order")


def test_the_answer_names_the_digest_that_is_kept(device: Device) -> None:
    one = device.statement()
    assert [answer.digest for answer in device.send()] == [one.given.digest]


def test_another_text_under_the_same_id_is_refused_and_changes_nothing(device: Device) -> None:
    one = device.answer("R01")
    device.send()
    text = one.given.text.replace("kept", "broken")
    assert has(device.send(Written(Given(one.given.id, text, sha(text.encode()))))) == ["refused"]
    assert Entry.objects.get().text == one.given.text


def test_what_arrives_damaged_is_asked_for_again(device: Device) -> None:
    one = device.answer("R01")
    assert has(device.send(Written(Given(one.given.id, one.given.text[:-1], one.given.digest)))) == ["again"]
    photo = device.photo()
    cut = Written(photo.given, photo.file[:-1])
    assert has(device.send(cut)) == ["again"]  # its file is not there under its digest
    assert has(device.send(Written(photo.given))) == ["again"]
    assert not Entry.objects.exists()
    assert has(device.send()) == ["taken", "taken"]


def test_one_that_is_refused_keeps_no_other_from_being_taken(device: Device) -> None:
    device.answer("R01")
    device.answer("X99")  # the list has no such line
    device.answer("R02")
    assert has(device.send()) == ["taken", "refused", "taken"]


@pytest.mark.parametrize(
    "said",
    [
        {"answer": "perhaps"}, {"visit": "XC-990200-2026-1"}, {"remark": "x" * 2001}, {"more": 1}, {"made_at": "today"},
        {"follows": ["none"]}, {"item": ""}, {"kind": "wish"}, {"remark": "a\u200bb"}, {"remark": "a\u202eb"},
    ],
)  # fmt: skip
def test_what_is_no_entry_of_this_visit_is_refused(said: dict[str, Any], device: Device) -> None:
    values: dict[str, Any] = {"item": "R01", "answer": "kept", "remark": "", **said}
    kind = str(values.pop("kind", "answer"))
    device.write(kind, **values)
    assert has(device.send()) == ["refused"]
    assert not Entry.objects.exists()


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "{", '"x"', "1e400", '{"kind": "answer"}', "[" * 5000])
def test_nonsense_is_refused(text: str, device: Device) -> None:
    sent = Written(Given(str(uuid4()), text, sha(text.encode())))
    assert has(device.send(sent)) == ["refused"]


def test_a_photo_is_kept_as_it_was_taken_and_shown_as_a_copy(device: Device, folder: Path) -> None:
    content = hostile.picture("JPEG") + b"what a camera writes behind it"
    device.photo(content, item="R05")
    assert has(device.send()) == ["taken"]
    picture = Picture.objects.get()
    assert Path(picture.file.path).read_bytes() == content
    assert (picture.digest, picture.size) == (sha(content), len(content))
    assert picturing.holds(picture)
    copy = Path(picture.shown.path).read_bytes()
    assert sha(copy) == picture.shown_digest != picture.digest
    assert b"camera" not in copy


def test_a_photo_that_changes_on_the_disk_is_noticed(device: Device) -> None:
    device.photo()
    device.send()
    picture = Picture.objects.get()
    Path(picture.file.path).write_bytes(b"another")
    assert not picturing.holds(picture)


def test_what_is_no_picture_is_refused_and_leaves_no_file(device: Device) -> None:
    device.photo(b"%PDF-1.7 no picture")
    assert has(device.send()) == ["refused"]
    assert not list(Path(site.MEDIA_ROOT).rglob("*.bin"))


def test_a_photo_sent_twice_leaves_one_file(device: Device) -> None:
    device.photo()
    device.send()
    device.send()
    assert len(list(Path(site.MEDIA_ROOT).rglob("*.bin"))) == 1


def test_what_the_scanner_finds_is_refused_and_what_it_does_not_answer_waits(
    device: Device, settings: Settings, tmp_path: Path
) -> None:
    with tempfile.TemporaryDirectory() as short:  # a socket's path is short
        address = Path(short) / "clamd"
        settings.CLAMAV = f"unix:{address}"
        clean, infected = device.photo(), device.photo(hostile.picture("JPEG") + EICAR)
        assert has(device.send()) == ["again", "again"]
        with running(address):
            assert has(device.send(clean, infected)) == ["taken", "refused"]


def test_another_officer_or_another_device_sends_nothing_for_this_one(device: Device, office: Office) -> None:
    one = device.answer("R01")
    assert has(Device(device.visit, office.second, device.ident).send(one)) == ["refused"]
    assert has(Device(device.visit, office.first).send(one)) == ["refused"]
    assert has(device.send()) == ["taken"]
    assert has(Device(device.visit, office.first).taken().send(one)) == ["refused"]  # it is the other device's


def test_two_officers_who_answer_apart_are_both_kept_and_a_later_answer_stands_for_both(
    device: Device, office: Office
) -> None:
    other = Device(device.visit, office.second).taken()
    mine, theirs = device.answer("R03", "kept"), other.answer("R03", "broken")
    device.send()
    other.send()
    line = next(one for one in reading.lines_of(device.visit) if one.item.code == "R03")
    assert line.is_disputed
    assert {str(one.ident) for one in line.answers} == {mine.given.id, theirs.given.id}
    agreed = device.answer("R03", "broken", follows=[mine.given.id, theirs.given.id])
    device.send(agreed)
    line = next(one for one in reading.lines_of(device.visit) if one.item.code == "R03")
    assert [str(one.ident) for one in line.answers] == [agreed.given.id]
    assert len(line.former) == 2


def test_an_answer_that_comes_before_the_one_it_replaces_stands_all_the_same(device: Device) -> None:
    first = device.answer("R03", "kept")
    second = device.answer("R03", "open", follows=[first.given.id])
    assert has(device.send(second)) == ["taken"]
    assert has(device.send(first)) == ["taken"]
    line = next(one for one in reading.lines_of(device.visit) if one.item.code == "R03")
    assert [str(one.ident) for one in line.answers] == [second.given.id]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False))
def test_whatever_is_sent_again_and_in_which_order_each_entry_is_kept_once(chance: random.Random, folder: Path) -> None:
    office = make_office(sign=uuid4().hex)
    device = Device(opened(office), office.first).taken()
    for item in device.visit.checklist.items.all():
        device.answer(item.code)
    device.statement()
    device.photo()
    for _message in range(chance.randint(1, 6)):
        device.send(*chance.choices(device.wrote, k=chance.randint(1, 8)))
    device.send(*chance.sample(device.wrote, len(device.wrote)))
    kept = Entry.objects.filter(visit=device.visit)
    assert sorted(str(one.ident) for one in kept) == sorted(one.given.id for one in device.wrote)
    assert device.hand_back()


@pytest.mark.django_db(transaction=True)
def test_the_same_entry_fifty_times_at_once_is_kept_once(folder: Path) -> None:
    office = make_office()
    device = Device(opened(office), office.first).taken()
    one = device.statement()

    def send(_turn: int) -> str:
        try:
            return has(device.send(one))[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(50)))
    assert sorted(set(answers)) == ["had", "taken"]
    assert answers.count("taken") == 1
    assert Entry.objects.count() == 1


def test_a_signature_is_over_what_was_on_the_device(device: Device, office: Office) -> None:
    filled(device)
    assert set(has(device.send())) == {"taken"}
    signed = Entry.objects.filter(kind="signature").order_by("made_at")[0]
    ids = {str(one.ident) for one in Entry.objects.filter(kind="answer")}
    assert {pair[0] for pair in signed.said["over"]} == ids
    stranger = make_account("stranger")
    device.sign(stranger.username)
    assert has(device.send(device.wrote[-1])) == ["refused"]
    device.sign(office.first.username, content=b"")
    assert has(device.send(device.wrote[-1])) == ["refused"]


def test_the_text_is_json_that_anybody_can_check(device: Device) -> None:
    device.statement()
    device.send()
    kept = Entry.objects.get()
    assert json.loads(kept.text)["words"] == "问：住院几天？答：三天。"
    assert sha(kept.text.encode()) == kept.digest
