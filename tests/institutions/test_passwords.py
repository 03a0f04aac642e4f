import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from supervision.audit.models import Act, Entry
from tests.builders import make_account

PASSPHRASE = "a long enough passphrase"


@pytest.mark.parametrize(
    "password",
    ["short", "yibaojijin2026", "医保基金监管医保基金监管", "1234567890123", "password1234", "x" * 300],
)
def test_d1_a_guessable_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", [PASSPHRASE, "云泽的桥在雨里很长很长啊", "yibao-ma7k-w2pq-xx3z"])
def test_a_good_one_is_taken(password: str) -> None:
    validate_password(password)


@pytest.mark.django_db
def test_changing_it_ends_other_sign_ins_and_is_written_down() -> None:
    account = make_account("li")
    here, elsewhere = Client(), Client()
    here.force_login(account)
    elsewhere.force_login(account)
    new = "quite another passphrase"
    data = {"old_password": PASSPHRASE, "new_password1": new, "new_password2": new}
    assert here.post("/password/", data).status_code == 302
    assert here.get("/password/").status_code == 200
    assert elsewhere.get("/password/").status_code == 302
    assert list(Entry.objects.values_list("act", "account", "subject")) == [("password", "li", "li")]


@pytest.mark.django_db
def test_d1_who_finds_a_browser_open_guesses_the_old_password_five_times(client: Client) -> None:
    account = make_account("li")
    client.force_login(account)
    new = {"new_password1": "quite another passphrase", "new_password2": "quite another passphrase"}
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        tries = [client.post("/password/", {"old_password": f"guess {n}", **new}).status_code for n in range(6)]
        assert tries == [200, 200, 200, 200, 429, 429]
        assert client.post("/password/", {"old_password": PASSPHRASE, **new}).status_code == 429
        clock.shift(5 * 60 + 1)
        assert client.post("/password/", {"old_password": PASSPHRASE, **new}).status_code == 302
    refused = Entry.objects.filter(act=Act.SECOND_FACTOR).values_list("facts__what", flat=True)
    assert list(refused) == ["refused a password"] * 5


@pytest.mark.django_db
def test_what_is_wrong_is_said_on_top_and_beside_the_field(client: Client) -> None:
    client.force_login(make_account("li"))
    data = {"old_password": "wrong", "new_password1": "short", "new_password2": "short"}
    page = client.post("/password/", data, headers={"accept-language": "en"}).content.decode()
    assert "<title>Error: Change password" in page
    assert "2 places need mending" in page
    assert '<a href="#id_old_password">' in page
