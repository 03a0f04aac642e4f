"""Acts beside the tables of major issues and interviews."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty
from supervision.hearing.models import Hearing
from supervision.major import calling, following, suggesting
from supervision.major.bringing_up import bring_up
from supervision.major.calling_in import call_in
from supervision.major.models import Issue
from tests.cases.office import make_case, make_upheld
from tests.cases.office import make_office as make_case_office
from tests.major.office import make_office, responding, reviewed, with_task
from tests.walks.acts import Ready, act

OFFICER, CHIEF = frozenset({Duty.INVESTIGATE}), frozenset({Duty.DECIDE})
EITHER = OFFICER | CHIEF


@act
def bring_up_an_issue() -> Ready:
    at = make_office()
    facts: dict[str, Any] = {"kind": "loss", "level": 3, "found_at": timezone.now(), "facts": "as found"}
    return Ready(lambda by: bring_up("Beds", by=by, **facts), at.officer, OFFICER, of_one_place=False)


@act
def write_a_follow_up() -> Ready:
    at = make_office()
    return Ready(partial(followed, responding(at)), at.officer, OFFICER)


def followed(issue: Issue, by: Account) -> Any:
    return following.write_follow_up(issue, "day two", by=by)


@act
def give_guidance() -> Ready:
    at = make_office()
    issue = responding(at)
    return Ready(lambda by: following.give_guidance(issue, "words", "Hurry.", by=by), at.province, CHIEF)


@act
def link_a_matter() -> Ready:
    at = make_office()
    issue = responding(at)
    return Ready(lambda by: following.link_matter(issue, at.hospital.pk, by=by), at.officer, EITHER)


@act
def set_a_task() -> Ready:
    at = make_office()
    issue, due_on = reviewed(at), timezone.localdate() + timedelta(days=9)
    return Ready(
        lambda by: following.set_task(issue, "Visit", owner="the section", due_on=due_on, by=by), at.chief, CHIEF
    )


@act
def finish_a_task() -> Ready:
    at = make_office()
    issue = with_task(at)
    key = issue.tasks.get().pk
    return Ready(lambda by: following.finish_task(issue, key, "visited", by=by), at.officer, EITHER)


@act
def name_a_contact() -> Ready:
    at = make_office()
    return Ready(
        lambda by: calling.name_contact("Li", post="director", telephone="1", by=by), at.chief, CHIEF,
        of_one_place=False,
    )  # fmt: skip


@act
def cross_a_contact_out() -> Ready:
    at = make_office()
    made = calling.name_contact("Li", post="director", telephone="1", by=at.chief)
    return Ready(lambda by: calling.cross_out(made.pk, by=by), at.chief, CHIEF)


@act
def leave_a_proposal() -> Ready:
    at, office = make_office(), make_case_office(sign="c")
    case = make_case(office, make_upheld(office))
    lost = Decimal(200_000)
    Hearing.objects.filter(in_case__case=case).update(fund_confirmed=lost, confirmed=lost, suspected=lost)
    return Ready(lambda by: suggesting.leave_suggestion(f"case {case.number}", "known", by=by), at.chief, CHIEF)


@act
def call_in_a_party() -> Ready:
    at = make_office()
    return Ready(lambda by: call_in(at.hospital, reason="beds", by=by), at.officer, OFFICER)
