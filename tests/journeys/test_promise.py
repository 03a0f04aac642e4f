"""A hospital signs a commitment, breaches it, its grade falls, it repairs and rises: on pages, over nine months."""

import datetime as dt
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from credit import tasks
from credit.commitments.models import Commitment, CommitmentTemplate
from credit.models import CreditEvent, Evaluation, Repair
from institutions.models import Account, Institution
from tests.credit.office import CreditDesk, make_desk
from tests.journeys.browsing import sign_in
from tests.journeys.people import Desks, act, at_their_desks, figures, unfold
from tests.journeys.test_axe_cases import sign_in_at_once

OWN = "/institution/credit/"


@pytest.fixture
def desk(settings: Settings, tmp_path: Path, db: None) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def at(day: dt.date) -> time_machine.travel:
    return time_machine.travel(dt.datetime.fromisoformat(f"{day} 09:00:00+08:00"), tick=True)


class Office:
    """The same people on one day after another: whoever decides shows a code, the others are signed in at once."""

    def __init__(self, browser: Browser, live_server: LiveServer, desk: CreditDesk) -> None:
        self.browser, self.live_server, self.desk = browser, live_server, desk
        self.people = {"keeper": desk.keeper, "chief": desk.chief, "hospital": desk.hospital}

    def enter(self, page: Page, account: Account) -> None:
        if account == self.desk.chief:
            sign_in(page, account)
        else:
            sign_in_at_once(page, self.live_server, account)

    def open(self) -> AbstractContextManager[Desks]:
        return at_their_desks(self.browser, self.live_server, self.people, self.enter)


def signed(desks: Desks, desk: CreditDesk) -> Commitment:
    page, template = desks["keeper"], CommitmentTemplate.objects.get(code="fund_use")
    page.goto("/desk/commitments/new/")
    page.locator("[name=institution]").fill(desk.place.pk)
    page.locator("[name=template]").select_option(str(template.pk))
    page.get_by_role("button", name="Draft it").click()
    page.wait_for_load_state()
    promise = Commitment.objects.get()
    act(page, promise.get_absolute_url(), "tell")
    own = f"/institution/commitments/{promise.number}/"
    act(desks["hospital"], own, "sign", signer_name="赵院长", commitment_read=["read"])
    assert "in force" in figures(desks["hospital"], own)
    return promise


def breached(desks: Desks, promise: Commitment) -> None:
    address = promise.get_absolute_url()
    told = {"breach_record_kind": "penalty", "breach_record": "CF-7", "note": "同一项目收费两次。"}
    act(desks["keeper"], address, "allege", **told)
    act(desks["hospital"], f"/institution/commitments/{promise.number}/", "state", note="个别科室操作失误。")
    act(desks["chief"], address, "breach", note="记录属实。")


def evaluated(desks: Desks, desk: CreditDesk) -> None:
    """Begun, worked out and shown; once the time to object is over it is in force."""
    page = desks["keeper"]
    page.goto(f"/desk/credit/institutions/{desk.place.pk}/")
    page.get_by_role("button", name="Begin an evaluation").click()
    page.wait_for_url("**/evaluations/*/")
    address = Evaluation.objects.latest("pk").get_absolute_url()
    act(page, address, "compute")
    act(desks["chief"], address, "publicise")


def in_force(after: dt.date) -> None:
    with at(after + dt.timedelta(25)):
        tasks.take_effect()


def grade_of(desk: CreditDesk) -> str:
    return Institution.objects.get(pk=desk.place.pk).grade


def repaired(desks: Desks) -> None:
    event, page = CreditEvent.objects.get(), desks["hospital"]
    page.goto(OWN)
    unfold(page)
    page.locator(f"[id='repair-{event.pk}-statement']").fill("已退回费用并完成整改。")
    page.locator(f"[id='repair-{event.pk}-promise']").fill("承诺不再发生。")
    page.get_by_role("button", name="Send the application").click()
    page.wait_for_load_state()
    repair = Repair.objects.get()
    act(desks["keeper"], repair.get_absolute_url(), "review")
    act(desks["chief"], repair.get_absolute_url(), "grant", note="经核查整改属实。")


def test_a_hospital_signs_breaches_falls_repairs_and_rises(
    browser: Browser, live_server: LiveServer, desk: CreditDesk
) -> None:
    office = Office(browser, live_server, desk)
    first, second, third = dt.date(2026, 1, 12), dt.date(2026, 3, 2), dt.date(2026, 9, 3)
    with at(first), office.open() as desks:
        promise = signed(desks, desk)
        evaluated(desks, desk)
    in_force(first)
    assert grade_of(desk) == "A"
    with at(second), office.open() as desks:
        breached(desks, promise)
        evaluated(desks, desk)
    in_force(second)
    assert grade_of(desk) == "B"
    with at(third), office.open() as desks:
        assert promise.number in figures(desks["hospital"], OWN)
        repaired(desks)
        evaluated(desks, desk)
    in_force(third)
    assert grade_of(desk) == "A"
