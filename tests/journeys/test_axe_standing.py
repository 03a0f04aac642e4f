"""Nothing is hard to reach on the pages of designation, settling, self-correction, credit, inspections and regions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account
from supervision.inspections import drawing
from tests.assistance import regions
from tests.credit import office as credit
from tests.credit import promised
from tests.credit.points import office as points
from tests.designation import parties
from tests.inspections import office as inspections
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened
from tests.journeys.test_axe_cases import sign_in_at_once
from tests.major import office as major
from tests.payments import office as payments
from tests.selfchecks import office as selfchecks

Walks = list[tuple[Account | None, list[str]]]  # who looks at which pages; nobody is the public


def designation(folder: Path) -> Walks:
    agency = parties.make_agency()
    application, contract = parties.assessing(agency), parties.signed(agency)
    desk = ["/desk/designation/", application.get_absolute_url(), "/desk/agreements/", contract.get_absolute_url()]
    own = [
        "/institution/application/", f"/institution/application/{application.number}/",
        "/institution/agreements/", f"/institution/agreements/{contract.number}/",
    ]  # fmt: skip
    public = [f"/designated/{page}" for page in ("", "publicised/", "terminated/", "verify/")]
    return [(agency.first, desk), (agency.owner, own), (None, public)]


def settling(folder: Path) -> Walks:
    agency = payments.make_agency()
    payments.treat(folder, agency.hospital, 120_000, 80_000)
    settlement = payments.moved(payments.declared(agency), agency, "reckon", "check", "tell")
    desk = [
        "/desk/settlements/", settlement.get_absolute_url(), f"{settlement.get_absolute_url()}claims/",
        "/desk/prepayments/", "/desk/funds/", "/desk/indicators/",
    ]  # fmt: skip
    own = [
        "/institution/settlements/", f"/institution/settlements/{settlement.number}/", "/institution/prepayments/",
    ]  # fmt: skip
    return [(agency.clerk, desk), (agency.answerer, own), (None, ["/fund-figures/"])]


def correcting(folder: Path) -> Walks:
    office = selfchecks.make_office()
    report = selfchecks.filled(office, folder)
    desk = ["/desk/self-correction/", "/desk/self-correction/new/", report.campaign.get_absolute_url()]
    own = ["/institution/self-correction/", f"/institution/self-correction/{report.number}/"]
    return [(office.drafter, desk), (office.first, [report.campaign.get_absolute_url()]), (office.signer, own)]


def scoring(folder: Path) -> Walks:
    office = points.make_office()
    record = points.appealed(office, 7)
    desk = [
        "/desk/practitioners/", f"/desk/practitioners/{office.doctor.pk}/",
        f"/desk/practitioners/{office.doctor.pk}/propose/", record.get_absolute_url(),
    ]  # fmt: skip
    own = [
        "/institution/practitioners/", "/institution/practitioners/new/",
        f"/institution/practitioners/{office.doctor.pk}/", f"/institution/practitioners/records/{record.number}/",
    ]  # fmt: skip
    return [(office.keeper, desk), (office.clerk, own)]


def grading(folder: Path) -> Walks:
    desk = credit.make_desk()
    repair, commitment = credit.applied(desk), promised.breached(desk)
    evaluation = credit.objected(desk)
    pages = [
        "/desk/credit/", f"/desk/credit/institutions/{desk.place.pk}/", evaluation.get_absolute_url(),
        "/desk/commitments/", "/desk/commitments/new/", commitment.get_absolute_url(),
        repair.get_absolute_url(),
    ]  # fmt: skip
    own = [
        "/institution/credit/", "/institution/credit/what-if/", "/institution/commitments/",
        f"/institution/commitments/{commitment.number}/",
    ]  # fmt: skip
    return [(desk.keeper, pages), (desk.hospital, own), (None, ["/credit-grades/"])]


def telling_upwards(folder: Path) -> Walks:
    office = major.make_office()
    issue, listed, interview = major.with_task(office), major.listed(office), major.ordered(office)
    desk = [
        "/desk/major-issues/", "/desk/major-issues/new/", issue.get_absolute_url(),
        "/desk/major-issues/interviews/", "/desk/major-issues/interviews/new/", interview.get_absolute_url(),
    ]  # fmt: skip
    own = ["/institution/interviews/", f"/institution/interviews/{interview.number}/"]
    return [
        (office.officer, desk), (office.chief, ["/desk/major-issues/contacts/", listed.get_absolute_url()]),
        (office.province, [listed.get_absolute_url()]), (office.answerer, own),
    ]  # fmt: skip


def asking_elsewhere(folder: Path) -> Walks:
    at = regions.make_regions()
    request, draft = regions.handling(at, folder), regions.made(at)
    desk = ["/desk/assistance/", "/desk/assistance/new/", draft.get_absolute_url()]
    return [(at.home.officer, desk), (at.away.officer, [request.get_absolute_url()])]


def inspecting(folder: Path) -> Walks:
    """One fed back, with what was found; a draw that everybody reads; one that is proposed."""
    office = inspections.make_office()
    inspection = inspections.on_site(inspections.drawn(office))
    inspections.found(inspection, claim=inspections.settled(office, folder))
    inspections.found(inspection, "no register of the stock")
    draw, line, leader = inspection.draw, inspection.line, inspections.leader(inspection)
    assert draw is not None
    assert line is not None
    drawing.publish_draw(draw, by=office.chief)
    here = inspection.get_absolute_url()
    desk = [
        "/desk/inspections/", "/desk/inspections/new/", "/desk/inspections/plans/", line.plan.get_absolute_url(),
        "/desk/inspections/draws/", draw.get_absolute_url(), here,
    ]  # fmt: skip
    deciding = ["/desk/inspections/libraries/", here, inspections.drawn(office).get_absolute_url()]
    public = ["/inspections/", f"/inspections/plans/{line.plan.number}/", f"/inspections/draws/{draw.number}/"]
    inspections.fed_back(inspection)
    own = ["/institution/inspections/", f"/institution/inspections/{inspection.number}/"]
    return [(leader, desk), (office.chief, deciding), (office.signer, own), (None, public)]


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "world", [designation, settling, correcting, scoring, grading, inspecting, telling_upwards, asking_elsewhere]
)
def test_axe_finds_nothing(
    browser: Browser, live_server: LiveServer, settings: Settings, tmp_path: Path, db: None,
    world: Callable[[Path], Walks], language: str,
) -> None:  # fmt: skip
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    settings.MEDIA_ROOT = tmp_path / "media"
    wrong: list[str] = []
    for account, addresses in world(tmp_path):
        page = opened(browser, live_server, LANGUAGES[language], wrong)
        if account is not None:
            sign_in_at_once(page, live_server, account)
        for address in addresses:
            wrong += examined(page, address, address)
        page.context.close()
    assert not wrong, "\n".join(wrong)
