"""Every page of every role in both tongues: no broken policy, no script error, no other host."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account, Duty, Institution, Insurer, Practitioner, Registration
from tests.access.world import make_dealt_with
from tests.assistance.prefecture import make_assistance
from tests.credit.points.prefecture import make_points
from tests.credit.prefecture import make_credit
from tests.designation.prefecture import make_designated
from tests.inspections.prefecture import make_inspections
from tests.journeys.browsing import LANGUAGES, opened, sign_in
from tests.journeys.world import HOSPITAL
from tests.major.prefecture import make_major
from tests.payments.prefecture import make_payments
from tests.selfchecks.prefecture import make_self_corrections

LEFT_ALONE = {"sign_out", "set_language"}
DESK = {
    "reporting:dashboard", "monitoring:findings", "monitoring:finding", "monitoring:rules", "monitoring:rule",
    "monitoring:runs", "monitoring:run", "monitoring:start", "claims:batches", "claims:batch", "claims:new",
    "monitoring:quality", "monitoring:card", "monitoring:holds", "monitoring:hold", "monitoring:exemptions",
    "monitoring:exemption_new", "claims:template", "institutions:list", "institutions:detail", "password_change",
    "knowledge:lists", "knowledge:list",
    "knowledge:point", "knowledge:batches", "knowledge:batch", "knowledge:new", "knowledge:compare",
    "designation:applications", "designation:application", "designation:agreements", "designation:agreement",
    "payments:settlements", "payments:settlement", "payments:claims", "payments:prepayments", "payments:prepayment",
    "payments:funds", "payments:indicators",
    "major:issues", "major:issue", "major:interviews", "major:interview", "major:contacts",
    "assistance:requests", "assistance:request",
    "inspections:inspections", "inspections:inspection", "inspections:new", "inspections:libraries", "inspections:plans",
    "inspections:plan", "inspections:draws", "inspections:draw",
    "selfchecks:campaigns", "selfchecks:campaign", "selfchecks:report", "selfchecks:new",
    "credit:grades", "credit:subject", "credit:evaluation", "credit:repair",
    "credit:ratings", "credit:rating", "credit:rating_new", "credit:persons", "credit:person",
    "commitments:commitments", "commitments:commitment", "commitments:new",
    "points:practitioners", "points:practitioner", "points:record", "points:propose",
}  # fmt: skip
OWN = {
    "own_desk:desk", "own_accounts", "own_account_new", "designation:own_applications", "designation:own_application",
    "designation:own_agreements", "designation:own_agreement", "own_payments:settlements", "own_payments:settlement",
    "own_payments:claims", "own_payments:prepayments", "own_payments:prepayment", "own_selfchecks:reports",
    "own_selfchecks:report", "own_major:interviews", "own_major:interview", "own_credit:own", "own_credit:what_if", "own_commitments:commitments",
    "own_inspections:inspections", "own_inspections:inspection",
    "own_commitments:commitment", "own_points:practitioners", "own_points:practitioner", "own_points:record",
    "own_points:new",
}  # fmt: skip
PUBLIC = {
    "designation:designated", "designation:publicised", "designation:terminated", "designation:verify",
    "public_inspections:inspections", "public_inspections:plan", "public_inspections:draw", "grades:grades", "grades:enterprises", "fund_figures:figures",
}  # fmt: skip


@pytest.fixture
def parties(world: dict[str, Account], settings: Settings, tmp_path: Path) -> dict[str, Account]:
    """What the agencies and the institution deal with beside findings: an object of each kind, its hospital's turn."""
    settings.MEDIA_ROOT = tmp_path / "media"
    place, by = Institution.objects.get(pk=HOSPITAL), world["prefecture"]
    insurer = Insurer.objects.create(code="I9901", name_zh="经办9901", pooling_area_id="990100")
    place.agreements.create(insurer=insurer, number="A9901", period=(date(2026, 1, 1), None))
    doctor = Practitioner.objects.create(code="D9901", name="医生9901", kind="physician")
    Registration.objects.create(practitioner=doctor, institution=place, since=date(2020, 1, 1))
    make_dealt_with("9901", place, by=by)
    make_designated("9901", place, by=by)
    make_payments("9901", place, by=by)
    make_self_corrections("9901", place, by=by)
    make_major("9901", place, by=by)
    make_assistance("9901", place, by=by)
    make_inspections("9901", place, by=by)
    make_credit("9901", place, by=by)
    make_points("9901", place, by=by)
    hospital = world["hospital"]
    hospital.duties = [*hospital.duties, Duty.SIGN, Duty.ANSWER, Duty.STAFF, Duty.MANAGE]
    hospital.save(update_fields=["duties"])
    return world


def pages_of(page: Page, *first: str, each: int = 2) -> Iterator[str]:
    """Walks the site by its links, from where it is and from these addresses; of pages of one kind, `each`."""
    kinds: Counter[str] = Counter()
    waiting, seen = [urljoin(page.url, address) for address in (*first, page.url)], set()
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        view = resolve(parts.path).view_name
        if kinds[view] >= each or view in LEFT_ALONE:
            continue
        kinds[view] += 1
        answer = page.goto(address)
        assert answer
        assert answer.status < 400, address
        yield view
        links = page.locator("a[href]").evaluate_all("found => found.map(link => link.getAttribute('href'))")
        for link in links:
            there = urljoin(page.url, link).partition("#")[0]
            path = urlsplit(there).path
            if there not in seen and urlsplit(there).netloc == parts.netloc and is_page(path):
                seen.add(there)
                waiting.append(there)


def is_page(path: str) -> bool:
    """Not a download, a static file or a redirect out of the walk."""
    return path.endswith("/") and not path.endswith("/take/") and not path.startswith(("/static/", "/admin/logout"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["prefecture", "county", "neighbour", "nation", "hospital", "admin"])
def test_every_page_keeps_the_policy_and_stays_at_home(
    browser: Browser, live_server: LiveServer, parties: dict[str, Account], role: str, language: str
) -> None:
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    sign_in(page, parties[role])
    seen = set()
    # most lists of knowledge are empty here, and this officer's duties propose no inspection
    first = ["/desk/knowledge/lists/bed/", "/desk/inspections/new/"] if role == "prefecture" else []
    for view in pages_of(page, *first, each=2 if language == "zh-hans" else 1):
        seen.add(view)
        assert page.locator("html").get_attribute("lang") in ("zh-Hans", "zh-hans", "en", "en-gb"), page.url
        for chart in page.locator("[data-chart]").all():
            chart.hover()
        for details in page.locator("main details > summary").all():
            details.click()
    page.context.close()
    assert not wrong, "\n".join(wrong)
    expected = {"prefecture": DESK, "hospital": OWN}.get(role, set())
    assert seen >= expected, expected - seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_list_keeps_the_policy_and_stays_at_home(
    browser: Browser, live_server: LiveServer, parties: dict[str, Account], language: str
) -> None:
    wrong: list[str] = []
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    page.goto("/designated/")
    seen = set(pages_of(page, "/credit-grades/", "/fund-figures/", "/inspections/", each=1))
    page.context.close()
    assert not wrong, "\n".join(wrong)
    assert seen >= PUBLIC, PUBLIC - seen
