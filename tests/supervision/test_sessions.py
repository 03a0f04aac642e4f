from datetime import datetime

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY, get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def client(db: None) -> Client:
    account = get_user_model().objects.create_user(username="li", password="a long enough one")
    client = Client()
    client.force_login(account)
    return client


def signed_in(client: Client) -> bool:
    client.get("/language/")
    return SESSION_KEY in client.session


def test_half_an_hour_without_a_request_signs_out(client: Client) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        assert signed_in(client)
        clock.shift(29 * 60)
        assert signed_in(client)
        clock.shift(29 * 60)
        assert signed_in(client)
        clock.shift(31 * 60)
        assert not signed_in(client)


def test_ten_hours_sign_out_whatever_was_done(client: Client) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        for _ in range(30):
            assert signed_in(client)
            clock.shift(20 * 60)
        clock.shift(60)
        assert not signed_in(client)


def test_requests_soon_after_one_another_write_nothing(client: Client) -> None:
    client.get("/language/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/language/")
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def left(client: Client) -> dict[str, object]:
    answer: dict[str, object] = client.get("/session/").json()
    return answer


def test_what_is_left_is_told_without_staying(client: Client) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        assert signed_in(client)
        for minutes in (0, 10, 20, 29):
            clock.move_to(datetime.fromisoformat(f"2026-03-01 08:{minutes:02}+08:00"))
            assert left(client) == {"left": (30 - minutes) * 60, "final": False}
        assert client.post("/session/").json() == {"left": 30 * 60, "final": False}
        clock.shift(31 * 60)
        assert client.get("/session/").status_code == 302


def test_in_the_last_half_hour_of_ten_staying_adds_nothing(client: Client) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        for _ in range(29):
            assert signed_in(client)
            clock.shift(20 * 60)
        assert client.post("/session/").json() == {"left": 20 * 60, "final": True}


def test_a_fragment_asked_for_after_the_end_sends_its_whole_page_to_the_sign_in(db: None) -> None:
    answer = Client().get("/desk/runs/1/progress/", headers={"hx-request": "true"})
    assert (answer["HX-Refresh"], answer.content) == ("true", b"")


@pytest.mark.parametrize(
    ("page", "then"),
    [("http://testserver/desk/runs/1/?a=b", "/desk/runs/1/%3Fa%3Db"), ("https://else.where/x", "/"), ("", "/")],
)
def test_whoever_sends_a_form_too_late_comes_back_to_the_page_it_stood_on(page: str, then: str) -> None:
    answer = Client().post("/desk/runs/1/cancel/", headers={"referer": page})
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={then}")


def test_what_an_open_page_asks_for_by_itself_keeps_nobody_signed_in(client: Client) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        assert signed_in(client)
        for _ in range(4):
            clock.shift(8 * 60)
            client.get("/desk/runs/1/progress/")
        assert not signed_in(client)
