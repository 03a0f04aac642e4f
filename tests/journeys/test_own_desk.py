"""A hospital signs in, reads what waits for it, and does one thing from there; its manager gives a duty and opens an account."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from credit.commitments.committing import begin_commitment
from credit.commitments.models import Commitment, CommitmentTemplate, State
from credit.commitments.workflow import COMMITMENT
from institutions.models import Account, Duty, Institution
from tests.builders import make_account
from tests.cases.office import make_officer
from tests.credit.prefecture import make_evaluation
from tests.hearing.sent import make_sent
from tests.journeys.browsing import AXE, LANGUAGES, examined, give_password_and_code, opened, sign_in
from tests.journeys.world import HOSPITAL, PASSPHRASE

PICTURES = os.environ.get("PICTURES", "")  # a folder, for whoever wants to look at the pages
SIZES = {"narrow": 390, "wide": 1280}


@pytest.fixture
def manager(world: dict[str, Account], transactional_db: None, settings: Settings, tmp_path: Path) -> Account:
    """Of a hospital with a finding to answer, a commitment to sign and a grade that it was shown."""
    settings.MEDIA_ROOT = tmp_path / "media"
    place = Institution.objects.get(pk=HOSPITAL)
    make_sent(place, "9901", by=world["prefecture"])
    make_evaluation("9901", place)
    keeper = make_officer("credit_keeper", Duty.CREDIT)
    template = CommitmentTemplate.objects.get(code="fund_use")
    COMMITMENT.make(begin_commitment(place, template, by=keeper), "tell", by=keeper)
    make_account("office", institution=place, duties=[Duty.STAFF], name="医务科")
    account = make_account("manager", institution=place, duties=[Duty.SIGN, Duty.MANAGE], name="王院长")
    account.set_password(PASSPHRASE)
    account.save()
    return account


def pictured(page: Page, name: str) -> None:
    for size, width in SIZES.items() if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(PICTURES) / f"{name}-{size}.png", full_page=True)


def test_a_hospital_signs_from_its_first_screen_and_gives_a_duty(page: Page, manager: Account) -> None:
    sign_in(page, manager)
    assert page.url.endswith("/institution/desk/")
    assert page.get_by_role("heading", name="What we may do").is_visible()
    page.get_by_role("link", name="Sign the commitment").click()
    page.locator("main summary", has_text="Sign it").click()
    page.locator("main [name=signer_name]").fill("王院长")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.locator("main details[open] button[type=submit]").click()
    page.wait_for_load_state()
    assert Commitment.objects.get().state == State.IN_FORCE
    page.goto("/")
    assert page.get_by_role("link", name="Sign the commitment").count() == 0
    page.get_by_role("link", name="Our accounts").first.click()
    page.get_by_role("button", name="Take from 医务科: register practitioners for the institution").click()
    page.wait_for_load_state()
    assert Account.objects.get(username="office").duties == []


def test_a_manager_opens_an_account_and_the_colleague_sets_a_password_of_their_own(
    page: Page, browser: Browser, live_server: LiveServer, manager: Account
) -> None:
    sign_in(page, manager)
    page.goto("/institution/accounts/")
    page.get_by_role("link", name="Open an account").click()
    page.get_by_label("Name of the person").fill("陈会计")
    page.get_by_label("User name").fill("chen")
    page.get_by_label("answer findings for the institution").check()
    pictured(page, "account-new")
    page.get_by_role("button", name="Open the account").click()
    first = page.locator("code.secret").last.inner_text()
    pictured(page, "account-opened")
    page.get_by_role("link", name="I have handed it over").click()
    assert page.get_by_text("first password not changed yet").is_visible()
    wrong: list[str] = []
    theirs = opened(browser, live_server, LANGUAGES["en"], wrong)
    theirs.goto("/sign-in/")
    give_password_and_code(theirs, "chen", first)
    assert theirs.url.endswith("/password/")
    pictured(theirs, "first-password")
    theirs.goto("/institution/accounts/")
    assert theirs.url.endswith("/password/")
    for field, word in (("old_password", first), ("new_password1", PASSPHRASE), ("new_password2", PASSPHRASE)):
        theirs.locator(f"[name={field}]").fill(word)
    theirs.locator("main button[type=submit]").click()
    theirs.wait_for_url("**/institution/desk/")
    assert theirs.get_by_role("heading", name="Our pages").is_visible()
    theirs.context.close()
    assert not wrong, "\n".join(wrong)
    chen = Account.objects.get(username="chen")
    assert (chen.institution_id, chen.duties, chen.first_password_at) == (HOSPITAL, [Duty.ANSWER], None)


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_first_screen(
    browser: Browser, live_server: LiveServer, manager: Account, language: str
) -> None:
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    sign_in(page, manager)
    faults = []
    for name in ("desk", "accounts", "accounts/new"):
        faults += examined(page, name, f"/institution/{name}/")
        pictured(page, f"{name.replace('/', '-')}-{language}")
    page.context.close()
    assert not faults and not wrong, "\n".join([*faults, *wrong])
