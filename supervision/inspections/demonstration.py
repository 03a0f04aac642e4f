"""Inspections of the invented prefecture: a year's plan with its draw, a visit told to the end, and one under way."""

from collections.abc import Generator, Iterator
from datetime import timedelta

from django.utils import timezone

from institutions.models import Account, Institution
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.parties import acting_for, others
from supervision.cases.demonstration.telling import Story

from . import answering, drawing, finding, listing, opening, planning, voting
from .models import Fact, Inspection, PlanLine
from .planning import PLAN
from .workflows import workflow_of

Inspecting = Generator[int, None, Inspection]
NORM = "《医疗保障基金使用监督管理条例》"


def stories(cast: Cast) -> Iterator[tuple[int, Story]]:
    def post(username: str) -> Account:
        return Account.objects.select_related("department").get(username=username)

    officers = [post("yunze-officer"), post("yunze-officer-2")]
    chief, deputy, hearer = post("yunze-principal"), post("yunze-deputy"), post("yunze")
    yield 70, planned(cast, officers, chief, deputy, hearer)
    yield 30, waiting(others(Institution.Kind.HOSPITAL, cast.institution)[3], officers, chief)


def listed(officers: list[Account], chief: Account) -> None:
    for number, one in enumerate(officers, 1):
        listing.list_inspector(one, certificate=f"示例9901{number:03}", fields="价格收费、药品耗材", by=chief)


def planned(cast: Cast, officers: list[Account], chief: Account, deputy: Account, hearer: Account) -> Story:
    """Drawn by the plan; its findings are heard and a case; the result is published."""
    listed(officers, chief)
    expert = listing.list_expert("高示例", employer="示例医科大学（虚构）", fields="康复医学", by=chief)
    listing.note_conflict(expert, cast.institution, "在该院兼职坐诊", by=chief)
    planner = officers[0]
    plan = planning.draw_up_plan(
        f"云泽市{timezone.localdate().year}年度医保基金检查计划", year=timezone.localdate().year,
        basis="云泽市年度监管工作方案，虚构", by=planner,
    )  # fmt: skip
    months = {"first_month": 1, "last_month": 12}
    planning.add_plan_line(
        plan, mode="random", kind="hospital", how_many=2, items=["JC01", "JC02"], **months, by=planner
    )
    planning.add_plan_line(plan, mode="random", kind="pharmacy", share=1000, items=["JC03"], **months, by=planner)
    yield 2
    plan = PLAN.make(plan, "approve", by=chief)
    plan = PLAN.make(plan, "publish", by=planner)
    yield 3
    line: PlanLine = plan.lines.order_by("pk")[0]
    draw = opening.draw_line(line, by=planner)
    for inspection in draw.inspections.order_by("pk"):
        yield 2
        yield from visited(inspection, chief, hearer)
    yield 5
    drawing.publish_draw(draw, by=deputy)


def visited(inspection: Inspection, chief: Account, hearer: Account) -> Story:
    """Notice, record, two findings of which one is disputed, decision, publication."""
    flow, leader = workflow_of(inspection), leader_of(inspection)
    inspection = flow.make(inspection, "notify", by=leader, on=timezone.localdate() + timedelta(days=1))
    yield 2
    inspection = recorded(flow.make(inspection, "enter", by=leader), leader)
    found(inspection, leader, "部分住院患者未留存身份核验记录", "第十五条")
    found(inspection, leader, "未按规定保存医用耗材进销存记录", "第十六条")
    inspection = flow.make(inspection, "feed_back", by=leader)
    yield 2
    assert inspection.institution is not None
    yield from answered(inspection, inspection.institution)
    inspection = flow.make(inspection, "conclude", by=leader, note="经检查组集体研究，作出以上认定。")
    yield 2
    inspection = flow.make(inspection, "hand_on", by=hearer)
    yield 3
    said = "发现问题2项，已移交处理，并督促整改。"
    inspection = flow.make(inspection, "publish", by=chief, published_result=said)
    flow.make(inspection, "close", by=chief)


def answered(inspection: Inspection, place: Institution) -> Story:
    by = acting_for(place)
    for fact in inspection.facts.order_by("number"):
        disputes = fact.number == 1
        grounds = "核验记录存放于病区，检查当日未能提供。" if disputes else ""
        answering.answer_fact(fact, accepts=not disputes, grounds=grounds, by=by)
    inspection = workflow_of(inspection).make(inspection, "defend", by=by, note="已组织核对，说明附后。")
    yield 1
    for fact in inspection.facts.filter(answer=Fact.Answer.DISPUTED):
        for member in inspection.members.officers().select_related("inspector__account"):
            assert member.inspector is not None
            voting.vote(fact, stands=True, reason="检查当日未能提供，事后补交无法核实。", by=member.inspector.account)


def waiting(place: Institution, officers: list[Account], chief: Account) -> Story:
    """A flight inspection on a report, its evidence sealed; fed back late and waiting for the defence."""
    inspection = yield from flown(place, officers, chief)
    workflow_of(inspection).make(
        inspection, "seal", by=chief, note="原始治疗记录可能灭失", stored="康复治疗记录本 | 3 | 市局档案室"
    )
    yield 24
    inspection.refresh_from_db()
    workflow_of(inspection).make(inspection, "feed_back", by=leader_of(inspection))


def flown(place: Institution, officers: list[Account], chief: Account) -> Inspecting:
    """Proposed on a report, approved, drawn, prepared; recorded on site with one finding."""
    inspection = opening.propose_inspection(
        mode="flight", trigger="report_clue", trigger_ref="群众举报转办，虚构", scope="康复理疗收费", institution=place,
        items=["JC02", "JC04"], by=officers[0],
    )  # fmt: skip
    flow = workflow_of(inspection)
    yield 2
    inspection = flow.make(inspection, "approve", by=chief)
    inspection = flow.make(inspection, "draw", by=officers[0])
    yield 1
    leader = leader_of(inspection)
    inspection = flow.make(inspection, "prepare", by=leader, implementation="先查康复科治疗记录，再核对收费清单。")
    yield 2
    inspection = recorded(flow.make(inspection, "enter", by=leader), leader)
    found(inspection, leader, "康复治疗时长不足仍按整次收费", "第三十八条第三项")
    return inspection


def leader_of(inspection: Inspection) -> Account:
    inspector = inspection.members.officers().get(leader=True).inspector
    assert inspector is not None
    return inspector.account


def recorded(inspection: Inspection, leader: Account) -> Inspection:
    said = "现场核对在床患者与身份凭证，调取收费清单和治疗记录。"
    return workflow_of(inspection).make(
        inspection, "record_onsite", by=leader, where="住院部", at=timezone.now(), record=said
    )


def found(inspection: Inspection, leader: Account, words: str, article: str) -> Fact:
    return finding.write_fact(inspection, words=words, norm=f"{NORM}{article}", by=leader)
