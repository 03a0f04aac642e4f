"""Everybody whom a reward needs, and reports brought to where one may be due."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty
from supervision.cases.models import Case, Lead
from supervision.cases.opening import open_case
from supervision.complaints import receipts
from supervision.complaints.models import Complaint, State
from supervision.complaints.rewards import claiming, granting, taking_up
from supervision.complaints.rewards.effects import EXCLUDED, INTEREST
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.workflow import REWARD
from supervision.complaints.vault import asking
from supervision.complaints.vault.workflow import OPENING
from supervision.ledger.models import Stage
from tests.cases.office import make_officer
from tests.complaints.building import file
from tests.ledger.small import make_item

BANK = {"way": "bank", "holder": "欧阳不存在", "bank": "杜撰银行云泽支行", "account": "6222 0000 1234 5678"}
CHECKED: dict[str, Any] = {"reward_level": "1", "reward_statements": list(EXCLUDED)}
STATED: dict[str, Any] = {"no_interest": list(INTEREST)}


@dataclass(frozen=True)
class RewardDesk:
    """Who handles reports, two who decide, who pays, and two who open identities."""

    handler: Account
    proposer: Account
    chief: Account
    other_chief: Account
    third_chief: Account
    finance: Account
    opener: Account
    second_opener: Account


def make_desk(territory: str = "990100", sign: str = "") -> RewardDesk:
    def post(name: str, *duties: Duty) -> Account:
        return make_officer(f"{name}{sign}", *duties, territory=territory)

    return RewardDesk(
        handler=post("listener", Duty.COMPLAINTS), proposer=post("proposer", Duty.COMPLAINTS),
        chief=post("chief_one", Duty.DECIDE), other_chief=post("chief_two", Duty.DECIDE),
        third_chief=post("chief_three", Duty.DECIDE), finance=post("finance", Duty.BOOK),
        opener=post("opener", Duty.IDENTITY), second_opener=post("second_opener", Duty.IDENTITY),
    )  # fmt: skip


def make_true(desk: RewardDesk, *verified: str, ticket: str = "", case: Case | None = None, **facts: Any) -> Complaint:
    """A report that was found true, with what its case verified in the ledger."""
    filed = file(ticket, **{"wants_reward": True, **facts}).complaint
    case = case or make_ended_case(desk, filed, *(verified or ("30000.00",)))
    Complaint.objects.filter(pk=filed.pk).update(
        state=State.CONCLUDED, outcome="upheld", concluded_on=timezone.localdate(), case=case, handler=desk.handler,
        approver=desk.third_chief,
    )  # fmt: skip
    return Complaint.objects.get(pk=filed.pk)


def make_ended_case(desk: RewardDesk, filed: Complaint, *verified: str) -> Case:
    case = open_case(
        title="Treatments that nobody had", origin=Case.Origin.COMPLAINT, place=filed.place,
        respondent="institution" if filed.institution_id else "person", institution=filed.institution,
        facts="what was seen", by=desk.handler, person="" if filed.institution_id else "M990100000001",
    )  # fmt: skip
    for amount in verified:
        make_item(at=Stage.DEMANDED, amount=amount, case=case.number, place=filed.place)
    Case.objects.filter(pk=case.pk).update(state=Lead.ARCHIVED)
    return case


def begun(desk: RewardDesk, *verified: str, **facts: Any) -> Reward:
    return granting.begin(make_true(desk, *verified, **facts), by=desk.proposer)


def proposed(desk: RewardDesk, *verified: str, **facts: Any) -> Reward:
    return REWARD.make(begun(desk, *verified, **facts), "propose", by=desk.proposer, note="good leads", **CHECKED)


def approved(desk: RewardDesk, *verified: str, **facts: Any) -> Reward:
    reward = REWARD.make(proposed(desk, *verified, **facts), "check", by=desk.chief, **STATED)
    return REWARD.make(reward, "approve", by=desk.other_chief, **STATED)


def notified(desk: RewardDesk, *verified: str, **facts: Any) -> Reward:
    return REWARD.make(approved(desk, *verified, **facts), "notify", by=desk.proposer)


def claimed(desk: RewardDesk, *verified: str, **facts: Any) -> Reward:
    """Claimed by the reporter, and taken up by night."""
    reward = notified(desk, *verified, **facts)
    claiming.claim(reward.complaint, BANK, once=receipts.draw_ticket())
    taking_up.take_up()
    return again(reward)


def issued(desk: RewardDesk, *verified: str, **facts: Any) -> Reward:
    return REWARD.make(claimed(desk, *verified, **facts), "issue", by=desk.proposer)


def paid(desk: RewardDesk, *verified: str, **facts: Any) -> Reward:
    reward = issued(desk, *verified, **facts)
    opened(reward, desk)
    return pay(reward, desk)


def pay(reward: Reward, desk: RewardDesk, voucher: str = "Y-1") -> Reward:
    return REWARD.make(reward, "pay", by=desk.finance, voucher=voucher, on=timezone.localdate())


def opened(reward: Reward, desk: RewardDesk) -> None:
    """Two people open where it is paid to."""
    asked = asking.ask(
        reward.complaint.number, kind="payout", purpose="reward", reason="to pay it", hours=1, by=desk.opener
    )
    OPENING.make(asked, "approve", by=desk.second_opener)


def again(reward: Reward) -> Reward:
    return Reward.objects.get(pk=reward.pk)
