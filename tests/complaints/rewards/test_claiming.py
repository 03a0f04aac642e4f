"""A reward is claimed with the receipt: once, in time, by anybody who has it, and without a trace of the hour."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from supervision.audit.models import Entry, RowChange
from supervision.complaints.models import Complaint, Message
from supervision.complaints.rewards import claiming, taking_up
from supervision.complaints.rewards.claiming import NotClaimed
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.workflow import REWARD
from supervision.complaints.vault.models import Identity
from supervision.moves import THE_SITE, MoveRefused
from tests.complaints.building import WHO
from tests.complaints.rewards.office import BANK, RewardDesk, again, approved, claimed, issued, notified

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[{}, {"who": WHO}], ids=["anonymous", "by name"])
def told(request: Any, office: RewardDesk) -> Reward:
    """A reward of which the reporter was told."""
    return notified(office, **request.param)


def payouts(complaint: Complaint) -> int:
    return int(Identity.objects.filter(subject=complaint.number, kind="payout").count())


def test_anonymous_or_by_name_whoever_has_the_receipt_claims(told: Reward) -> None:
    claiming.claim(told.complaint, BANK, once="first")
    assert payouts(told.complaint) == 1
    assert taking_up.take_up() == 1
    assert (again(told).state, again(told).claimed_on) == ("claimed", timezone.localdate())


def test_a_claim_sent_twice_is_one_claim(told: Reward) -> None:
    for _again in range(3):
        claiming.claim(told.complaint, BANK, once="the same page")
    assert told.complaint.messages.filter(kind=Message.Kind.CLAIM).count() == 1
    assert payouts(told.complaint) == 1
    assert (taking_up.take_up(), taking_up.take_up()) == (1, 0)


def test_what_was_given_wrongly_is_given_anew_until_finance_has_it(office: RewardDesk) -> None:
    reward = claimed(office)
    claiming.claim(reward.complaint, {**BANK, "account": "6222000099990000"}, once="second page")
    assert payouts(reward.complaint) == 2
    REWARD.make(reward, "issue", by=office.proposer)
    with pytest.raises(NotClaimed):
        claiming.claim(reward.complaint, BANK, once="third page")


def test_where_it_is_paid_to_stands_in_no_table_but_sealed(told: Reward) -> None:
    claiming.claim(told.complaint, BANK, once="first")
    taking_up.take_up()
    written = "".join(rows(model) for model in apps.get_models() if model._meta.managed)
    for secret in (BANK["holder"], BANK["bank"], "6222000012345678", "6222 0000 1234 5678", "12345678"):
        assert secret not in written
        assert json.dumps(secret).strip('"') not in written


def rows(model: Any) -> str:
    """All that the site's role may read of a table."""
    names = [one.name for one in model._meta.fields if (model, one.name) != (Identity, "sealed")]
    return "\n".join(str(value) for row in model._default_manager.values_list(*names) for value in row)


def test_e2_a_claim_changes_no_row_and_writes_nothing_into_the_chain(told: Reward) -> None:
    changed, written = RowChange.objects.count(), Entry.objects.count()
    claiming.claim(told.complaint, BANK, once="first")
    assert (RowChange.objects.count(), Entry.objects.count()) == (changed, written)


def test_e2_a_claim_bears_a_day_and_no_hour(office: RewardDesk) -> None:
    reward = notified(office)
    moment = (timezone.localtime() + timedelta(1)).replace(hour=13, minute=37, second=11)
    with time_machine.travel(moment, tick=False):
        claiming.claim(reward.complaint, BANK, once="first")
        kept = rows(Message) + rows(Identity)
    assert "13:37" not in kept
    assert "05:37" not in kept  # as UTC has it


@pytest.mark.parametrize(
    "payout",
    [
        {},
        {"way": "cash"},
        {"way": "bank", "holder": "a", "bank": "b"},
        {**BANK, "account": "1234567"},
        {**BANK, "account": "1" * 31},
        {**BANK, "account": "6222 0000 x"},
        {**BANK, "account": "٣" * 16},
        {**BANK, "holder": "很" * 101},
        {"way": "code", "code": ""},
    ],
)
def test_what_cannot_be_paid_to_is_refused_in_words(office: RewardDesk, payout: dict[str, str]) -> None:
    reward = notified(office)
    with pytest.raises(NotClaimed):
        claiming.claim(reward.complaint, payout, once="first")
    assert payouts(reward.complaint) == 0


def test_a_reward_can_be_paid_against_a_code_that_only_the_receipt_gives(told: Reward) -> None:
    code = claiming.code_of("ABCD-EFGH-JKMN-PQRS")
    assert code == claiming.code_of("abcd efgh jkmn pqrs") != claiming.code_of("ABCD-EFGH-JKMN-PQRT")
    claiming.claim(told.complaint, {"way": "code", "code": code}, once="first")
    assert payouts(told.complaint) == 1


def test_nothing_is_claimed_before_the_reporter_was_told(office: RewardDesk) -> None:
    reward = approved(office)
    with pytest.raises(NotClaimed):
        claiming.claim(reward.complaint, BANK, once="first")


def test_nothing_is_claimed_that_is_with_finance(office: RewardDesk) -> None:
    reward = issued(office)
    assert not claiming.may_claim(reward.complaint)


# --- When the time is over ---------------------------------------------------------------------------


@pytest.fixture
def late(office: RewardDesk) -> Iterator[Reward]:
    """A reward on the day after its last day."""
    reward = notified(office)
    assert reward.claim_until is not None
    after = timezone.make_aware(timezone.datetime.combine(reward.claim_until, timezone.datetime.min.time()))  # type: ignore[attr-defined]
    with time_machine.travel(after + timedelta(1, minutes=1), tick=False):
        yield reward


def test_what_nobody_claimed_is_waived_by_itself(late: Reward) -> None:
    with pytest.raises(NotClaimed):
        claiming.claim(late.complaint, BANK, once="too late")
    assert (taking_up.take_up(), taking_up.take_up()) == (1, 0)
    waived = again(late)
    assert (waived.state, waived.clock) == ("waived", None)


def test_on_the_last_day_nothing_is_waived(office: RewardDesk) -> None:
    reward = notified(office)
    assert reward.claim_until is not None
    last = timezone.make_aware(timezone.datetime.combine(reward.claim_until, timezone.datetime.min.time()))  # type: ignore[attr-defined]
    with time_machine.travel(last + timedelta(hours=23, minutes=59), tick=False):
        assert taking_up.take_up() == 0
        with pytest.raises(MoveRefused):
            REWARD.make(reward, "waive", by=THE_SITE)
        claiming.claim(reward.complaint, BANK, once="at the last minute")
    with time_machine.travel(last + timedelta(days=2), tick=False):
        assert taking_up.take_up() == 1
    assert again(reward).state == "claimed"


def test_a_claim_of_a_decision_that_was_taken_back_does_not_count_for_the_next(office: RewardDesk) -> None:
    reward = REWARD.make(claimed(office), "stop", by=office.third_chief, note="to be looked into")
    assert not claiming.may_claim(reward.complaint)
    assert taking_up.take_up() == 0
