"""From a finding to the last fen: heard line by line, decided by two, punished, recovered and paid."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account
from supervision.cases.models import Case, Proceeding
from supervision.hearing.models import Hearing
from supervision.ledger.models import Book, Item
from supervision.monitoring.models import Finding
from tests.builders import make_institution
from tests.hearing.charged import make_claim
from tests.hearing.heard import make_lines
from tests.journeys.people import Desks, act, at_their_desks, decide, figures, make_people, number_of, unfold
from tests.journeys.world import HOSPITAL

CLAIM = f"{HOSPITAL}:c1"
GROUNDS = "该项目由第二台设备完成，记录随附。"


@pytest.fixture
def finding(settings: Settings, tmp_path: Path, db: None) -> Finding:
    """Two charges of a claim that stands in the warehouse, ¥600.00 and ¥400.00, of which the fund paid 80 %."""
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    settings.MEDIA_ROOT = tmp_path / "media"
    make_claim(tmp_path, CLAIM, 60000, 40000)
    return make_lines(
        "600.00", "400.00", place=make_institution(HOSPITAL), rule="item_exact_duplicate", claim=CLAIM,
        fund_at_stake=Decimal("800.00"),
    )  # fmt: skip


@pytest.fixture
def people(finding: Finding) -> dict[str, Account]:
    assert finding.institution is not None
    return make_people(finding.institution)


def heard(desks: Desks, finding: Finding) -> Hearing:
    """Taken up, sent, answered line by line, and upheld by a second reviewer."""
    page = desks["reviewer"]
    page.goto(finding.get_absolute_url())
    page.get_by_role("button", name="Take up").click()
    page.wait_for_url("**/desk/hearing/*/")
    number = number_of(page)
    decide(page, number, "notify")
    answer(desks["hospital"], number)
    decide(desks["second"], number, "second_review")
    decide(desks["second"], number, "uphold", note="第二台设备当日停机，有维修记录。")
    return Hearing.objects.get(pk=number)


def answer(page: Page, number: int) -> None:
    """The hospital accepts the first line and appeals the second."""
    page.goto(f"/institution/findings/{number}/")
    first, second = page.locator("fieldset.answer-line").all()
    first.locator("input[type=radio][value=accepted]").check()
    second.locator("input[type=radio][value=appealed]").check()
    second.locator("textarea").fill(GROUNDS)
    page.get_by_role("button", name="Check the answers").click()
    page.get_by_role("button", name="Send the answer").click()
    page.wait_for_load_state()


def opened_case(desks: Desks, hearing: Hearing, title: str) -> Case:
    """A lead from the finding, sorted, given to two officers and verified by them."""
    page = desks["second"]
    page.goto(f"/desk/cases/new/?institution={HOSPITAL}")
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("What it is about", exact=True).fill("同一项目重复收费。")
    page.locator(f"input[name=hearing][value='{hearing.pk}']").check()
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_load_state()
    case = Case.objects.get()
    address = case.get_absolute_url()
    act(desks["officer"], address, "triage", note="涉及金额较大。")
    act(desks["principal"], address, "assign", officers=["officer", "colleague"])
    act(desks["officer"], address, "verify")
    act(desks["officer"], address, "propose", proposal="file", note="事实清楚。")
    act(desks["principal"], address, "file", note="同意立案。")
    return case


def investigated(desks: Desks, case: Case) -> Proceeding:
    """Both lines charged as repeated charging, in the middle of the range."""
    penalty = Proceeding.objects.get(case=case, kind="penalty")
    address, page = penalty.get_absolute_url(), desks["officer"]
    act(page, address, "investigate", inspection_scope="收费记录和设备使用记录")
    lines = [str(line.pk) for line in Hearing.objects.get(in_case__case=case).lines.all()]
    act(
        page, address, "charge", violation_type="V38.3", lines=lines, acted_from=date(2026, 3, 1),
        acted_until=date(2026, 3, 31), limitation="2", limitation_reason="一般违法行为",
    )  # fmt: skip
    violation = penalty.violations.get()
    act(page, address, "propose_fine", violation=violation.pk, grade="ordinary", multiple="1.50")
    return penalty


def decided(desks: Desks, penalty: Proceeding) -> None:
    """Reported, reviewed for its legality, told, defended, decided by the principal and served."""
    address, page, today = penalty.get_absolute_url(), desks["officer"], timezone.localdate()
    served: dict[str, Any] = {"on": today, "method": "direct", "received_by": "医保办主任"}
    act(page, address, "report", note="调查终结。")
    act(page, address, "submit")
    act(desks["legal"], address, "pass_review", note="程序合法。")
    act(page, address, "notify", **served)
    act(page, address, "defend", statement="请求从轻处理。")
    act(desks["principal"], address, "decide")
    act(page, address, "serve", **served)


def recovered(desks: Desks, case: Case) -> Proceeding:
    """Demanded on the principal's word, paid and passed on to the fund that had paid."""
    act(desks["officer"], case.get_absolute_url(), "recovery", field="kind", note="追回基金损失。")
    recovery = Proceeding.objects.get(case=case, kind="recovery")
    address, today = recovery.get_absolute_url(), timezone.localdate()
    act(desks["principal"], address, "order", basis="条例第三十八条第三项")
    act(desks["books"], address, "pay", voucher="YH-20261122-1", on=today)
    act(desks["books"], address, "book", voucher="ZZ-20261122-1", on=today)
    act(desks["principal"], address, "close")
    return recovery


def pay_fine(desks: Desks, penalty: Proceeding) -> Decimal:
    """The fine arrives in the treasury, by the ledger's own page."""
    fine, page = Item.objects.get(book=Book.TREASURY), desks["books"]
    page.goto(f"/desk/ledger/items/{fine.pk}/")
    unfold(page)
    amount = penalty.violations.get().fine
    page.locator("[name=pay-way]").select_option("pay")
    page.locator("[name=pay-amount]").fill(str(amount))
    page.locator("[name=pay-voucher]").fill("GK-20261122-1")
    page.locator("[name=pay-day]").fill(timezone.localdate().isoformat())
    page.locator("form[action$='/pay/'] button[type=submit]").click()
    page.wait_for_load_state()
    act(page, penalty.get_absolute_url(), "settle")
    return amount


def test_findings_are_heard_punished_recovered_and_paid_to_the_fen(
    browser: Browser, live_server: LiveServer, finding: Finding, people: dict[str, Account]
) -> None:
    with at_their_desks(browser, live_server, people) as desks:
        hearing = heard(desks, finding)
        assert list(hearing.lines.values_list("answer", flat=True)) == ["accepted", "appealed"]
        assert (hearing.confirmed, hearing.fund_confirmed) == (Decimal("1000.00"), Decimal("800.00"))
        case = opened_case(desks, hearing, "重复收费")
        penalty = investigated(desks, case)
        decided(desks, penalty)
        recovered(desks, case)
        fine = pay_fine(desks, penalty)
        act(desks["principal"], penalty.get_absolute_url(), "close", note="执行完毕。", result="已缴清")
        assert fine == Decimal("1200.00")
        assert "¥800" in figures(desks["books"], "/desk/ledger/")
        assert f"¥{fine:,}" in figures(desks["books"], "/desk/ledger/accounts/")
        dashboard = figures(desks["reviewer"], "/desk/")
        assert "¥800" in dashboard
        assert "重复收费" in figures(desks["principal"], "/desk/cases/")
