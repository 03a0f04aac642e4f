"""Two people decide the same finding at the same moment: one wins, and the other is told."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from institutions.models import Account
from supervision.hearing.models import Hearing
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING
from supervision.moves import MoveRefused, TooLate
from tests.builders import make_institution
from tests.hearing.heard import (
    in_ledger,
    in_second_review,
    make_answerer,
    make_lines,
    make_reviewer,
    notified,
    taken_up,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each came to, every one with a connection of its own: its answer or its refusal."""
    answers: list[object] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def go(number: int, act: Callable[[], object]) -> None:
        ready.wait()
        try:
            with translation.override("en"):
                answers[number] = act()
        except MoveRefused as refusal:
            answers[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def deciding(hearing: Hearing, by: Account, move: str) -> Callable[[], object]:
    turn = hearing.turn
    return lambda: HEARING.make(hearing, move, by=by, note="as I see it", turn=turn, cause="other")


def told(answers: list[object]) -> tuple[list[Hearing], list[MoveRefused]]:
    done = [answer for answer in answers if isinstance(answer, Hearing)]
    return done, [answer for answer in answers if isinstance(answer, MoveRefused)]


def test_of_an_upholder_and_a_withdrawer_one_wins_and_the_other_is_told_by_whom() -> None:
    first, second, third = make_reviewer("first"), make_reviewer("second"), make_reviewer("third")
    place = make_institution()
    hearing = in_second_review(make_lines("60", place=place), first, second, make_answerer(place), "no")
    done, refused = told(at_once(deciding(hearing, second, "uphold"), deciding(hearing, third, "withdraw")))
    assert len(done) == 1 and [type(refusal) for refusal in refused] == [TooLate]
    assert str(done[0].second_reviewer) in str(refused[0])
    expected = {"confirmed": 60} if done[0].state == "upheld" else {"withdrawn": 60}
    assert in_ledger(hearing) == expected
    assert hearing.events.count() == 6


def test_of_two_who_take_up_one_finding_one_does() -> None:
    first, second = make_reviewer("first"), make_reviewer("second")
    finding = make_lines("60")
    done, refused = told(at_once(lambda: open_hearing(finding, by=first), lambda: open_hearing(finding, by=second)))
    assert (len(done), len(refused), Hearing.objects.count()) == (1, 1, 1)


def test_two_findings_on_one_charge_are_sent_at_once_and_its_amount_is_heard_once() -> None:
    first, second = make_reviewer("first"), make_reviewer("second")
    place = make_institution()
    one, two = make_lines("60", place=place), make_lines("60", place=place, rule="another")
    two.lines.update(claim=one.claim, charge=f"{one.claim}:1")
    hearings = [taken_up(one, first), taken_up(two, second)]
    done, refused = told(
        at_once(*(deciding(hearing, by, "notify") for hearing, by in zip(hearings, (first, second), strict=True)))
    )
    assert (len(done), len(refused)) == (1, 1)
    assert in_ledger() == {"suspected": 60}


def test_the_institution_answers_while_its_finding_is_notified_once() -> None:
    first, place = make_reviewer("first"), make_institution()
    hospital, colleague = make_answerer(place), make_answerer(place, "colleague")
    hearing = notified(make_lines("60", place=place), first)
    hearing.lines.update(answer="accepted", answered_by=hospital)
    done, refused = told(at_once(deciding(hearing, hospital, "accept"), deciding(hearing, colleague, "accept")))
    assert len(done) == 1 and [type(refusal) for refusal in refused] == [TooLate]
