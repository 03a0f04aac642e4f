"""Two major issues and an interview: one reported late, listed and still open; one in time, reviewed and closed."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from institutions.models import Account
from supervision.cases.demonstration import Cast
from supervision.cases.demonstration.parties import acting_for
from supervision.cases.demonstration.telling import Story

from . import calling, following
from .bringing_up import bring_up
from .calling_in import call_in
from .conferring import INTERVIEW
from .handling import ISSUE
from .models import Guidance, Issue, Level


def stories(cast: Cast) -> Iterator[tuple[int, Story]]:
    head = Account.objects.select_related("department").get(username="province-head")
    yield 40, contained(cast)
    yield 24, listed(cast, head)


def found(cast: Cast, title: str, level: Level, hours: int, facts: str, amount: str) -> Issue:
    """Found so many hours ago, and reported now."""
    issue = bring_up(
        title, kind=Issue.Kind.LOSS, level=level, found_at=timezone.now() - timedelta(hours=hours), facts=facts,
        est_amount=Decimal(amount), institutions=1, by=cast.officer,
    )  # fmt: skip
    return ISSUE.make(issue, "report", by=cast.officer, issue_report=facts)


def contained(cast: Cast) -> Story:
    """In time; stable after a week, with a review and a task that is done."""
    calling.name_contact("周示例", post="基金监管科科长", telephone="0990-0000-0001", by=cast.principal)
    issue = found(
        cast,
        "一家药店集中刷卡套取个人账户",
        Level.THREE,
        6,
        "日常巡查发现同一药店一日内集中刷卡，虚构示例。",
        "126000.00",
    )
    yield 1
    issue = ISSUE.make(issue, "grade", by=cast.principal, issue_level=str(Level.THREE.value))
    issue = ISSUE.make(issue, "respond", by=cast.principal, issue_owner="基金监管科")
    yield 4
    following.write_follow_up(issue, "已调取进销存记录，暂停该药店医保结算。", by=cast.officer)
    yield 2
    issue = ISSUE.make(issue, "stabilise", by=cast.principal, note="资金已全部退回，未再发现新线索。")
    yield 3
    said: dict[str, Any] = {
        "review_happened": "同一药店集中刷卡套取个人账户资金。", "review_cause": "日常巡查间隔过长。",
        "review_change": "对同类药店每月巡查一次。",
    }  # fmt: skip
    issue = ISSUE.make(issue, "review", by=cast.principal, **said)
    due_on = timezone.localdate() + timedelta(days=20)
    task = following.set_task(issue, "对辖区同类药店开展一次巡查", owner="基金监管科", due_on=due_on, by=cast.principal)
    yield 8
    following.finish_task(issue, task.pk, "已巡查12家，未发现同类问题。", by=cast.officer)


def listed(cast: Cast, head: Account) -> Story:
    """Reported eight hours too late, which stays; listed by the province, with an interview of the hospital."""
    issue = found(
        cast, "一家医院疑似虚假住院", Level.TWO, 20, "群众反映并经核实，疑似虚假住院，虚构示例。", "1260000.00"
    )
    yield 1
    issue = ISSUE.make(issue, "grade", by=head, issue_level=str(Level.TWO.value))
    issue = ISSUE.make(issue, "respond", by=cast.principal, issue_owner="分管副局长")
    following.link_matter(issue, cast.institution.pk, by=cast.officer)
    yield 2
    following.write_follow_up(issue, "已封存病历，调取出入院记录。", by=cast.officer)
    following.give_guidance(issue, Guidance.Kind.TEAM, "派出指导组赴现场。", by=head)
    interview = call_in(cast.institution, reason="疑似虚假住院，听取说明并提出整改要求。", by=cast.officer, issue=issue)
    at = timezone.now() + timedelta(days=3)
    interview = INTERVIEW.make(
        interview, "notify", by=cast.principal, person="法定代表人", at=at, where="市医保局二楼会议室"
    )
    yield 3
    until = timezone.localdate() + timedelta(days=30)
    issue = ISSUE.make(issue, "list", by=head, listing_demands="一个月内查清事实，追回全部基金。", listing_until=until)
    interview = INTERVIEW.make(
        interview, "hold", by=cast.officer, at=timezone.now(), present="法定代表人、医保办主任",
        record="对查床发现的空床逐一说明。", interview_commitments="一个月内完成自查并退回。", demand="完善查床制度。",
    )  # fmt: skip
    interview = INTERVIEW.make(interview, "order", by=cast.officer)
    yield 4
    INTERVIEW.make(
        interview, "answer", by=acting_for(cast.institution), interview_done="已建立每日查床登记，退回费用。"
    )
    following.write_follow_up(issue, "已核实38份病历。", by=cast.officer)
