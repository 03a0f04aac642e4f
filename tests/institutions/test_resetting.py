"""A lost telephone: one administrator asks, another approves, and nobody does it alone."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from institutions import resetting, second_factor
from institutions.approving import ApprovalRefused as ResetRefused
from institutions.models import Account, Duty, FactorReset, Outcome
from supervision.audit.models import Act, Entry
from tests.builders import make_account
from tests.institutions.authenticators import code_of, enrol, make_administrator, password_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def admins() -> list[Account]:
    return [make_administrator(name) for name in ("one", "two")]


@pytest.fixture
def loser() -> Account:
    account = make_account("li")
    enrol(account)
    return account


def test_c2_two_administrators_take_a_lost_factor_away(admins: list[Account], loser: Account) -> None:
    one, two = admins
    browser = Client()
    browser.force_login(loser)
    reset = resetting.ask(loser, reason="telephone stolen", by=one)
    assert second_factor.current(loser)
    assert browser.get("/desk/").status_code == 200
    resetting.approve(reset, by=two)
    assert second_factor.current(loser) is None
    assert second_factor.left(loser) == 0
    assert browser.get("/desk/").status_code == 302
    assert password_step(Client()).url == "/sign-in/set-up/"  # type: ignore[attr-defined]
    told = Entry.objects.filter(act=Act.SECOND_FACTOR, subject="li").order_by("number").values_list("account", "facts")
    assert [(who, facts["what"]) for who, facts in told][-2:] == [
        ("one", "asked for a reset"),
        ("two", "approved a reset"),
    ]


def test_c2_nobody_does_it_alone(admins: list[Account], loser: Account) -> None:
    one, two = admins
    reset = resetting.ask(loser, reason="lost", by=one)
    with pytest.raises(ResetRefused):
        resetting.approve(reset, by=one)
    for refused in ({"by": loser}, {"by": make_account("wu")}):
        with pytest.raises(ResetRefused):
            resetting.approve(reset, **refused)
    with pytest.raises(ResetRefused):
        resetting.ask(two, reason="mine", by=two)
    own = resetting.ask(one, reason="lost too", by=two)
    with pytest.raises(ResetRefused):
        resetting.approve(own, by=one)
    assert second_factor.current(loser)


def test_c2_the_database_refuses_it_too(admins: list[Account], loser: Account) -> None:
    one, two = admins
    for approver in (one, loser):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorReset.objects.create(
                account=loser, reason="x", asked_by=one, outcome=Outcome.APPROVED, decided_by=approver
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(account=two, reason="x", asked_by=two)


@pytest.mark.parametrize("days", [0, 6])
def test_c2_an_administrator_made_for_the_purpose_approves_nothing(
    admins: list[Account], loser: Account, days: int
) -> None:
    reset = resetting.ask(loser, reason="lost", by=admins[0])
    with pytest.raises(ResetRefused, match="who was one"):
        resetting.approve(reset, by=make_administrator("puppet", days=days))
    assert second_factor.current(loser)


def test_c2_an_old_account_made_an_administrator_for_the_purpose_approves_nothing(
    admins: list[Account], loser: Account
) -> None:
    reset = resetting.ask(loser, reason="lost", by=admins[0])
    puppet = make_administrator("puppet")
    Account.objects.filter(pk=puppet.pk).update(duties=[Duty.READ])
    Account.objects.filter(pk=puppet.pk).update(duties=[Duty.READ, Duty.ADMINISTER])
    puppet.refresh_from_db()
    with pytest.raises(ResetRefused, match="who was one"):
        resetting.approve(reset, by=puppet)
    assert second_factor.current(loser)


def test_c2_who_approves_had_a_factor_of_their_own_before_it_was_asked_for(
    admins: list[Account], loser: Account
) -> None:
    one, two = admins
    reset = resetting.ask(loser, reason="lost", by=one)
    two.factors.update(confirmed_at=timezone.now())
    with pytest.raises(ResetRefused, match="who was one"):
        resetting.approve(reset, by=two)
    two.factors.all().delete()
    with pytest.raises(ResetRefused, match="who was one"):
        resetting.approve(reset, by=two)


def test_a_trial_site_may_ask_for_no_days_but_never_takes_who_came_after_the_asking(
    admins: list[Account], loser: Account, settings: Settings
) -> None:
    settings.SECOND_ADMINISTRATOR_DAYS = 0
    there = make_administrator("there", days=0)
    reset = resetting.ask(loser, reason="lost", by=admins[0])
    late = make_administrator("late", days=0)
    with pytest.raises(ResetRefused):
        resetting.approve(reset, by=late)
    resetting.approve(reset, by=there)
    assert second_factor.current(loser) is None


def test_an_approval_counts_once(admins: list[Account], loser: Account) -> None:
    one, two = admins
    reset = resetting.ask(loser, reason="lost", by=one)
    resetting.approve(reset, by=two)
    enrol(loser)
    with pytest.raises(ResetRefused):
        resetting.approve(reset, by=two)
    assert second_factor.current(loser)


def test_c2_a_right_that_was_taken_away_meanwhile_does_not_count(admins: list[Account], loser: Account) -> None:
    one, two = admins
    reset = resetting.ask(loser, reason="lost", by=one)
    Account.objects.filter(pk=two.pk).update(duties=[])
    browser = Client()
    browser.force_login(Account.objects.get(pk=two.pk))
    assert browser.post(f"/admin/institutions/factorreset/{reset.pk}/change/", {"_approve": "1"}).status_code == 404
    assert second_factor.current(loser)


def test_administrators_do_it_on_their_pages(admins: list[Account], loser: Account) -> None:
    asker, approver = Client(headers={"accept-language": "en"}), Client(headers={"accept-language": "en"})
    asker.force_login(admins[0])
    approver.force_login(admins[1])
    asker.post("/admin/institutions/factorreset/add/", {"account": loser.pk, "reason": "lost"})
    address = f"/admin/institutions/factorreset/{FactorReset.objects.get().pk}/change/"
    refused = asker.post(address, {"_approve": "1"}, follow=True)
    assert "needs a second administrator" in refused.content.decode()
    assert second_factor.current(loser)
    assert "call them at a number" in approver.get(address).content.decode()
    approver.post(address, {"_approve": "1"})
    assert second_factor.current(loser) is None
    assert "Nothing is left to do" in approver.get(address).content.decode()


def test_asking_twice_or_for_oneself_is_refused_in_words(admins: list[Account], loser: Account) -> None:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(admins[0])
    address = "/admin/institutions/factorreset/add/"
    own = browser.post(address, {"account": admins[0].pk, "reason": "mine"})
    assert "Nobody asks for this for themselves" in own.content.decode()
    browser.post(address, {"account": loser.pk, "reason": "lost"})
    again = browser.post(address, {"account": loser.pk, "reason": "lost"})
    assert "waits for its approval" in again.content.decode()
    assert FactorReset.objects.count() == 1


def test_after_the_reset_the_old_telephone_no_longer_counts(admins: list[Account], loser: Account) -> None:
    secret = second_factor.secret_of(loser.factors.get())
    resetting.approve(resetting.ask(loser, reason="lost", by=admins[0]), by=admins[1])
    browser = Client()
    password_step(browser)
    for address in ("/sign-in/code/", "/sign-in/set-up/"):
        assert browser.post(address, {"code": code_of(secret)}).status_code == 200
    assert browser.get("/desk/").status_code == 302
