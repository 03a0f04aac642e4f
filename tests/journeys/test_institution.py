"""A hospital connects its system, tries a message, gives a reason that it owes, and checks a file of its own."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account, Institution
from supervision.review.asking import library
from supervision.review.models import Handling, Key, Refusal, Remark, SelfCheck
from tests.builders import make_division, make_point
from tests.claims.building import a_claim, a_diagnosis, a_line, write_folder
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened, sign_in
from tests.journeys.world import HOSPITAL
from tests.review.messages import FOR_WOMEN, asking, encounter, order
from tests.review.remarked import OBEYED, OVERRODE, make_message, make_remark

RULE = "item_sex_restricted"


@pytest.fixture
def hospital(world: dict[str, Account]) -> Account:
    """Its system has spoken today, and its doctors have answered some of the reminders."""
    library.forget()
    values = {"item": FOR_WOMEN, "name": "子宫输卵管碘油造影", "sex": "2"}
    make_point(list_id="sex_item", point="SEXITEM-0004", key=FOR_WOMEN, values=values)
    place = Institution.objects.get(pk=HOSPITAL)
    Handling.objects.create(
        rule=RULE, division=make_division("990100"), way="ask", reason="a pilot", set_by=world["prefecture"]
    )
    for choice in (OBEYED, OVERRODE, "", OBEYED):
        make_remark(place, rule=RULE, choice=choice)
    Remark.objects.update(department="A03.04", practitioner="D990001000001")
    make_remark(place, rule=RULE, way="ask")
    make_message(place, infno="2204")
    Refusal.objects.create(
        institution=place, infno="3101", msgid="H9901010000120260310093000", reason="cnt is not above 0",
        field="input.data.patient_dtos[0].fsi_encounter_dtos[0].fsi_order_dtos[0]",
    )  # fmt: skip
    return world["hospital"]


def planned(folder: Path) -> list[Path]:
    """A man's visit with something for women, and one whose sums cannot be read."""
    own = {"institution": HOSPITAL}
    tables = {
        "claims": [a_claim() | own, a_claim("b") | own],
        "lines": [a_line(item=FOR_WOMEN) | own, a_line("b", amount="12,50") | own],
        "diagnoses": [a_diagnosis() | own],
    }
    return sorted(write_folder(folder, **tables).iterdir())


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_load_state()


def test_a_hospital_connects_tries_answers_and_checks_itself(page: Page, hospital: Account, tmp_path: Path) -> None:
    sign_in(page, hospital)
    page.get_by_role("link", name="Connection").first.click()
    press(page, "Open a key")
    assert Key.objects.get().name in page.locator("main").inner_text()
    press_link(page, "Done")
    press_link(page, "Try a message")
    said = asking(encounter(order(), order(2, FOR_WOMEN)))
    page.locator("textarea").fill(json.dumps(said, ensure_ascii=False))
    press(page, "Answer it")
    assert "子宫输卵管" in page.locator("main").inner_text()
    press_link(page, "Reminders")
    page.get_by_label("Reason, where the order goes on").fill("术前检查，病历已记载")
    press(page, "The order goes on")
    assert Remark.objects.get(way="ask").reason == "术前检查，病历已记载"
    assert page.get_by_role("heading", name="A reason is owed").count() == 0
    press_link(page, "Self-check")
    page.locator("input[type=file]").set_input_files(planned(tmp_path / "planned"))
    press(page, "Check")
    assert page.locator("#by-rule").is_visible()
    shown = page.locator("main").inner_text()
    assert "12,50" in shown
    assert "子宫输卵管" in shown
    assert SelfCheck.objects.get().remarks.get().rule == RULE


def press_link(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).first.click()
    page.wait_for_load_state()


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_institutions_pages(
    browser: Browser, live_server: LiveServer, hospital: Account, language: str, tmp_path: Path
) -> None:
    page = opened(browser, live_server, LANGUAGES[language], [])
    sign_in(page, hospital)
    faults = []
    for address in (
        "connection/",
        "reminders/",
        "reminders/?day=2020-01-01",
        "rules/",
        f"rules/{RULE}/",
        "sandbox/",
        "self-check/",
    ):
        faults += examined(page, address, f"/institution/{address}")
    page.goto("/institution/sandbox/?example=3101")
    page.locator("main form button[type=submit]").click()
    faults += examined(page, "sandbox, answered", None)
    page.goto("/institution/connection/")
    page.locator("form[action='/institution/connection/keys/'] button").click()
    faults += examined(page, "secret", None)
    page.goto("/institution/self-check/")
    page.locator("main form button[type=submit]").click()
    faults += examined(page, "self-check, sent back", None)
    page.locator("input[type=file]").set_input_files(planned(tmp_path / "planned"))
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    faults += examined(page, "self-check, done", None)
    page.context.close()
    assert not faults, "\n".join(faults)
