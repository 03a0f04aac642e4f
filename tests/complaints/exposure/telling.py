"""A closed case and the people who tell it, for tests."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty
from supervision.cases.models import Case, Lead, Penalty, PenaltyState, Proceeding
from supervision.clocks import running
from supervision.clocks.limits import places_of
from supervision.clocks.models import Clock
from supervision.complaints.exposure.claiming import claim
from supervision.complaints.exposure.drafting import retell
from supervision.complaints.exposure.models import ErrorClaim, TypicalCase
from supervision.complaints.exposure.workflow import TYPICAL_CASE
from tests.cases.office import Office, make_case, make_office, make_officer

TEXTS: dict[str, Any] = {
    "title_zh": "某医院重复收费案", "facts_zh": "某医院对156人次重复收取检验费用23.4万元。",
    "violations_zh": "违反《医疗保障基金使用监督管理条例》第三十八条。", "handling_zh": "责令退回并处罚款35.1万元。",
}  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """Who writes, who checks what the writer wrote, and who approves."""

    office: Office
    writer: Account
    second: Account

    @property
    def chief(self) -> Account:
        return self.office.chief


def make_desk(territory: str = "990100", sign: str = "") -> Desk:
    return Desk(
        make_office(territory, sign),
        make_officer(f"writer{sign}", Duty.COMPLAINTS, territory=territory, name="文执笔"),
        make_officer(f"reader{sign}", Duty.COMPLAINTS, territory=territory),
    )


def make_closed(desk: Desk, **facts: Any) -> Case:
    """A case whose result was told; how cases get there is walked elsewhere."""
    case = make_case(desk.office, **facts)
    Case.objects.filter(pk=case.pk).update(state=Lead.FED_BACK)
    case.refresh_from_db()
    return case


def make_penalty(case: Case, *, state: str = PenaltyState.CLOSED, number: int = 1) -> Penalty:
    """A penalty of the case that was decided, and is closed."""
    proceeding = Proceeding.objects.create(
        case=case, kind="penalty", number=f"{case.number}-C{number}", state=state, opened_by=case.opened_by,
        closed_at=timezone.now(),
    )  # fmt: skip
    return Penalty.objects.create(proceeding=proceeding, fine=351000, decided_on=timezone.localdate())


def make_draft(desk: Desk, case: Case | None = None, **texts: Any) -> TypicalCase:
    return retell(case or make_closed(desk), {**TEXTS, **texts}, by=desk.writer)


def make_published(desk: Desk, case: Case | None = None, **texts: Any) -> TypicalCase:
    typical = TYPICAL_CASE.make(make_draft(desk, case, **texts), "check", by=desk.writer)
    TYPICAL_CASE.make(typical, "approve", by=desk.chief)
    return TYPICAL_CASE.make(typical, "publish", by=desk.writer)


def make_claim(typical: TypicalCase, text: str = "The sum is wrong") -> ErrorClaim:
    return claim(typical, text)


def revoke(penalty: Penalty) -> Clock:
    """A court takes the decision back; its case owes the withdrawal of what was published."""
    case = penalty.proceeding.case
    clock = running.start(
        "P09", subject=penalty.proceeding.number, title_zh="撤回", title_en="withdraw", address="/",
        places=places_of(case.place_id), since=timezone.now(),
    )  # fmt: skip
    Penalty.objects.filter(pk=penalty.pk).update(changed_fine=0, publication_clock=clock)
    Proceeding.objects.filter(pk=penalty.proceeding_id).update(state=PenaltyState.REVOKED)
    return clock
