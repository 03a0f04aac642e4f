"""A suspended person at the hospital's desk: treated as ever, but settled on paper, on the days of the suspension alone."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from credit import insured
from credit.insured_workflow import OFFLINE
from credit.models import Offline
from institutions.models import Account, Duty
from supervision.cases.models import Case, Proceeding
from supervision.knowledge.models import KnowledgeBatch, Point
from supervision.moves import MoveRefused
from supervision.review import reviewing
from supervision.review.asking import library
from tests.builders import make_account, make_institution
from tests.credit.office import CreditDesk, make_desk
from tests.credit.suspended import penalty_on_a_person
from tests.review import plainly
from tests.review.messages import INSTITUTION, asking, encounter, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
RULE = "psn_offline"
MEMBER = "99000100000000000000000001"  # of tests.review.messages
ELSEWHERE = "H99020100007"
MONTHS = 6


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    yield
    library.forget()


@pytest.fixture
def desk() -> CreditDesk:
    return make_desk()


def imposed(desk: CreditDesk, day: str = "2026-03-09", member: str = MEMBER) -> Offline:
    """Decided on a day: it holds from the next day on."""
    with time_machine.travel(f"{day} 09:00:00+08:00", tick=False):
        penalty = penalty_on_a_person(desk.keeper, months=MONTHS)
        Case.objects.filter(pk=penalty.case_id).update(person=member)
        proposed = insured.propose_suspension(Proceeding.objects.get(pk=penalty.pk), by=desk.keeper)
        return OFFLINE.make(proposed, "impose", by=desk.chief)


def said(msgid: str, day: str, *, at: str = INSTITUTION, infno: str = "3101", **facts: Any) -> list[str]:
    """What the desk says, by this rule, of what is ordered on a day."""
    library.forget()
    visit = encounter(adm_date=f"{day} 09:12:00", medins_id=at, **facts)
    for one in visit["fsi_order_dtos"]:
        one["drord_begn_date"] = f"{day} 09:28:00"
    message = asking(visit, infno=infno, msgid=msgid, fixmedins_code=at, inf_time=f"{day} 09:30:00")
    with time_machine.travel(f"{day} 09:30:00+08:00", tick=False):
        answer = reviewing.take(sent(message), institution=at)
    return [row["vola_cont"] for row in answer["output"]["result"] if row["rule_id"] == RULE]


def test_from_the_first_day_to_the_last_the_desk_refuses_and_says_how_to_claim_back(desk: CreditDesk) -> None:
    make_institution(INSTITUTION)
    imposed(desk)
    (words,) = said("first day", "2026-03-10")
    assert "2026年3月10日" in words or "2026-03-10" in words
    assert "手工（零星）报销" in words and "先行支付" in words
    assert [len(said(*one)) for one in (("day before", "2026-03-09"), ("last", "2026-09-09"), ("after", "2026-09-10"))] == [
        0, 1, 0,
    ]  # fmt: skip


def test_in_review_and_in_an_emergency_and_elsewhere_too(desk: CreditDesk) -> None:
    make_institution(INSTITUTION)
    make_institution(ELSEWHERE, "990201")
    imposed(desk)
    assert len(said("review", "2026-03-10", infno="3102")) == 1
    assert len(said("emergency", "2026-03-10", med_type="13")) == 1
    assert len(said("elsewhere", "2026-03-10", at=ELSEWHERE)) == 1


def test_somebody_else_is_settled_as_ever(desk: CreditDesk) -> None:
    make_institution(INSTITUTION)
    imposed(desk, member="somebody else")
    assert said("another", "2026-03-10") == []


def test_lifted_it_holds_to_the_day_before(desk: CreditDesk) -> None:
    make_institution(INSTITUTION)
    offline = imposed(desk)
    with time_machine.travel("2026-04-01 09:00:00+08:00", tick=False):
        OFFLINE.make(offline, "lift", by=desk.chief, note="a hardship")
    assert [len(said(day, day)) for day in ("2026-03-31", "2026-04-01")] == [1, 0]


def test_fallen_before_its_first_day_it_never_held(desk: CreditDesk) -> None:
    make_institution(INSTITUTION)
    imposed(desk)
    Proceeding.objects.update(state="revoked")
    with time_machine.travel("2026-03-10 00:15:00+08:00", tick=False):
        assert insured.by_themselves() == 1
    assert not Point.objects.in_force().filter(list="offline").exists()
    assert said("fell", "2026-03-10") == []


@time_machine.travel("2026-03-11 00:15:00+08:00", tick=False)
def test_by_night_the_rules_are_told_what_they_do_not_know_once(desk: CreditDesk) -> None:
    imposed(desk)
    versions = KnowledgeBatch.objects.count()
    insured.by_themselves()
    assert KnowledgeBatch.objects.count() == versions
    Point.objects.filter(list="offline").delete()  # as if it had been imposed before the rules were told
    insured.by_themselves()
    insured.by_themselves()
    (point,) = Point.objects.in_force().filter(list="offline")
    assert (point.place, point.values["member"]) == ("000000", MEMBER)
    assert KnowledgeBatch.objects.count() == versions + 1


def test_a_case_that_names_nobody_suspends_nobody(desk: CreditDesk) -> None:
    penalty = penalty_on_a_person(desk.keeper)
    Case.objects.filter(pk=penalty.case_id).update(person="")
    with pytest.raises(MoveRefused, match="does not say whose"):
        insured.propose_suspension(Proceeding.objects.get(), by=desk.keeper)


def reader(username: str) -> Account:
    return make_account(username, "000000", duties=list(Duty))


def test_no_page_of_the_knowledge_base_names_the_person(desk: CreditDesk) -> None:
    offline = imposed(desk)
    (point,) = Point.objects.filter(list="offline")
    client = Client(headers={"accept-language": "en"})
    client.force_login(reader("nation"))
    assert "Online settlement suspended" not in client.get("/desk/knowledge/").content.decode()
    for address in ("lists/offline/", "lists/offline/export.csv", f"points/{point.pk}/"):
        assert client.get(f"/desk/knowledge/{address}").status_code == 404, address
    assert not Point.objects.visible_to(desk.keeper).filter(list="offline").exists()
    batch = client.get(f"/desk/knowledge/batches/{point.batch.proposal.pk}/").content.decode()
    assert MEMBER not in batch and offline.number in batch


def test_the_review_in_plain_words_says_so_too(desk: CreditDesk, client: Client) -> None:
    make_institution(INSTITUTION)
    imposed(desk, member="m1")
    with time_machine.travel("2026-03-10 10:00:00+08:00", tick=False):
        library.forget()
        ordered = plainly.line(ordered_at="2026-03-10T09:28:00+08:00")
        answer = plainly.system(client).post(plainly.REVIEWS, plainly.asking(ordered))
        rules = [remark["rule"] for remark in answer.json()["remarks"]]
    assert RULE in rules
