"""The review's server: messages go straight to the door, everything else to the site."""

import io
import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from institutions.models import Institution
from supervision import desk
from supervision.review.asking import library
from supervision.review.gateway import signing
from supervision.review.models import Key, Message
from tests.builders import make_institution
from tests.review.messages import INSTITUTION, asking, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital() -> Institution:
    place = make_institution(INSTITUTION, "990101")
    Key.objects.create(institution=place, number=1)
    return place


@pytest.fixture(autouse=True)
def nothing_known() -> Any:
    yield
    library.forget()


def ask(path: str, body: bytes = b"", method: str = "POST", **more: str) -> tuple[int, dict[str, str], bytes]:
    """What the server answers, as gunicorn would ask it."""
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8001", "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_LENGTH": str(len(body)), "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), **more,
    }  # fmt: skip
    found = b"".join(desk.application(environ, lambda *said: told.extend(said)))
    return int(told[0].split()[0]), dict(told[1]), found


def test_a_message_is_answered_as_the_site_answers_it(hospital: Institution, client: Client) -> None:
    body = sent(asking())
    header = signing.sign(f"{INSTITUTION}.1", body)
    status, headers, answer = ask("/api/national/", body, HTTP_AUTHORIZATION=header)
    by_site = client.post(
        "/api/national/", body, content_type="application/json", headers={"authorization": header}
    ).json()
    assert (status, json.loads(answer)) == (200, by_site)
    assert headers["Cache-Control"] == "no-store"
    assert Message.objects.count() == 1


def test_what_is_not_signed_is_refused(hospital: Institution) -> None:
    status, headers, answer = ask("/api/national/", sent(asking()))
    assert (status, json.loads(answer)["code"], "WWW-Authenticate" in headers) == (401, 401, True)


def test_a_body_that_is_too_large_is_not_read(hospital: Institution, settings: Settings) -> None:
    settings.REVIEW_MESSAGE_LIMIT = 10
    assert ask("/api/national/", b"x" * 11)[0] == 413


def test_it_is_ready_once_the_rules_are_known(hospital: Institution) -> None:
    assert ask("/ready/", method="GET")[0] == 503
    library.look()
    assert ask("/ready/", method="GET")[0] == 200


def test_everything_else_is_the_sites(hospital: Institution) -> None:
    assert ask("/api/national/", method="GET", CONTENT_LENGTH="")[0] == 405
    assert ask("/desk/", method="GET", CONTENT_LENGTH="")[0] == 302


def test_where_the_site_insists_on_https_a_message_in_the_open_is_the_sites(
    hospital: Institution, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    body = sent(asking())
    header = signing.sign(f"{INSTITUTION}.1", body)
    forged = {"HTTP_AUTHORIZATION": header, "HTTP_X_FORWARDED_PROTO": "https"}
    assert not desk._unsafe({"wsgi.url_scheme": "https"})
    assert desk._unsafe({"wsgi.url_scheme": "http", **forged})
    settings.TRUSTED_PROXIES = 1
    assert not desk._unsafe({"wsgi.url_scheme": "http", **forged})
