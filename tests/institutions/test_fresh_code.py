"""An act of weight asks for a present code again, and loses nothing of what was filled in."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from supervision.cases.models import Case
from supervision.cases.workflows import LEAD, WORKFLOWS
from supervision.laboratory.workflow import MOVES as VERSION_MOVES
from supervision.ledger.workflows import PLAN, WRITE_OFF
from supervision.moves import Workflow
from supervision.review.models import Key
from tests.access.world import make_dealt_with, make_place
from tests.builders import make_account, make_institution, make_version
from tests.institutions.authenticators import code_of, enrol
from tests.ledger.prefecture import make_booked

pytestmark = pytest.mark.django_db
ASKED = "Your present code"


class Browser:
    """Somebody who signed in some minutes ago, and their telephone."""

    def __init__(self, account: Account, moment: time_machine.Traveller) -> None:
        self.secret, self.moment = enrol(account), moment
        self.client = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
        self.client.force_login(account)
        self.client.get("/session/")

    def send(self, address: str, **fields: str) -> HttpResponse:
        page = self.client.get("/second-factor/").content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        return self.client.post(address, {"csrfmiddlewaretoken": token[1], **fields})  # type: ignore[return-value]

    def send_asked(self, page: HttpResponse, code: str) -> HttpResponse:
        """Send the page that asks, with all its hidden fields, as a browser without scripts does."""
        text = page.content.decode()
        action = re.search(r'<form method="post" action="([^"]+)" novalidate>', text)
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
        assert action
        fields = [(name, html.unescape(value)) for name, value in hidden]
        body = urlencode([*fields, ("present-code", code)])
        kind = "application/x-www-form-urlencoded"
        return self.client.post(html.unescape(action[1]), body, content_type=kind)  # type: ignore[return-value]

    @property
    def code(self) -> str:
        return code_of(self.secret)


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as moment:
        yield moment


@pytest.fixture
def hospital(moment: time_machine.Traveller) -> Browser:
    return Browser(make_account("hospital", institution=make_institution(), duties=[Duty.CONNECT]), moment)


KEYS = "/institution/connection/keys/"


def test_d1_shortly_after_the_sign_in_no_code_is_asked_for(hospital: Browser) -> None:
    hospital.moment.shift(timedelta(minutes=14))
    assert ASKED not in hospital.send(KEYS).content.decode()
    assert Key.objects.count() == 1


def test_d1_later_a_code_is_asked_for_and_what_was_sent_goes_through_with_it(hospital: Browser) -> None:
    hospital.moment.shift(timedelta(minutes=16))
    asking = hospital.send(KEYS, note="with “quotes” & <tags>\nand a line")
    assert ASKED in asking.content.decode()
    assert not Key.objects.exists()
    assert "present-code" not in re.findall(r'type="hidden" name="([^"]+)"', asking.content.decode())
    assert html.escape("with “quotes” & <tags>\nand a line") in asking.content.decode()
    made = hospital.send_asked(asking, hospital.code)
    assert ASKED not in made.content.decode()
    assert Key.objects.count() == 1
    hospital.send(KEYS)  # and for a while no more
    assert Key.objects.count() == 2


def test_d1_a_wrong_code_and_one_that_was_taken_before_open_nothing(hospital: Browser) -> None:
    hospital.moment.shift(timedelta(minutes=16))
    taken = hospital.code
    hospital.send_asked(hospital.send(KEYS), taken)
    hospital.moment.shift(timedelta(minutes=16))
    asking = hospital.send(KEYS)
    for wrong in ("000000", taken):
        asking = hospital.send_asked(asking, wrong)
        assert "wrong, or was used already" in asking.content.decode()
    hospital.client.session.flush()
    assert Key.objects.count() == 1
    assert Entry.objects.filter(act=Act.SECOND_FACTOR, facts__what="refused a code").count() == 2


def test_d1_the_same_code_is_not_taken_twice_within_its_half_minute(hospital: Browser, settings: Settings) -> None:
    settings.FRESH_CODE_MINUTES = 0
    hospital.moment.shift(timedelta(minutes=1))
    code = hospital.code
    hospital.send_asked(hospital.send(KEYS), code)
    hospital.moment.shift(timedelta(seconds=2))
    again = hospital.send_asked(hospital.send(KEYS), code)
    assert "wrong, or was used already" in again.content.decode()
    assert Key.objects.count() == 1


def test_d1_guessing_at_it_is_stopped_as_at_the_door(hospital: Browser) -> None:
    hospital.moment.shift(timedelta(minutes=16))
    asking = hospital.send(KEYS)
    answers = [hospital.send_asked(asking, "000000").status_code for _guess in range(6)]
    assert answers == [200] * 4 + [429] * 2
    assert hospital.send_asked(asking, hospital.code).status_code == 429


def test_what_is_only_looked_at_is_looked_at_after_the_code(moment: time_machine.Traveller) -> None:
    regulator = Browser(make_account("yunze"), moment)
    moment.shift(timedelta(minutes=16))
    address = "/desk/findings/export.csv?rule=x&sort=-at_stake"
    asking: HttpResponse = regulator.client.get(address)  # type: ignore[assignment]
    assert ASKED in asking.content.decode()
    assert not Entry.objects.filter(act=Act.EXPORT).exists()
    onward = regulator.send_asked(asking, regulator.code)
    assert (onward.status_code, onward.url) == (302, address)  # type: ignore[attr-defined]
    assert regulator.client.get(address)["Content-Disposition"].startswith("attachment")


def test_the_code_leads_nowhere_outside(moment: time_machine.Traveller) -> None:
    regulator = Browser(make_account("yunze"), moment)
    sent = regulator.send(
        "/second-factor/fresh/", **{"onward": "https://elsewhere.example/", "present-code": regulator.code}
    )
    assert sent.url == "/"  # type: ignore[attr-defined]


class Pages:
    """One object for each page that makes moves, and every move of weight that the page can make."""

    def __init__(self) -> None:
        by, place = make_account("opener"), make_place("9901")
        number, _ordered = make_dealt_with("9901", place, by=by)
        case = Case.objects.get(number=number)
        booked = make_booked("9901", place, by=by)
        self.moves: list[tuple[str, str]] = []
        self.add(f"/desk/cases/{number}/move/", LEAD)
        for kind, workflow in WORKFLOWS.items():
            name = f"{number}-{kind}"
            case.proceedings.create(kind=kind, number=name, state=workflow.first, opened_by=by)
            self.add(f"/desk/cases/proceedings/{name}/move/", workflow)
        self.add(f"/desk/ledger/plans/{booked.plan}/move/", PLAN)
        self.add(f"/desk/ledger/write-offs/{booked.write_off}/move/", WRITE_OFF)
        address = f"/desk/laboratory/versions/{make_version(by).pk}/move/"
        self.moves += [(address, name) for name, move in VERSION_MOVES.items() if move.duty == Duty.RELEASE]

    def add(self, address: str, workflow: Workflow[Any]) -> None:
        self.moves += [(address, name) for name, move in workflow.moves.items() if move.weighs]


def test_d1_every_move_of_weight_asks_for_a_code_on_its_page(moment: time_machine.Traveller) -> None:
    head = Browser(make_account("head", duties=list(set(Duty) - {Duty.ADMINISTER})), moment)
    pages = Pages()
    assert {"decide", "refer", "approve", "file", "close", "publish"} <= {name for _page, name in pages.moves}
    moment.shift(timedelta(minutes=16))
    silent = [
        (address, name) for address, name in pages.moves if ASKED not in head.send(address, move=name).content.decode()
    ]
    assert silent == []
    assert not Entry.objects.filter(act__in=[Act.CASE, Act.LEDGER]).exists()
