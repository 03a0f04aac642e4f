"""An institution's manager gives and takes its duties: those of its own side, to its own people, and leaves a manager."""

import re
import time

import pytest
from django.test import Client

from institutions import granting, managing
from institutions.managing import GIVEN, ManagingRefused
from institutions.models import Account, Duty, Institution
from supervision.audit.models import Act, Entry
from supervision.moves import OF_INSTITUTIONS
from tests.builders import make_account, make_institution

pytestmark = pytest.mark.django_db
LIST = "/institution/accounts/"


@pytest.fixture
def place() -> Institution:
    return make_institution("H1")


@pytest.fixture
def manager(place: Institution) -> Account:
    return make_account("manager", institution=place, duties=[Duty.MANAGE])


@pytest.fixture
def li(place: Institution) -> Account:
    return make_account("li", institution=place, duties=[])


def browser_of(account: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    session = client.session
    session["code_at"] = int(time.time())
    session.save()
    return client


def duties_of(account: Account) -> list[str]:
    return Account.objects.get(pk=account.pk).duties


def test_every_duty_of_the_institutions_side_can_be_given_and_taken(manager: Account, li: Account) -> None:
    assert set(OF_INSTITUTIONS) <= set(GIVEN)
    for duty in GIVEN:
        managing.give(li, duty, by=manager)
        assert duty in duties_of(li)
        managing.take(li, duty, by=manager)
        assert duty not in duties_of(li)


@pytest.mark.parametrize("duty", sorted(set(Duty) - set(GIVEN)))
def test_no_duty_of_the_desk_can_be_given(manager: Account, li: Account, duty: str) -> None:
    for act in (managing.give, managing.take):
        with pytest.raises(ManagingRefused):
            act(li, duty, by=manager)
    assert duties_of(li) == []


def test_no_duty_of_the_desk_is_taken_along_the_way(manager: Account, place: Institution) -> None:
    odd = make_account("odd", institution=place, duties=[Duty.READ, Duty.ANSWER])
    managing.take(odd, Duty.ANSWER, by=manager)
    assert duties_of(odd) == [Duty.READ]


def test_an_account_of_another_institution_is_out_of_reach(manager: Account) -> None:
    theirs = make_account("theirs", institution=make_institution("H2"), duties=[Duty.SIGN])
    desk = make_account("desk")
    for stranger in (theirs, desk):
        with pytest.raises(ManagingRefused):
            managing.give(stranger, Duty.ANSWER, by=manager)
        with pytest.raises(ManagingRefused):
            managing.stop(stranger, by=manager)
        assert browser_of(manager).post(f"{LIST}{stranger.pk}/", {"act": "stop"}).status_code == 404
    assert Account.objects.get(pk=theirs.pk).is_active


def test_only_a_manager_of_the_institution_gives(place: Institution, li: Account) -> None:
    signer = make_account("signer", institution=place, duties=[Duty.SIGN, Duty.ANSWER])
    elsewhere = make_account("elsewhere", institution=make_institution("H2"), duties=[Duty.MANAGE])
    regulator = make_account("regulator", duties=[*Duty])
    stopped = make_account("stopped", institution=place, duties=[Duty.MANAGE], is_active=False)
    for by in (signer, elsewhere, regulator, stopped):
        with pytest.raises(ManagingRefused):
            managing.give(li, Duty.SIGN, by=by)
    assert duties_of(li) == []


def test_nobody_gives_a_duty_to_themselves_or_stops_their_own_account(manager: Account) -> None:
    with pytest.raises(ManagingRefused):
        managing.give(manager, Duty.SIGN, by=manager)
    with pytest.raises(ManagingRefused):
        managing.stop(manager, by=manager)
    assert duties_of(manager) == [Duty.MANAGE]


def test_the_last_manager_stays_one(manager: Account, li: Account) -> None:
    with pytest.raises(ManagingRefused):
        managing.take(manager, Duty.MANAGE, by=manager)
    managing.give(li, Duty.MANAGE, by=manager)
    managing.take(manager, Duty.MANAGE, by=li)
    assert (duties_of(manager), duties_of(li)) == ([], [Duty.MANAGE])


def test_a_stopped_manager_does_not_count_as_one_who_is_left(manager: Account, place: Institution) -> None:
    make_account("gone", institution=place, duties=[Duty.MANAGE], is_active=False)
    with pytest.raises(ManagingRefused):
        managing.take(manager, Duty.MANAGE, by=manager)


def test_a_stopped_account_is_given_nothing_and_is_not_opened_here(manager: Account, li: Account) -> None:
    managing.stop(li, by=manager)
    with pytest.raises(ManagingRefused):
        managing.give(li, Duty.ANSWER, by=manager)
    browser_of(manager).post(f"{LIST}{li.pk}/", {"act": "open"})
    assert not Account.objects.get(pk=li.pk).is_active


def test_making_somebody_a_manager_from_outside_takes_two_administrators() -> None:
    assert Duty.MANAGE in granting.OF_WEIGHT


def test_every_change_stands_in_the_chain_of_acts(manager: Account, li: Account) -> None:
    managing.give(li, Duty.SIGN, by=manager)
    managing.take(li, Duty.SIGN, by=manager)
    managing.stop(li, by=manager)
    acts = Entry.objects.filter(act=Act.ACCOUNT, account="manager").order_by("pk")
    said = [(one.account, one.subject, one.facts) for one in acts]
    assert [facts["what"].split(" in")[0] for _who, _whom, facts in said] == ["gave a duty", "took a duty", "stopped"]
    assert {(who, whom) for who, whom, _facts in said} == {("manager", "li")}
    assert said[0][2]["duty"] == "sign"


def test_the_manager_gives_takes_and_stops_on_the_page(manager: Account, li: Account) -> None:
    browser = browser_of(manager)
    browser.post(f"{LIST}{li.pk}/", {"act": "give", "duty": "answer"})
    assert duties_of(li) == [Duty.ANSWER]
    assert "the duty was given" in browser.get(LIST).content.decode()
    browser.post(f"{LIST}{li.pk}/", {"act": "take", "duty": "answer"})
    assert duties_of(li) == []
    browser.post(f"{LIST}{li.pk}/", {"act": "stop"})
    assert not Account.objects.get(pk=li.pk).is_active


def test_nonsense_is_refused_in_words(manager: Account, li: Account) -> None:
    browser = browser_of(manager)
    for sent in ({}, {"act": "give"}, {"act": "give", "duty": "decide"}, {"act": "open", "duty": "sign"}):
        answer = browser.post(f"{LIST}{li.pk}/", sent, follow=True)
        assert answer.status_code == 200 and duties_of(li) == []


def test_an_old_code_is_asked_for_anew(manager: Account, li: Account) -> None:
    browser = browser_of(manager)
    session = browser.session
    session["code_at"] = int(time.time()) - 86_400
    session.save()
    browser.post(f"{LIST}{li.pk}/", {"act": "give", "duty": "sign"})
    assert duties_of(li) == []


def test_who_is_no_manager_sees_the_list_without_forms_and_is_refused(place: Institution, li: Account) -> None:
    make_account("signer", institution=place, duties=[Duty.SIGN])
    page = browser_of(li).get(LIST).content.decode()
    assert "apply, sign and commit" in page and not re.search(r'action="/institution/accounts/', page)
    assert browser_of(li).post(f"{LIST}{li.pk}/", {"act": "give", "duty": "sign"}).status_code == 403
    assert duties_of(li) == []


def test_the_list_holds_the_own_people_alone(manager: Account, li: Account) -> None:
    make_account("theirs", institution=make_institution("H2"))
    page = browser_of(manager).get(LIST).content.decode()
    assert "li" in page and "theirs" not in page
    assert browser_of(make_account("desk")).get(LIST).status_code == 404
