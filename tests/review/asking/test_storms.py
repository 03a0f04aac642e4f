"""Equal messages that arrive at the same moment are judged once in a process."""

import threading

import pytest

from supervision.review.asking.storms import OneByOne


def test_the_second_waits_for_the_first_and_does_nothing() -> None:
    judging, entered, done = OneByOne(), threading.Event(), []

    def second() -> None:
        entered.set()
        with judging.alone("m1") as first:
            done.append(first)

    with judging.alone("m1") as first:
        assert first
        other = threading.Thread(target=second)
        other.start()
        entered.wait()
        assert done == []
    other.join()
    assert done == [False]


def test_where_the_first_fails_the_next_is_the_first() -> None:
    judging = OneByOne()
    with pytest.raises(ZeroDivisionError), judging.alone("m1"):
        raise ZeroDivisionError
    with judging.alone("m1") as first:
        assert first


def test_others_do_not_wait() -> None:
    judging = OneByOne()
    with judging.alone("m1"), judging.alone("m2") as first:
        assert first
