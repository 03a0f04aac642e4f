"""What is done about a remark depends on the rule, the place and how certain it is; and a block holds."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from institutions import standing
from institutions.models import GradeFactor, Institution
from supervision.review.choices import handling
from supervision.review.models import Connection, Handling, Remark
from tests.builders import make_account, make_division
from tests.review.messages import FOR_WOMEN, asking, encounter, order, told
from tests.review.told import for_women, paid, settled, take, taken, uploaded

RULE = "item_sex_restricted"
pytestmark = pytest.mark.usefixtures("hospital")


def handle(way: str, place: str = "990100", rule: str = RULE) -> Handling:
    by = make_account(f"{place}{way}{Handling.objects.count()}", place)
    return Handling.objects.create(rule=rule, division=make_division(place), way=way, reason="因为", set_by=by)


def wrong(infno: str = "3101", **facts: Any) -> dict[str, Any]:
    return asking(encounter(order(2, FOR_WOMEN, sumamt=60, pric=60, cnt=1)), infno=infno, **facts)


def reminded(**facts: Any) -> dict[str, Any]:
    [row] = taken(wrong(**facts))["result"]
    return dict(row)


@pytest.mark.parametrize(
    ("set_at", "way"),
    [
        ({}, "tell"),
        ({"000000": "ask"}, "ask"),
        ({"000000": "tell", "990000": "ask", "990101": "block"}, "block"),
        ({"990100": "ask", "990101": "tell"}, "tell"),
        ({"990102": "block", "990200": "block"}, "tell"),  # other places
    ],
)
def test_the_narrowest_place_counts(set_at: dict[str, str], way: str) -> None:
    for place, said in set_at.items():
        handle(said, place)
    row = reminded()
    assert (row["dspo_way_req"], Remark.objects.get().way) == (way, way)


def test_the_sentence_says_what_is_asked() -> None:
    sentence = reminded()["vola_cont"]
    handle("ask")
    assert reminded(msgid="b")["vola_cont"] == f"【须填写理由方可继续】{sentence}"
    handle("block", "990101")
    assert reminded(msgid="c")["vola_cont"] == f"【不得继续，请修改】{sentence}"


def test_only_what_is_certain_is_blocked() -> None:
    ways = [handling.way("block", certainty) for certainty in ("certain", "high", "low", "remind", "lead")]
    assert ways == ["block", "ask", "ask", "ask", "ask"]
    assert [handling.way("tell", "certain"), handling.way("ask", "certain")] == ["tell", "ask"]


def test_what_is_blocked_cannot_be_overridden_and_what_is_asked_can() -> None:
    handle("ask")
    went_on = {"warn_rslt_id": reminded()["jr_id"], "dspo_way": "1", "dspo_way_rea": "病历已记载"}
    taken(told(went_on, msgid="a"))
    handle("block", "990101")
    blocked = reminded(msgid="c")["jr_id"]
    answer = take(told({**went_on, "warn_rslt_id": blocked}, msgid="d"))
    words = f"{blocked} is blocked by the rule {RULE}: the order cannot go on"
    assert answer["err_msg"] == f"input.data.warns[0].dspo_way: {words}"
    taken(told({"warn_rslt_id": blocked, "dspo_way": "2"}, msgid="e"))
    assert list(Remark.objects.order_by("pk").values_list("choice", flat=True)) == ["1", "2"]


def test_a_settlement_waits_until_what_is_blocked_is_gone() -> None:
    block = handle("block")
    taken(uploaded(for_women(1)))
    taken(wrong("3102"))
    answer = take(settled(60.0))
    assert answer["err_msg"].startswith(f"input.data.mdtrt_id: is blocked by the rule {RULE}: change the bill and ask")
    taken(asking(infno="3102", msgid="changed"))
    taken(settled(60.0))
    taken(wrong("3102", msgid="wrong again"))
    assert take(settled(60.0, minute=5))["err_msg"].startswith("input.data.mdtrt_id: is blocked")
    block.ended_at = block.set_at
    block.save()
    taken(settled(60.0, minute=6))


def test_what_the_payer_has_settled_is_a_fact_and_no_question() -> None:
    handle("block")
    taken(wrong("3102"))
    assert taken(settled(60.0, copy=paid(60.0)))["setlinfo"]["setl_id"] == "9903100000501"


def test_severities_that_are_not_wanted_are_kept_and_not_sent(hospital: Institution) -> None:
    Connection.objects.create(institution=hospital, severities=["2", "3"])
    assert taken(wrong())["result"] == []
    assert Remark.objects.get().rule == RULE
    Connection.objects.update(severities=["1"])
    assert len(taken(wrong(msgid="b"))["result"]) == 1


def test_one_object_is_the_gravest_and_nothing_is_null(hospital: Institution) -> None:
    Connection.objects.create(institution=hospital, one_object=True)
    assert taken(wrong())["result"]["rule_id"] == RULE
    assert taken(asking(msgid="b"))["result"] is None


def graded(letter: str, factor: str) -> None:
    """The hospital has a grade whose factor here makes reminders so strict."""
    GradeFactor.objects.filter(what=GradeFactor.What.REMINDERS, grade=letter).delete()
    GradeFactor.objects.create(
        place="990100", what=GradeFactor.What.REMINDERS, grade=letter, value=factor, source="x", verified="setting",
        valid=(date(2025, 1, 1), None),
    )  # fmt: skip
    standing.set_grade(Institution.objects.get(), letter, since=timezone.localdate())


@pytest.mark.parametrize(("factor", "way"), [("0.80", "tell"), ("1.00", "tell"), ("1.01", "ask"), ("1.50", "ask")])
def test_a_grade_that_makes_reminders_stricter_asks_for_a_reason(factor: str, way: str) -> None:
    graded("D", factor)
    row = reminded()
    assert (row["dspo_way_req"], Remark.objects.get().way) == (way, way)


def test_a_grade_never_blocks_nor_loosens_what_a_place_has_set() -> None:
    graded("A", "0.80")
    handle("block")
    assert reminded()["dspo_way_req"] == "block"
    graded("D", "1.50")
    assert reminded(msgid="b")["dspo_way_req"] == "block"
    handle("ask", "990101")
    assert reminded(msgid="c")["dspo_way_req"] == "ask"


def test_the_factor_of_a_grade_is_recalled_and_no_message_asks_for_it_again(settings: Settings) -> None:
    settings.REVIEW_RECALLED = 60
    graded("D", "1.50")
    place = Institution.objects.get()
    assert handling.strictness(place).asks
    with CaptureQueriesContext(connection) as asked:
        assert handling.strictness(place).asks
    assert not asked.captured_queries
