import pytest
import time_machine
from axes.models import AccessFailureLog
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from institutions.lockout import HOURLY_BUDGET
from supervision.audit.models import Entry
from tests.builders import make_account
from tests.institutions import authenticators
from tests.institutions.authenticators import PASSPHRASE, code_of, enrol

pytestmark = pytest.mark.django_db
WRONG = "wrong"


def sign_in(password: str = WRONG, *, address: str = "10.0.0.1", username: str = "li") -> HttpResponse:
    data = {"username": username, "password": password}
    return Client(REMOTE_ADDR=address).post("/sign-in/", data)  # type: ignore[return-value]


def test_d1_five_wrong_guesses_close_the_door_for_five_minutes() -> None:
    make_account("li")
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        answers = [sign_in().status_code for _ in range(6)]
        assert answers == [200, 200, 200, 200, 429, 429]
        assert sign_in(PASSPHRASE).status_code == 429
        clock.shift(5 * 60 + 1)
        assert sign_in(PASSPHRASE).status_code == 302


def test_d1_an_outsider_cannot_lock_the_owner_out() -> None:
    make_account("li")
    for _ in range(6):
        sign_in(address="10.9.9.9")
    assert sign_in(PASSPHRASE, address="10.0.0.1").status_code == 302


def guess_from_everywhere() -> None:
    for number in range(HOURLY_BUDGET):
        assert sign_in(address=f"10.1.0.{number}").status_code == 200


def test_d1_twenty_guesses_an_hour_from_anywhere_close_the_door_to_strangers_only() -> None:
    account = make_account("li")
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        assert authenticators.sign_in(Client(REMOTE_ADDR="10.0.0.1"), code_of(enrol(account))) == 302
        guess_from_everywhere()
        assert sign_in(PASSPHRASE, address="10.1.1.1").status_code == 429
        assert sign_in(PASSPHRASE, address="10.0.0.1").status_code == 302
        clock.shift(3601)
        assert sign_in(PASSPHRASE, address="10.1.1.1").status_code == 302


def test_d1_the_password_alone_makes_no_address_a_known_one() -> None:
    account = make_account("li")
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False):
        enrol(account)
        sign_in(PASSPHRASE, address="10.1.1.1")
        guess_from_everywhere()
        assert sign_in(PASSPHRASE, address="10.1.1.1").status_code == 429


def test_d1_a_forged_address_is_not_believed() -> None:
    make_account("li")
    for number in range(5):
        data = {"username": "li", "password": "wrong"}
        answer = Client(HTTP_X_FORWARDED_FOR=f"10.2.0.{number}").post("/sign-in/", data)
    assert answer.status_code == 429


def test_d1_behind_proxies_only_what_they_say_themselves_is_believed(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 1
    make_account("li")

    def guess(forwarded: str, password: str = WRONG) -> int:
        data = {"username": "li", "password": password}
        return Client(REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded).post("/sign-in/", data).status_code

    assert [guess(f"10.2.0.{number}, 10.3.0.1") for number in range(5)] == [200, 200, 200, 200, 429]
    assert guess("10.4.0.1", PASSPHRASE) == 302  # the owner, whom the proxy was asked by without a word before it
    assert set(AccessFailureLog.objects.values_list("ip_address", flat=True)) == {"10.3.0.1"}


def test_d1_who_comes_without_an_address_is_counted_too() -> None:
    make_account("li")
    assert [sign_in(address="").status_code for _ in range(5)] == [200, 200, 200, 200, 429]


def test_d1_another_spelling_of_a_name_has_no_budget_of_its_own() -> None:
    make_account("li")
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False):
        guess_from_everywhere()
        assert sign_in(address="10.1.1.1", username="ｌｉ").status_code == 429


def test_d1_an_unknown_name_is_answered_like_a_known_one() -> None:
    make_account("li")
    for name in ("li", "nobody"):
        assert [sign_in(username=name).status_code for _ in range(5)] == [200, 200, 200, 200, 429]


def test_f1_a_lock_out_is_written_down_once_for_each_refusal() -> None:
    make_account("li")
    for _ in range(5):
        sign_in()
    acts = list(Entry.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["sign_in_refused"] * 4 + ["lock_out"]
