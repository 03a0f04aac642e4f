"""The administrators' side: what is changed there is written down, and nothing there is for others."""

import pytest
from django.test import Client

from institutions.models import Account, Duty
from supervision.audit.models import Entry, RowChange
from tests.builders import make_account, make_division, make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signed_in(client: Client) -> Client:
    client.force_login(make_account("admin", None, duties=[Duty.ADMINISTER]))
    return client


def last() -> tuple[str, str, str]:
    entry = Entry.objects.first()
    assert entry is not None
    return entry.act, entry.account, entry.subject


LISTS = [
    "institutions/account", "institutions/department", "institutions/division", "institutions/institution",
    "institutions/insurer", "institutions/practitioner", "audit/entry", "audit/rowchange", "institutions/factorreset",
    "institutions/accountchange",
]  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_opens_and_searches(client: Client, kind: str) -> None:
    make_institution()
    assert client.get(f"/admin/{kind}/?q=x").status_code == 200


def test_an_account_is_opened_given_its_post_and_never_deleted(client: Client) -> None:
    make_division("990100")
    passwords = {"password1": "quite another passphrase", "password2": "quite another passphrase"}
    added = client.post("/admin/institutions/account/add/", {"username": "li", "usable_password": "true", **passwords})
    account = Account.objects.get(username="li")
    change = f"/admin/institutions/account/{account.pk}/change/"
    assert added.url == change  # type: ignore[attr-defined]
    post = {"username": "li", "is_active": "on", "territory": "990100", "duties": ["read", "write_rules"]}
    assert client.post(change, post).status_code == 302
    account.refresh_from_db()
    assert (account.territory_id, account.duties) == ("990100", ["read", "write_rules"])
    assert last() == ("account", "admin", f"institutions.account {account.pk}")
    assert client.post(f"/admin/institutions/account/{account.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_account_of_two_kinds_is_refused_in_words(client: Client) -> None:
    account = make_account("li")
    post = {"username": "li", "is_active": "on", "territory": "990100", "institution": make_institution().pk}
    page = client.post(f"/admin/institutions/account/{account.pk}/change/", post, headers={"accept-language": "en"})
    assert "of a territory or of an institution, not of both" in page.content.decode()


def test_setting_a_password_anew_is_written_down(client: Client) -> None:
    account = make_account("li")
    address = f"/admin/institutions/account/{account.pk}/password/"
    client.post(address, {"password1": "quite another passphrase", "password2": "no"})
    assert not Entry.objects.exists()
    passwords = {"password1": "quite another passphrase", "password2": "quite another passphrase"}
    assert client.post(address, {"usable_password": "true", **passwords}).status_code == 302
    assert last() == ("password", "admin", "li")
    assert client.get("/admin/institutions/account/nobody/password/").status_code == 404


def test_changing_reference_data_is_written_down_with_the_fields(client: Client) -> None:
    division = make_division("990101")
    post = {"code": "990101", "name_zh": "新名", "name_en": division.name_en, "level": 3, "parent": "990100"}
    assert client.post("/admin/institutions/division/990101/change/", post).status_code == 302
    assert last() == ("reference", "admin", "institutions.division 990101")
    assert Entry.objects.get().facts == {"added": False, "fields": ["name_zh"]}


@pytest.mark.parametrize("what", ["add/", "1/change/", "1/delete/"])
def test_f1_the_chain_can_only_be_read(client: Client, what: str) -> None:
    client.post("/sign-out/")
    client.force_login(Account.objects.get(username="admin"))
    before = list(Entry.objects.values())
    client.post(f"/admin/audit/entry/{what}", {"post": "yes", "act": "run"})
    assert list(Entry.objects.values()) == before


def test_others_find_nothing_there() -> None:
    stranger = Client()
    stranger.force_login(make_account("li"))
    assert stranger.get("/admin/").status_code == stranger.get("/admin/institutions/account/").status_code == 404


def test_f1_a_rows_history_shows_before_and_after_and_who(client: Client) -> None:
    make_division("990101")
    for name in ("新名", "更新"):
        post = {"code": "990101", "name_zh": name, "name_en": "", "level": 3, "parent": "990100"}
        client.post("/admin/institutions/division/990101/change/", post)
    first, second = RowChange.objects.filter(table="institutions_division").order_by("number")
    listed = client.get("/admin/audit/rowchange/?q=institutions_division+990101").content.decode()
    assert listed.count("POST /admin/institutions/division/990101/change/") == 2
    page = client.get(f"/admin/audit/rowchange/{first.number}/change/").content.decode()
    assert "<td>澜岸区</td><td>新名</td>" in page
    assert "admin" in page
    assert "<td>新名</td>" in client.get(f"/admin/audit/rowchange/{second.number}/change/").content.decode()
    assert client.post(f"/admin/audit/rowchange/{first.number}/delete/", {"post": "yes"}).status_code == 403
