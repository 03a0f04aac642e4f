"""What an institution sees of its connection and its reminders, and what it does there."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from institutions import standing
from institutions.models import Account, Duty, Institution
from supervision.audit.models import Act, Entry
from supervision.review import refusing, reviewing, self_checking
from supervision.review.gateway import signing
from supervision.review.institution import calls
from supervision.review.models import Connection, Handling, Key, Message, Refusal, Remark, SelfCheck
from tests.builders import make_account, make_division, make_institution
from tests.claims.building import a_claim, a_diagnosis, a_line, write_folder
from tests.review.messages import FOR_WOMEN, INSTITUTION, asking, encounter, order, sent, told
from tests.review.remarked import make_remark

RULE = "item_sex_restricted"
EN = {"accept-language": "en"}


@pytest.fixture
def clerk(hospital: Institution) -> Account:
    return make_account("clerk", institution=hospital, duties=[Duty.INTAKE, Duty.CONNECT])


@pytest.fixture
def browser(client: Client, clerk: Account) -> Client:
    """Somebody of the hospital, signed in, reading English."""
    client.force_login(clerk)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def taken(browser: Client, address: str) -> str:
    """The text of a file that is taken away."""
    parts: Any = browser.get(address)
    return b"".join(parts.streaming_content).decode()


def remind(msgid: str = "M1", **facts: Any) -> Remark:
    """The hospital asks about an order for a man of something for women."""
    said = asking(encounter(order(), order(2, FOR_WOMEN, sumamt=60, pric=60, cnt=1, **facts)), msgid=msgid)
    reviewing.take(sent(said), institution=INSTITUTION)
    found: Remark = Remark.objects.latest("pk")
    return found


def make_handling(way: str, division: str = "990101") -> None:
    """What a place does about the rule."""
    by = make_account(f"regulator of {division}", division)
    Handling.objects.create(rule=RULE, division=make_division(division), way=way, reason="a pilot", set_by=by)


# --- Connection ---------------------------------------------------------------------------------------------


def test_the_page_says_what_was_heard_and_how_it_ended(browser: Client) -> None:
    assert "Your system has not sent a message yet." in page(browser, "/institution/connection/")
    remind()
    reviewing.take(sent(asking(msgid="quiet")), institution=INSTITUTION)
    reviewing.take(sent(asking(encounter(order(cnt=0)), msgid="broken")), institution=INSTITUTION)
    shown = page(browser, "/institution/connection/")
    for words in ("1 remark", "nothing found", "cnt is not above 0", "fsi_order_dtos[0]", "broken"):
        assert words in shown
    assert "<dt>3101 reminder</dt><dd>2</dd>" in shown


def test_a_hundred_refusals_do_not_hide_that_it_was_heard(browser: Client, hospital: Institution) -> None:
    remind()
    Refusal.objects.bulk_create(Refusal(institution=hospital, reason="is missing") for _row in range(calls.SHOWN))
    shown = page(browser, "/institution/connection/")
    assert "Your system has not sent a message yet." not in shown
    assert shown.count("is missing") == calls.SHOWN


def test_of_a_refused_message_nothing_personal_is_kept_and_no_more_than_a_hundred(hospital: Institution) -> None:
    for number in range(refusing.KEPT + 3):
        reviewing.take(sent(asking(encounter(order(cnt=0)), msgid=f"{number}")), institution=INSTITUTION)
    assert Refusal.objects.count() == refusing.KEPT
    assert set(Refusal.objects.values_list("msgid", flat=True)) == {str(number) for number in range(3, 103)}
    assert not any("测试甲" in str(value) for row in Refusal.objects.values_list() for value in row)
    reviewing.take(b"{", institution=INSTITUTION)
    assert Refusal.objects.latest("pk").field == ""


def test_a_key_is_opened_shown_again_and_closed(browser: Client, hospital: Institution) -> None:
    opened = browser.post("/institution/connection/keys/")
    key = Key.objects.get()
    assert (key.name, key.opened_by_id is not None) == (f"{INSTITUTION}.1", True)
    assert signing.secret(key.name) in opened.content.decode()
    assert "no-store" in opened.headers["Cache-Control"]
    assert signing.secret(key.name) not in page(browser, "/institution/connection/")
    assert signing.secret(key.name) in browser.post(f"/institution/connection/keys/{key.pk}/secret/").content.decode()
    browser.post(f"/institution/connection/keys/{key.pk}/close/")
    answer = browser.post(f"/institution/connection/keys/{key.pk}/secret/", follow=True)
    assert "The key is closed already." in answer.content.decode()
    moved = [entry.facts["moved"] for entry in Entry.objects.filter(act=Act.KEY, account="clerk").order_by("number")]
    assert moved == ["opened", "secret shown", "closed"]


def test_keys_change_without_a_gap(browser: Client, client: Client) -> None:
    """Sign with the first, open the second, sign with both, close the first: only the second counts."""

    def signs(number: int, msgid: str) -> int:
        body = sent(asking(msgid=msgid))
        header = {"authorization": signing.sign(f"{INSTITUTION}.{number}", body)}
        return Client().post("/api/national/", body, content_type="application/json", headers=header).status_code

    browser.post("/institution/connection/keys/")
    assert [signs(1, "a"), signs(2, "b")] == [200, 401]
    browser.post("/institution/connection/keys/")
    assert [signs(1, "c"), signs(2, "d")] == [200, 200]
    third = browser.post("/institution/connection/keys/", follow=True).content.decode()
    assert "2 keys are open: close one first." in third
    browser.post(f"/institution/connection/keys/{Key.objects.get(number=1).pk}/close/")
    assert [signs(1, "e"), signs(2, "f")] == [401, 200]


def test_without_the_duty_keys_are_seen_and_not_touched(client: Client, hospital: Institution) -> None:
    client.force_login(make_account("reader", institution=hospital, duties=[]))
    key = Key.objects.create(institution=hospital, number=1)
    shown = page(client, "/institution/connection/")
    assert key.name in shown
    for address in ("", f"{key.pk}/secret/", f"{key.pk}/close/"):
        assert client.post(f"/institution/connection/keys/{address}").status_code == 403
        assert f'action="/institution/connection/keys/{address}"' not in shown
    assert Entry.objects.filter(act=Act.DENIAL).count() == 3


def test_a_neighbours_keys_and_remarks_do_not_exist_here(browser: Client) -> None:
    neighbour = make_institution("H2")
    key, remark = Key.objects.create(institution=neighbour, number=1), make_remark(neighbour, rule=RULE, way="ask")
    for address, said in (
        (f"connection/keys/{key.pk}/secret/", {}),
        (f"connection/keys/{key.pk}/close/", {}),
        (f"reminders/{remark.pk}/answer/", {"choice": "2"}),
    ):
        assert browser.post(f"/institution/{address}", said).status_code == 404
    warn = {"warn_rslt_id": remark.number, "dspo_way": "2"}
    answer = reviewing.take(sent(told(warn)), institution=INSTITUTION)
    assert "is no result of this institution" in str(answer["err_msg"])
    key.refresh_from_db()
    remark.refresh_from_db()
    assert (key.closed_at, remark.choice) == (None, "")


def test_a_duty_that_was_taken_away_opens_nothing_from_the_next_click_on(browser: Client, clerk: Account) -> None:
    key = Key.objects.create(institution_id=INSTITUTION, number=1)
    Account.objects.filter(pk=clerk.pk).update(duties=[Duty.INTAKE])
    assert browser.post(f"/institution/connection/keys/{key.pk}/secret/").status_code == 403
    assert browser.get("/institution/sandbox/").status_code == 403


def test_severities_and_form_of_the_answer_are_chosen(browser: Client) -> None:
    browser.post("/institution/connection/answers/", {"severities": ["1"], "one_object": "on"})
    chosen = Connection.objects.get()
    assert (chosen.severities, chosen.one_object) == (["1"], True)
    assert Entry.objects.get(act=Act.CONNECTION).facts["severities"] == ["1"]
    answer = browser.post("/institution/connection/answers/", {"severities": ["4"]})
    assert (answer.status_code, Connection.objects.get().severities) == (200, ["1"])
    assert "One place needs mending" in answer.content.decode()


# --- Reminders ----------------------------------------------------------------------------------------------


def test_the_day_is_counted_by_department_and_doctor(browser: Client) -> None:
    remind("a").choose("2")
    remind("b", drord_dept_codg="A05", drord_dr_codg="D2").choose("1", reason="术前检查")
    remind("c")
    shown = page(browser, "/institution/reminders/")
    assert "<dt>Reminded</dt><dd>3</dd>" in shown
    assert "<dt>Overridden</dt><dd>1</dd>" in shown
    assert "<code>A05</code>" in shown
    assert "术前检查" in shown
    assert "术前检查" not in page(browser, "/institution/reminders/?show=obeyed")
    assert "术前检查" not in page(browser, "/institution/reminders/?department=A03.04&practitioner=D990001000001")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "reminded of nothing" in page(browser, f"/institution/reminders/?day={yesterday}")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-13-01", "%00"])
def test_a_day_that_cannot_be_looked_at_is_today(browser: Client, day: str) -> None:
    remind()
    assert "<dt>Reminded</dt><dd>1</dd>" in page(browser, f"/institution/reminders/?day={day}")
    assert RULE in taken(browser, f"/institution/reminders/export.csv?day={day}")


def test_what_is_about_the_whole_encounter_is_its_departments(hospital: Institution) -> None:
    remark = remind(drord_dept_codg="", drord_dr_codg="")
    assert (remark.department, remark.practitioner) == ("A03.04", "D990001000001")


def test_a_reason_that_is_owed_stands_first_and_is_given_here(browser: Client, hospital: Institution) -> None:
    make_handling("ask")
    remark = remind()
    address = f"/institution/reminders/{remark.pk}/answer/"
    assert f'action="{address}"' in page(browser, "/institution/reminders/")
    refused = browser.post(address, {"choice": "1", "reason": " "}, follow=True).content.decode()
    assert "a reason is needed" in refused
    browser.post(address, {"choice": "1", "reason": "术前检查，病历已记载"})
    remark.refresh_from_db()
    assert (remark.choice, remark.reason) == ("1", "术前检查，病历已记载")
    assert f'action="{address}"' not in page(browser, "/institution/reminders/")
    assert Entry.objects.get(act=Act.CHOICE).subject == remark.number


def test_what_is_blocked_does_not_go_on_for_a_reason(browser: Client, hospital: Institution) -> None:
    make_handling("block")
    remark = remind()
    said = browser.post(f"/institution/reminders/{remark.pk}/answer/", {"choice": "1", "reason": "x"}, follow=True)
    assert "the order cannot go on" in said.content.decode()
    browser.post(f"/institution/reminders/{remark.pk}/answer/", {"choice": "2"})
    remark.refresh_from_db()
    assert remark.choice == "2"


def test_the_list_is_taken_away_as_it_is_filtered(browser: Client) -> None:
    remind("a").choose("1", reason="=1+1")
    remind("b").choose("2")
    lines = taken(browser, "/institution/reminders/export.csv?show=overridden").strip().splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(",'=1+1")
    assert Entry.objects.get(act=Act.EXPORT).facts["rows"] == 1
    assert browser.get("/institution/reminders/export.pdf").status_code == 404


@pytest.mark.parametrize("address", ["reminders/", "connection/", "rules/"])
def test_thirty_rows_ask_no_more_of_the_database_than_three(
    browser: Client, hospital: Institution, address: str
) -> None:
    def asked(rows: int) -> int:
        for _row in range(rows):
            make_remark(hospital, rule=RULE, way="ask")
            Key.objects.create(institution=hospital, number=Key.objects.count() + 1)
        page(browser, f"/institution/{address}")  # what is looked up once is known from here on
        with CaptureQueriesContext(connection) as queries:
            page(browser, f"/institution/{address}")
        return len(queries)

    assert asked(3) == asked(27)


# --- Rules, sandbox, self-check -----------------------------------------------------------------------------


def test_a_rule_says_what_it_means_and_what_happens_here(browser: Client, hospital: Institution) -> None:
    remind()
    make_handling("ask", "990000")
    assert RULE in page(browser, "/institution/rules/")
    shown = page(browser, f"/institution/rules/{RULE}/")
    for words in (
        "The doctor may go on, and is asked for a reason.",
        "<dt>Spoke</dt><dd>1</dd>",
        "Innocent",
        "Examples",
    ):
        assert words in shown
    assert browser.get("/institution/rules/nothing/").status_code == 404


def test_a_poor_grade_says_on_the_page_that_it_makes_reminders_stricter(browser: Client, hospital: Institution) -> None:
    said = "Credit grade D makes reminders stricter (factor 1.50)"
    assert said not in page(browser, "/institution/rules/")
    standing.set_grade(hospital, "D", since=timezone.localdate())
    for address in ("/institution/rules/", f"/institution/rules/{RULE}/"):
        assert said in page(browser, address), address
    assert "The doctor may go on, and is asked for a reason." in page(browser, f"/institution/rules/{RULE}/")


def test_a_message_is_tried_and_nothing_kept(browser: Client) -> None:
    shown = page(browser, "/institution/sandbox/?example=3101")
    assert INSTITUTION in shown
    said = json.dumps(asking(encounter(order(), order(2, FOR_WOMEN))), ensure_ascii=False)
    answer = browser.post("/institution/sandbox/", {"message": said}).content.decode()
    assert "子宫输卵管" in answer
    assert f"/institution/rules/{RULE}/" in answer
    assert "&quot;infcode&quot;: 0" in answer
    assert not Message.objects.exists()
    assert not Refusal.objects.exists()


def test_whose_claims_a_tried_message_looks_at_is_written_down(browser: Client) -> None:
    browser.post("/institution/sandbox/", {"message": json.dumps(asking())})
    read = Entry.objects.get(act=Act.READ)
    assert (read.account, read.subject, read.facts) == ("clerk", "sandbox", {"members": ["99000100000000000000000001"]})
    for said in (asking(encounter(order(cnt=0))), asking(fixmedins_code="H99020100001"), told()):
        browser.post("/institution/sandbox/", {"message": json.dumps(said)})
    assert Entry.objects.filter(act=Act.READ).count() == 1


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("{", "the message is no JSON"),
        (json.dumps(asking(encounter(order(cnt=0)))), "fsi_order_dtos[0]: cnt is not above 0"),
        (json.dumps(asking(fixmedins_code="H99020100001")), "fixmedins_code"),
        ("", "Paste a message"),
        ("[" * 3000, "the message is no JSON"),
    ],
)
def test_what_is_refused_is_named(browser: Client, message: str, words: str) -> None:
    answer = browser.post("/institution/sandbox/", {"message": message})
    assert (answer.status_code, words in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("example", ["3101", "3102", "3103", "2204"])
def test_the_examples_are_messages(browser: Client, example: str) -> None:
    answer = browser.get(f"/institution/sandbox/?example={example}")
    message = answer.context["form"].initial["message"]
    tried = browser.post("/institution/sandbox/", {"message": message}).context["tried"]
    assert tried.infno == example
    assert tried.error == "" or example == "3103"  # which speaks of a result that nobody was sent


def test_files_are_checked_and_shown_by_rule_and_claim(
    browser: Client, clerk: Account, settings: Settings, tmp_path: Path
) -> None:
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    made = {"institution": INSTITUTION}
    write_folder(
        tmp_path / "in",
        claims=[a_claim() | made, a_claim("b") | made],
        lines=[a_line(item=FOR_WOMEN) | made, a_line("b", amount="x") | made],
        diagnoses=[a_diagnosis() | made],
    )
    files = [SimpleUploadedFile(one.name, one.read_bytes()) for one in sorted((tmp_path / "in").iterdir())]
    answer = browser.post("/institution/self-check/", {"files": files, "profile": "template"})
    one = SelfCheck.objects.get()
    assert answer.headers["Location"] == one.get_absolute_url()
    assert "0% done" in page(browser, one.get_absolute_url())
    self_checking.check(one.pk)
    assert browser.get(f"{one.get_absolute_url()}progress/").headers["HX-Refresh"] == "true"
    shown = page(browser, one.get_absolute_url())
    for words in (f"?rule={RULE}#said", "not a number", "?claim="):
        assert words in shown
    assert f"{RULE}" in page(browser, f"{one.get_absolute_url()}?rule={RULE}&reason=claim")
    exported = taken(browser, f"{one.get_absolute_url()}export.csv")
    assert f",{RULE},a,1," in exported
    refused = taken(browser, f"{one.get_absolute_url()}rejects.csv")
    assert "lines.csv" in refused
    assert "1" in page(browser, "/institution/self-check/")


def test_no_file_or_an_unknown_layout_is_refused_in_words(browser: Client) -> None:
    answer = browser.post("/institution/self-check/", {"profile": "/etc/passwd"}).content.decode()
    assert "2 places need mending" in answer
    assert "Choose at least one file." in answer
    assert not SelfCheck.objects.exists()


def test_a_self_check_is_nobody_elses(client: Client, clerk: Account) -> None:
    one = SelfCheck.objects.create(institution_id=INSTITUTION, asked_by=clerk, name="x", profile="template")
    neighbour = make_account("next", institution=make_institution("H2"), duties=[Duty.INTAKE])
    for account in (make_account("yunze"), make_account("nation", "000000"), neighbour):
        client.force_login(account)
        assert client.get(one.get_absolute_url()).status_code == 404
