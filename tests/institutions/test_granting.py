"""Duties of weight, posts and closed accounts: one administrator asks, another approves, and there is no way around."""

import re
from datetime import timedelta
from io import StringIO
from itertools import product
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from institutions import approving, granting
from institutions.approving import ApprovalRefused
from institutions.models import Account, AccountChange, Duty, Outcome
from supervision.audit.models import Act, Entry
from tests.builders import make_account, make_division, make_institution
from tests.institutions.authenticators import make_administrator

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def admins() -> list[Account]:
    return [make_administrator(name) for name in ("one", "two")]


@pytest.fixture
def li() -> Account:
    return make_account("li", duties=[Duty.READ])


def browser_of(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def typed(account: Account, **changed: object) -> dict[str, object]:
    """The account's form as it stands, but for what is changed."""
    post = {
        "name": account.name, "territory": account.territory_id or "", "institution": account.institution_id or "",
        "department": account.department_id or "", "insurer": account.insurer_id or "", "duties": account.duties,
        **({"is_active": "on"} if account.is_active else {}),
    }  # fmt: skip
    return {**post, **changed}


def change_page(account: Account) -> str:
    return f"/admin/institutions/account/{account.pk}/change/"


def asked_for_decide(account: Account, by: Account) -> AccountChange:
    return granting.ask(account, granting.Weight((Duty.DECIDE,)), reason="new head", by=by)


@pytest.mark.parametrize("duty", list(Duty))
def test_c2_a_duty_of_weight_waits_and_a_light_one_does_not(admins: list[Account], li: Account, duty: Duty) -> None:
    if duty == Duty.READ:
        li.duties = []
        li.save()
    response = browser_of(admins[0]).post(
        change_page(li), typed(li, duties=[*li.duties, duty], reason="the office asks")
    )
    assert response.status_code == 302
    li.refresh_from_db()
    assert (duty in li.duties) == (duty in granting.LIGHT)
    assert AccountChange.objects.filter(account=li, duties=[duty]).exists() == (duty in granting.OF_WEIGHT)


@pytest.mark.parametrize("what", ["territory", "institution", "nowhere", "revived"])
def test_c2_another_post_and_an_opened_account_wait_too(admins: list[Account], li: Account, what: str) -> None:
    make_division("990200")
    hospital = make_institution()
    if what == "revived":
        Account.objects.filter(pk=li.pk).update(is_active=False)
        li.refresh_from_db()
    typed_in: dict[str, dict[str, object]] = {
        "territory": {"territory": "990200"},
        "institution": {"territory": "", "institution": hospital.pk},
        "nowhere": {"territory": ""},
        "revived": {"is_active": "on"},
    }
    before = granting.standing(li)
    one = browser_of(admins[0])
    without = one.post(change_page(li), typed(li, **typed_in[what]))
    assert "Say why." in without.content.decode()
    one.post(change_page(li), typed(li, **typed_in[what], reason="moved house"))
    li.refresh_from_db()
    assert granting.standing(li) == before
    granting.approve(AccountChange.objects.get(), by=admins[1])
    li.refresh_from_db()
    assert granting.standing(li) != before
    assert li.institution_id == (hospital.pk if what == "institution" else None)


@pytest.mark.parametrize(("has", "wants"), [(Duty.IDENTITY, Duty.ADMINISTER), (Duty.ADMINISTER, Duty.IDENTITY)])
def test_e1_nobody_manages_accounts_and_opens_identities(admins: list[Account], has: Duty, wants: Duty) -> None:
    li = make_account("li", duties=[has])
    page = browser_of(admins[0]).post(change_page(li), typed(li, duties=[has, wants], reason="we are few"))
    assert "Who manages accounts neither opens identities nor approves it." in page.content.decode()
    assert not AccountChange.objects.exists()
    with pytest.raises(ApprovalRefused, match="neither opens identities"):
        granting.ask(li, granting.Weight((wants,)), reason="we are few", by=admins[0])


def test_e1_two_wishes_that_together_would_give_both_are_not_approved(admins: list[Account], li: Account) -> None:
    with pytest.raises(ApprovalRefused, match="neither opens identities"):
        granting.ask(li, granting.Weight((Duty.ADMINISTER, Duty.IDENTITY)), reason="we are few", by=admins[0])
    change = granting.ask(li, granting.Weight((Duty.IDENTITY,)), reason="the desk asks", by=admins[0])
    AccountChange.objects.filter(pk=change.pk).update(duties=[Duty.ADMINISTER, Duty.IDENTITY])
    with pytest.raises(ApprovalRefused, match="neither opens identities"):
        granting.approve(change, by=admins[1])
    li.refresh_from_db()
    assert li.duties == [Duty.READ]


def test_e1_one_of_the_two_duties_can_be_given_up_for_the_other(admins: list[Account]) -> None:
    li = make_account("li", duties=[Duty.IDENTITY])
    browser_of(admins[0]).post(change_page(li), typed(li, duties=[Duty.ADMINISTER], reason="changes office"))
    granting.approve(AccountChange.objects.get(), by=admins[1])
    li.refresh_from_db()
    assert li.duties == [Duty.ADMINISTER]


def test_what_weighs_nothing_in_the_same_form_is_saved_at_once(admins: list[Account], li: Account) -> None:
    browser_of(admins[0]).post(change_page(li), typed(li, name="Li Na", duties=["read", "decide"], reason="new head"))
    li.refresh_from_db()
    assert (li.name, li.duties) == ("Li Na", ["read"])
    granting.approve(AccountChange.objects.get(), by=admins[1])
    li.refresh_from_db()
    assert (li.name, li.duties) == ("Li Na", ["decide", "read"])


def test_taking_duties_away_and_stopping_an_account_never_waits(admins: list[Account]) -> None:
    head = make_account("head", duties=[Duty.READ, Duty.DECIDE])
    post = typed(head, duties=["read"])
    del post["is_active"]
    browser_of(admins[0]).post(change_page(head), post)
    head.refresh_from_db()
    assert (head.duties, head.is_active) == (["read"], False)


def test_c2_nobody_approves_their_own_wish_or_their_own_account(admins: list[Account], li: Account) -> None:
    one, two = admins
    change = asked_for_decide(li, one)
    for nobody in (one, li, make_account("wu")):
        with pytest.raises(ApprovalRefused):
            granting.approve(change, by=nobody)
    own = asked_for_decide(two, one)
    with pytest.raises(ApprovalRefused, match="second administrator"):
        granting.approve(own, by=two)
    with pytest.raises(ApprovalRefused, match="for themselves"):
        asked_for_decide(one, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountChange.objects.filter(pk=change.pk).update(outcome=Outcome.APPROVED, decided_by=one)


def test_c2_an_administrator_made_after_the_asking_approves_nothing(admins: list[Account], li: Account) -> None:
    change = asked_for_decide(li, admins[0])
    with pytest.raises(ApprovalRefused, match="who was one"):
        granting.approve(change, by=make_administrator("puppet", days=0))


def test_an_approval_covers_what_was_looked_at_and_counts_once(admins: list[Account], li: Account) -> None:
    change = asked_for_decide(li, admins[0])
    Account.objects.filter(pk=li.pk).update(territory=make_division("990200"))
    with pytest.raises(ApprovalRefused, match="changed since"):
        granting.approve(change, by=admins[1])
    Account.objects.filter(pk=li.pk).update(territory="990100")
    granting.approve(change, by=admins[1])
    Account.objects.filter(pk=li.pk).update(duties=[Duty.READ])
    with pytest.raises(ApprovalRefused, match="decided already"):
        granting.approve(change, by=admins[1])


def test_c2_a_right_taken_away_after_the_page_was_opened_does_not_count(admins: list[Account], li: Account) -> None:
    change = asked_for_decide(li, admins[0])
    two = browser_of(admins[1])
    Account.objects.filter(pk=admins[1].pk).update(duties=[])
    assert two.post(f"/admin/institutions/accountchange/{change.pk}/change/", {"_approve": "1"}).status_code == 404
    assert AccountChange.objects.get().outcome == Outcome.OPEN


def test_undecided_it_expires_and_may_be_asked_for_anew(admins: list[Account], li: Account) -> None:
    change = asked_for_decide(li, admins[0])
    with pytest.raises(ApprovalRefused, match="waits for its approval"):
        asked_for_decide(li, admins[0])
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        with pytest.raises(ApprovalRefused, match="in time"):
            granting.approve(change, by=admins[1])
        asked_for_decide(li, admins[0])
    change.refresh_from_db()
    assert (change.outcome, change.decided_by) == (Outcome.EXPIRED, None)
    assert Entry.objects.filter(act=Act.ACCOUNT, account="", subject="li", facts__what="a change expired").exists()


def test_both_do_it_on_their_pages_and_each_step_stands_in_the_chain(admins: list[Account], li: Account) -> None:
    one, two = map(browser_of, admins)
    one.post(change_page(li), typed(li, duties=["read", "decide"], reason="new head"))
    address = f"/admin/institutions/accountchange/{AccountChange.objects.get().pk}/change/"
    assert "needs a second administrator" in one.post(address, {"_approve": "1"}, follow=True).content.decode()
    page = two.get(address).content.decode()
    assert "approve and decide as the person in charge" in page
    assert "new head" in page
    assert "li" in two.get("/admin/institutions/accountchange/?outcome__exact=").content.decode()
    assert "the account has changed" in two.post(address, {"_approve": "1"}, follow=True).content.decode()
    assert "Decided: approved" in two.get(address).content.decode()
    li.refresh_from_db()
    assert li.holds(Duty.DECIDE)
    told = Entry.objects.filter(act=Act.ACCOUNT, subject="li").order_by("number").values_list("account", "facts__what")
    assert list(told) == [("one", "asked for a change"), ("two", "approved a change")]


def test_refused_it_changes_nothing_and_says_why(admins: list[Account], li: Account) -> None:
    address = f"/admin/institutions/accountchange/{asked_for_decide(li, admins[0]).pk}/change/"
    two = browser_of(admins[1])
    assert "Say why." in two.post(address, {"_refuse": "1"}, follow=True).content.decode()
    two.post(address, {"_refuse": "1", "why": "the office knows nothing of it"})
    li.refresh_from_db()
    assert not li.holds(Duty.DECIDE)
    last = Entry.objects.filter(act=Act.ACCOUNT).first()
    assert last is not None
    assert last.facts == {"what": "refused a change", "reason": "the office knows nothing of it"}


STEPS = ("read", "decide", "move", "away", "stop", "open", "rename")


@pytest.mark.parametrize("steps", list(product(STEPS, repeat=2)), ids="-".join)
def test_c2_no_order_of_forms_takes_one_administrator_around(
    admins: list[Account], li: Account, steps: tuple[str, ...]
) -> None:
    """Whatever one administrator sends one after the other, the account gains nothing of weight and stays in its place."""
    make_division("990200")
    one = browser_of(admins[0])
    done: dict[str, dict[str, object]] = {
        "read": {"duties": ["read"]}, "decide": {"duties": ["read", "decide"]}, "move": {"territory": "990200"},
        "away": {"territory": "", "duties": []}, "stop": {"is_active": ""}, "open": {"is_active": "on"},
        "rename": {"username": "wang", "territory": "990200", "duties": ["administer"]},
    }  # fmt: skip
    for step in (*steps, *steps):
        li.refresh_from_db()
        post = {key: value for key, value in typed(li, reason="so", **done[step]).items() if value != ""}
        one.post(change_page(li), post)
        for change in AccountChange.objects.filter(outcome=""):
            one.post(f"/admin/institutions/accountchange/{change.pk}/change/", {"_approve": "1"})
    li.refresh_from_db()
    assert li.username == "li"
    assert li.territory_id == "990100"
    assert not granting.OF_WEIGHT & set(li.duties)
    assert li.is_active or "stop" in steps


def test_c2_an_account_is_added_with_name_and_password_alone(admins: list[Account]) -> None:
    passwords = {"password1": "quite another passphrase", "password2": "quite another passphrase"}
    sent = {"username": "wu", "usable_password": "true", "duties": ["decide"], "territory": "990100", **passwords}
    browser_of(admins[0]).post("/admin/institutions/account/add/", sent)
    assert Account.objects.get(username="wu").duties == []


def test_the_first_administrators_come_from_the_machine_and_are_written_down() -> None:
    call_command("createsuperuser", "--noinput", "--username=root", verbosity=0)
    assert Account.objects.get(username="root").duties == [Duty.ADMINISTER]
    last = Entry.objects.first()
    assert last is not None
    assert (last.act, last.account, last.subject) == (Act.ACCOUNT, "", "root")
    assert last.facts["what"] == "opened on the machine"
    assert approving.has_administered(Account.objects.get(username="root"), since=timezone.now()) is False


def test_a_password_set_on_the_machine_is_written_down(li: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda *_asked, **_more: "quite another passphrase")
    call_command("changepassword", "li", stdout=StringIO())
    li.refresh_from_db()
    assert li.check_password("quite another passphrase")
    assert Entry.objects.filter(act=Act.PASSWORD, account="", subject="li").count() == 1


def test_the_accounts_of_a_demonstration_are_written_down_once(db: None) -> None:
    make_division("000000")
    make_division("990200")
    make_institution()
    for _time in range(2):
        call_command("demo_accounts", stdout=StringIO())
    told = Entry.objects.filter(act=Act.ACCOUNT, account="", facts__what="opened on the machine")
    assert set(told.values_list("subject", flat=True)) == set(Account.objects.values_list("username", flat=True))
    assert told.count() == Account.objects.count()


def test_nothing_else_gives_duties_away() -> None:
    """Whoever writes duties in code stands here: another way would go around the second person."""
    known = {
        "institutions/granting.py", "institutions/demonstration.py", "institutions/models/accounts.py",
        "institutions/managing.py",  # an institution's own side, within it alone: test_managing.py
    }  # fmt: skip
    writes = re.compile(r"\.duties = |create_(super)?user\(")
    found = {
        str(file.relative_to(PROJECT))
        for package in ("institutions", "claims", "supervision", "reporting", "credit")
        for file in (PROJECT / package).rglob("*.py")
        if "migrations" not in file.parts and re.search(r"Account\b", text := file.read_text("utf-8")) and writes.search(text)
    }  # fmt: skip
    assert found <= known, found - known
