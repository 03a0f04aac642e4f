"""A manager opens a colleague's account: its first password is shown once, and opens nothing but the way to another."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from pytest_django import Settings

from institutions import first_password, managing
from institutions.first_password import FirstPassword
from institutions.managing import GIVEN, ManagingRefused
from institutions.models import Account, Duty, Institution
from supervision.audit.models import Act, Entry
from tests.builders import make_account, make_institution
from tests.institutions.authenticators import code_of, enrol, password_step, sign_in

pytestmark = pytest.mark.django_db
LIST, NEW = "/institution/accounts/", "/institution/accounts/new/"
TYPED = {"username": "chen", "name": "陈会计", "duties": ["intake", "answer"]}
OWN = "another long passphrase"


@pytest.fixture
def place() -> Institution:
    return make_institution("H1")


@pytest.fixture
def manager(place: Institution) -> Account:
    return make_account("manager", institution=place, duties=[Duty.MANAGE])


def browser_of(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    session = client.session
    session["code_at"] = int(time.time())
    session.save()
    return client


def shown_in(page: str) -> str:
    """The password that stands on the page."""
    found = re.search(r'<code class="secret">([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</code>', page)
    assert found, "no password is shown"
    return found[1]


def opened_by(manager: Account, **typed: object) -> tuple[Account, str]:
    page = browser_of(manager).post(NEW, {**TYPED, **typed}).content.decode()
    return Account.objects.get(username=typed.get("username", "chen")), shown_in(page)


def test_the_manager_opens_an_account_of_the_own_institution(manager: Account, place: Institution) -> None:
    account, password = opened_by(manager)
    assert (account.institution, account.territory, account.insurer, account.department) == (place, None, None, None)
    assert (account.name, account.duties, account.is_active) == ("陈会计", [Duty.ANSWER, Duty.INTAKE], True)
    assert account.check_password(password)


def test_the_institution_is_the_managers_whatever_else_is_sent(manager: Account, place: Institution) -> None:
    other = make_institution("H2")
    account, _password = opened_by(
        manager, institution=other.pk, territory="990100", is_active="", first_password_at=""
    )
    assert account.institution == place and account.territory is None and account.first_password_at


def test_opening_stands_in_the_chain_of_acts_and_the_password_nowhere(manager: Account) -> None:
    _account, password = opened_by(manager)
    told = Entry.objects.get(act=Act.ACCOUNT, account="manager", subject="chen")
    assert told.facts == {"what": "opened in the institution", "duties": ["answer", "intake"]}
    assert password not in str(list(Entry.objects.values_list("facts"))) + str(list(Account.objects.values()))
    assert password not in browser_of(manager).get(LIST).content.decode()


def test_the_page_with_the_password_is_kept_by_no_browser(manager: Account) -> None:
    answer = browser_of(manager).post(NEW, TYPED)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("duty", sorted(set(Duty) - set(GIVEN)))
def test_no_account_is_opened_with_a_duty_of_the_desk(manager: Account, duty: str) -> None:
    with pytest.raises(ManagingRefused, match="not your institution's to give"):
        managing.open_account("chen", "陈会计", [Duty.ANSWER, duty], by=manager)
    browser_of(manager).post(NEW, {**TYPED, "duties": [duty]})
    assert not Account.objects.filter(username="chen").exists()


def test_only_a_manager_of_an_institution_opens(manager: Account, place: Institution) -> None:
    signer = make_account("signer", institution=place, duties=[*set(GIVEN) - {Duty.MANAGE}])
    stopped = make_account("stopped", institution=place, duties=[Duty.MANAGE], is_active=False)
    regulator = make_account("regulator", duties=[*Duty])
    for by in (signer, stopped, regulator):
        with pytest.raises(ManagingRefused):
            managing.open_account("chen", "陈会计", [], by=by)
    assert browser_of(signer).get(NEW).status_code == browser_of(signer).post(NEW, TYPED).status_code == 403
    assert browser_of(regulator).get(NEW).status_code == browser_of(regulator).post(NEW, TYPED).status_code == 404
    assert not Account.objects.filter(username="chen").exists()


def test_a_manager_who_was_stopped_meanwhile_opens_nothing(manager: Account) -> None:
    Account.objects.filter(pk=manager.pk).update(duties=[])
    with pytest.raises(ManagingRefused, match="Only a manager"):
        managing.open_account("chen", "陈会计", [], by=manager)


@pytest.mark.parametrize("taken", ["li", "LI", "Ｌｉ"])
def test_a_user_name_is_one_persons_in_whatever_letters(manager: Account, taken: str) -> None:
    make_account("li", "990200")
    page = browser_of(manager).post(NEW, {**TYPED, "username": taken}).content.decode()
    assert "That user name is taken" in page
    assert Account.objects.filter(username__iexact="li").count() == 1


@pytest.mark.parametrize(
    "typed", [{"username": ""}, {"username": "chen yi"}, {"username": "x" * 151}, {"name": ""}, {"name": "陈" * 61}]
)
def test_what_is_missing_or_too_long_is_said_in_the_form(manager: Account, typed: dict[str, str]) -> None:
    page = browser_of(manager).post(NEW, {**TYPED, **typed}).content.decode()
    assert "error-summary" in page
    assert Account.objects.count() == 1


def test_an_old_code_is_asked_for_anew_and_what_was_typed_is_kept(manager: Account) -> None:
    secret = enrol(manager)
    browser = browser_of(manager)
    session = browser.session
    session["code_at"] = int(time.time()) - 86_400
    session.save()
    page = browser.post(NEW, TYPED).content.decode()
    assert 'value="陈会计"' in page and not Account.objects.filter(username="chen").exists()
    shown_in(browser.post(NEW, {**TYPED, "present-code": code_of(secret)}).content.decode())
    assert Account.objects.get(username="chen").duties == [Duty.ANSWER, Duty.INTAKE]


def test_behind_the_door_a_first_password_opens_one_page_alone(manager: Account, client: Client) -> None:
    account, password = opened_by(manager)
    assert password_step(client, "chen", password)["Location"] == "/sign-in/set-up/"
    secret = enrol(account)
    assert sign_in(client, code_of(secret), "chen", password) == 302
    for address in ("/institution/desk/", LIST, "/second-factor/", "/institution/connection/"):
        assert client.get(address)["Location"] == "/password/"
    assert client.post(f"{LIST}{account.pk}/", {"act": "stop"})["Location"] == "/password/"
    for address in ("/password/", "/session/", "/how-reporting-works/"):
        assert client.get(address).status_code == 200
    same = {"old_password": password, "new_password1": password, "new_password2": password}
    assert "choose another" in client.post("/password/", same, headers={"accept-language": "en"}).content.decode()
    assert client.post("/password/", {**same, "new_password1": OWN, "new_password2": OWN}).status_code == 302
    assert client.get("/institution/desk/").status_code == 200
    assert Account.objects.get(username="chen").first_password_at is None


def test_a_page_for_all_asks_nobody_who_they_are(manager: Account) -> None:
    request = RequestFactory().get("/designated/")

    def asked(_request: HttpRequest) -> Account:
        raise AssertionError("the account was looked up")

    request.user = SimpleLazyObject(lambda: asked(request))  # type: ignore[assignment]
    page = login_not_required(lambda _request: HttpResponse())
    assert FirstPassword(lambda _request: HttpResponse()).process_view(request, page, (), {}) is None


@pytest.mark.parametrize(("days", "opens"), [(6.99, True), (7.01, False)])
def test_a_first_password_opens_for_its_days(manager: Account, client: Client, days: float, opens: bool) -> None:
    account, password = opened_by(manager)
    since = timezone.now() - timedelta(days=days)
    Account.objects.filter(pk=account.pk).update(first_password_at=since)
    assert first_password.is_over(Account.objects.get(pk=account.pk)) is not opens
    answer = password_step(client, "chen", password)
    assert answer.status_code == (302 if opens else 200)
    assert ("first password ran out" in browser_of(manager).get(LIST).content.decode()) is not opens


def test_a_site_says_for_how_many_days(manager: Account, settings: Settings, client: Client) -> None:
    settings.FIRST_PASSWORD_DAYS = 1
    account, password = opened_by(manager)
    Account.objects.filter(pk=account.pk).update(first_password_at=timezone.now() - timedelta(hours=25))
    assert password_step(client, "chen", password).status_code == 200


def test_another_is_drawn_while_they_have_none_of_their_own(manager: Account) -> None:
    account, lost = opened_by(manager)
    Account.objects.filter(pk=account.pk).update(first_password_at=timezone.now() - timedelta(days=30))
    password = shown_in(browser_of(manager).post(f"{LIST}{account.pk}/password/").content.decode())
    account.refresh_from_db()
    assert account.check_password(password) and not account.check_password(lost) and password != lost
    assert not first_password.is_over(account)
    assert Entry.objects.filter(act=Act.PASSWORD, account="manager", subject="chen").count() == 1


def test_a_password_of_their_own_is_out_of_the_managers_reach(manager: Account, place: Institution) -> None:
    theirs = make_account("theirs", institution=make_institution("H2"), first_password_at=timezone.now())
    own = make_account("own", institution=place, duties=[])
    stopped = make_account("gone", institution=place, is_active=False, first_password_at=timezone.now())
    for account in (own, theirs, stopped, manager):
        before = account.password
        with pytest.raises(ManagingRefused):
            managing.draw_again(account, by=manager)
        browser_of(manager).post(f"{LIST}{account.pk}/password/")
        assert Account.objects.get(pk=account.pk).password == before
    assert browser_of(manager).post(f"{LIST}{theirs.pk}/password/").status_code == 404


def test_what_an_administrator_sets_is_no_first_password(manager: Account) -> None:
    account, _password = opened_by(manager)
    browser = browser_of(make_account("admin", None, duties=[Duty.ADMINISTER]))
    typed = {"password1": OWN, "password2": OWN, "usable_password": "true"}
    browser.post(f"/admin/institutions/account/{account.pk}/password/", typed)
    account.refresh_from_db()
    assert account.check_password(OWN) and account.first_password_at is None


def test_a_colleague_can_be_stopped_and_given_duties_like_any(manager: Account) -> None:
    account, _password = opened_by(manager, duties=[])
    managing.give(account, Duty.SIGN, by=manager)
    managing.stop(account, by=manager)
    account.refresh_from_db()
    assert account.duties == [Duty.SIGN] and not account.is_active
