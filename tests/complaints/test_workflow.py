import pytest
import time_machine

from supervision.audit.models import Entry
from supervision.cases.models import Case, Lead
from supervision.complaints import talking
from supervision.complaints.models import Complaint, Message, State
from supervision.complaints.vault.models import Identity
from supervision.complaints.workflow import COMPLAINT
from supervision.moves import MoveRefused
from tests.builders import make_division
from tests.cases.office import make_department
from tests.complaints.building import (
    FACTS,
    WHO,
    ComplaintDesk,
    accepted,
    concluded,
    make_complaint,
    not_filed,
    verifying,
)


def last_words(complaint: Complaint) -> str:
    message = complaint.messages.filter(kind=Message.Kind.DECISION).last()
    assert message is not None
    return str(message.words)


def test_who_prepared_it_does_not_decide_on_it(desk_of_complaints: ComplaintDesk) -> None:
    desk = desk_of_complaints
    complaint = COMPLAINT.make(make_complaint(), "register", by=desk.first)
    desk.first.duties = [*desk.first.duties, "decide"]
    desk.first.save()
    with pytest.raises(MoveRefused, match="second person"):
        COMPLAINT.make(complaint, "not_accept", by=desk.first, note="no fund", complaint_ground="out_of_scope")
    refused = COMPLAINT.make(
        complaint, "not_accept", by=desk.chief, note="no fund is concerned", complaint_ground="out_of_scope"
    )
    assert (refused.state, refused.ground, last_words(refused)) == (
        State.NOT_ACCEPTED, "out_of_scope", "no fund is concerned",
    )  # fmt: skip


def test_it_is_not_accepted_for_a_lawful_reason_alone(desk_of_complaints: ComplaintDesk) -> None:
    complaint = COMPLAINT.make(make_complaint(), "register", by=desk_of_complaints.first)
    with pytest.raises(MoveRefused, match="lawful"):
        COMPLAINT.make(complaint, "not_accept", by=desk_of_complaints.chief, note="busy", complaint_ground="busy")


def test_what_is_noted_about_it_stands_nowhere_in_the_open(desk_of_complaints: ComplaintDesk) -> None:
    complaint = COMPLAINT.make(make_complaint(), "register", by=desk_of_complaints.first, note="the nurse Wang told it")
    event = complaint.events.get()
    assert (event.note, event.words) == ("", "the nurse Wang told it")
    entry = Entry.objects.order_by("-number").first()
    assert entry is not None
    assert "Wang" not in str(entry.facts)
    assert "Wang" not in event.words_sealed


def test_a_lead_holds_what_was_seen_and_nothing_of_who_told_it(desk_of_complaints: ComplaintDesk) -> None:
    desk = desk_of_complaints
    complaint = verifying(make_complaint(who=WHO), desk)
    complaint = COMPLAINT.make(
        complaint, "open_lead", by=desk.first, lead_title="Physiotherapy", lead_facts="billed, not done"
    )
    case = Case.objects.get()
    assert (complaint.case, case.origin, case.facts) == (case, "complaint", "billed, not done")
    kept = str(Case.objects.filter(pk=case.pk).values().get()) + str(list(case.events.values()))
    assert complaint.number not in kept
    assert not any(words in kept for words in (*WHO.values(), FACTS))
    with pytest.raises(MoveRefused, match="already"):
        COMPLAINT.make(complaint, "open_lead", by=desk.first, lead_title="Again", lead_facts="again")


def test_it_is_filed_when_its_case_was_and_who_gave_a_name_is_told_in_five_working_days(
    desk_of_complaints: ComplaintDesk,
) -> None:
    desk = desk_of_complaints
    with time_machine.travel("2026-03-02 10:00+08:00"):
        complaint = verifying(make_complaint(who=WHO), desk)
        complaint = COMPLAINT.make(complaint, "open_lead", by=desk.first, lead_title="t", lead_facts="f")
        with pytest.raises(MoveRefused, match="not been filed yet"):
            COMPLAINT.make(complaint, "file", by=desk.first)
        Case.objects.update(state=Lead.FILED)
        complaint = COMPLAINT.make(Complaint.objects.get(), "file", by=desk.first)
    assert complaint.clock is not None
    assert complaint.clock.limit.code == "complaint_told"
    assert complaint.clock.due_at.astimezone().date().isoformat() == "2026-03-09"


def test_nobody_waits_to_tell_who_is_anonymous(desk_of_complaints: ComplaintDesk) -> None:
    assert not_filed(make_complaint(), desk_of_complaints).clock is None


def test_it_goes_to_the_responsible_place_with_its_identity_and_out_of_sight(desk_of_complaints: ComplaintDesk) -> None:
    make_division("990201")
    complaint = make_complaint(who=WHO)
    moved = COMPLAINT.make(complaint, "give_over", by=desk_of_complaints.first, to_place="990201")
    assert (moved.place_id, moved.state) == ("990201", State.RECEIVED)
    assert Identity.objects.get().place_id == "990201"
    assert not Complaint.objects.visible_to(desk_of_complaints.first).exists()
    assert "Bay" in last_words(moved)


def test_a_complaint_about_ones_own_rights_is_answered_by_whom_it_was_passed_on_to(
    desk_of_complaints: ComplaintDesk,
) -> None:
    agency = make_department("handling")
    complaint = accepted(make_complaint(kind="grievance"), desk_of_complaints)
    passed = COMPLAINT.make(complaint, "pass_on", by=desk_of_complaints.first, to_department=str(agency.pk))
    assert passed.clock is not None
    assert (passed.passed_to, passed.clock.limit.code) == (agency, "complaint_grievance")
    answered = COMPLAINT.make(
        passed, "answer", by=desk_of_complaints.first, note="you were paid on 3 March", complaint_outcome="settled"
    )
    assert (answered.state, last_words(answered)) == (State.CONCLUDED, "you were paid on 3 March")


def test_a_duplicate_joins_the_earlier_and_shares_its_case(desk_of_complaints: ComplaintDesk) -> None:
    desk = desk_of_complaints
    first, second = make_complaint(), make_complaint(facts="they bill what they do not do")
    first = verifying(first, desk)
    second = accepted(second, desk)
    joined = COMPLAINT.make(second, "join", by=desk.first, join_to=first.number)
    assert (joined.state, joined.leading) == (State.JOINED, first)
    first = COMPLAINT.make(first, "open_lead", by=desk.first, lead_title="t", lead_facts="f")
    assert Complaint.objects.get(pk=second.pk).case == first.case


def test_an_earlier_report_does_not_join_a_later_one(desk_of_complaints: ComplaintDesk) -> None:
    first, second = make_complaint(), make_complaint(facts="later")
    first = accepted(first, desk_of_complaints)
    with pytest.raises(MoveRefused, match="earlier"):
        COMPLAINT.make(first, "join", by=desk_of_complaints.first, join_to=second.number)


def test_an_objection_is_taken_up_at_the_sites_own_time_and_decided_by_a_third(
    desk_of_complaints: ComplaintDesk,
) -> None:
    desk = desk_of_complaints
    complaint = concluded(make_complaint(), desk)
    acts = Entry.objects.count()
    talking.object_to(complaint, "you did not ask the nurse", once="1")
    assert Entry.objects.count() == acts
    assert Complaint.objects.get().state == State.CONCLUDED
    assert talking.take_up_objections() == 1
    assert talking.take_up_objections() == 0
    objected = Complaint.objects.get()
    assert objected.state == State.OBJECTED
    with pytest.raises(MoveRefused, match="second person"):
        COMPLAINT.make(objected, "take_up_again", by=desk.chief, note="so be it")
    again = COMPLAINT.make(objected, "take_up_again", by=desk.other_chief, note="the nurse will be asked")
    assert (again.state, again.outcome, again.concluded_on) == (State.ACCEPTED, "", None)


def test_one_objects_once_and_in_time(desk_of_complaints: ComplaintDesk) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00"):
        complaint = concluded(make_complaint(), desk_of_complaints)
    with time_machine.travel("2026-04-01 23:00+08:00"):
        assert talking.may_object(complaint)
    with time_machine.travel("2026-04-02 00:30+08:00"), pytest.raises(talking.NotSaid):
        talking.object_to(complaint, "too late", once="1")
    with time_machine.travel("2026-03-10 10:00+08:00"):
        talking.object_to(complaint, "in time", once="1")
        with pytest.raises(talking.NotSaid):
            talking.object_to(complaint, "once more", once="2")


def test_a_message_is_kept_once_and_lies_sealed(desk_of_complaints: ComplaintDesk) -> None:
    complaint = make_complaint()
    talking.say(complaint, "it was on a Sunday", once="7")
    talking.say(complaint, "it was on a Sunday", once="7")
    talking.write_to_reporter(complaint, "which Sunday?", by=desk_of_complaints.first)
    said = list(complaint.messages.all())
    assert [one.words for one in said] == ["it was on a Sunday", "which Sunday?"]
    assert not any("Sunday" in one.words_sealed for one in said)
    with pytest.raises(talking.NotSaid):
        talking.say(complaint, "   ", once="8")


def test_a_word_sealed_for_one_message_does_not_open_in_another() -> None:
    complaint = make_complaint()
    talking.say(complaint, "one", once="1")
    talking.say(complaint, "two", once="2")
    first, second = complaint.messages.all()
    second.words_sealed = first.words_sealed
    with pytest.raises(Exception, match="message"):
        assert second.words
