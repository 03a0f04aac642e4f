"""What every page shares: the language switch, the sidebar, the pages of refusal, and what the policy forbids."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from institutions.models import Duty
from supervision.urls import urlpatterns as real
from tests.builders import make_account, make_batch, make_institution

TEMPLATES = Path(__file__).parents[1] / "templates"


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [*real, path("broken/", broken)]


@pytest.mark.django_db
def test_the_switch_keeps_the_place(client: Client) -> None:
    client.force_login(make_account())
    place = "/desk/institutions/?kind=hospital&sort=-beds"
    page = client.get(place, headers={"accept-language": "en"}).content.decode()
    assert '<input type="hidden" name="next" value="/desk/institutions/?kind=hospital&amp;sort=-beds">' in page
    answer = client.post("/language/", {"next": place, "language": "zh-hans"})
    assert answer.url == place  # type: ignore[attr-defined]
    chinese = client.get(place, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="zh-Hans">' in chinese
    assert "定点医药机构" in chinese


@pytest.mark.parametrize(
    ("asked", "lang"),
    [("en-GB,en;q=0.8", "en"), ("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hans"), ("fr", "zh-Hans"), ("", "zh-Hans")],
)
def test_the_browser_chooses_and_chinese_where_it_does_not(client: Client, asked: str, lang: str) -> None:
    assert f'<html lang="{lang}">' in client.get("/sign-in/", headers={"accept-language": asked}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "doors"),
    [
        (
            "regulator",
            {
                "/desk/work/",
                "/desk/",
                "/desk/findings/",
                "/desk/hearing/",
                "/desk/cases/",
                "/desk/rewards/",
                "/desk/complaints/",
                "/desk/identities/",
                "/desk/exposure/",
                "/desk/supervisors/",
                "/desk/documents/",
                "/desk/ledger/",
                "/desk/runs/",
                "/desk/rules/",
                "/desk/review/",
                "/desk/knowledge/",
                "/desk/institutions/",
                "/desk/batches/",
                "/desk/settlements/",
                "/desk/self-correction/",
                "/desk/commitments/",
                "/desk/credit/",
                "/desk/agreements/",
                "/desk/practitioners/",
                "/desk/inspections/",
                "/desk/visits/",
                "/desk/visits/samples/",
                "/desk/coordination/",
                "/desk/major-issues/",
                "/desk/assistance/",
            },
        ),
        (
            "institution",
            {
                "/institution/desk/",
                "/institution/accounts/",
                "/institution/",
                "/institution/findings/",
                "/institution/documents/",
                "/institution/ledger/",
                "/institution/reminders/",
                "/institution/self-check/",
                "/institution/connection/",
                "/institution/sandbox/",
                "/institution/commitments/",
                "/institution/credit/",
                "/institution/self-correction/",
                "/institution/agreements/",
                "/institution/practitioners/",
                "/institution/settlements/",
                "/institution/inspections/",
                "/institution/interviews/",
            },
        ),
        ("administrator", {"/admin/"}),
    ],
)
def test_the_sidebar_shows_only_doors_that_open(client: Client, kind: str, doors: set[str]) -> None:
    posts: dict[str, dict[str, Any]] = {
        "regulator": {},
        "institution": {"institution": make_institution(), "duties": [Duty.INTAKE, Duty.CONNECT]},
        "administrator": {"territory": None, "duties": [Duty.ADMINISTER]},
    }
    account = make_account(**posts[kind])
    client.force_login(account)
    page = client.get("/password/").content.decode()
    shown = set(re.findall(r'<li>\s*<a href="([^"]+)"', page))
    assert shown == doors
    assert all(client.get(door).status_code == 200 for door in shown)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "door"),
    [
        ("/desk/", "/desk/"),
        ("/desk/institutions/H1/", "/desk/institutions/"),
        ("/desk/batches/new/", "/desk/batches/"),
        ("/desk/template/", "/desk/batches/"),
    ],
)
def test_the_door_one_stands_in_is_marked(client: Client, page: str, door: str) -> None:
    client.force_login(make_account())
    make_institution("H1")
    assert doors_marked(client, page) == [door]
    assert doors_marked(client, "/password/") == []


@pytest.mark.django_db
def test_an_institution_stays_in_its_own_door(client: Client) -> None:
    hospital = make_account(institution=make_institution("H1"), duties=[Duty.INTAKE])
    client.force_login(hospital)
    batch = make_batch(loaded_by=hospital)
    for page in ("/institution/", "/institution/upload/", "/desk/template/", batch.get_absolute_url()):
        assert doors_marked(client, page) == ["/institution/"], page
    assert doors_marked(client, "/institution/rules/") == ["/institution/reminders/"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "no duty yet"), ("zh-hans", "尚未分配职责")])
def test_an_account_without_duties_is_told_why_nothing_opens(client: Client, language: str, words: str) -> None:
    client.force_login(make_account(duties=[]))
    page = client.get("/", headers={"accept-language": language}, follow=True).content.decode()
    assert words in page
    client.force_login(make_account("reader", duties=[Duty.READ]))
    assert words not in client.get("/password/", headers={"accept-language": language}).content.decode()


def doors_marked(client: Client, page: str) -> list[str]:
    return re.findall(r'<a href="([^"]+)" aria-current="page"', client.get(page).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Page not found"), ("zh-hans", "页面不存在")])
def test_what_is_not_there_says_so_in_the_readers_tongue(client: Client, language: str, words: str) -> None:
    client.force_login(make_account())
    answer = client.get("/nothing/", headers={"accept-language": language})
    assert (answer.status_code, words in answer.content.decode()) == (404, True)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Not allowed"), ("zh-hans", "无权操作")])
def test_a_missing_duty_is_named_and_written_down(client: Client, language: str, words: str) -> None:
    client.force_login(make_account(duties=[Duty.READ]))
    answer = client.post("/desk/runs/start/", headers={"accept-language": language})
    assert (answer.status_code, words in answer.content.decode()) == (403, True)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "open too long"), ("zh-hans", "页面打开时间过长")])
def test_a_form_without_its_token_is_refused_in_words(language: str, words: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"username": "li"}, headers={"accept-language": language})
    assert (answer.status_code, words in answer.content.decode()) == (403, True)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("language", "words"), [("en", "Something went wrong"), ("zh-hans", "系统出错了")])
def test_our_own_fault_says_what_was_kept_and_shows_nothing_inside(language: str, words: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/", headers={"accept-language": language})
    page = answer.content.decode()
    assert (answer.status_code, words in page, "Traceback" in page) == (500, True, False)


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: str(file.relative_to(TEMPLATES))
)
def test_g1_no_template_holds_a_script_or_a_style_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", text)
