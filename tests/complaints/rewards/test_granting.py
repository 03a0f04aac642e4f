"""Whether a reward may be due: of the first effective report, once a case."""

from collections.abc import Callable

import pytest

from institutions.models import Duty
from supervision.audit.models import Act, Entry
from supervision.cases.models import Case
from supervision.complaints.models import Complaint
from supervision.complaints.rewards import granting
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.workflow import REWARD
from supervision.moves import BeyondReach, MoveRefused
from tests.cases.office import make_officer
from tests.complaints.building import make_complaint
from tests.complaints.rewards.office import RewardDesk, begun, make_true

pytestmark = pytest.mark.django_db


def test_a_true_report_may_bring_a_reward_and_the_chain_says_who_began_it(office: RewardDesk) -> None:
    reward = begun(office)
    assert (reward.state, reward.number) == ("eligible", f"JL{reward.complaint.number[2:]}")
    entry = Entry.objects.filter(act=Act.REWARD).latest("number")
    assert (entry.subject, entry.account) == (reward.number, office.proposer.username)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"wants_reward": False}, "does not want"),
        ({"kind": "grievance"}, "Only a report of misuse"),
        ({"outcome": "unfounded"}, "found true"),
        ({"state": "told"}, "concluded first"),
        ({"case": None}, "No case came"),
    ],
)
def test_what_the_law_asks_of_a_report_is_asked(office: RewardDesk, change: dict[str, object], why: str) -> None:
    complaint = make_true(office)
    Complaint.objects.filter(pk=complaint.pk).update(**change)
    complaint.refresh_from_db()
    with pytest.raises(MoveRefused, match=why):
        granting.begin(complaint, by=office.proposer)


def test_only_the_first_effective_report_of_a_case_is_rewarded(office: RewardDesk) -> None:
    first = make_true(office)
    second = make_true(office, case=first.case)
    with pytest.raises(MoveRefused, match="Somebody reported it before"):
        granting.begin(second, by=office.proposer)
    Complaint.objects.filter(pk=first.pk).update(outcome="unproved")
    assert granting.begin(second, by=office.proposer).complaint == second


def test_a_report_that_was_joined_to_another_has_no_reward_of_its_own(office: RewardDesk) -> None:
    first, second = make_true(office), make_true(office)
    Complaint.objects.filter(pk=second.pk).update(joined_to=first)
    second.refresh_from_db()
    with pytest.raises(MoveRefused, match="joined"):
        granting.begin(second, by=office.proposer)


def test_cases_that_became_one_bring_one_reward(office: RewardDesk) -> None:
    first, second = make_true(office), make_true(office)
    Case.objects.filter(number=str(second.case)).update(merged_into=first.case)
    second.refresh_from_db()
    with pytest.raises(MoveRefused, match="Somebody reported it before"):
        granting.begin(second, by=office.proposer)
    assert granting.begin(first, by=office.proposer).case == first.case


def test_the_database_keeps_one_reward_a_case(office: RewardDesk) -> None:
    reward = begun(office)
    other = make_true(office, case=reward.case)
    Complaint.objects.filter(pk=reward.complaint_id).update(outcome="unproved")
    with pytest.raises(MoveRefused, match="already"):
        granting.begin(other, by=office.proposer)
    assert Reward.objects.count() == 1


def test_a_report_has_its_reward_once(office: RewardDesk) -> None:
    reward = begun(office)
    with pytest.raises(MoveRefused, match="already"):
        granting.begin(reward.complaint, by=office.proposer)


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: make_officer("nobody", Duty.BOOK), MoveRefused),
        (lambda: make_officer("neighbour", Duty.COMPLAINTS, territory="990200"), BeyondReach),
    ],
)
def test_only_who_handles_reports_there_begins_one(
    office: RewardDesk, make: Callable[[], object], refusal: type[Exception]
) -> None:
    complaint = make_true(office)
    with pytest.raises(refusal):
        granting.begin(complaint, by=make())  # type: ignore[arg-type]


def test_what_is_not_decided_yet_brings_nothing(office: RewardDesk) -> None:
    with pytest.raises(MoveRefused):
        granting.begin(make_complaint(wants_reward=True), by=office.proposer)


def test_what_was_refused_leaves_the_case_to_another_and_comes_back_only_where_nobody_has_it(
    office: RewardDesk,
) -> None:
    reward = begun(office)
    REWARD.make(reward, "refuse", by=office.chief, note="known before")
    other = make_true(office, case=reward.case)
    Complaint.objects.filter(pk=reward.complaint_id).update(outcome="unproved")
    granting.begin(other, by=office.proposer)
    with pytest.raises(MoveRefused, match="Another report"):
        REWARD.make(reward, "reconsider", by=office.other_chief, note="it was not")
