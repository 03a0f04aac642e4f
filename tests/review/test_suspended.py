"""The desk answers by the register of measures: who is suspended hears it, with the reason, before anything is charged."""

from datetime import date
from typing import Any

import pytest

from institutions.measures import impose, lift
from institutions.models import Account, Institution, Measure
from supervision.knowledge import registering
from supervision.review import reviewing
from supervision.review.asking import library
from tests.builders import make_account
from tests.review.messages import INSTITUTION, asking, encounter, sent

RULE = "inst_suspended"
SINCE = date(2026, 3, 1)


@pytest.fixture
def regulator(db: None) -> Account:
    return make_account("regulator")


def said(msgid: str, **facts: Any) -> list[str]:
    """What the desk says of a visit on the tenth of March, by the rule of suspensions."""
    library.forget()
    answer = reviewing.take(sent(asking(encounter(**facts), msgid=msgid)), institution=INSTITUTION)
    return [row["vola_cont"] for row in answer["output"]["result"] if row["rule_id"] == RULE]


def held(kind: Measure.Kind, place: Institution, by: Account, **facts: Any) -> Measure:
    measure = impose(kind, place, because="AJ-1-B1", since=SINCE, **facts)
    registering.tell([measure], by=by)
    return measure


def test_a_suspended_institution_is_told_with_the_reason(hospital: Institution, regulator: Account) -> None:
    assert said("before") == []
    held(Measure.Kind.SUSPENDED, hospital, regulator)
    assert ["服务协议已中止（AJ-1-B1）" in words for words in said("after")] == [True]


def test_an_emergency_is_excepted(hospital: Institution, regulator: Account) -> None:
    held(Measure.Kind.TERMINATED, hospital, regulator)
    assert said("emergency", med_type="13") == []


def test_a_suspended_department_and_person_are_told_and_no_other(hospital: Institution, regulator: Account) -> None:
    held(Measure.Kind.DEPARTMENT, hospital, regulator, code="A07")
    held(Measure.Kind.PERSON, hospital, regulator, code="D9")
    assert said("others") == []
    held(Measure.Kind.DEPARTMENT, hospital, regulator, code="A03.04")
    assert ["相关科室已暂停" in words for words in said("department")] == [True]


def test_what_only_holds_money_back_stops_nobody_from_treating(hospital: Institution, regulator: Account) -> None:
    held(Measure.Kind.PAYMENT, hospital, regulator)
    assert said("payment") == []


def test_what_was_lifted_is_said_no_more(hospital: Institution, regulator: Account) -> None:
    measure = held(Measure.Kind.SUSPENDED, hospital, regulator)
    ended = lift(Measure.objects.filter(pk=measure.pk), because="put right", on=date(2026, 3, 10))
    registering.tell(ended, by=regulator)
    assert said("lifted") == []
    assert registering.tell(ended, by=regulator) is None  # the same again is no new version
