"""The institution answers line by line: drafts, one answer at last, and nothing after the window."""

import threading
from collections.abc import Iterator, Mapping

import pytest
from django.db import connection
from django.utils import timezone, translation

from institutions.models import Account, Duty, Institution
from supervision.audit.models import Act, Entry
from supervision.hearing import answering
from supervision.hearing.answering import LineAnswer
from supervision.hearing.models import Draft, Hearing, HearingLine, State
from supervision.moves import BeyondReach, MoveRefused, TooLate
from tests.builders import make_account, make_institution
from tests.hearing.heard import make_answerer, make_lines, notified, run_out

ACCEPT, APPEAL = LineAnswer("accepted"), LineAnswer("appealed", "the member is a woman by the register")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def hearing(first: Account, place: Institution) -> Hearing:
    """Sent to the hospital: two lines."""
    return notified(make_lines("60", "40", place=place), first)


def to_each(hearing: Hearing, *answers: LineAnswer) -> Mapping[int, LineAnswer]:
    return dict(zip(hearing.lines.values_list("pk", flat=True), answers, strict=True))


def said(hearing: Hearing) -> list[tuple[str, str]]:
    return list(hearing.lines.values_list("answer", "grounds"))


def test_when_every_line_is_accepted_the_finding_is(hearing: Hearing, hospital: Account) -> None:
    answered = answering.answer(hearing, to_each(hearing, ACCEPT, ACCEPT), by=hospital, turn=hearing.turn)
    assert (answered.state, said(answered)) == (State.ACCEPTED, [("accepted", ""), ("accepted", "")])
    assert answered.answered_at is not None and answered.answer_clock is not None
    assert answered.answer_clock.state == "met"


def test_one_line_appealed_appeals_the_finding_and_the_history_counts_both(hearing: Hearing, hospital: Account) -> None:
    answered = answering.answer(hearing, to_each(hearing, ACCEPT, APPEAL), by=hospital, turn=hearing.turn)
    assert (answered.state, said(answered)) == (State.APPEALED, [("accepted", ""), ("appealed", APPEAL.grounds)])
    event = answered.events.latest("pk")
    told = {"accepted": "1", "appealed": "1", "digest": answering.digest(answered)}
    assert (event.move, event.by, event.facts) == ("appeal", hospital, told)
    assert Entry.objects.filter(act=Act.HEARING, account="hospital").count() == 1
    assert set(answered.lines.values_list("answered_by", flat=True)) == {hospital.pk}


@pytest.mark.parametrize("grounds", ["", "  ", "\u3000\n"])
def test_an_appeal_without_grounds_is_refused_and_nothing_is_kept(
    hearing: Hearing, hospital: Account, grounds: str
) -> None:
    with pytest.raises(MoveRefused, match="grounds"):
        answering.answer(hearing, to_each(hearing, ACCEPT, LineAnswer("appealed", grounds)), by=hospital, turn=None)
    assert said(hearing) == [("", ""), ("", "")]


def test_every_line_must_be_answered_and_no_line_of_another_finding_can_be(
    hearing: Hearing, first: Account, hospital: Account, place: Institution
) -> None:
    other = notified(make_lines("5", place=place), first)
    mine, theirs = to_each(hearing, ACCEPT, APPEAL), to_each(other, ACCEPT)
    some = dict(list(mine.items())[:1])
    for tampered, why in (
        (some, "every line"),
        ({}, "every line"),
        ({**mine, **theirs}, "not a line"),
        (theirs, "not a line"),
    ):
        with pytest.raises(MoveRefused, match=why):
            answering.answer(hearing, tampered, by=hospital, turn=None)
    with pytest.raises(MoveRefused, match="Accept the line"):
        answering.answer(hearing, to_each(hearing, ACCEPT, LineAnswer("withdrawn")), by=hospital, turn=None)
    assert said(hearing) + said(other) == [("", "")] * 3


def test_what_was_answered_is_not_answered_again(hearing: Hearing, hospital: Account) -> None:
    answering.answer(hearing, to_each(hearing, ACCEPT, ACCEPT), by=hospital, turn=None)
    with pytest.raises(MoveRefused):
        answering.answer(hearing, to_each(hearing, APPEAL, APPEAL), by=hospital, turn=None)
    assert said(hearing) == [("accepted", "")] * 2


def test_after_the_window_neither_answer_nor_draft_is_taken(hearing: Hearing, hospital: Account) -> None:
    run_out(hearing)
    with pytest.raises(MoveRefused, match="run out"):
        answering.answer(hearing, to_each(hearing, ACCEPT, APPEAL), by=hospital, turn=None)
    with pytest.raises(MoveRefused, match="run out"):
        answering.draft(hearing.lines.earliest("pk"), APPEAL, by=hospital, turn=0)
    assert (said(hearing), Draft.objects.count()) == ([("", "")] * 2, 0)


@pytest.mark.parametrize("who", ["neighbour", "regulator"])
def test_only_the_institution_itself_answers(hearing: Hearing, first: Account, who: str) -> None:
    by = first if who == "regulator" else make_answerer(make_institution("H99010100002"), "neighbour")
    with pytest.raises(BeyondReach):
        answering.answer(hearing, to_each(hearing, ACCEPT, ACCEPT), by=by, turn=None)
    with pytest.raises(BeyondReach):
        answering.draft(hearing.lines.earliest("pk"), ACCEPT, by=by, turn=0)


def test_answering_is_a_duty_of_its_own(hearing: Hearing, place: Institution) -> None:
    clerk = make_account("clerk", institution=place, duties=[Duty.INTAKE])
    with pytest.raises(MoveRefused, match="duty"):
        answering.answer(hearing, to_each(hearing, ACCEPT, ACCEPT), by=clerk, turn=None)


def test_a_finding_that_was_not_sent_cannot_be_answered(first: Account, place: Institution, hospital: Account) -> None:
    hearing = notified(make_lines("60", place=place), first)
    Hearing.objects.filter(pk=hearing.pk).update(notified_at=None, state=State.FIRST_REVIEW)
    with pytest.raises(BeyondReach):
        answering.answer(hearing, to_each(hearing, ACCEPT), by=hospital, turn=None)


# --- Drafts -------------------------------------------------------------------------------------------


def test_drafts_are_kept_line_by_line_and_sent_together(hearing: Hearing, hospital: Account) -> None:
    one, two = hearing.lines.all()
    answering.draft(one, APPEAL, by=hospital, turn=0)
    with pytest.raises(MoveRefused, match="every line"):
        answering.send(hearing, by=hospital, turn=None, checked=answering.stamp(hearing))
    answering.draft(two, ACCEPT, by=hospital, turn=0)
    answered = answering.send(hearing, by=hospital, turn=hearing.turn, checked=answering.stamp(hearing))
    assert said(answered) == [("appealed", APPEAL.grounds), ("accepted", "")]
    assert Draft.objects.count() == 0


def test_an_appeal_may_be_drafted_before_its_grounds_are_written(hearing: Hearing, hospital: Account) -> None:
    line = hearing.lines.earliest("pk")
    assert not answering.draft(line, LineAnswer("appealed"), by=hospital, turn=0).is_ready
    assert answering.draft(line, APPEAL, by=hospital, turn=1).is_ready


def test_of_two_who_write_to_one_line_the_later_is_told(
    hearing: Hearing, hospital: Account, place: Institution
) -> None:
    line, colleague = hearing.lines.earliest("pk"), make_answerer(place, "colleague")
    answering.draft(line, APPEAL, by=colleague, turn=0)
    with pytest.raises(TooLate, match="colleague has written"):
        answering.draft(line, ACCEPT, by=hospital, turn=0)
    assert answering.draft(line, ACCEPT, by=hospital, turn=1).turn == 2


def test_what_a_colleague_changed_after_it_was_checked_is_checked_again(
    hearing: Hearing, hospital: Account, place: Institution
) -> None:
    answering.draft_all(hearing, ACCEPT, by=hospital, over=True)
    checked = answering.stamp(hearing)
    answering.draft(hearing.lines.earliest("pk"), APPEAL, by=make_answerer(place, "colleague"), turn=1)
    with pytest.raises(TooLate, match="check them again"):
        answering.send(hearing, by=hospital, turn=hearing.turn, checked=checked)


def test_the_same_answer_is_drafted_for_all_lines_or_for_those_without_one(hearing: Hearing, hospital: Account) -> None:
    answering.draft(hearing.lines.earliest("pk"), APPEAL, by=hospital, turn=0)
    assert answering.draft_all(hearing, ACCEPT, by=hospital, over=False) == 1
    assert answering.drafted(hearing) == to_each(hearing, APPEAL, ACCEPT)
    assert answering.draft_all(hearing, ACCEPT, by=hospital, over=True) == 2
    assert answering.drafted(hearing) == to_each(hearing, ACCEPT, ACCEPT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_at_the_same_moment_one_wins_and_the_other_is_told(first: Account, place: Institution) -> None:
    hearing = notified(make_lines("60", "40", place=place), first)
    accounts = [make_answerer(place, name) for name in ("one", "two")]
    lines = {"one": to_each(hearing, ACCEPT, ACCEPT), "two": to_each(hearing, APPEAL, APPEAL)}
    told, together = {}, threading.Barrier(2)

    def send(by: Account) -> None:
        together.wait()
        try:
            told[by.username] = answering.answer(hearing, lines[by.username], by=by, turn=hearing.turn).state
        except MoveRefused as refusal:
            told[by.username] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[by]) for by in accounts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "TooLate" in told.values(), told
    (loser,) = [name for name, word in told.items() if word == "TooLate"]
    (winner,) = set(told) - {loser}
    assert told[winner] == {"one": State.ACCEPTED, "two": State.APPEALED}[winner]
    assert {line.answered_by_id for line in hearing.lines.all()} == {Account.objects.get(username=winner).pk}
    assert HearingLine.objects.filter(answered_at__lte=timezone.now()).count() == 2
