"""What an institution sees of the findings about it, and what it can do there; and what somebody else cannot."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from institutions.models import Account, Duty, Institution
from supervision.audit.models import Act, Entry
from supervision.hearing import answering, attaching
from supervision.hearing.answering import LineAnswer
from supervision.hearing.deciding import Decisions, LineDecision
from supervision.hearing.models import Attachment, Draft, FrozenClaim, Hearing, HearingLine, State
from supervision.hearing.workflow import HEARING
from tests.builders import make_account, make_institution, make_line
from tests.hearing import hostile
from tests.hearing.charged import claim_of, make_claim
from tests.hearing.heard import answered, make_answerer, make_lines, notified, run_out

LIST = "/institution/findings/"
GROUNDS = "the member is a woman by the register"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def hearing(first: Account, place: Institution, tmp_path: Path, settings: Settings) -> Hearing:
    """Sent to the hospital: lines 1 and 2 of its claim 7, which has three."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    make_claim(tmp_path / "staged", claim_of(place, 7), 6000, 4000, 700)
    return notified(make_lines("60", "40", place=place, claim=claim_of(place, 7)), first)


def another(folder: Path, place: Institution, first: Account, **facts: str) -> Hearing:
    """A further finding that was sent: of claim 8, with one line."""
    claim = claim_of(place, 8)
    make_claim(folder / place.pk, claim, 500)
    return notified(make_lines("5", place=place, claim=claim, **facts), first)


def signed_in(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


@pytest.fixture
def browser(hospital: Account) -> Client:
    return signed_in(hospital)


def page(browser: Client, address: str) -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


def at(hearing: Hearing, act: str = "") -> str:
    return f"{LIST}{hearing.pk}/{act}"


def filled(hearing: Hearing, *answers: tuple[str, str], turn: int = 0) -> dict[str, object]:
    """The page's form: answer and grounds of each line."""
    fields: dict[str, object] = {}
    for line, (answer, grounds) in zip(hearing.lines.all(), answers, strict=True):
        name = f"line-{line.pk}"
        fields |= {f"{name}-answer": answer, f"{name}-grounds": grounds, f"{name}-turn": turn}
    return fields


def send(browser: Client, hearing: Hearing, *, follow: bool = True) -> str:
    """As the check page sends it."""
    said = {"turn": hearing.turn, "checked": answering.stamp(hearing)}
    return browser.post(at(hearing, "send/"), said, follow=follow).content.decode()


# --- Reading ------------------------------------------------------------------------------------------


def test_what_must_be_answered_stands_first_with_its_deadline(
    browser: Client, hearing: Hearing, hospital: Account, first: Account, place: Institution, tmp_path: Path
) -> None:
    other = answered(another(tmp_path, place, first), hospital, "")
    shown = page(browser, LIST)
    assert shown.index(f"{LIST}{hearing.pk}/") < shown.index(f"{LIST}{other.pk}/")
    assert "To be answered (1)" in shown and "Being looked into (1)" in shown and "Decided (0)" in shown
    assert "working days (" in shown


def test_the_list_is_filtered_by_group_rule_month_and_claim(
    browser: Client, hearing: Hearing, first: Account, place: Institution, tmp_path: Path
) -> None:
    other = another(tmp_path, place, first, rule="item_sex_restricted", month="2026-02")

    def listed(query: str) -> set[int]:
        return {int(number) for number in re.findall(rf'{LIST}(\d+)/"', page(browser, f"{LIST}?{query}"))}

    assert listed("show=answer") == {hearing.pk, other.pk}
    assert listed("show=decided") == set()
    assert listed("rule=item_sex_restricted") == listed("month=2026-02") == {other.pk}
    assert listed("claim=7") == {hearing.pk}
    assert listed("claim=%00&show=nothing&month=x") == set()


def test_a_finding_says_its_reason_its_rule_its_lines_and_its_deadline(browser: Client, hearing: Hearing) -> None:
    shown = page(browser, at(hearing))
    for words in (hearing.finding.because_en, "¥60.00", "项目1", "肺炎", "working days (", "Legal basis", "Innocent"):
        assert words in shown, words
    assert shown.count('<tr class="accused">') == 2  # of three lines
    assert Entry.objects.filter(act=Act.READ, subject=str(hearing)).count() == 1


def test_in_chinese_the_reason_is_chinese(hospital: Account, hearing: Hearing) -> None:
    browser = signed_in(hospital)
    shown = browser.get(at(hearing), headers={"accept-language": "zh-hans"}).content.decode()
    assert hearing.finding.because_zh in shown and hearing.finding.because_en not in shown


def test_what_is_shown_of_the_claim_is_what_was_frozen(browser: Client, hearing: Hearing, tmp_path: Path) -> None:
    frozen = FrozenClaim.objects.get()
    assert frozen.snapshot.batch is not None
    make_claim(tmp_path / "staged", claim_of(hearing.institution, 7), 999, ended=frozen.snapshot.batch)
    shown = page(browser, at(hearing))
    assert "¥60.00" in shown and "¥9.99" not in shown and frozen.digest in shown


def test_another_hospitals_claim_that_a_line_names_is_frozen_and_not_shown(
    browser: Client, first: Account, place: Institution, tmp_path: Path, settings: Settings
) -> None:
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    elsewhere = make_institution("H99020100001", "990201")
    make_claim(tmp_path / "staged", claim_of(place, 7), 6000)
    make_claim(tmp_path / "staged", claim_of(elsewhere, 8), 12345)
    finding = make_lines("60", place=place, claim=claim_of(place, 7))
    make_line(finding, claim=claim_of(elsewhere, 8), charge=f"{claim_of(elsewhere, 8)}:1", role="involved")
    shown = page(browser, at(notified(finding, first)))
    assert FrozenClaim.objects.count() == 2
    assert "¥60.00" in shown and "¥123.45" not in shown


def test_the_rule_is_shown_as_it_read_when_it_found_this(browser: Client, hearing: Hearing) -> None:
    shown = page(browser, at(hearing, "rule/"))
    assert "drug_sex_restricted" in shown and "Rule card" in shown


def test_the_history_names_departments_and_no_reviewers(
    browser: Client, hearing: Hearing, hospital: Account, second: Account
) -> None:
    hearing = HEARING.make(answered(hearing, hospital, "", GROUNDS), "second_review", by=second, note="between us")
    shown = page(browser, at(hearing))
    history = shown[shown.index('id="history"') :]
    assert "Yunze" in history and "hospital" in history
    assert all(word not in history for word in ("first<", "second<", "between us", "Take up"))


def test_the_decision_is_shown_with_its_reasons_once_it_is_made(
    browser: Client, hearing: Hearing, hospital: Account, second: Account
) -> None:
    hearing = HEARING.make(answered(hearing, hospital, "", GROUNDS), "second_review", by=second)
    assert "What it comes to" not in page(browser, at(hearing))
    _one, two = hearing.lines.values_list("pk", flat=True)
    lines = Decisions({two: LineDecision(HearingLine.Decision.WITHDRAWN, reason="the register was wrong")})
    hearing = HEARING.make(hearing, "uphold", by=second, note="so decided", lines=lines)
    shown = page(browser, at(hearing))
    assert "the register was wrong" in shown and "¥48.00<small>the fund paid ¥80.00 of" in shown
    assert "Letters about it" in shown


def test_silence_is_called_silence(browser: Client, hearing: Hearing) -> None:
    run_out(hearing)
    from supervision.hearing.window import expire_due  # noqa: PLC0415

    assert expire_due() == 1
    shown = page(browser, at(hearing))
    assert shown.count("accepted by silence") == 2 and "the site itself" in shown
    assert browser.get(at(hearing, "receipt/")).status_code == 404


def test_the_front_page_says_how_many_wait_and_until_when(browser: Client, hearing: Hearing, hospital: Account) -> None:
    shown = page(browser, "/institution/")
    assert "1 finding" in shown and "The nearest is to be answered by" in shown
    answered(hearing, hospital, "", "")
    assert "None at present." in page(browser, "/institution/")


def test_a_page_asks_the_stores_as_often_for_thirty_findings_as_for_three(
    browser: Client, first: Account, place: Institution
) -> None:
    def asked(address: str) -> int:
        page(browser, address)
        with CaptureQueriesContext(connection) as queries:
            page(browser, address)
        return len(queries)

    some = [notified(make_lines("5", place=place), first) for _number in range(3)]
    few = [asked(LIST), asked(f"{LIST}?show=answer")]
    for _number in range(9):
        notified(make_lines("5", place=place), first)
    assert [asked(LIST), asked(f"{LIST}?show=answer")] == few
    long = notified(make_lines(*["1"] * 30, place=place), first)
    assert asked(at(long)) == asked(at(some[0]))


# --- Answering ----------------------------------------------------------------------------------------


def test_from_the_page_to_the_receipt(browser: Client, hearing: Hearing, hospital: Account) -> None:
    form = filled(hearing, ("accepted", ""), ("appealed", GROUNDS))
    line = hearing.lines.latest("pk")
    form[f"line-{line.pk}-evidence"] = SimpleUploadedFile("register.pdf", hostile.pdf())
    checked = browser.post(at(hearing, "drafts/"), {**form, "check": "on"}, follow=True).content.decode()
    assert "Accepted: 1, appealed: 1" in checked and "register.pdf" in checked and GROUNDS in checked
    receipt = send(browser, hearing)
    assert "Your answer was taken" in receipt and GROUNDS in receipt
    assert hearing.events.latest("pk").facts["digest"] in receipt
    hearing.refresh_from_db()
    assert (hearing.state, Draft.objects.count(), Attachment.objects.get().line) == (State.APPEALED, 0, line)


def test_all_lines_are_accepted_at_once_and_checked_before(browser: Client, hearing: Hearing) -> None:
    checked = browser.post(at(hearing, "all/"), {"answer": "accepted", "over": "on"}, follow=True).content.decode()
    assert "Accepted: 2, appealed: 0" in checked
    hearing.refresh_from_db()
    assert hearing.state == State.NOTIFIED
    send(browser, hearing)
    hearing.refresh_from_db()
    assert hearing.state == State.ACCEPTED


def test_while_one_writes_the_line_is_kept(browser: Client, hearing: Hearing) -> None:
    line = hearing.lines.earliest("pk")
    name = f"line-{line.pk}"
    said = {f"{name}-answer": "appealed", f"{name}-grounds": "half a tho", f"{name}-turn": 0}
    kept = browser.post(f"{LIST}lines/{line.pk}/", said).content.decode()
    assert "Draft kept" in kept and f'name="{name}-turn" value="1"' in kept
    assert "half a tho" in page(browser, at(hearing))


def test_an_incomplete_answer_is_not_offered_for_sending(browser: Client, hearing: Hearing) -> None:
    browser.post(at(hearing, "drafts/"), filled(hearing, ("appealed", ""), ("", "")))
    shown = page(browser, at(hearing, "check/"))
    assert "2 lines still need an answer" in shown and "Send the answer" not in shown
    assert "Answer every line." in send(browser, hearing)


def test_a_file_that_is_refused_is_named_and_the_rest_is_kept(browser: Client, hearing: Hearing) -> None:
    line = hearing.lines.earliest("pk")
    form = filled(hearing, ("appealed", GROUNDS), ("accepted", ""))
    form[f"line-{line.pk}-evidence"] = [
        SimpleUploadedFile("virus.pdf", b"MZ"), SimpleUploadedFile("good.png", hostile.picture())
    ]  # fmt: skip
    answer = browser.post(at(hearing, "drafts/"), {**form, "check": "on"})
    shown = answer.content.decode()
    assert "virus.pdf: By its content it is no PDF" in shown and "<title>\n    Error:" not in shown
    assert "One line needs mending" in shown and GROUNDS in shown
    assert list(Attachment.objects.values_list("name", flat=True)) == ["good.png"]
    assert answering.drafted(hearing) == dict(
        zip(
            hearing.lines.values_list("pk", flat=True),
            [LineAnswer("appealed", GROUNDS), LineAnswer("accepted")],
            strict=True,
        )
    )


def test_of_two_colleagues_who_write_the_later_is_shown_what_the_other_wrote(
    browser: Client, hearing: Hearing, place: Institution
) -> None:
    line, colleague = hearing.lines.earliest("pk"), make_answerer(place, "colleague")
    answering.draft(line, LineAnswer("appealed", "seen by the colleague"), by=colleague, turn=0)
    form = filled(hearing, ("accepted", "my own words"), ("accepted", ""))
    shown = browser.post(at(hearing, "drafts/"), form).content.decode()
    assert "colleague has written something else" in shown
    assert "seen by the colleague" in shown and "my own words" in shown
    turn = re.search(rf'name="line-{line.pk}-turn" value="(\d+)"', shown)
    assert turn is not None
    browser.post(at(hearing, "drafts/"), {**form, f"line-{line.pk}-turn": turn[1]})
    assert Draft.objects.get(line=line).grounds == "my own words"


def test_who_sends_what_a_colleague_has_changed_or_sent_is_told(
    browser: Client, hearing: Hearing, place: Institution
) -> None:
    colleague = make_answerer(place, "colleague")
    answering.draft_all(hearing, LineAnswer("accepted"), by=colleague, over=True)
    stale = {"turn": hearing.turn, "checked": answering.stamp(hearing)}
    answering.draft(hearing.lines.earliest("pk"), LineAnswer("appealed", GROUNDS), by=colleague, turn=1)
    assert "check them again" in browser.post(at(hearing, "send/"), stale, follow=True).content.decode()
    answering.send(hearing, by=colleague, turn=None, checked=answering.stamp(hearing))
    told = browser.post(at(hearing, "send/"), stale, follow=True).content.decode()
    assert "Somebody has moved on since you looked: colleague" in told


def test_sent_twice_it_counts_once(browser: Client, hearing: Hearing) -> None:
    browser.post(at(hearing, "all/"), {"answer": "accepted", "over": "on"})
    said = {"turn": hearing.turn, "checked": answering.stamp(hearing)}
    for _time in range(2):
        browser.post(at(hearing, "send/"), said, follow=True)
    assert hearing.events.filter(move="accept").count() == 1


def test_after_the_window_the_page_takes_nothing_and_says_so(browser: Client, hearing: Hearing) -> None:
    run_out(hearing)
    form = {**filled(hearing, ("accepted", ""), ("accepted", "")), "check": "on"}
    assert "The time to answer has run out." in browser.post(at(hearing, "drafts/"), form, follow=True).content.decode()
    browser.post(at(hearing, "all/"), {"answer": "accepted"})
    browser.post(at(hearing, "send/"), {"turn": hearing.turn, "checked": 0})
    hearing.refresh_from_db()
    assert (hearing.state, Draft.objects.count()) == (State.NOTIFIED, 0)
    assert "Check the answers" not in page(browser, at(hearing))


def test_a_file_is_taken_away_and_taken_back(browser: Client, hearing: Hearing, hospital: Account) -> None:
    attachment = attaching.attach(hearing, SimpleUploadedFile("a.pdf", hostile.pdf()), by=hospital)
    answer = browser.get(f"{LIST}files/{attachment.pk}/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert Entry.objects.latest("number").subject == f"file {attachment.pk} of {hearing}"
    browser.post(f"{LIST}files/{attachment.pk}/remove/")
    assert Attachment.objects.count() == 0


# --- Who has no business here -------------------------------------------------------------------------


def test_a_neighbour_a_regulator_and_a_stranger_find_nothing_at_any_address(
    hearing: Hearing, hospital: Account, first: Account
) -> None:
    attachment = attaching.attach(hearing, SimpleUploadedFile("a.pdf", hostile.pdf()), by=hospital)
    line = hearing.lines.earliest("pk")
    neighbour = make_answerer(make_institution("H99010100002"), "neighbour")
    reads = [at(hearing, act) for act in ("", "rule/", "receipt/", "check/")] + [f"{LIST}files/{attachment.pk}/"]
    acts = [at(hearing, act) for act in ("drafts/", "all/", "send/")]
    acts += [f"{LIST}lines/{line.pk}/", f"{LIST}files/{attachment.pk}/remove/"]
    said = {"turn": hearing.turn, "checked": 0, "answer": "accepted", f"line-{line.pk}-answer": "accepted"}
    for account, status in ((neighbour, 404), (first, 404), (None, 302)):
        client = signed_in(account) if account else Client()
        assert {client.get(address).status_code for address in reads} == {status}
        assert {client.post(address, said).status_code for address in acts} == {status}
    assert f"{LIST}{hearing.pk}/" not in page(signed_in(neighbour), LIST)
    assert (Draft.objects.count(), Attachment.objects.count(), set(hearing.lines.values_list("answer", flat=True))) == (
        0, 1, {""}
    )  # fmt: skip


def test_lines_of_another_finding_slipped_into_a_form_are_left_alone(
    browser: Client, hearing: Hearing, first: Account, place: Institution, tmp_path: Path
) -> None:
    other = another(tmp_path, place, first)
    theirs = another(tmp_path, make_institution("H99010100002"), first)
    form = filled(hearing, ("accepted", ""), ("accepted", ""))
    form |= filled(other, ("accepted", "")) | filled(theirs, ("accepted", ""))
    browser.post(at(hearing, "drafts/"), form)
    assert set(Draft.objects.values_list("line__hearing", flat=True)) == {hearing.pk}


def test_a_finding_that_was_not_sent_yet_is_not_there(browser: Client, first: Account, place: Institution) -> None:
    from supervision.hearing.opening import open_hearing  # noqa: PLC0415

    hearing = open_hearing(make_lines("5", place=place), by=first)
    assert browser.get(at(hearing)).status_code == 404
    assert "(1)" not in page(browser, LIST)


def test_without_the_duty_it_is_read_and_not_answered(hearing: Hearing, place: Institution) -> None:
    browser = signed_in(make_account("clerk", institution=place, duties=[Duty.INTAKE]))
    shown = page(browser, at(hearing))
    assert "You may read this, not answer it" in shown and "drafts/" not in shown
    for act in ("drafts/", "all/", "send/"):
        assert browser.post(at(hearing, act)).status_code == 403
    assert Entry.objects.filter(act=Act.DENIAL).count() == 3


def test_hostile_words_are_shown_as_words(browser: Client, hearing: Hearing) -> None:
    evil = '<script>alert(1)</script>{{ 7|add:"7" }}'
    browser.post(at(hearing, "drafts/"), filled(hearing, ("appealed", evil), ("appealed", evil)))
    for address in (at(hearing), at(hearing, "check/")):
        shown = page(browser, address)
        assert "<script>alert" not in shown and "&lt;script&gt;alert(1)" in shown


def test_what_is_no_answer_is_refused_and_what_was_written_stays(browser: Client, hearing: Hearing) -> None:
    form = filled(hearing, ("withdrawn", "x"), ("accepted", "")) | {"line-999999-turn": "0"}
    shown = browser.post(at(hearing, "drafts/"), form).content.decode()
    assert "One line needs mending" in shown
    for said in ({}, {"turn": "x"}, {"turn": "-1", "checked": "9" * 40}):
        assert browser.post(at(hearing, "send/"), said).status_code == 302
    assert browser.post(at(hearing, "all/"), {"answer": "withdrawn"}).status_code == 302
    hearing.refresh_from_db()
    assert hearing.state == State.NOTIFIED
