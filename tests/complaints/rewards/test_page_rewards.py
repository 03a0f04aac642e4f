"""The desk's pages of rewards: from a report to the payment, each with what it is for them to see."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from supervision.complaints.rewards.models import Reward
from tests.cases.office import make_officer
from tests.complaints.rewards.office import RewardDesk, again, begun, issued, make_true, opened, proposed

pytestmark = pytest.mark.django_db


def browser(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def page(account: Account, address: str) -> str:
    answer = browser(account).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_reward_is_begun_from_the_list_of_its_report(office: RewardDesk) -> None:
    complaint, client = make_true(office), browser(office.proposer)
    assert f"/desk/rewards/?complaint={complaint.number}" in page(office.proposer, complaint.get_absolute_url())
    shown = client.get(f"/desk/rewards/?complaint={complaint.number}").content.decode()
    assert f"Report {complaint.number} has no reward yet" in shown
    answer = client.post("/desk/rewards/new/", {"complaint": complaint.number})
    reward = Reward.objects.get()
    assert answer["Location"] == reward.get_absolute_url()
    shown = client.get(f"/desk/rewards/?complaint={complaint.number}").content.decode()
    assert "has no reward yet" not in shown
    assert reward.number in shown


def test_a_report_of_elsewhere_is_no_report(office: RewardDesk) -> None:
    complaint = make_true(office)
    neighbour = browser(make_officer("neighbour", Duty.COMPLAINTS, territory="990200"))
    answers = [
        neighbour.post("/desk/rewards/new/", {"complaint": number}, follow=True).content.decode()
        for number in (complaint.number, "JB-990101-2026-00000000", "")
    ]
    assert all("There is no report by that number." in answer for answer in answers)
    shown = neighbour.get(f"/desk/rewards/?complaint={complaint.number}").content.decode()
    assert "has no reward yet" not in shown
    assert not Reward.objects.exists()


def test_the_whole_way_is_made_on_its_page(office: RewardDesk) -> None:
    reward = begun(office)
    address = f"{reward.get_absolute_url()}move/"
    form = {"reward_level": "1", "reward_statements": ["on_duty", "co_offender", "duty_holder", "new_to_us"]}
    stated = {"no_interest": ["none"]}
    for who, move, said in (
        (office.proposer, "propose", {**form, "note": "good leads"}),
        (office.chief, "check", stated),
        (office.other_chief, "approve", stated),
        (office.proposer, "notify", {}),
    ):
        answer = browser(who).post(address, {"move": move, "turn": again(reward).turn, **said})
        assert answer.status_code == 302, answer.content.decode()
    assert again(reward).state == "notified"


def test_a_form_that_was_refused_keeps_what_was_written_and_says_why(office: RewardDesk) -> None:
    reward = begun(office)
    answer = browser(office.proposer).post(
        f"{reward.get_absolute_url()}move/",
        {"move": "propose", "note": "good leads", "reward_level": "1", "reward_statements": ["on_duty"]},
    )
    shown = answer.content.decode()
    assert "All of it must be checked." in shown
    assert "good leads" in shown


def test_the_page_shows_how_the_sum_came_about_and_its_source(office: RewardDesk) -> None:
    shown = page(office.chief, proposed(office, "12345.67").get_absolute_url())
    assert "10 % of the ¥12,345.67 above ¥0.00: ¥1,234.57" in shown
    assert "湖南省" in shown  # the source of the rule
    assert "Reward: ¥1,234.57" in shown


def test_finance_sees_a_number_and_a_sum_and_nothing_of_report_case_or_notes(office: RewardDesk) -> None:
    reward = issued(office)
    shown = page(office.finance, reward.get_absolute_url())
    assert reward.vouchers.get().number in shown
    assert reward.complaint.number in shown
    for hidden in (reward.case.number, reward.complaint.get_absolute_url(), "good leads"):
        assert hidden not in shown
    assert "good leads" in page(office.proposer, reward.get_absolute_url())


def test_finance_books_the_payment_on_the_page(office: RewardDesk) -> None:
    reward = issued(office)
    opened(reward, office)
    answer = browser(office.finance).post(
        f"{reward.get_absolute_url()}move/", {"move": "pay", "voucher": "Y-7", "on": timezone.localdate().isoformat()}
    )
    assert answer.status_code == 302
    assert again(reward).state == "paid"
    assert "bank&#x27;s voucher Y-7" in page(office.finance, reward.get_absolute_url()).replace("'", "&#x27;")


def test_looking_at_a_reward_is_written_down(office: RewardDesk) -> None:
    reward = begun(office)
    page(office.chief, reward.get_absolute_url())
    last = Entry.objects.filter(act=Act.READ).latest("number")
    assert (last.subject, last.account) == (reward.number, office.chief.username)


@pytest.mark.parametrize("duty", [Duty.READ, Duty.INVESTIGATE, Duty.IDENTITY])
def test_for_others_the_pages_do_not_exist(office: RewardDesk, duty: Duty) -> None:
    reward, other = begun(office), browser(make_officer("other", duty))
    assert other.get("/desk/rewards/").status_code == 404
    assert other.get(reward.get_absolute_url()).status_code == 404


def test_the_list_is_filtered_by_state(office: RewardDesk) -> None:
    first, second = begun(office), proposed(office)
    shown = page(office.chief, "/desk/rewards/?state=proposed")
    assert second.number in shown
    assert first.number not in shown


def test_more_rewards_ask_no_more_of_the_database(office: RewardDesk) -> None:
    client = browser(office.chief)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/rewards/")
        return len(queries)

    begun(office)
    asked()
    few = asked()
    for _more in range(4):
        begun(office)
    assert asked() == few


def test_an_unknown_move_is_no_move(office: RewardDesk) -> None:
    reward = begun(office)
    answer = browser(office.chief).post(f"{reward.get_absolute_url()}move/", {"move": "steal"}, follow=True)
    assert "There is no such move." in answer.content.decode()
