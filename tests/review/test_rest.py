"""The review in plain words: the same acts as by the national message, behind another form."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from institutions.models import Institution
from supervision.monitoring.rulebook import rulebook
from supervision.monitoring.terms import ENCOUNTERS
from supervision.review import reviewing
from supervision.review.asking import reading
from supervision.review.gateway import signing, waiting
from supervision.review.messages import read
from supervision.review.models import Handling, Key, Message, Remark, Review
from supervision.review.rest import translating
from supervision.review.rest.words import ReviewWords
from tests.builders import make_account, make_institution
from tests.review import messages as national
from tests.review.plainly import CHOICES, REVIEWS, RULES, System, asking, for_women, line, system, telling

RULE = "item_sex_restricted"


@pytest.fixture
def his(client: Client, hospital: Institution) -> System:
    return system(client)


def faults(answer: Any) -> dict[str, str]:
    return {fault["field"]: fault["reason"] for fault in answer.json()["faults"]}


# --- Asking ---------------------------------------------------------------------------------------------


def test_a_reminder_names_the_line_the_amount_and_the_basis_in_both_tongues(his: System) -> None:
    answer = his.post(REVIEWS, asking(line(), for_women()))
    assert answer.status_code == 200
    (said,) = answer.json()["remarks"]
    page = rulebook()[RULE]
    assert (said["rule"], said["title"]) == (RULE, {"zh": page.title_zh, "en": page.title})
    assert said["basis"] == {"zh": page.basis_zh, "en": page.basis}
    assert (said["certainty"], said["severity"], said["way"], said["at_stake"]) == (
        "certain",
        page.severity,
        "tell",
        "60.00",
    )
    assert said["lines"] == [{"id": "RX-2", "role": "accused", "at_stake": "60.00"}]
    assert "子宫输卵管" in said["sentence"]["zh"]
    assert (answer.json()["reviewed"], answer.json()["blocked"]) == (True, False)


def test_it_is_kept_like_a_national_message(his: System) -> None:
    his.post(REVIEWS, asking(for_women(), moment="review"))
    review, message = Review.objects.get(), Message.objects.get()
    assert (message.infno, message.msgid, message.institution_id) == ("3102", "q1", his.key.partition(".")[0])
    assert (review.claim, review.member, review.moment) == (f"{message.institution_id}:9903100001", "m1", "review")


def test_plain_words_and_the_national_message_are_remarked_on_alike(his: System, hospital: Institution) -> None:
    his.post(REVIEWS, asking(line(), for_women()))
    order = national.order
    said = national.asking(national.encounter(order(), order(2, national.FOR_WOMEN, sumamt=60, pric=60, cnt=1)))
    reviewing.take(national.sent(said), institution=hospital.pk)
    plain, other = Remark.objects.order_by("pk")
    for name in ("rule", "page_hash", "key", "certainty", "at_stake", "because_en", "because_zh", "lines", "way"):
        assert getattr(plain, name) == getattr(other, name), name


def test_the_same_again_has_the_same_answer_and_counts_once(his: System) -> None:
    first = his.post(REVIEWS, asking(for_women()))
    his.post(CHOICES, telling({"remark": first.json()["remarks"][0]["number"], "choice": "obeyed"}))
    again = his.post(REVIEWS, {**asking(for_women()), "note": "unknown words are left alone"})
    assert (again.status_code, again.json()) == (200, first.json())
    assert Review.objects.count() == Remark.objects.count() == 1


def test_another_body_under_the_same_id_is_refused(his: System) -> None:
    his.post(REVIEWS, asking())
    answer = his.post(REVIEWS, asking(for_women()))
    assert (answer.status_code, Review.objects.count()) == (409, 1)
    assert "q1" in faults(answer)[""]


def test_what_is_set_to_block_blocks_and_cannot_be_overridden(his: System) -> None:
    by = make_account()
    Handling.objects.create(rule=RULE, division_id="990100", way="block", reason="certain", set_by=by)
    answer = his.post(REVIEWS, asking(for_women())).json()
    assert (answer["blocked"], answer["remarks"][0]["way"]) == (True, "block")
    went_on = {"remark": answer["remarks"][0]["number"], "choice": "overrode", "reason": "needed"}
    refused = his.post(CHOICES, telling(went_on))
    assert (refused.status_code, list(faults(refused))) == (400, ["choices[0].choice"])
    assert Remark.objects.get().choice == ""


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (asking(line(quantity="0")), "encounter.lines[0].quantity"),
        (asking(line(), line("RX-2", quantity="NaN")), "encounter.lines[1].quantity"),
        (asking(line(item="-", own_item="")), "encounter.lines[0].item"),
        (asking({"id": "1", "item": "x", "quantity": 1}), "encounter.lines[0].amount"),
        (asking(line(price="99999999", quantity="99999999")), "encounter.lines[0].price"),
        (asking(line(), line()), "encounter.lines"),
        (asking(encounter={"lines": []}), "encounter.lines"),
        (asking(encounter={"kind": "party"}), "encounter.kind"),
        (asking(encounter={"begun_at": "0001-01-01T00:00:00Z"}), "encounter.begun_at"),
        (asking(encounter={"diagnoses": [{"name": "x"}]}), "encounter.diagnoses[0].code"),
        (asking(member={"born": "2026-02-30"}), "member.born"),
        (asking(member={"insured_area": "99010\n"}), "member.insured_area"),
        (asking(id="a b"), "id"),
        (asking(moment="audit"), "moment"),
        ([], ""),
        ("words", ""),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_field_named(his: System, said: object, field: str) -> None:
    answer = his.post(REVIEWS, said)
    assert (answer.status_code, list(faults(answer))) == (400, [field])
    assert not Message.objects.exists()


@pytest.mark.parametrize("kind", ENCOUNTERS)
def test_every_kind_of_encounter_is_read_as_the_kind_it_is(kind: str) -> None:
    words = ReviewWords(data=asking(encounter={"kind": kind}))
    words.is_valid(raise_exception=True)
    message = read(translating.asking(words.validated_data, institution="H1"))
    (patient,) = message.data.patient_dtos  # type: ignore[attr-defined]
    assert reading.kind_of(patient.fsi_encounter_dtos[0]) == kind


def test_moments_are_told_on_chinese_clocks(his: System) -> None:
    his.post(REVIEWS, asking(line(ordered_at="2026-03-10T01:28:00Z")))
    body = json.loads(Message.objects.get().body)["input"]["data"]["patient_dtos"][0]["fsi_encounter_dtos"][0]
    assert (body["adm_date"], body["fsi_order_dtos"][0]["drord_begn_date"]) == (
        "2026-03-10 09:12:00",
        "2026-03-10 09:28:00",
    )


# --- Choosing, and reading back -------------------------------------------------------------------------


def test_what_the_doctor_did_is_kept_corrected_and_read_back(his: System) -> None:
    number = his.post(REVIEWS, asking(for_women())).json()["remarks"][0]["number"]
    went_on = {"remark": number, "choice": "overrode", "reason": "术前检查"}
    assert his.post(CHOICES, telling(went_on)).json() == {"id": "t1", "kept": True}
    (kept,) = his.get(f"{REVIEWS}q1/").json()["remarks"]
    assert (kept["choice"], kept["reason"]) == ("overrode", "术前检查")
    his.post(CHOICES, telling({"remark": number, "choice": "obeyed"}, id_="t2"))
    assert his.get(f"{REVIEWS}q1/").json()["remarks"][0]["choice"] == "obeyed"
    assert his.post(CHOICES, telling(went_on)).status_code == 200  # the same word again is no correction
    assert Remark.objects.get().choice == Remark.Choice.OBEYED
    assert his.post(CHOICES, telling({"remark": number, "choice": "obeyed"})).status_code == 409


def test_an_override_needs_its_reason_and_a_remark_of_ours(his: System) -> None:
    number = his.post(REVIEWS, asking(for_women())).json()["remarks"][0]["number"]
    known = {"remark": number, "choice": "obeyed"}
    for wrong, field in (
        ({"remark": number, "choice": "overrode", "reason": " "}, "choices[1].reason"),
        ({"remark": "JR0", "choice": "obeyed"}, "choices[1].remark"),
        ({"remark": number, "choice": "maybe"}, "choices[1].choice"),
    ):
        answer = his.post(CHOICES, telling(known, wrong))
        assert (answer.status_code, list(faults(answer))) == (400, [field])
    assert Remark.objects.get().choice == ""


def test_the_rules_of_a_moment_are_those_in_force_with_what_is_done_about_them(his: System) -> None:
    Handling.objects.create(rule=RULE, division_id="990000", way="ask", reason="x", set_by=make_account())
    told = {rule["rule"]: rule for rule in his.get(f"{RULES}?moment=remind").json()["rules"]}
    assert set(told) == {code for code, rule in rulebook().items() if "remind" in rule.moments and rule.runs}
    assert told[RULE]["way"] == "ask"
    assert {rule["way"] for code, rule in told.items() if code != RULE} == {"tell"}
    assert list(faults(his.get(f"{RULES}?moment=audit"))) == ["moment"]


# --- Whose it is ----------------------------------------------------------------------------------------


def test_an_institution_sees_and_answers_its_own_alone(his: System, client: Client) -> None:
    number = his.post(REVIEWS, asking(for_women())).json()["remarks"][0]["number"]
    other = system(client, make_institution("H99020100001", "990201").pk)
    assert other.get(f"{REVIEWS}q1/").status_code == 404
    refused = other.post(CHOICES, telling({"remark": number, "choice": "obeyed"}))
    assert list(faults(refused)) == ["choices[0].remark"]
    assert other.post(REVIEWS, asking()).status_code == 200  # the id is each sender's own


def test_one_addresss_signature_opens_no_other(his: System) -> None:
    his.post(REVIEWS, asking())
    assert his.get(f"{REVIEWS}q1/").status_code == 200
    assert his.get(f"{REVIEWS}q1/", signed=f"{RULES}?moment=remind").status_code == 401
    assert his.get(f"{RULES}?moment=remind", signed=f"{RULES}?moment=review").status_code == 401


def test_a_body_that_was_signed_opens_nothing_else(his: System, client: Client) -> None:
    his.post(REVIEWS, asking())
    body = json.dumps(telling()).encode()
    headers = {"authorization": signing.sign(his.key, body)}
    asked = client.generic("GET", f"{REVIEWS}q1/", body, content_type="application/json", headers=headers)
    assert asked.status_code == 401


def test_nobody_signed_in_and_no_closed_key_opens_it(his: System, client: Client) -> None:
    client.force_login(make_account())
    assert client.get(f"{RULES}?moment=remind").status_code == 401
    Key.objects.update(closed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    answer = his.get(f"{RULES}?moment=remind")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "HMAC-SHA256")
    assert "closed" in faults(answer)[""]


def test_a_message_of_the_national_door_is_not_told_here(his: System, hospital: Institution) -> None:
    reviewing.take(national.sent(national.asking(msgid="n1")), institution=hospital.pk)
    assert his.get(f"{REVIEWS}n1/").status_code == 404


# --- The database is away -------------------------------------------------------------------------------


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Any) -> None:
    def fails(*_asked: object, **_more: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    settings.FUND_HOME = tmp_path
    monkeypatch.setattr(reviewing, "take", fails)
    monkeypatch.setattr("django.db.connection.close", lambda: None)


def test_a_hospital_goes_on_treating_and_is_reviewed_afterwards(
    his: System, away: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = his.post(REVIEWS, asking(for_women()))
    assert (answer.status_code, answer.json()["reviewed"], answer.json()["remarks"]) == (202, False, [])
    monkeypatch.undo()
    assert waiting.take_up() == 1
    assert [one["at_stake"] for one in his.get(f"{REVIEWS}q1/").json()["remarks"]] == ["60.00"]
    assert Remark.objects.get().at_stake == Decimal(60)


def test_where_it_was_chosen_so_it_is_refused_for_now(his: System, away: None, settings: Settings) -> None:
    settings.REVIEW_FALLBACK = "refuse"
    answer = his.post(REVIEWS, asking())
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_database_that_does_not_know_the_key_either_is_said_to_be_away(
    his: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_asked: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(signing, "check_open", fails)
    assert his.get(f"{RULES}?moment=remind").status_code == 503
