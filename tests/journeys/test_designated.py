"""A pharmacy applies and is signed: every step on its page, by everybody who has a part in it."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account, Agreement
from supervision.designation.models import Application, Contract
from supervision.designation.scoring import sheet
from tests.designation.parties import Agency, a_pdf, make_agency, over
from tests.journeys.people import Desks, act, at_their_desks, figures, unfold

CONDITIONS = ("licence", "operating", "pharmacist", "trained", "shelves", "interface")


@pytest.fixture
def agency(settings: Settings, tmp_path: Path, db: None) -> Agency:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_agency()


def people(agency: Agency) -> dict[str, Account]:
    names = ("first", "second", "head", "department", "owner")
    return {name: getattr(agency, name) for name in names}


def applied(page: Page) -> Application:
    """Begun, every condition answered, the licence enclosed, and sent."""
    page.goto("/institution/application/")
    page.locator("[name=insurer]").select_option(index=1)
    page.get_by_role("button", name="Begin an application").click()
    page.wait_for_url("**/institution/application/SQ-*/")
    application = Application.objects.get()
    for name, said in {"contact": "Ou", "telephone": "0990 123456", "opened_on": "2024-03-01"}.items():
        page.locator(f"[name={name}]").fill(said)
    for code in CONDITIONS:
        page.locator(f"[name=meets-{code}]").check()
    page.get_by_role("button", name="Keep it").click()
    given = a_pdf()
    page.locator("[name=file]").set_input_files(
        {"name": "licence.pdf", "mimeType": "application/pdf", "buffer": given.read()}
    )
    page.get_by_role("button", name="Enclose it").click()
    act(page, page.url, "submit")
    return application


def assessed(desks: Desks, application: Application, agency: Agency) -> None:
    """By a team of two; the person in charge decides, and the public sees it."""
    address, page = application.get_absolute_url(), desks["first"]
    act(page, address, "accept")
    act(page, address, "assess", assessors=[agency.first.username, agency.second.username])
    page.goto(address)
    for name in ("on_paper", "on_site"):
        page.locator(f"[name={name}]").fill(timezone.localdate().isoformat())
    for criterion in sheet(application):
        page.locator(f"[name='points-{criterion.code}']").fill(str(criterion.points))
    page.get_by_role("button", name="Keep the sheet").click()
    other = desks["second"]
    other.goto(address)
    other.get_by_role("button", name="Agree to the sheet").click()
    act(desks["head"], address, "pass")
    act(page, address, "file_passed")
    act(page, address, "publicise")
    assert "Yunze Pharmacy" in figures(page, "/designated/publicised/")
    over(Application.objects.get().clock)
    act(page, address, "negotiate")


def signed(desks: Desks, contract: Contract) -> None:
    """Its figures written down, the sealed text signed by both, filed with the department."""
    address, page = contract.get_absolute_url(), desks["first"]
    page.goto(address)
    unfold(page)
    for field in page.locator("input[name^='figure-']").all():
        field.fill("5")
    page.get_by_role("button", name="Keep the terms").click()
    act(page, address, "offer")
    contract.refresh_from_db()
    assert contract.document is not None
    seal = [contract.document.pdf_digest]
    act(desks["owner"], f"/institution/agreements/{contract.number}/", "sign", sealed_text=seal, signatory="Ou")
    act(desks["head"], address, "countersign", sealed_text=seal, signatory="Lin")
    act(page, address, "file")
    act(desks["department"], address, "take_on_file")


def test_a_pharmacy_applies_and_is_signed(browser: Browser, live_server: LiveServer, agency: Agency) -> None:
    with at_their_desks(browser, live_server, people(agency)) as desks:
        application = applied(desks["owner"])
        assessed(desks, application, agency)
        contract = Contract.objects.get()
        signed(desks, contract)
        agreement = Agreement.objects.get()
        assert (agreement.number, agreement.state) == (contract.number, "in_force")
        assert "in force" in figures(desks["owner"], f"/institution/agreements/{contract.number}/")
        assert verified(desks["owner"], contract)


def verified(page: Page, contract: Contract) -> bool:
    """What anybody who holds the file is told."""
    assert contract.document is not None
    with contract.document.pdf.open("rb") as file:
        paper = file.read()
    page.goto("/designated/verify/")
    page.locator("[name=file]").set_input_files(
        {"name": "agreement.pdf", "mimeType": "application/pdf", "buffer": paper}
    )
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    return "both sides signed" in page.locator("main").inner_text()
