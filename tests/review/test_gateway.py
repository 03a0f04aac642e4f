"""A message is taken from whoever has signed it, and nobody else is told anything."""

import json
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Institution
from supervision.audit.models import Act, Entry
from supervision.review.gateway import signing, waiting
from supervision.review.models import Key, Message, Remark
from tests.review.messages import FOR_WOMEN, INSTITUTION, asking, encounter, order, sent

DOOR = "/api/national/"
pytestmark = pytest.mark.usefixtures("hospital")


@pytest.fixture
def key(hospital: Institution) -> Key:
    return Key.objects.create(institution=hospital, number=1)


def post(client: Client, body: bytes, header: str) -> Any:
    return client.post(DOOR, body, content_type="application/json", headers={"authorization": header})


def test_a_signed_message_is_answered(client: Client, key: Key) -> None:
    body = sent(asking())
    answer = post(client, body, signing.sign(key.name, body))
    assert (answer.status_code, answer.json()["infcode"]) == (200, 0)
    assert Message.objects.get().institution_id == INSTITUTION


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda header: "", "missing"),
        (lambda header: "Bearer x", "another form"),
        (lambda header: header.replace(".1,", ".2,"), "differs"),
        (lambda header: header[:-1] + ("0" if header[-1] != "0" else "1"), "differs"),
    ],
)
def test_what_is_not_signed_is_refused_without_an_envelope(client: Client, key: Key, change: Any, words: str) -> None:
    body = sent(asking())
    answer = post(client, body, change(signing.sign(key.name, body)))
    assert (answer.status_code, answer.json()["code"]) == (401, 401)
    assert words in answer.json()["message"]
    assert not Message.objects.exists()


def test_another_body_another_time_or_a_closed_key_open_nothing(client: Client, key: Key, settings: Settings) -> None:
    body = sent(asking())
    assert post(client, body + b" ", signing.sign(key.name, body)).status_code == 401
    late = int(time.time()) - settings.REVIEW_CLOCK_SKEW - 5
    assert "too far" in post(client, body, signing.sign(key.name, body, at=late)).json()["message"]
    key.closed_at = timezone.now()
    key.save()
    assert "closed" in post(client, body, signing.sign(key.name, body)).json()["message"]


def test_keys_change_without_a_gap_and_outlive_a_change_of_the_installations_secret(
    client: Client, key: Key, settings: Settings
) -> None:
    second = Key.objects.create(institution=key.institution, number=2)
    for name in (key.name, second.name):
        body = sent(asking(msgid=name))
        assert post(client, body, signing.sign(name, body)).status_code == 200
    body = sent(asking(msgid="after"))
    header = signing.sign(second.name, body)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert post(client, body, header).status_code == 200


def test_a_refusal_is_an_answer_that_names_the_field(client: Client, key: Key) -> None:
    body = b'{"infno": "3101", "msgid": "1", "input": {}}'
    answer = post(client, body, signing.sign(key.name, body))
    assert (answer.status_code, answer.json()["infcode"]) == (200, -1)
    assert answer.json()["err_msg"] == "input.data: is missing"
    assert client.get(DOOR).status_code == 405


def opened(*arguments: str) -> dict[str, str]:
    out = StringIO()
    call_command("open_key", INSTITUTION, *arguments, "--json", stdout=out)
    answer: dict[str, str] = json.loads(out.getvalue())
    return answer


def test_a_key_is_opened_and_closed_by_command_and_two_may_be_open(client: Client) -> None:
    first, second = opened(), opened()
    assert first["secret"] == signing.secret(f"{INSTITUTION}.1") != second["secret"]
    with pytest.raises(CommandError, match="close one first"):
        opened()
    assert opened("--close", "1") == {"key": f"{INSTITUTION}.1"}
    assert opened()["key"] == f"{INSTITUTION}.3"
    with pytest.raises(CommandError, match="no open key 1"):
        opened("--close", "1")
    assert [entry.facts["moved"] for entry in Entry.objects.filter(act=Act.KEY).order_by("number")] == [
        "opened", "opened", "closed", "opened",
    ]  # fmt: skip


# --- The database is away ---------------------------------------------------------------------------------


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Callable[[int], None]:
    """Lets the database fail so many times from now on."""
    settings.FUND_HOME = tmp_path
    left = [0]

    def check_open(*asked: Any) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise OperationalError("server closed the connection unexpectedly")
        return real(*asked)

    real = signing.check_open
    monkeypatch.setattr(signing, "check_open", check_open)
    monkeypatch.setattr(connection, "close", lambda: None)
    return lambda times: left.__setitem__(0, times)


def test_a_connection_that_died_is_opened_again(client: Client, key: Key, away: Callable[[int], None]) -> None:
    away(1)
    body = sent(asking())
    assert post(client, body, signing.sign(key.name, body)).json()["infcode"] == 0
    assert Message.objects.count() == 1
    assert not list(waiting.folder().glob("*"))


def test_a_hospital_goes_on_treating_and_is_reviewed_afterwards(
    client: Client, key: Key, away: Callable[[int], None]
) -> None:
    said = asking(encounter(order(), order(2, FOR_WOMEN)))
    away(4)  # two requests, each tried twice
    for body in (sent(said), sent(said)):
        answer = post(client, body, signing.sign(key.name, body))
        assert (answer.status_code, answer.json()["err_msg"], answer.json()["output"]) == (200, None, {"result": []})
    assert Message.objects.count() == 0
    assert (waiting.take_up(), waiting.take_up()) == (1, 0)
    assert Remark.objects.get().rule == "item_sex_restricted"


def test_what_cannot_be_read_is_refused_then_too(client: Client, key: Key, away: Callable[[int], None]) -> None:
    away(2)
    body = sent(asking(encounter(order(cnt=0))))
    answer = post(client, body, signing.sign(key.name, body)).json()
    assert (answer["infcode"], "cnt is not above 0" in answer["err_msg"]) == (-1, True)
    assert not waiting.folder().exists()
