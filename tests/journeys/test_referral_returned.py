"""A case goes to the police, comes back, and is decided where it had stood."""

from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account
from supervision.cases.models import Case, Proceeding
from supervision.clocks.models import Clock
from supervision.monitoring.models import Finding
from tests.journeys.people import Desks, act, at_their_desks, figures
from tests.journeys.test_hearing_to_payment import decided, finding, heard, investigated, opened_case, people, recovered

__all__ = ["finding", "people"]


def referred(desks: Desks, case: Case) -> Proceeding:
    """Reported by two officers, approved, sent with its package and received by the police."""
    act(desks["officer"], case.get_absolute_url(), "criminal", field="kind")
    referral = Proceeding.objects.get(case=case, kind="criminal")
    address, page = referral.get_absolute_url(), desks["officer"]
    act(
        page, address, "report", report="涉嫌虚构医药服务项目。", basis="刑法第二百六十六条", second_officer="colleague"
    )
    act(desks["principal"], address, "approve")
    act(page, address, "send", to_name="云泽市公安局", package="现场笔录\n结算明细")
    act(page, address, "receive", on=timezone.localdate(), receipt="云公接〔2026〕1号")
    return referral


def clock_of(penalty: Proceeding) -> Clock:
    penalty.refresh_from_db()
    assert penalty.overall_clock is not None
    return penalty.overall_clock


def test_what_the_police_return_is_decided_and_recovered(
    browser: Browser, live_server: LiveServer, finding: Finding, people: dict[str, Account]
) -> None:
    with at_their_desks(browser, live_server, people) as desks:
        case = opened_case(desks, heard(desks, finding), "涉嫌虚构服务")
        penalty = investigated(desks, case)
        referral = referred(desks, case)
        assert clock_of(penalty).state == Clock.State.PAUSED
        address, today = referral.get_absolute_url(), timezone.localdate()
        act(desks["officer"], address, "not_file", on=today, reply="证据不足")
        act(desks["officer"], address, "return", on=today, reply="不予立案，退回材料")
        act(desks["officer"], address, "feed_back", note="恢复行政程序。")
        assert clock_of(penalty).state == Clock.State.RUNNING
        decided(desks, penalty)
        recovered(desks, case)
        page = desks["principal"]
        told = figures(page, case.get_absolute_url())
        assert "returned" in told
        assert "¥1,000" in figures(desks["reviewer"], "/desk/")
