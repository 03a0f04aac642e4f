"""A report from the first question to its reward, and a name that two people open: the reporter sees it all."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from institutions.models import Account, Duty
from supervision.cases.models import Case, Lead
from supervision.complaints.gate import keeping
from supervision.complaints.models import Complaint
from supervision.complaints.rewards import taking_up
from supervision.complaints.rewards.effects import EXCLUDED, INTEREST
from supervision.complaints.rewards.models import Reward
from supervision.complaints.vault.models import Opening
from supervision.ledger.models import Stage
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.complaints.building import FACTS, WHO
from tests.complaints.rewards.office import BANK
from tests.complaints.vault.building import running
from tests.journeys.browsing import LANGUAGES, opened
from tests.journeys.people import Desks, act, at_their_desks
from tests.journeys.reporters import TELEPHONE, WIDE, Reporter
from tests.journeys.test_axe_cases import sign_in_at_once
from tests.journeys.world import HOSPITAL
from tests.ledger.small import make_item

QUESTION, ANSWER = "是哪一天做的理疗？", "三月三日，收费单上写着十次。"
REFUSED = "status of 422"  # what browsers say of a file that was refused
NOBODY = {"en": "Nobody has opened your identity.", "zh-hans": "没有人打开过您的身份信息。"}
SIZES = {"telephone": TELEPHONE, "wide": WIDE}


@pytest.fixture
def people(portal: Path) -> dict[str, Account]:
    make_institution(HOSPITAL)
    held = {
        "hearer": [Duty.COMPLAINTS], "chief": [Duty.DECIDE], "other_chief": [Duty.DECIDE], "third_chief": [Duty.DECIDE],
        "opener": [Duty.IDENTITY], "second": [Duty.IDENTITY], "finance": [Duty.BOOK],
    }  # fmt: skip
    return {name: make_officer(name, *duties) for name, duties in held.items()}


def reporter(browser: Browser, live_server: LiveServer, wrong: list[str], language: str, size: str) -> Reporter:
    page = opened(browser, live_server, LANGUAGES[language], wrong)
    page.set_viewport_size(SIZES[size])
    return Reporter(page)


def told(who: Reporter) -> str:
    """Told with a wrong turn on every page, sent, and its receipt typed back: wrong first, then right."""
    who.tells(erring=True)
    assert FACTS in who.says()
    receipt = who.sends()
    who.types_back("0000" if receipt[-4:] != "0000" else "1111")
    expect(who.page.locator("#end")).to_be_focused()
    assert receipt.replace("-", "") in who.says().replace("\n", "").replace(" ", "")
    who.types_back(receipt[-4:].lower())
    expect(who.page.locator("#end")).to_have_count(0)
    return receipt


def address_of(complaint: Complaint) -> str:
    complaint.refresh_from_db()
    return complaint.get_absolute_url()


def asked(page: Page, complaint: Complaint) -> None:
    """The photo is looked at on the page of the complaint, and the reporter is asked something."""
    page.goto(address_of(complaint))
    page.get_by_text("Show the picture").click()
    picture = page.locator("details img")
    expect(picture).to_be_visible()
    page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())
    page.locator("#words").fill(QUESTION)
    page.locator("form[action$='/write/'] button").click()
    expect(page.locator("main")).to_contain_text(QUESTION)


def answered(who: Reporter, receipt: str) -> None:
    """Read and answered with the receipt, at the second try; a first answer without words is sent back."""
    who.comes_back(receipt[:-1])
    expect(who.page.locator("#receipt")).to_be_focused()
    expect(who.page.locator("#receipt_error")).to_be_visible()
    who.comes_back(receipt)
    assert QUESTION in who.says()
    who.page.locator("button[value=say]").click()
    expect(who.page.locator("#errors")).to_be_focused()
    who.page.locator("#words").fill(ANSWER)
    who.page.locator("button[value=say]").click()
    expect(who.page.locator(".done")).to_be_visible()
    assert ANSWER in who.says()


def concluded(desks: Desks, complaint: Complaint) -> None:
    """Found true: a lead, whose case others bring to its end, and the decision of a second person."""
    hearer = desks["hearer"]
    act(hearer, address_of(complaint), "open_lead", lead_title="理疗未做而收费", lead_facts="收费单与治疗记录不符。")
    complaint.refresh_from_db()
    case = Case.objects.filter(pk=complaint.case_id or 0)
    case.update(state=Lead.FILED)
    act(hearer, address_of(complaint), "file")
    act(hearer, address_of(complaint), "tell", note="已立案。")
    make_item(at=Stage.DEMANDED, amount="30000.00", case=case.get().number, place=complaint.place)
    case.update(state=Lead.ARCHIVED)
    act(desks["chief"], address_of(complaint), "conclude", complaint_outcome="upheld", note="举报属实。")


def granted(desks: Desks, complaint: Complaint) -> Reward:
    """Proposed, approved by two and told, on the pages of rewards."""
    page = desks["hearer"]
    page.goto(f"/desk/rewards/?complaint={complaint.number}")
    page.locator("form[action$='/new/'] button").click()
    page.wait_for_url("**/desk/rewards/JL-*/")
    address = page.url
    act(page, address, "propose", reward_level="1", reward_statements=list(EXCLUDED), note="线索具体。")
    act(desks["other_chief"], address, "check", no_interest=list(INTEREST))
    act(desks["third_chief"], address, "approve", no_interest=list(INTEREST))
    act(page, address, "notify")
    return Reward.objects.get()


def claimed(who: Reporter, receipt: str) -> None:
    """An objection without words is sent back, and so is an empty claim; what is given then stands on no page."""
    who.comes_back(receipt)
    assert "举报属实。" in who.says()
    who.page.locator("button[value=object]").click()
    expect(who.page.locator("#errors")).to_be_focused()
    who.page.locator("form[action='/report/reward/'] button").click()
    who.page.locator("button[value=claim]").click()
    expect(who.page.locator("#errors")).to_be_focused()
    for name in ("holder", "bank", "account"):
        who.page.locator(f"#{name}").fill(BANK[name])
    who.page.locator("button[value=claim]").click()
    expect(who.page.locator(".done")).to_be_visible()
    assert not any(words in who.page.content() for words in (BANK["holder"], BANK["account"]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_an_anonymous_report_is_heard_answered_found_true_and_rewarded(
    browser: Browser, live_server: LiveServer, people: dict[str, Account], language: str, size: str
) -> None:
    wrong: list[str] = []
    who = reporter(browser, live_server, wrong, language, size)
    receipt = told(who)
    complaint = Complaint.objects.get()
    photo = keeping.opened(keeping.of(complaint.number).get())
    assert b"GPS" not in photo
    assert b"Li Ming" not in photo

    def enters(page: Page, account: Account) -> None:
        sign_in_at_once(page, live_server, account)

    with at_their_desks(browser, live_server, people, enters) as desks:
        for move in ("register", "accept", "verify"):
            act(desks["hearer"], address_of(complaint), move)
        asked(desks["hearer"], complaint)
        answered(who, receipt)
        desks["hearer"].goto(address_of(complaint))
        assert ANSWER in desks["hearer"].locator("main").inner_text()
        concluded(desks, complaint)
        reward = granted(desks, complaint)
        claimed(who, receipt)
        taking_up.take_up()  # by night
        act(desks["hearer"], f"/desk/rewards/{reward.number}/", "issue")
    who.comes_back(receipt)
    assert "举报属实。" in who.says()
    who.page.context.close()
    assert not [one for one in wrong if REFUSED not in one], "\n".join(wrong)


def opened_by_two(desks: Desks, complaint: Complaint) -> None:
    page = desks["opener"]
    page.goto(f"/desk/identities/ask/?subject={complaint.number}")
    page.locator("[name=purpose]").select_option("tell")
    page.locator("[name=reason]").fill("须将处理结果书面告知。")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/desk/identities/*/")
    opening = Opening.objects.get()
    second = desks["second"]
    second.goto(opening.get_absolute_url())
    second.locator("button[value=approve]").click()
    second.wait_for_load_state()
    page.goto(opening.get_absolute_url())
    page.locator("form[action$='/read/'] button").click()
    expect(page.locator(".marked")).to_contain_text(WHO["name"])
    page.goto(opening.get_absolute_url())
    assert WHO["name"] not in page.content()


@pytest.mark.parametrize(("language", "size"), [("en", "telephone"), ("zh-hans", "wide")])
def test_a_name_is_opened_by_two_people_and_its_owner_sees_day_and_purpose(
    browser: Browser, live_server: LiveServer, people: dict[str, Account], portal: Path, language: str, size: str
) -> None:
    wrong: list[str] = []
    who = reporter(browser, live_server, wrong, language, size)
    who.kind = "named"
    receipt = told(who)
    who.comes_back(receipt)
    assert NOBODY[language] in who.says()
    complaint = Complaint.objects.get()
    with running(portal / "vault.log"), at_their_desks(browser, live_server, people) as desks:
        desks["hearer"].goto(address_of(complaint))
        assert not any(words in desks["hearer"].content() for words in WHO.values())
        opened_by_two(desks, complaint)
    who.comes_back(receipt)
    expect(who.page.locator("main")).not_to_contain_text(NOBODY[language])
    expect(who.page.locator(".talk li")).to_contain_text(str(timezone.localdate().year))  # the day, and what it was for
    assert not any(words in who.page.content() for words in WHO.values())
    who.page.context.close()
    assert not [one for one in wrong if REFUSED not in one], "\n".join(wrong)
