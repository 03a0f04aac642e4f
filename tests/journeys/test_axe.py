"""Nothing on any page is hard to reach, at any width, in either tongue."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from claims.models import Batch
from institutions.models import Account
from supervision.knowledge.models import Point, Proposal
from supervision.monitoring.guards import Hold
from supervision.monitoring.models import Finding, Run
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened, sign_in
from tests.journeys.world import CLAIM


def states() -> dict[str, str]:
    """Pages by what they show: full, empty, wrong, under way."""
    claim = Finding.objects.filter(claim=CLAIM).earliest("pk")
    reading, failed = Batch.objects.get(status=Batch.Status.READING), Batch.objects.get(status=Batch.Status.FAILED)
    rejects = Batch.objects.filter(rows_rejected__gt=0).earliest("pk")
    return {
        "dashboard": "/desk/",
        "findings": "/desk/findings/",
        "findings, filtered": "/desk/findings/?rule=drug_sex_restricted&month=2026-03&certainty=certain&sort=-at_stake",
        "findings, none": "/desk/findings/?claim=nothing",
        "findings, not understood": "/desk/findings/?least=x&month=y",
        "finding with its claim": claim.get_absolute_url(),
        "finding without": Finding.objects.exclude(claim=CLAIM).latest("pk").get_absolute_url(),
        "rules": "/desk/rules/",
        "rules, none": "/desk/rules/?family=trace&certainty=low",
        "rule": "/desk/rules/adm_readmit_split/",
        "quality": "/desk/quality/",
        "quality of one rule": "/desk/quality/drug_sex_restricted/",
        "stopped rules": "/desk/holds/",
        "one stopped": f"/desk/holds/{Hold.objects.undecided().get().pk}/",
        "one decided": f"/desk/holds/{Hold.objects.exclude(decision='').get().pk}/",
        "finding held back": Finding.objects.filter(status="held").earliest("pk").get_absolute_url(),
        "finding exempted": Finding.objects.get(withdrawn_because="exempted").get_absolute_url(),
        "finding reviewed": Finding.objects.filter(acted_on=True).earliest("pk").get_absolute_url(),
        "exemptions": "/desk/exemptions/",
        "exemption, asking": "/desk/exemptions/new/",
        "runs": "/desk/runs/",
        "run, going on": Run.objects.get(status=Run.Status.RUNNING).get_absolute_url(),
        "run, parked": Run.objects.get(status=Run.Status.PARKED).get_absolute_url(),
        "start": "/desk/runs/start/",
        "batches": "/desk/batches/",
        "batch": rejects.get_absolute_url(),
        "batch, being read": reading.get_absolute_url(),
        "batch, failed": failed.get_absolute_url(),
        "upload": "/desk/batches/new/",
        "template": "/desk/template/",
        "knowledge": "/desk/knowledge/",
        "list": "/desk/knowledge/lists/bed/",
        "list, filtered to nothing": "/desk/knowledge/lists/bed/?q=nothing&on=2026-03-01",
        "list, empty": "/desk/knowledge/lists/kit/",
        "point": Point.objects.earliest("pk").get_absolute_url(),
        "knowledge batches": "/desk/knowledge/batches/",
        "knowledge batches, none": "/desk/knowledge/batches/?show=refused",
        "knowledge batch, in force": Proposal.objects.filter(status="in_force").earliest("pk").get_absolute_url(),
        "knowledge batch, waiting": Proposal.objects.filter(status="prepared").latest("pk").get_absolute_url(),
        "knowledge, prepare": "/desk/knowledge/batches/new/",
        "knowledge, compare": "/desk/knowledge/compare/",
        "not found": "/desk/findings/987654321/",
    }


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page_at_any_width(
    browser: Browser, live_server: LiveServer, world: dict[str, Account], language: str
) -> None:
    page = opened(browser, live_server, LANGUAGES[language], [])
    sign_in(page, world["prefecture"])
    faults = []
    for name, address in states().items():
        faults += examined(page, name, address)
    page.goto("/desk/batches/new/")
    page.locator("main form button[type=submit]").click()
    faults += examined(page, "upload, sent back", None)
    empty = opened(browser, live_server, LANGUAGES[language], [])
    sign_in(empty, world["neighbour"])
    for address in (
        "/desk/",
        "/desk/findings/",
        "/desk/runs/",
        "/desk/batches/",
        "/desk/rules/adm_overlap/",
        "/desk/quality/",
        "/desk/quality/adm_overlap/",
        "/desk/holds/",
        "/desk/exemptions/",
    ):
        faults += examined(empty, f"empty {address}", address)
    empty.context.close()
    page.context.close()
    assert not faults, "\n".join(faults)
