"""A citizen's way through the pages, without a script and without an account."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from supervision.audit.models import Entry
from supervision.complaints import receipts
from supervision.complaints.gate import proving
from supervision.complaints.models import Complaint
from supervision.complaints.portal import reporting
from supervision.complaints.vault.models import Identity
from tests.builders import make_institution
from tests.complaints.building import FACTS, WHO, ComplaintDesk, concluded, file
from tests.complaints.gate.test_proving import solved

ANSWERS: dict[str, Any] = {
    "kind": "tip", "facts": FACTS, "about": "institution", "search": "001", "target": "institution:H99010100001",
    "named_as": "", "when": "last spring", "amount": "2,000", "who": "anonymous", "name": "", "phone": "",
    "address": "", "wants_reward": "yes",
}  # fmt: skip
NAMED = {"who": "named", **WHO}


@pytest.fixture
def citizen(client: Client) -> Client:
    make_institution()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def go(citizen: Client, step: str, to: str = "next", **answers: Any) -> str:
    """A page is sent; what comes back."""
    answer = citizen.post("/report/", {**ANSWERS, "step": step, "to": to, **answers})
    assert answer.status_code == 200
    return answer.content.decode()


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    return found[1].strip() if found else ""


def sent(citizen: Client, ticket: str = "", **answers: Any) -> str:
    ticket = ticket or receipts.draw_ticket()
    return go(citizen, "check", "send", ticket=ticket, proof=solved(proving.challenge()), **answers)


def receipt_on(page: str) -> str:
    found = re.search(r'name="receipt" value="([0-9A-Z]{16})"', page)
    assert found
    return found[1]


def test_seven_pages_lead_from_the_first_question_to_the_receipt(citizen: Client) -> None:
    first = citizen.get("/report/").content.decode()
    assert heading(first) == "What do you want to tell us?"
    ways = ["what", "facts", "where", "when", "files", "who"]
    headings = [heading(go(citizen, step)) for step in ways]
    assert headings == [
        "What happened?", "Where, and who?", "When, and how much money?",
        "Do you have photographs or other evidence?", "Who are you?", "Check your answers",
    ]  # fmt: skip
    page = sent(citizen)
    assert "This is your receipt" in page
    assert Complaint.objects.get().facts == FACTS
    assert str(Complaint.objects.get().amount) == "2000.00"


def test_the_receipt_is_typed_back_before_one_leaves(citizen: Client) -> None:
    receipt = receipt_on(sent(citizen))
    wrong = citizen.post("/report/kept/", {"receipt": receipt, "end": "0000" if receipt[-4:] != "0000" else "1111"})
    assert "Those are not its last four characters" in wrong.content.decode()
    right = citizen.post("/report/kept/", {"receipt": receipt, "end": receipt[-4:].lower()})
    assert "You have your receipt" in right.content.decode()


@pytest.mark.parametrize(
    ("step", "answers", "words"),
    [
        ("what", {"kind": ""}, "Choose one of the two."),
        ("facts", {"facts": "  "}, "Write what happened"),
        ("where", {"target": ""}, "tick the institution or at least the place"),
        ("where", {"target": "institution:none"}, "tick the institution or at least the place"),
        ("when", {"amount": "a lot"}, "Write an amount in yuan"),
        ("when", {"amount": "-5"}, "Write an amount in yuan"),
        ("when", {"amount": "1e400"}, "Write an amount in yuan"),
        ("who", {"who": ""}, "Choose one of the two."),
        ("who", {"who": "named"}, "Write your name"),
        ("who", {"who": "named", "name": "Li", "phone": "12"}, "telephone number at which we reach you"),
    ],
)
def test_a_wrong_turn_is_told_beside_the_field_and_nothing_is_lost(
    citizen: Client, step: str, answers: dict[str, str], words: str
) -> None:
    page = go(citizen, step, **answers)
    assert f'name="step" value="{step}"' in page
    assert page.count(words) == 2  # on top, and beside the field
    assert "<title>Error:" in page
    kept = {name: value for name, value in ANSWERS.items() if value and name not in answers}
    for name, value in kept.items():
        assert str(value).replace(",", "") in page.replace(",", ""), name
    wrong_at_the_end = go(citizen, "check", "send", **answers)
    assert f'name="step" value="{step}"' in wrong_at_the_end
    assert not Complaint.objects.exists()


def test_one_goes_back_without_mending_anything_first(citizen: Client) -> None:
    page = go(citizen, "when", "facts", amount="nonsense")
    assert heading(page) == "What happened?"
    assert 'name="amount" value="nonsense"' in page


def test_full_width_digits_and_a_unit_are_understood(citizen: Client) -> None:
    sent(citizen, amount="２０００ 元")
    assert str(Complaint.objects.get().amount) == "2000.00"


def test_another_tongue_keeps_page_and_answers(citizen: Client) -> None:
    answer = citizen.post("/report/", {**ANSWERS, "step": "when", "language": "zh-hans"})
    page = answer.content.decode()
    assert 'name="step" value="when"' in page
    assert FACTS in page
    assert answer.cookies["django_language"].value == "zh-hans"


def test_institutions_are_found_by_name_and_place(citizen: Client) -> None:
    for words in ("第001医院", "Hospital 001", "澜岸区", "Yunze 001", "di001yiyuan", "d001yy"):
        page = go(citizen, "where", "search", search=words, target="")
        assert 'value="institution:H99010100001"' in page, words
    assert "Nothing was found" in go(citizen, "where", "search", search="没有这个", target="")


def test_sending_twice_gives_the_same_receipt_and_one_report(citizen: Client) -> None:
    ticket = receipts.draw_ticket()
    proof = solved(proving.challenge())
    pages = [go(citizen, "check", "send", ticket=ticket, proof=proof) for _turn in range(2)]
    assert receipt_on(pages[0]) == receipt_on(pages[1])
    assert Complaint.objects.count() == 1


def test_without_a_proof_of_work_nothing_is_taken_and_nothing_is_lost(citizen: Client) -> None:
    page = go(citizen, "check", "send", ticket=receipts.draw_ticket(), proof="")
    assert "It was not sent" in page
    assert FACTS in page
    assert not Complaint.objects.exists()


def test_who_gives_a_name_finds_it_in_no_page_and_no_table_afterwards(citizen: Client) -> None:
    receipt = receipt_on(sent(citizen, **NAMED))
    assert Identity.objects.filter(subject=Complaint.objects.get().number).exists()
    page = citizen.post("/report/follow/", {"receipt": receipt}).content.decode()
    assert "Nobody has opened your identity." in page
    assert not any(words in page for words in WHO.values())


def test_who_chooses_to_stay_anonymous_after_all_is(citizen: Client) -> None:
    sent(citizen, **{**NAMED, "who": "anonymous"})
    assert not Identity.objects.exists()
    assert not Complaint.objects.get().named


def test_what_a_citizen_does_leaves_no_session_no_act_and_no_address(citizen: Client) -> None:
    acts = Entry.objects.count()
    receipt = receipt_on(sent(citizen))
    citizen.post("/report/follow/", {"receipt": receipt})
    citizen.post("/report/follow/act/", {"receipt": receipt, "words": "more", "once": "1", "act": "say"})
    assert Entry.objects.count() == acts
    assert set(citizen.cookies) <= {"csrftoken", "django_language"}


def test_status_and_messages_are_read_with_the_receipt(citizen: Client, desk_of_complaints: ComplaintDesk) -> None:
    filed = file()
    concluded(filed.complaint, desk_of_complaints)
    page = citizen.post("/report/follow/", {"receipt": receipts.shown(filed.receipt).lower()}).content.decode()
    assert "no violation was found" in page
    assert "Concluded" in page
    assert "hearer" not in page
    answer = citizen.post(
        "/report/follow/act/", {"receipt": filed.receipt, "words": "I do not agree", "once": "2", "act": "object"}
    )
    assert "Your objection is in." in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "1234", "0" * 16, "💥" * 30, "a" * 200])
def test_a_wrong_receipt_is_told_so(citizen: Client, typed: str) -> None:
    for address in ("/report/follow/", "/report/follow/act/", "/report/kept/", "/report/acknowledgement/"):
        page = citizen.post(address, {"receipt": typed}).content.decode()
        assert "There is no report with this receipt." in page, address


def test_what_nobody_can_see_is_left_out(citizen: Client) -> None:
    sent(citizen, facts="a\u200bb\u202ec")
    assert Complaint.objects.get().facts == "abc"


def test_the_acknowledgement_is_saved_and_checked(citizen: Client) -> None:
    receipt = receipt_on(sent(citizen))
    saved = citizen.post("/report/acknowledgement/", {"receipt": receipt})
    assert "attachment" in saved["Content-Disposition"]
    text = saved.content.decode()
    assert "This site signed" in citizen.post("/report/acknowledgement/verify/", {"text": text}).content.decode()
    changed = text.replace("kind tip", "kind grievance")
    assert "did not sign" in citizen.post("/report/acknowledgement/verify/", {"text": changed}).content.decode()


def test_pages_are_few_and_every_question_stands_on_its_own() -> None:
    assert len(reporting.NAMES) + 1 <= 8


def test_no_page_of_the_portal_asks_another_host_or_says_where_one_came_from(
    citizen: Client, settings: Settings
) -> None:
    for page in (
        citizen.get("/report/"),
        citizen.get("/report/follow/"),
        citizen.get("/report/acknowledgement/verify/"),
    ):
        body = page.content.decode()
        hosts = set(re.findall(r'(?:src|href|action)="(https?://[^"]+)"', body))
        assert hosts <= {settings.QUICK_EXIT}
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "same-origin"


def test_no_cookie_of_the_portal_outlives_the_browser(citizen: Client) -> None:
    citizen.get("/")
    go(citizen, "facts")
    citizen.post("/report/", {**ANSWERS, "step": "when", "language": "zh-hans"})
    citizen.post("/report/follow/", {"receipt": file().receipt})
    assert set(citizen.cookies) <= {"csrftoken", "django_language"}
    assert all(not cookie["max-age"] and not cookie["expires"] for cookie in citizen.cookies.values())


def say(citizen: Client, receipt: str, words: str, *, once: str = "1", act: str = "say") -> str:
    sent = {"receipt": receipt, "words": words, "once": once, "act": act}
    return citizen.post("/report/follow/act/", sent).content.decode()


def test_what_was_mended_after_a_broken_line_is_another_message(citizen: Client) -> None:
    """The server had the first, and its answer was lost: the page still bears what it was given."""
    filed = file()
    for words in ("on 3 March", "on 3 March", "on 4 March", "\0"):
        assert "Your message is in." in say(citizen, filed.receipt, words)
    assert [message.words for message in filed.complaint.messages.all()] == ["on 3 March", "on 4 March", "\0"]


def test_an_objection_sent_twice_is_told_to_be_in_both_times(
    citizen: Client, desk_of_complaints: ComplaintDesk
) -> None:
    filed = file()
    concluded(filed.complaint, desk_of_complaints)
    for _turn in range(2):
        assert "Your objection is in." in say(citizen, filed.receipt, "no", act="object")
    assert "nothing here that could be objected to" in say(citizen, filed.receipt, "not so", act="object")


def test_one_receipt_does_not_fill_the_desk(citizen: Client, settings: Settings) -> None:
    settings.MESSAGES_A_DAY = 2
    filed = file()
    pages = [say(citizen, filed.receipt, f"message {number}") for number in range(3)]
    assert "as much as can be said in one day" in pages[2] and "message 2" in pages[2]
    assert filed.complaint.messages.count() == 2
