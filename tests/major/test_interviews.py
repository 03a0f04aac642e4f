"""Interviews of institutions, agencies and places below: decided, called, held, put right, checked."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from institutions.models import Duty, Insurer
from institutions.waiting import Kind
from supervision.clocks.models import Clock
from supervision.documents.models import Document, Service
from supervision.major.calling_in import call_in
from supervision.major.conferring import INTERVIEW
from supervision.major.models import Interview
from supervision.major.waiting import waiting
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_account, make_division, make_institution
from tests.cases.office import make_officer
from tests.major.office import Office, called, held, notified, ordered, responding

pytestmark = pytest.mark.django_db


def test_the_notice_is_served_and_only_then_the_institution_knows(office: Office) -> None:
    interview = called(office)
    assert not Interview.objects.visible_to(office.answerer).exists()
    interview = INTERVIEW.make(
        interview, "notify", by=office.chief, person="the dean", at=timezone.now(), where="room 3"
    )
    assert Interview.objects.visible_to(office.answerer).get() == interview
    letter = Document.objects.get(about=interview.number)
    assert letter.kind == "interview_notice"
    assert Service.objects.get(document=letter).institution == office.hospital.pk
    assert interview.ground.article == "38, 39"


def test_an_officer_decides_and_somebody_in_charge_calls_in(office: Office) -> None:
    office.officer.duties = [*office.officer.duties, "decide"]
    office.officer.save()
    facts: dict[str, Any] = {"person": "the dean", "at": timezone.now(), "where": "room 3"}
    with pytest.raises(MoveRefused, match="second person"):
        INTERVIEW.make(called(office), "notify", by=office.officer, **facts)


def test_minutes_keep_what_was_promised(office: Office) -> None:
    interview = held(office)
    assert interview.commitments == "It will be given back."
    letter = Document.objects.get(about=interview.number, kind="interview_minutes")
    assert "It will be given back." in letter.text_zh
    facts: dict[str, Any] = {"at": timezone.now() + timedelta(hours=1), "present": "x", "record": "x", "demand": "x"}
    with pytest.raises(MoveRefused, match="later than now"):
        INTERVIEW.make(notified(office), "hold", by=office.officer, interview_commitments="x", **facts)


def test_the_institution_answers_in_time_and_is_checked(office: Office) -> None:
    interview = ordered(office)
    with pytest.raises(MoveRefused, match="not over yet"):
        INTERVIEW.make(interview, "check", by=office.officer, on=timezone.localdate(), seen="nothing")
    entry = waiting(office.answerer)[0]
    assert (entry.kind, entry.about) == (Kind.CORRECT, interview.number)
    interview = INTERVIEW.make(interview, "answer", by=office.answerer, interview_done="given back")
    assert not waiting(office.answerer)
    interview = INTERVIEW.make(interview, "send_back", by=office.officer, note="half of it")
    assert Clock.objects.going().filter(subject=interview.number).count() == 1
    interview = INTERVIEW.make(interview, "answer", by=office.answerer, interview_done="all of it")
    interview = INTERVIEW.make(interview, "check", by=office.officer, on=timezone.localdate(), seen="the voucher")
    assert INTERVIEW.make(interview, "close", by=office.chief).state == "closed"


def test_another_institution_does_not_answer(office: Office) -> None:
    other = make_account("other", institution=make_institution("H99010100002"), duties=[Duty.ANSWER])
    with pytest.raises(BeyondReach):
        INTERVIEW.make(ordered(office), "answer", by=other, interview_done="x")
    assert not Interview.objects.visible_to(other).exists()


def test_a_place_below_is_called_in_and_answers_for_itself(office: Office) -> None:
    interview = called(office, office.county.territory)
    assert not Interview.objects.visible_to(office.county).exists()
    interview = ordered(office, office.county.territory)
    assert Interview.objects.visible_to(office.county).get() == interview
    assert interview.ground.verified == "knowledge"
    with pytest.raises(MoveRefused, match="called in"):
        INTERVIEW.make(interview, "answer_as_office", by=office.chief, interview_done="x")
    done = INTERVIEW.make(interview, "answer_as_office", by=office.county, interview_done="we have visited all")
    assert done.answered_at is not None
    with pytest.raises(MoveRefused, match="holds the interview"):
        INTERVIEW.make(interview, "drop", by=office.county, note="no")


def test_an_agency_of_the_same_place_answers_by_its_own_account(office: Office) -> None:
    agency = Insurer.objects.create(code="I9901", name_zh="经办机构", pooling_area_id="990100")
    interview = ordered(office, agency)
    assert interview.ground.norm == "ORD3"
    with pytest.raises(MoveRefused, match="called in"):
        INTERVIEW.make(interview, "answer_as_office", by=office.deputy, interview_done="x")
    manager = make_officer("manager", Duty.DECIDE, party="handling", insurer=agency)
    assert INTERVIEW.make(interview, "answer_as_office", by=manager, interview_done="done").answered_at is not None


def test_nobody_calls_in_whom_it_does_not_supervise(office: Office) -> None:
    for party in (make_institution("H99020100001", "990201"), make_division("990200"), make_division("990000")):
        with pytest.raises(BeyondReach):
            call_in(party, reason="x", by=office.officer)
    with pytest.raises(MoveRefused, match="level above"):
        call_in(make_division("990100"), reason="x", by=office.officer)


def test_an_interview_of_an_issue_stands_in_its_timeline(office: Office) -> None:
    issue = responding(office)
    interview = call_in(office.hospital, reason="x", by=office.officer, issue=issue)
    assert interview in issue.interviews.all()
