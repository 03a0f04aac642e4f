"""The report that a great case came of: verified, fined, told to the public, and rewarded to the last step."""

from collections.abc import Generator

from django.utils import timezone

from supervision.cases.demonstration.handled import settled as case_settled
from supervision.cases.demonstration.heard import UPHELD, findings, heard, varied
from supervision.cases.demonstration.telling import Story
from supervision.cases.models import Case
from supervision.cases.opening import add_hearings
from supervision.cases.workflows import LEAD
from supervision.complaints.exposure.drafting import retell
from supervision.complaints.exposure.workflow import TYPICAL_CASE
from supervision.complaints.models import Complaint
from supervision.complaints.rewards import claiming, granting, taking_up
from supervision.complaints.rewards.effects import EXCLUDED, INTEREST
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.workflow import REWARD
from supervision.complaints.vault import asking
from supervision.complaints.vault.workflow import OPENING

from .cast import Desk
from .handled import Going, lead_opened, move
from .kept import Kept
from .told import WHO, told

BEGINS = 93  # working days ago
PAYOUT = {"way": "bank", "holder": "钱示例", "bank": "云泽市商业银行", "account": "6222000000000001"}
TEXTS = {
    "title_zh": "某医院重复收取手术耗材费用案", "facts_zh": "该院在同一台手术中对同一耗材重复收费。",
    "violations_zh": "违反了医疗保障基金使用监督管理条例关于重复收费的规定。",
    "handling_zh": "追回基金损失，并处罚款。",
}  # fmt: skip


def great_case(desk: Desk, kept: list[Kept], facts: str) -> Story:
    """From the photo of a bill to the money in the reporter's account."""
    filed = told(desk.hospital, facts, who=WHO, wants_reward=True, photos=2)
    kept.append(Kept(filed.complaint.number, filed.receipt, "rewarded"))
    complaint = yield from lead_opened(filed, desk)
    case = yield from found_true(complaint, desk)
    if case is None:
        return
    complaint = yield from concluded(complaint, desk)
    told_to_the_public(case, desk)
    yield from rewarded(complaint, desk)


def found_true(complaint: Complaint, desk: Desk) -> Generator[int, None, Case | None]:
    """What the rules found there is heard, made part of the case, and decided."""
    cast, case = desk.cases, complaint.case
    assert case is not None
    yield 1
    LEAD.make(case, "triage", by=cast.officer, note="举报线索具体，需要核查。")
    LEAD.make(case, "assign", by=cast.principal, officers=[cast.officer.username, cast.officer_2.username])
    yield 1
    LEAD.make(case, "verify", by=cast.officer)
    hearings = yield from heard(2, UPHELD, varied(findings().filter(institution=desk.hospital)), cast)
    if not hearings:
        return None
    add_hearings(Case.objects.get(pk=case.pk), hearings, by=cast.reviewer)
    yield from case_settled(Case.objects.get(pk=case.pk), cast)
    return Case.objects.get(pk=case.pk)


def concluded(complaint: Complaint, desk: Desk) -> Going:
    complaint = move(complaint, "file", desk.verifier)
    yield 1
    complaint = move(complaint, "tell", desk.hearer, "您反映的问题已经立案查处，处理结果将另行告知。")
    assert complaint.case is not None
    LEAD.make(complaint.case, "feed_back", by=desk.cases.officer, result="已查实并处罚。")
    yield 1
    return move(complaint, "conclude", desk.principal, "查证属实，已追回基金并处罚。", complaint_outcome="upheld")


def told_to_the_public(case: Case, desk: Desk) -> None:
    typical = retell(case, TEXTS, by=desk.hearer)
    typical = TYPICAL_CASE.make(typical, "check", by=desk.verifier)
    typical = TYPICAL_CASE.make(typical, "approve", by=desk.principal)
    TYPICAL_CASE.make(typical, "publish", by=desk.hearer)


def rewarded(complaint: Complaint, desk: Desk) -> Story:
    """Proposed, approved by two, told, claimed, opened by two, paid."""
    yield 1
    reward = granting.begin(complaint, by=desk.hearer)
    mine = list(INTEREST)
    reward = REWARD.make(
        reward,
        "propose",
        by=desk.hearer,
        note="举报属实，证据充分。",
        reward_level="1",
        reward_statements=list(EXCLUDED),
    )
    yield 1
    reward = REWARD.make(reward, "check", by=desk.principal, no_interest=mine)
    reward = REWARD.make(reward, "approve", by=desk.deputy, no_interest=mine)
    yield 1
    reward = REWARD.make(reward, "notify", by=desk.hearer)
    yield 2
    claiming.claim(complaint, PAYOUT, once="claimed")
    yield 1
    taking_up.take_up()
    yield from paid(Reward.objects.get(pk=reward.pk), desk)


def paid(reward: Reward, desk: Desk) -> Story:
    reward = REWARD.make(reward, "issue", by=desk.hearer)
    number = reward.complaint.number
    asked = asking.ask(number, kind="payout", purpose="reward", reason="发放奖励。", hours=8, by=desk.finance)
    OPENING.make(asked, "approve", by=desk.discipline)
    yield 1
    REWARD.make(reward, "pay", by=desk.finance, voucher=f"JL-{reward.pk}", on=timezone.localdate())
