"""Webhooks: signed, tried later and later, kept until they are delivered, and silent about what is in a package."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import requests
import time_machine
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from supervision.coordination import guard, keys, sending
from supervision.coordination.models import Delivery, Endpoint
from supervision.coordination.sharing import PACKAGE
from supervision.moves import MoveRefused
from tests.coordination.office import MEMBER, Sharing, given

Sent = list[tuple[str, bytes, dict[str, str]]]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Sent]:
    """The department's server, answering these one after the other and then 200; what it was sent."""

    def with_these(*answers: int | Exception) -> Sent:
        sent: Sent = []
        left = list(answers)

        def send(url: str, body: bytes, headers: dict[str, str]) -> int:
            sent.append((url, body, headers))
            answer = left.pop(0) if left else 200
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(guard, "send", send)
        return sent

    return with_these


@pytest.fixture
def told(sharing: Sharing) -> Sharing:
    keys.set_endpoint("https://police.example/hook", by=sharing.liaison)
    return sharing


def test_a_package_given_is_told_by_a_signed_message_that_does_not_say_what_is_in_it(
    told: Sharing, answering: Callable[..., Sent]
) -> None:
    sent = answering()
    package = given(told)
    assert sending.deliver() == 1
    ((url, body, headers),) = sent
    assert url == "https://police.example/hook"
    said = json.loads(body)
    assert (said["type"], said["data"]) == ("package.given", {"number": package.number})
    assert MEMBER not in body.decode()
    assert told.case.title not in body.decode()
    verifier = Webhook(sending.webhook_secret(told.police.pk))
    verifier.verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        verifier.verify(body + b" ", headers)
    assert sending.deliver() == 0  # once


def test_a_message_is_tried_later_and_later_with_the_same_id_until_it_is_delivered(
    told: Sharing, answering: Callable[..., Sent]
) -> None:
    sent = answering(500, requests.ConnectionError("away"), guard.Blocked("10.0.0.1"), 302)
    start = datetime(2026, 3, 2, 2, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        given(told)
        waits = []
        for _try in range(4):
            assert sending.deliver() == 0
            waits.append(Delivery.objects.get().next_at - timezone.now())
            assert sending.deliver() == 0  # not before its time
            clock.shift(waits[-1])
        assert waits == [timedelta(seconds=5), *(timedelta(minutes=one) for one in (5, 30, 120))]
        assert sending.deliver() == 1
    one = Delivery.objects.get()
    assert (one.tries, one.last_answer) == (5, "HTTP 200")
    assert len({headers["webhook-id"] for _url, _body, headers in sent}) == 1
    assert len({headers["webhook-timestamp"] for _url, _body, headers in sent}) == 5


def test_after_the_last_step_it_is_tried_once_a_day_and_never_given_up(
    told: Sharing, answering: Callable[..., Sent]
) -> None:
    answering(503)
    given(told)
    Delivery.objects.update(tries=40)
    sending.deliver()
    one = Delivery.objects.get()
    assert one.tries == 41
    assert timedelta(hours=23) < one.next_at - timezone.now() <= timedelta(days=1)


def test_who_asks_for_nothing_more_is_told_nothing_more_and_what_waits_is_kept_for_another_address(
    told: Sharing, answering: Callable[..., Sent]
) -> None:
    sent = answering(410)
    package = given(told)
    sending.deliver()
    assert Endpoint.objects.get().closed_at is not None
    Delivery.objects.update(next_at=timezone.now())
    sending.deliver()
    assert len(sent) == 1
    keys.set_endpoint("https://police.example/other", by=told.liaison)
    assert sending.deliver() == 1
    assert sent[-1][0] == "https://police.example/other"
    PACKAGE.make(package, "withdraw", by=told.head, note="by mistake")
    sending.deliver()
    assert json.loads(sent[-1][1])["type"] == "package.withdrawn"


def test_without_an_address_nothing_is_written_down(sharing: Sharing) -> None:
    given(sharing)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("url", ["http://police.example/", "https://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "x"])
def test_an_address_that_may_not_be_asked_is_not_kept(sharing: Sharing, url: str) -> None:
    with pytest.raises(MoveRefused):
        keys.set_endpoint(url, by=sharing.liaison)
    assert not Endpoint.objects.exists()
