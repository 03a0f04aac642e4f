"""Insured persons: only what a served penalty has decided, with a first and a last day, seen by few."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from credit import insured
from credit.insured_workflow import OFFLINE
from credit.models import Offline
from institutions.models import Duty
from supervision.audit.models import Act, Entry
from supervision.cases.models import Penalty, Proceeding
from supervision.moves import MoveRefused
from tests.builders import make_account
from tests.credit.office import CreditDesk, make_desk
from tests.credit.suspended import penalty_on_a_person, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
EN = {"accept-language": "en"}


@pytest.fixture
def desk() -> CreditDesk:
    return make_desk()


@time_machine.travel("2026-03-09 09:00:00+08:00", tick=False)
def test_it_lasts_the_months_of_the_penalty_from_the_next_day_on(desk: CreditDesk) -> None:
    imposed = OFFLINE.make(proposed(desk), "impose", by=desk.chief)
    assert (imposed.months, imposed.since, imposed.until) == (6, date(2026, 3, 10), date(2026, 9, 9))


def test_it_ends_by_itself(desk: CreditDesk) -> None:
    imposed = OFFLINE.make(proposed(desk), "impose", by=desk.chief)
    assert insured.by_themselves() == 0
    long_ago = timezone.localdate() - timedelta(9)
    Offline.objects.filter(pk=imposed.pk).update(since=long_ago, until=long_ago)
    assert (insured.by_themselves(), insured.by_themselves()) == (1, 0)
    assert Offline.objects.get().state == "ended"


def test_it_falls_with_the_penalty(desk: CreditDesk) -> None:
    OFFLINE.make(proposed(desk), "impose", by=desk.chief)
    Proceeding.objects.update(state="revoked")
    assert insured.by_themselves() == 1
    assert (Offline.objects.get().state, Offline.objects.get().lifted_on) == ("lifted", timezone.localdate())


def test_nothing_follows_from_what_was_not_served_nor_from_what_suspends_nothing(desk: CreditDesk) -> None:
    penalty = penalty_on_a_person(desk.keeper)
    Penalty.objects.update(served_on=None)
    with pytest.raises(MoveRefused, match="was not served"):
        insured.propose_suspension(Proceeding.objects.get(), by=desk.keeper)
    Penalty.objects.update(served_on=timezone.localdate())
    penalty.violations.update(months=0)
    with pytest.raises(MoveRefused, match="suspends no online settlement"):
        insured.propose_suspension(Proceeding.objects.get(), by=desk.keeper)
    penalty.violations.update(months=3)
    penalty.case.respondent = "institution"
    with pytest.raises(MoveRefused, match="no penalty on a person"):
        insured.propose_suspension(penalty, by=desk.keeper)


def test_a_second_person_puts_it_in_force(desk: CreditDesk) -> None:
    offline = proposed(desk)
    Offline.objects.update(proposer=desk.chief)
    with pytest.raises(MoveRefused, match="second person"):
        OFFLINE.make(offline, "impose", by=desk.chief)


def test_few_see_it_and_each_reading_is_recorded(desk: CreditDesk, client: Client) -> None:
    client.force_login(desk.keeper)
    penalty = penalty_on_a_person(desk.keeper)
    client.post("/desk/credit/persons/", {"proceeding": penalty.number})
    offline = Offline.objects.get()
    listed = client.get("/desk/credit/persons/", headers=EN).content.decode()
    assert offline.number in listed
    assert penalty.case.person not in listed
    assert penalty.case.person in client.get(offline.get_absolute_url(), headers=EN).content.decode()
    assert Entry.objects.filter(act=Act.READ, subject=offline.number).count() == 1
    reader, neighbour = make_account("reader", duties=[Duty.READ]), make_account("afar", "990200")
    for stranger in (reader, neighbour, desk.hospital):
        client.force_login(stranger)
        assert client.get(offline.get_absolute_url()).status_code == 404
    client.logout()
    for address in ("/credit-grades/", "/credit-grades/enterprises/"):
        assert penalty.case.person not in client.get(address).content.decode()
