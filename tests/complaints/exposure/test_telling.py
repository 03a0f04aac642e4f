"""A case is told when it is over, by two people, with nobody in it, and taken back when its decision falls."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from institutions.models import Practitioner, Registration
from supervision.audit.models import Entry, RowChange
from supervision.cases.models import Proceeding
from supervision.clocks.models import Clock
from supervision.complaints.exposure import sweeping
from supervision.complaints.exposure.drafting import excuse, retell
from supervision.complaints.exposure.knowing import hits
from supervision.complaints.exposure.models import ErrorClaim, TypicalCase
from supervision.complaints.exposure.workflow import ERROR_CLAIM, TYPICAL_CASE
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.cases.office import make_case
from tests.complaints.exposure.telling import (
    TEXTS,
    Desk,
    make_claim,
    make_closed,
    make_draft,
    make_penalty,
    make_published,
    revoke,
)


def test_a_case_that_goes_on_is_not_told(at: Desk) -> None:
    with pytest.raises(MoveRefused, match="only when it is over"):
        retell(make_case(at.office), TEXTS, by=at.writer)


def test_a_case_may_be_told_when_its_penalty_is_closed(at: Desk) -> None:
    case = make_case(at.office)
    make_penalty(case)
    assert make_draft(at, case).state == "drafted"


def test_whoever_wrote_it_does_not_approve_it(at: Desk) -> None:
    typical = TYPICAL_CASE.make(make_draft(at), "check", by=at.writer)
    at.chief.duties = [*at.chief.duties, "complaints"]
    at.chief.save()
    TypicalCase.objects.filter(pk=typical.pk).update(drafted_by=at.chief)
    with pytest.raises(MoveRefused, match="second person"):
        TYPICAL_CASE.make(typical, "approve", by=at.chief)


def test_nothing_is_checked_while_a_name_stands_in_it(at: Desk) -> None:
    typical = make_draft(at, facts_zh="骨科主任陈建国授意重复收费。")
    with pytest.raises(MoveRefused, match="陈建国"):
        TYPICAL_CASE.make(typical, "check", by=at.writer)
    TYPICAL_CASE.make(typical, "rewrite", by=at.writer, **{**TEXTS, "facts_zh": "骨科主任陈某授意重复收费。"})
    assert TYPICAL_CASE.make(typical, "check", by=at.writer).state == "checked"


def test_names_that_the_site_knows_are_found_without_a_title(at: Desk) -> None:
    doctor = Practitioner.objects.create(code="D330100000001", name="白求恩", kind="physician")
    Registration.objects.create(practitioner=doctor, institution=at.office.place, since=date(2020, 1, 1))
    Practitioner.objects.create(code="D330100000002", name="林巧稚", kind="physician")
    texts: dict[str, Any] = {"facts_zh": "白求恩与林巧稚所开处方，由文执笔核对，Bai Qiuen亦在其中。"}
    found = {hit.text for hit in hits(make_draft(at, **texts))}
    assert found == {"白求恩", "林巧稚", "文执笔", "Bai Qiuen"}


def test_an_institution_is_named_only_after_a_final_decision(at: Desk) -> None:
    case = make_closed(at)
    typical = make_draft(at, case, title_zh=f"{at.office.place.name_zh}重复收费案")
    assert [hit.kind for hit in hits(typical)] == ["institution"]
    with pytest.raises(MoveRefused, match="nobody can challenge"):
        TYPICAL_CASE.make(typical, "name", by=at.writer, note="all may know")
    make_penalty(case)
    named = TYPICAL_CASE.make(typical, "name", by=at.writer, note="all may know")
    assert hits(named) == []
    other = make_institution("H99010100077", name_zh="云泽市第七医院")
    TYPICAL_CASE.make(named, "rewrite", by=at.writer, **{**TEXTS, "facts_zh": f"与{other.name_zh}一同收费。"})
    assert [hit.text for hit in hits(TypicalCase.objects.get())] == [other.name_zh]


def test_a_find_is_excused_by_another_person_with_a_reason(at: Desk) -> None:
    typical = make_draft(at, facts_zh="2号楼病房空置，仍按床日收费。")
    (hit,) = hits(typical)
    with pytest.raises(MoveRefused, match="you wrote the text"):
        excuse(typical, hit.kind, hit.text, reason="the hospital's own", by=at.writer)
    with pytest.raises(MoveRefused, match="Say why"):
        excuse(typical, hit.kind, hit.text, reason=" ", by=at.second)
    with pytest.raises(MoveRefused, match="Nothing like that"):
        excuse(typical, hit.kind, "5号楼", reason="the hospital's own", by=at.second)
    excuse(typical, hit.kind, hit.text, reason="the hospital's own", by=at.second)
    assert TYPICAL_CASE.make(typical, "check", by=at.writer).state == "checked"


def test_an_excuse_does_not_count_for_a_text_that_its_author_rewrote(at: Desk) -> None:
    text: dict[str, Any] = {"facts_zh": "2号楼病房空置，仍按床日收费。"}
    typical = make_draft(at, **text)
    excuse(typical, "address", "2号楼", reason="the hospital's own", by=at.second)
    TYPICAL_CASE.make(typical, "rewrite", by=at.second, **{**TEXTS, **text})
    assert [hit.text for hit in hits(TypicalCase.objects.get())] == ["2号楼"]


def test_a_revoked_decision_makes_its_case_due_for_withdrawal_within_three_working_days(at: Desk) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        case = make_closed(at)
        penalty = make_penalty(case)
        typical = make_published(at, case)
        assert sweeping.sweep() == []
    with time_machine.travel("2026-03-05 10:00+08:00", tick=False):  # a Thursday
        revoke(penalty)
        assert [due.number for due in sweeping.sweep()] == [typical.number]
        assert sweeping.sweep() == []
        typical.refresh_from_db()
        assert typical.clock is not None
        assert timezone.localdate(typical.clock.due_at) == date(2026, 3, 10)
        assert typical.is_public  # until somebody takes it off
        gone = TYPICAL_CASE.make(typical, "withdraw", by=at.writer, note="annulled")
        assert gone.clock is not None and gone.clock.state == Clock.State.MET
        assert gone.withdrawn_on == date(2026, 3, 5)


def test_a_decision_that_fell_is_not_told_at_all(at: Desk) -> None:
    case = make_closed(at)
    penalty = make_penalty(case)
    typical = TYPICAL_CASE.make(make_draft(at, case), "check", by=at.writer)
    revoke(penalty)
    with pytest.raises(MoveRefused, match="revoked or changed"):
        TYPICAL_CASE.make(typical, "approve", by=at.chief)
    with pytest.raises(MoveRefused, match="revoked or changed"):
        make_draft(at, case)


def test_an_annulled_measure_of_the_agreement_makes_its_case_due_as_well(at: Desk) -> None:
    case = make_closed(at)
    breach = Proceeding.objects.create(
        case=case, kind="breach", number=f"{case.number}-B1", state="disputed", opened_by=case.opened_by
    )
    make_published(at, case)
    assert sweeping.sweep() == []
    breach.events.create(move="annul", before="disputed", after="closed", by=at.chief)
    assert len(sweeping.sweep()) == 1


def test_a_case_is_told_by_its_second_decision_when_the_first_fell(at: Desk) -> None:
    case = make_closed(at)
    first = make_penalty(case)
    clock = revoke(first)
    with pytest.raises(MoveRefused, match="revoked or changed"):
        make_draft(at, case)
    Clock.objects.filter(pk=clock.pk).update(state=Clock.State.MET, ended_at=timezone.now())
    with pytest.raises(MoveRefused, match="revoked or changed"):
        make_draft(at, case)
    make_penalty(case, number=2)
    assert make_draft(at, case).state == "drafted"


def test_what_the_officers_note_as_withdrawn_is_found_all_the_same(at: Desk) -> None:
    case = make_closed(at)
    penalty = make_penalty(case)
    make_published(at, case)
    clock = revoke(penalty)
    clock.state, clock.ended_at = Clock.State.MET, timezone.now()
    clock.save()
    assert len(sweeping.sweep()) == 1


def test_a_claim_of_an_error_keeps_the_day_and_not_the_hour(at: Desk) -> None:
    typical = make_published(at)
    entries, changes = Entry.objects.count(), RowChange.objects.count()
    with time_machine.travel("2026-05-06 15:41:07+08:00", tick=False):
        made = make_claim(typical)
    assert (Entry.objects.count(), RowChange.objects.count()) == (entries, changes)
    made.refresh_from_db()
    assert made.received_on == date(2026, 5, 6)
    assert timezone.localtime(made.moved_at).strftime("%H:%M:%S") == "00:00:00"
    assert made.clock is not None and timezone.localtime(made.clock.since).strftime("%H:%M:%S") == "00:00:00"
    assert sweeping.note_claims() == 1
    assert sweeping.note_claims() == 0
    assert Entry.objects.first().facts == {"receipts": [made.receipt]}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("move", "state"), [("correct", "drafted"), ("withdraw", "withdrawn"), ("refuse", "published")]
)
def test_a_claim_of_an_error_is_answered_and_carried_out(at: Desk, move: str, state: str) -> None:
    typical = make_published(at)
    claim = ERROR_CLAIM.make(make_claim(typical), move, by=at.writer, note="we looked")
    typical.refresh_from_db()
    assert (typical.state, claim.answer, claim.answered_on) == (state, "we looked", timezone.localdate())


def test_what_fell_is_withdrawn_and_not_corrected(at: Desk) -> None:
    case = make_closed(at)
    penalty = make_penalty(case)
    claim = make_claim(make_published(at, case))
    revoke(penalty)
    sweeping.sweep()
    claim = ErrorClaim.objects.get(pk=claim.pk)
    with pytest.raises(MoveRefused, match="to be withdrawn"):
        ERROR_CLAIM.make(claim, "correct", by=at.writer, note="as said")
    ERROR_CLAIM.make(claim, "withdraw", by=at.writer, note="as said")
    assert TypicalCase.objects.get().state == "withdrawn"
