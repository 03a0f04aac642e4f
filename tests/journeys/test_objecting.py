"""Somebody objects to a designation in a browser, which proves itself, and reads the answer with the receipt."""

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from supervision.designation.workflows import OBJECTION
from tests.designation.parties import Agency, make_agency, publicised


@pytest.fixture
def agency(settings: Settings, portal: object) -> Agency:
    return make_agency()


def test_a_neighbour_objects_and_reads_the_answer(page: Page, agency: Agency) -> None:
    application = publicised(agency)
    page.goto("/designated/publicised/")
    page.get_by_role("link", name="Object: Yunze Pharmacy").click()
    page.get_by_label("What speaks against it?").fill("The pharmacist is never there.")
    page.get_by_label("Your name").fill("Ou")
    page.get_by_label("How to reach you").fill("0990 555 123")
    page.get_by_role("button", name="Send").click()
    receipt = page.locator(".receipt").inner_text()
    OBJECTION.make(application.objections.get(), "dismiss", by=agency.head, note="He was there on three visits.")
    page.get_by_role("link", name="Read the answer to my objection").click()
    page.get_by_label("Your receipt").fill(receipt)
    page.get_by_role("button", name="Show where it stands").click()
    page.get_by_text("He was there on three visits.").wait_for()
