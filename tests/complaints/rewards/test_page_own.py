"""The reporter's page of a reward, without an account and without a session; and the rules, for everybody."""

import re

import pytest
from django.test import Client

from supervision.complaints import receipts
from supervision.complaints.models import Message
from supervision.complaints.rewards import claiming, taking_up
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.workflow import REWARD
from supervision.complaints.vault.models import Identity
from tests.builders import make_division
from tests.complaints.rewards.office import (
    BANK,
    RewardDesk,
    again,
    claimed,
    issued,
    make_true,
    notified,
    opened,
    pay,
    proposed,
)

pytestmark = pytest.mark.django_db
TICKET = "0" * 32
ADDRESS = "/report/reward/"


@pytest.fixture
def phone() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def receipt() -> str:
    return receipts.receipt_of(TICKET)


def shown(phone: Client, receipt: str, **sent: str) -> str:
    answer = phone.post(ADDRESS, {"receipt": receipt, **sent})
    assert answer.status_code == 200
    assert not answer.cookies.get("sessionid")
    return answer.content.decode()


def once(page: str) -> str:
    found = re.search(r'name="once" value="(\w+)"', page)
    assert found
    return found[1]


def test_the_reporter_claims_with_the_receipt_and_the_page_keeps_nothing_of_it(
    phone: Client, receipt: str, office: RewardDesk
) -> None:
    reward = notified(office, ticket=TICKET)
    page = shown(phone, receipts.shown(receipt))
    assert "¥3,000.00" in page
    assert reward.complaint.number in page
    answer = shown(phone, receipt, act="claim", once=once(page), **BANK)
    assert "Your claim is in." in answer
    assert BANK["holder"] not in answer
    assert "6222" not in answer
    assert Identity.objects.filter(subject=reward.complaint.number, kind="payout").count() == 1


def test_the_same_page_sent_twice_is_one_claim(phone: Client, receipt: str, office: RewardDesk) -> None:
    reward = notified(office, ticket=TICKET)
    token = once(shown(phone, receipt))
    for _again in range(2):
        shown(phone, receipt, act="claim", once=token, **BANK)
    assert reward.complaint.messages.filter(kind=Message.Kind.CLAIM).count() == 1


def test_what_was_filled_in_wrongly_stays_and_is_named(phone: Client, receipt: str, office: RewardDesk) -> None:
    notified(office, ticket=TICKET)
    answer = shown(phone, receipt, act="claim", once="a", **{**BANK, "account": "12"})
    assert "8 to 30 digits" in answer
    assert 'aria-describedby="account_error"' in answer
    assert BANK["holder"] in answer
    assert not Identity.objects.filter(kind="payout").exists()


def test_against_a_code_no_name_is_given(phone: Client, receipt: str, office: RewardDesk) -> None:
    reward = notified(office, ticket=TICKET)
    assert receipts.shown(claiming.code_of(receipt)) in shown(phone, receipt)
    shown(phone, receipt, act="claim", once="a", way="code", holder="left over")
    assert taking_up.take_up() == 1
    assert again(reward).state == "claimed"


def test_before_two_people_have_approved_no_sum_is_promised(phone: Client, receipt: str, office: RewardDesk) -> None:
    proposed(office, ticket=TICKET)
    page = shown(phone, receipt)
    assert "It is being looked into whether a reward is due." in page
    assert "¥" not in page
    assert 'value="claim"' not in page


def test_each_state_is_told_in_words_of_its_own(phone: Client, receipt: str, office: RewardDesk) -> None:
    reward = issued(office, ticket=TICKET)
    page = shown(phone, receipt)
    assert "finance is paying it" in page
    assert receipts.shown(claiming.code_of(receipt)) in page
    opened(reward, office)
    reward = pay(reward, office)
    page = shown(phone, receipt)
    assert "It was paid." in page
    REWARD.make(reward, "reclaim", by=office.proposer, note="false, it seems")
    assert "It was paid." in shown(phone, receipt)


def test_what_could_not_be_paid_is_told_and_can_be_given_anew(phone: Client, receipt: str, office: RewardDesk) -> None:
    REWARD.make(issued(office, ticket=TICKET), "bounce", by=office.finance, note="the account is closed")
    assert "Give anew where it is paid to" in shown(phone, receipt)


def test_a_claim_that_is_in_is_shown_as_claimed_at_once(phone: Client, receipt: str, office: RewardDesk) -> None:
    reward = notified(office, ticket=TICKET)
    claiming.claim(reward.complaint, BANK, once="a")
    assert "You have claimed it." in shown(phone, receipt)
    assert again(reward).state == "notified"


@pytest.mark.parametrize("receipt", ["", "0000-0000-0000-0000", "x" * 5000, "a\0b", "没有"])
def test_without_a_receipt_there_is_nothing(phone: Client, receipt: str, office: RewardDesk) -> None:
    claimed(office, ticket=TICKET)
    page = shown(phone, receipt, act="claim", **BANK)
    assert "There is no report with this receipt." in page


def test_everybody_may_read_the_rules_with_their_sources(phone: Client) -> None:
    for code in ("990100", "990200"):
        make_division(code)
    page = phone.get(ADDRESS).content.decode()
    assert "¥200.00" in page
    assert "¥200,000.00" in page
    assert "10 % of all" in page
    assert "医保办发〔2022〕22号" in page
    assert "within 2 months" in page


def test_a_report_without_a_reward_says_why(phone: Client, receipt: str, office: RewardDesk) -> None:
    make_true(office, ticket=TICKET)
    assert "its case has ended" in shown(phone, receipt)
    assert not Reward.objects.exists()
