"""Nothing on the public pages, and on the desk's pages behind them, is hard to reach, at any width, in either tongue."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from institutions.models import Measure
from supervision.complaints.exposure import sweeping
from supervision.complaints.exposure.models import Figure
from supervision.complaints.exposure.workflow import ERROR_CLAIM, TYPICAL_CASE
from supervision.complaints.supervisors import working
from tests.builders import make_division
from tests.complaints.exposure.telling import (
    Desk,
    make_claim,
    make_closed,
    make_desk,
    make_draft,
    make_penalty,
    make_published,
    revoke,
)
from tests.complaints.supervisors.library import make_appointed, make_nominee, make_public
from tests.journeys.browsing import AXE, LANGUAGES, examined, opened
from tests.journeys.test_axe_cases import sign_in_at_once

ENGLISH = {"title_en": "Charged twice", "facts_en": "156 times.", "violations_en": "Art. 38.", "handling_en": "Fined."}


@dataclass(frozen=True)
class Pages:
    """Pages by what they show: those of everybody, and those of the desk."""

    public: dict[str, str]
    desk: dict[str, str]


@pytest.fixture
def at(db: None, tmp_path: Path, settings: Settings) -> Desk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def pages(at: Desk) -> Pages:
    told = TYPICAL_CASE.make(make_draft(at), "translate", by=at.writer, **ENGLISH)  # type: ignore[arg-type]
    told = TYPICAL_CASE.make(told, "check", by=at.writer)
    told = TYPICAL_CASE.make(TYPICAL_CASE.make(told, "approve", by=at.chief), "publish", by=at.writer)
    ERROR_CLAIM.make(make_claim(told, "The sum is wrong"), "refuse", by=at.writer, note="We counted again.")
    make_claim(told, "The year is wrong")
    fallen = make_closed(at)
    penalty = make_penalty(fallen)
    due = make_published(at, fallen)
    revoke(penalty)
    sweeping.sweep()
    gone = TYPICAL_CASE.make(make_published(at), "withdraw", by=at.writer, note="annulled")
    draft = make_draft(at, facts_zh="骨科主任陈建国授意重复收费，电话13805711234。2号楼空置。")
    place = at.office.place
    Measure.objects.create(kind="suspended", institution=place, since=date(2026, 1, 5), because="X")
    Figure.objects.create(
        year=2025, place=make_division("990100"), until=date(2025, 12, 31), received=120, in_time=111, late=9, true=60,
        not_true=31, settled=8, not_accepted=21, rewards=12, rewarded=240000,
    )  # fmt: skip
    appointed = make_appointed(at.writer, at.chief)
    working.write_report(working.give_task(appointed, "Visit three pharmacies", by=at.writer), "Done", by=at.writer)
    working.give_task(appointed, "Visit two clinics", by=at.writer)
    working.note_lead(appointed, "Beds are empty at night", institution=place, by=at.writer)
    working.appraise(appointed, "Diligent", by=at.writer)
    return Pages(
        public={
            "front": "/", "how reporting works": "/how-reporting-works/", "figures": "/reporting-figures/",
            "institutions": "/public-institutions/", "institutions, none": "/public-institutions/?named=nothing",
            "exposed": "/cases-exposed/", "exposed case": f"/cases-exposed/{told.number}/",
            "exposed case, Chinese alone": f"/cases-exposed/{due.number}/",
            "withdrawn case": f"/cases-exposed/{gone.number}/",
        },
        desk={
            "typical cases": "/desk/exposure/", "typical cases, none": "/desk/exposure/?state=approved",
            "tell a case": "/desk/exposure/new/", "typical case, published": told.get_absolute_url(),
            "typical case, with finds": draft.get_absolute_url(), "typical case, due": due.get_absolute_url(),
            "supervisors": "/desk/supervisors/", "supervisors, none": "/desk/supervisors/?state=lapsed",
            "nominate": "/desk/supervisors/new/", "supervisor": appointed.get_absolute_url(),
            "supervisor, nominated": make_nominee(at.writer, "陆远帆").get_absolute_url(),
            "supervisor, made public": make_public(at.writer, at.chief, person="顾晚舟").get_absolute_url(),
        },
    )  # fmt: skip


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: run `make setup` where node_modules can be made")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_public_pages_and_those_behind_them(
    browser: Browser, live_server: LiveServer, at: Desk, language: str
) -> None:
    wrong: list[str] = []
    asked = pages(at)
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    faults = [fault for name, address in asked.public.items() for fault in examined(page, name, address)]
    sign_in_at_once(page, live_server, at.writer)
    faults += [fault for name, address in asked.desk.items() for fault in examined(page, name, address)]
    page.context.close()
    gone = [one for one in wrong if "410" not in one]  # the browser tells of what is gone as of a fault
    assert not [*faults, *gone], "\n".join([*faults, *gone])
