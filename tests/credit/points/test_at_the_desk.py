"""The hospital's desk and the points: from the next day on the fund does not pay what the doctor orders, but for emergencies."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from supervision.knowledge.models import Point
from supervision.review import reviewing
from supervision.review.asking import library
from tests.builders import make_institution
from tests.credit.points.office import Office, effective, make_doctor, on
from tests.review import plainly
from tests.review.messages import INSTITUTION, asking, encounter, sent

RULE = "dr_disqualified"
ELSEWHERE = "H99020100007"


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    yield
    library.forget()


def said(msgid: str, day: str, *, at: str = INSTITUTION, infno: str = "3101", **facts: Any) -> list[str]:
    """What the desk says, by the rule of points, of what the doctor orders on a day."""
    library.forget()
    visit = encounter(adm_date=f"{day} 09:12:00", medins_id=at, **facts)
    for one in visit["fsi_order_dtos"]:
        one["drord_begn_date"] = f"{day} 09:28:00"
    message = asking(visit, infno=infno, msgid=msgid, fixmedins_code=at, inf_time=f"{day} 09:30:00")
    answer = reviewing.take(sent(message), institution=at)
    return [row["vola_cont"] for row in answer["output"]["result"] if row["rule_id"] == RULE]


def test_the_next_line_of_a_doctor_with_twelve_points_is_refused(office: Office) -> None:
    with on("2026-03-09"):
        assert said("before", "2026-03-09") == []
        effective(office, 12)
        assert said("that day", "2026-03-09") == []
    with on("2026-03-10"):
        assert ["医保支付资格已终止" in words for words in said("next day", "2026-03-10")] == [True]
        assert ["医保支付资格已终止" in words for words in said("in review", "2026-03-10", infno="3102")] == [True]


def test_an_emergency_is_paid(office: Office) -> None:
    with on("2026-03-09"):
        effective(office, 12)
    with on("2026-03-10"):
        assert said("emergency", "2026-03-10", med_type="13") == []


def test_it_holds_at_an_institution_of_another_area_too(office: Office) -> None:
    make_doctor(office.doctor.pk, make_institution(ELSEWHERE, "990201"))
    with on("2026-03-09"):
        effective(office, 12)
    with on("2026-03-10"):
        assert len(said("elsewhere", "2026-03-10", at=ELSEWHERE)) == 1


def test_a_suspension_ends_with_its_last_day(office: Office) -> None:
    with on("2026-03-09"):
        effective(office, 9)
    with on("2026-04-09"):
        assert ["医保支付资格已暂停" in words for words in said("last day", "2026-04-09")] == [True]
    with on("2026-04-10"):
        assert said("after", "2026-04-10") == []


def test_the_rules_know_of_it_in_a_version_of_its_own_once(office: Office) -> None:
    effective(office, 12)
    (point,) = Point.objects.in_force().filter(list="qualification")
    assert (point.place, point.values["practitioner"], point.values["standing"]) == (
        "000000", office.doctor.pk, "terminated",
    )  # fmt: skip


def test_the_review_in_plain_words_refuses_like_the_national_message(office: Office, client: Client) -> None:
    with on("2026-03-09"):
        effective(office, 12)
    with on("2026-03-10"):
        library.forget()
        ordered = plainly.line(practitioner=office.doctor.pk, ordered_at="2026-03-10T09:28:00+08:00")
        answer = plainly.system(client).post(plainly.REVIEWS, plainly.asking(ordered))
        rules = [remark["rule"] for remark in answer.json()["remarks"]]
    assert RULE in rules
