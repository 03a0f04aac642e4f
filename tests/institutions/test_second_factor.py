"""Signing in takes a password, then a code; between the two nobody is signed in."""

import re

import pyotp
import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from institutions import second_factor
from institutions.models import Account, Duty, RecoveryCode, SecondFactor, WrongCode
from supervision import sealing
from supervision.audit.models import Act, Entry
from tests.builders import make_account
from tests.institutions.authenticators import PASSPHRASE, code_of, enrol, password_step, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return make_account("li")


def codes_on(page: HttpResponse) -> list[str]:
    return re.findall(r"<code>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</code>", page.content.decode())


def whats() -> list[str]:
    entries = Entry.objects.filter(act=Act.SECOND_FACTOR).order_by("number")
    return [str(entry.facts["what"]) for entry in entries]


def test_d1_a_password_alone_signs_nobody_in(client: Client, account: Account) -> None:
    enrol(account)
    answer = password_step(client)
    assert answer.url == "/sign-in/code/"  # type: ignore[attr-defined]
    assert client.get("/desk/").status_code == 302
    assert "sessionid" not in client.cookies
    assert not Entry.objects.filter(act=Act.SIGN_IN).exists()


def test_d1_password_and_then_code_lead_to_the_page_that_was_wanted(client: Client, account: Account) -> None:
    secret = enrol(account)
    password_step(client, next="/desk/institutions/")
    answer = client.post("/sign-in/code/", {"code": code_of(secret)})
    assert answer.url == "/desk/institutions/"  # type: ignore[attr-defined]
    assert client.get("/desk/institutions/").status_code == 200
    assert Entry.objects.get(act=Act.SIGN_IN).facts["by"] == "code"


def test_a_code_may_be_typed_with_blanks_and_full_width_digits(client: Client, account: Account) -> None:
    code = code_of(enrol(account))
    password_step(client)
    typed = f" {code[:3]} " + "".join(chr(ord(digit) + 0xFEE0) for digit in code[3:])
    assert client.post("/sign-in/code/", {"code": typed}).status_code == 302


def test_d1_a_code_counts_once_also_after_the_cache_was_emptied(account: Account) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False):
        code = code_of(enrol(account))
        assert sign_in(Client(), code) == 302
        cache.clear()
        assert sign_in(Client(), code) == 200


def test_d1_after_a_later_code_an_earlier_one_no_longer_counts(account: Account) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False):
        secret = enrol(account)
        assert sign_in(Client(), code_of(secret, steps=1)) == 302
        assert sign_in(Client(), code_of(secret)) == 200


@pytest.mark.parametrize(("steps", "status"), [(-2, 200), (-1, 302), (0, 302), (1, 302), (2, 200)])
def test_a_telephones_clock_may_differ_by_one_step(account: Account, steps: int, status: int) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False):
        assert sign_in(Client(), code_of(enrol(account), steps=steps)) == status


def test_who_has_no_factor_sets_one_up_and_is_shown_recovery_codes_once(client: Client, account: Account) -> None:
    assert password_step(client, next="/desk/runs/").url == "/sign-in/set-up/"  # type: ignore[attr-defined]
    page = client.get("/sign-in/set-up/").content.decode()
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert secret is not None
    assert "<svg" in page
    assert "style=" not in page
    shown = client.post("/sign-in/set-up/", {"code": code_of(secret[1].replace(" ", ""))})
    assert len(codes_on(shown)) == second_factor.RECOVERY_CODES  # type: ignore[arg-type]
    assert 'href="/desk/runs/"' in shown.content.decode()
    assert client.get("/desk/").status_code == 200
    assert client.get("/sign-in/set-up/").status_code == 302
    assert whats() == ["set up"]


def test_d1_a_drawn_secret_is_replaced_at_the_next_password(account: Account) -> None:
    first, second = Client(), Client()
    password_step(first)
    seen = second_factor.secret_of(SecondFactor.objects.get())
    password_step(second)
    assert second_factor.secret_of(SecondFactor.objects.get()) != seen
    assert first.post("/sign-in/set-up/", {"code": code_of(seen)}).url == "/sign-in/"  # type: ignore[attr-defined]


def test_d1_a_secret_drawn_for_a_later_browser_is_not_shown_to_an_earlier_one(account: Account) -> None:
    """Who knows the password of a new account sees nothing of the secret that its owner sets up."""
    thief, owner = Client(headers={"accept-language": "en"}), Client()
    password_step(thief)
    password_step(owner)
    factor = SecondFactor.objects.get()
    secret = second_factor.secret_of(factor)
    assert secret in owner.get("/sign-in/set-up/").content.decode().replace(" ", "")
    answer = thief.get("/sign-in/set-up/", follow=True)
    assert secret not in answer.content.decode().replace(" ", "")
    assert "given again in another browser" in answer.content.decode()
    assert thief.post("/sign-in/set-up/", {"code": code_of(secret)}).status_code == 302
    assert second_factor.current(account) is None
    assert owner.post("/sign-in/set-up/", {"code": code_of(secret)}).status_code == 200
    assert second_factor.current(account) == factor


def test_d1_a_code_confirms_the_secret_it_was_drawn_for_and_no_later_one(account: Account) -> None:
    shown = second_factor.draw(account)
    later = second_factor.draw(account)
    with pytest.raises(second_factor.CodeRefused):
        second_factor.confirm(account, code_of(second_factor.secret_of(later)), shown.pk)
    assert second_factor.current(account) is None


def test_d1_who_has_a_factor_cannot_be_given_another_by_the_password(client: Client, account: Account) -> None:
    enrol(account)
    password_step(client)
    assert client.get("/sign-in/set-up/").url == "/sign-in/"  # type: ignore[attr-defined]


def test_a_recovery_code_stands_in_once(account: Account) -> None:
    enrol(account)
    (code, *_others) = second_factor.draw_recovery_codes(account)
    assert sign_in(Client(), code.upper().replace("-", " ")) == 302
    assert sign_in(Client(), code) == 200
    assert whats()[-2:] == ["used a recovery code", "refused a code"]


def test_d1_nothing_that_opens_is_kept_in_the_clear(account: Account) -> None:
    secret = enrol(account)
    codes = second_factor.draw_recovery_codes(account)
    kept = str([*SecondFactor.objects.values(), *RecoveryCode.objects.values(), *Entry.objects.values()])
    assert not [opens for opens in (secret, *codes) if opens in kept or opens.replace("-", "") in kept]


def test_d1_a_secret_moved_to_another_account_is_not_opened(account: Account) -> None:
    enrol(account)
    other = make_account("wu")
    secret = enrol(other)
    SecondFactor.objects.filter(account=account).update(sealed=SecondFactor.objects.get(account=other).sealed)
    with pytest.raises(sealing.NotOpened):
        second_factor.prove(account, code_of(secret))


def test_d1_five_wrong_codes_close_the_door_also_to_the_right_one(account: Account) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        secret = enrol(account)
        assert [sign_in(Client(), "000000") for _ in range(6)] == [200, 200, 200, 200, 429, 429]
        assert sign_in(Client(), code_of(secret)) == 429
        clock.shift(5 * 60 + 1)
        assert sign_in(Client(), code_of(secret)) == 302


def test_d1_wrong_codes_from_anywhere_are_bounded_in_number(account: Account) -> None:
    """Three hundred guesses from twenty addresses with made-up headers in an hour: twenty are tried."""
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        enrol(account)
        for guess in range(300):
            forged = {"HTTP_X_FORWARDED_FOR": f"10.9.{guess}.1", "HTTP_X_REAL_IP": f"10.8.{guess}.1"}
            browser = Client(REMOTE_ADDR=f"10.7.0.{guess % 20}", **forged)  # type: ignore[arg-type]
            sign_in(browser, f"{guess:06}")
            clock.shift(3600 / 300 - 0.1)
    assert WrongCode.objects.count() == 20
    assert whats().count("refused a code") == 20


def test_d1_who_lacks_the_password_uses_up_no_codes(account: Account) -> None:
    secret = enrol(account)
    stranger = Client(REMOTE_ADDR="10.9.9.9")
    for _ in range(30):
        stranger.post("/sign-in/", {"username": "li", "password": "wrong"})
        stranger.post("/sign-in/code/", {"code": "000000"})
    assert not WrongCode.objects.exists()
    assert sign_in(Client(REMOTE_ADDR="10.0.0.1"), code_of(secret)) == 302


def test_the_owner_is_told_of_wrong_codes_after_the_right_password(account: Account) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        secret = enrol(account)
        sign_in(Client(), code_of(secret))
        clock.shift(60)
        sign_in(Client(), "000000")
        owner = Client(headers={"accept-language": "en"})
        sign_in(owner, code_of(secret))
        assert "1 wrong code followed your right password" in owner.get("/desk/").content.decode()


@pytest.mark.parametrize("change", ["password", "stopped", "used", "late", "forged"])
def test_d1_a_ticket_ends(client: Client, account: Account, change: str) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        secret = enrol(account)
        password_step(client)
        ticket = client.cookies["second_step"].value
        if change == "password":
            account.set_password("quite another passphrase")
            account.save()
        elif change == "stopped":
            Account.objects.update(is_active=False)
        elif change == "used":
            assert client.post("/sign-in/code/", {"code": code_of(secret)}).status_code == 302
            client = Client()
            clock.shift(60)
        elif change == "late":
            clock.shift(601)
        client.cookies["second_step"] = ticket[:-1] + "x" if change == "forged" else ticket
        answer = client.post("/sign-in/code/", {"code": code_of(secret)})
        assert (answer.status_code, answer.url) == (302, "/sign-in/")  # type: ignore[attr-defined]


def test_new_recovery_codes_ask_for_password_and_code(client: Client, account: Account) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        secret = enrol(account)
        sign_in(client, code_of(secret))
        clock.shift(60)
        asked = {"what": "codes", "password": PASSPHRASE, "code": code_of(secret)}
        assert codes_on(client.post("/second-factor/", {**asked, "password": "wrong"})) == []  # type: ignore[arg-type]
        assert codes_on(client.post("/second-factor/", {**asked, "code": "000000"})) == []  # type: ignore[arg-type]
        assert len(codes_on(client.post("/second-factor/", asked))) == 10  # type: ignore[arg-type]
        assert WrongCode.objects.count() == 2


def test_another_telephone_takes_over_when_its_code_is_shown_and_other_sign_ins_end(account: Account) -> None:
    with time_machine.travel("2026-03-01 08:00+08:00", tick=False) as clock:
        secret = enrol(account)
        here, elsewhere = Client(), Client()
        sign_in(elsewhere, code_of(secret))
        clock.shift(60)
        sign_in(here, code_of(secret))
        clock.shift(60)
        asked = {"what": "phone", "password": PASSPHRASE, "code": code_of(secret)}
        assert here.post("/second-factor/", asked).url == "/second-factor/new/"  # type: ignore[attr-defined]
        new = SecondFactor.objects.get(confirmed_at=None)
        assert second_factor.current(account) != new
        assert elsewhere.get("/second-factor/new/").url == "/second-factor/"  # type: ignore[attr-defined]
        assert here.get("/second-factor/new/").status_code == 200
        assert len(codes_on(here.post("/second-factor/new/", {"code": code_of(second_factor.secret_of(new))}))) == 10  # type: ignore[arg-type]
        assert second_factor.current(account) == new
        assert here.get("/desk/").status_code == 200
        assert elsewhere.get("/desk/").status_code == 302


def test_a_secret_for_another_telephone_is_not_shown_before_password_and_code(client: Client, account: Account) -> None:
    enrol(account)
    client.force_login(Account.objects.get())
    assert client.get("/second-factor/new/").url == "/second-factor/"  # type: ignore[attr-defined]


def test_d1_a_session_of_before_the_second_factor_has_ended(client: Client, account: Account) -> None:
    client.force_login(account)
    enrol(account)
    assert client.get("/desk/").status_code == 302


def test_administrators_sign_in_with_a_code_too(client: Client) -> None:
    secret = enrol(make_account("admin", None, duties=[Duty.ADMINISTER]))
    password_step(client, username="admin", next="/admin/")
    assert client.get("/admin/").status_code == 302
    assert client.post("/sign-in/code/", {"code": code_of(secret)}).url == "/admin/"  # type: ignore[attr-defined]
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("typed", ["", "\x00", "x" * 1000, "９９９９９９", "-", "李"])
def test_b2_no_code_makes_an_error(client: Client, account: Account, typed: str) -> None:
    enrol(account)
    password_step(client)
    assert client.post("/sign-in/code/", {"code": typed}).status_code == 200


def test_codes_are_those_of_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert pyotp.TOTP(secret, digits=8).at(59) == "94287082"
