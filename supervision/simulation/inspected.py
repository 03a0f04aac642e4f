"""The year's inspections: the plan in its first weeks, then flights and daily ones to their end."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from institutions.models import Account, Institution
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.parties import others
from supervision.cases.demonstration.telling import Story
from supervision.inspections import demonstration as shown
from supervision.inspections import opening, teaming
from supervision.inspections.models import Inspection, Inspector
from supervision.inspections.workflows import workflow_of

if TYPE_CHECKING:
    from .year import Scale

PLANNED = 205  # working days ago: in the first weeks of most years
TAKES = 60  # working days from the proposal of a flight inspection to its end
NOT_BEFORE = 190  # the library of inspectors stands by then


def stories(cast: Cast, chosen: random.Random, scale: "Scale") -> Iterator[tuple[int, Story]]:
    def post(username: str) -> Account:
        return Account.objects.select_related("department").get(username=username)

    officers = [post("yunze-officer"), post("yunze-officer-2")]
    chief, deputy, hearer = post("yunze-principal"), post("yunze-deputy"), post("yunze")
    yield PLANNED, shown.planned(cast, officers, chief, deputy, hearer)
    hospitals = others(Institution.Kind.HOSPITAL, cast.institution)
    clinics = others(Institution.Kind.CLINIC, cast.institution)
    yield 30, shown.waiting(hospitals[3], officers, chief)
    for place in chosen.sample(hospitals, min(scale.flights, len(hospitals))):
        yield chosen.randint(TAKES, NOT_BEFORE), flown_to_the_end(place, officers, chief, hearer)
    for place in chosen.sample(clinics, min(scale.daily, len(clinics))):
        yield chosen.randint(TAKES, NOT_BEFORE), daily(place, officers, chief, hearer)


def flown_to_the_end(place: Institution, officers: list[Account], chief: Account, hearer: Account) -> Story:
    """Defended, decided together, handed over, handled, put right, published."""
    inspection = yield from shown.flown(place, officers, chief)
    leader, flow = shown.leader_of(inspection), workflow_of(inspection)
    yield 2
    inspection = flow.make(inspection, "feed_back", by=leader)
    yield 3
    yield from shown.answered(inspection, place)
    yield 3
    inspection.refresh_from_db()
    inspection = flow.make(inspection, "report", by=leader, note="经检查组集体研究，作出以上认定。")
    yield 2
    inspection = flow.make(inspection, "hand_over", by=chief, host=inspection.place_id)
    yield 2
    inspection = flow.make(inspection, "take_over", by=hearer)
    yield 15
    inspection = flow.make(inspection, "rectify", by=hearer, progress="已约谈机构负责人，费用退回，制度已完善。")
    yield 3
    flow.make(inspection, "close", by=chief, published_result="发现问题1项，已移交处理并整改。")


def daily(place: Institution, officers: list[Account], chief: Account, hearer: Account) -> Story:
    """Issued by another, made by two officers, ended with an order to put right."""
    inspection = opening.propose_inspection(
        mode="daily", trigger="monitoring_hint", trigger_ref="日常监测提示，虚构", scope="内部管理制度和数据上传",
        institution=place, items=["JC05"], by=officers[0],
    )  # fmt: skip
    name_team(inspection, officers, chief)
    flow = workflow_of(inspection)
    yield 2
    inspection = flow.make(inspection, "issue", by=chief)
    yield 2
    leader = shown.leader_of(inspection)
    inspection = shown.recorded(flow.make(inspection, "enter", by=leader), leader)
    shown.found(inspection, leader, "未按规定组织医保政策培训", "第十四条")
    yield 1
    inspection = flow.make(inspection, "feed_back", by=leader)
    yield 3
    yield from shown.answered(inspection, place)
    yield 2
    inspection.refresh_from_db()
    inspection = flow.make(
        inspection, "correct", by=hearer, note="责令限期改正。", demand="一个月内完成全员培训并报送记录。",
        correct_by=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    yield 3
    flow.make(inspection, "close", by=chief, published_result="发现问题1项，已责令改正。")


def name_team(inspection: Inspection, officers: list[Account], chief: Account) -> None:
    for inspector in Inspector.objects.filter(account__in=officers, until=None).order_by("pk"):
        teaming.name_officer(inspection, inspector, by=chief)
    first = Inspector.objects.filter(account=officers[0], until=None).get()
    teaming.name_leader(inspection, first, by=chief)
