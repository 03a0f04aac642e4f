"""Signing in and out, and what is written down of it."""

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import Account, Duty
from supervision.audit.models import Entry
from tests.builders import make_account, make_institution
from tests.institutions.authenticators import PASSPHRASE, code_of, enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return make_account("li")


@pytest.fixture
def secret(account: Account) -> str:
    """Of their second factor."""
    return enrol(account)


def sign_in(client: Client, username: str = "li", password: str = PASSPHRASE, **rest: str) -> int:
    address = reverse("sign_in")
    return client.post(address, {"username": username, "password": password, **rest}).status_code


def show_code(client: Client, secret: str) -> str:
    """Where the second step leads."""
    return str(client.post(reverse("sign_in_code"), {"code": code_of(secret)}).url)  # type: ignore[attr-defined]


def acts() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("number").values_list("act", "account"))


def test_everything_asks_for_a_sign_in_and_then_leads_back(client: Client, secret: str) -> None:
    asked = client.get("/desk/institutions/?kind=hospital")
    assert asked.url == "/sign-in/?next=/desk/institutions/%3Fkind%3Dhospital"  # type: ignore[attr-defined]
    client.post(asked.url, {"username": "li", "password": PASSPHRASE, "next": "/desk/institutions/"})  # type: ignore[attr-defined]
    assert show_code(client, secret) == "/desk/institutions/"


def test_signing_in_leads_nowhere_outside(client: Client, secret: str) -> None:
    sign_in(client, next="https://elsewhere.example/")
    assert show_code(client, secret) == "/"


def test_f1_signing_in_out_and_failing_are_written_down(client: Client, secret: str) -> None:
    assert sign_in(client, password="wrong") == 200
    assert sign_in(client) == 302
    show_code(client, secret)
    assert client.post("/sign-out/").status_code == 302
    assert acts()[1:] == [("sign_in_refused", "li"), ("sign_in", "li"), ("sign_out", "li")]
    assert PASSPHRASE not in str(list(Entry.objects.values()))
    assert "wrong" not in str(list(Entry.objects.values_list("facts")))


def test_a_stopped_account_is_out_at_its_next_request(client: Client, secret: str) -> None:
    sign_in(client)
    show_code(client, secret)
    assert client.get("/password/").status_code == 200
    Account.objects.update(is_active=False)
    assert client.get("/password/").status_code == 302


@pytest.mark.parametrize("username", ["li\x00", "\ud800", "x" * 1000, "", "李" * 150])
def test_b2_no_name_makes_an_error(client: Client, account: Account, username: str) -> None:
    typed = username.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert sign_in(client, typed) == 200


@pytest.mark.parametrize(
    ("post", "door"),
    [
        ({}, "/desk/"),
        ({"territory": None, "duties": [Duty.ADMINISTER]}, "/admin/"),
        ({"duties": []}, "/password/"),
    ],
)
def test_home_is_the_front_door_of_who_asks(client: Client, post: dict[str, object], door: str) -> None:
    client.force_login(make_account("wu", **post))  # type: ignore[arg-type]
    assert client.get("/").url == door  # type: ignore[attr-defined]


def test_an_institutions_home_is_its_own_door(client: Client) -> None:
    client.force_login(make_account("wu", institution=make_institution(), duties=[]))
    assert client.get("/").url == "/institution/desk/"  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/login/?next=/admin/"])
def test_administrators_come_in_by_the_same_door(client: Client, address: str) -> None:
    assert client.get(address).url.startswith("/sign-in/")  # type: ignore[attr-defined]


def test_signing_out_of_the_administration_is_written_down_too(client: Client) -> None:
    client.force_login(make_account("wu", territory=None, duties=[Duty.ADMINISTER]))
    client.post("/admin/logout/")
    assert ("sign_out", "wu") in acts()
    assert client.get("/password/").status_code == 302
