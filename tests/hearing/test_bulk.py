"""Like findings decided together: each has its own record, and what is refused is told with the reason."""

from decimal import Decimal

import pytest

from institutions.models import Account, Institution
from supervision.audit.models import Act, Entry
from supervision.hearing import bulk, tasks
from supervision.hearing.models import Bulk, Hearing, HearingEvent
from supervision.hearing.workflow import HEARING
from supervision.monitoring import owning
from supervision.monitoring.models import UnsettledClaim
from supervision.moves import MoveRefused
from tests.builders import make_finding, make_line
from tests.hearing.heard import in_ledger, make_lines, make_reviewer, taken_up


@pytest.mark.django_db(transaction=True)
def test_three_hundred_are_taken_up_and_sent_together_each_with_its_own_record(
    first: Account, place: Institution
) -> None:
    findings = [make_lines("1.10", place=place) for _number in range(300)]
    taken = bulk.take_up(findings, by=first)
    assert (taken.asked, taken.done, taken.refused) == (300, 300, [])
    released = bulk.decide(list(Hearing.objects.all()), "release", by=first, note="a known course", cause="documented")
    assert (released.done, released.refused, released.finished_at is not None) == (300, [], True)
    assert HearingEvent.objects.filter(bulk=released, move="release", by=first, note="a known course").count() == 300
    told = Entry.objects.filter(act=Act.HEARING, facts__move="release")
    assert told.values("subject").distinct().count() == 300
    assert {finding.reviews.get().cause for finding in findings} == {"documented"}


def test_those_that_cannot_be_decided_so_are_told_with_the_reason_and_the_rest_are(
    first: Account, place: Institution
) -> None:
    ready, sent, empty = (taken_up(make_lines(amount, place=place), first) for amount in ("5", "6", "0"))
    HEARING.make(sent, "notify", by=first)
    made = bulk.decide([ready, sent, empty], "notify", by=first)
    assert (made.asked, made.done) == (3, 1)
    assert [refused["number"] for refused in made.refused] == [sent.pk, empty.pk]
    late, nothing = (refused["why"] for refused in made.refused)
    assert "moved on since you looked" in late and "Nothing is left" in nothing
    assert in_ledger() == {"suspected": 11}


def test_a_reviewer_from_elsewhere_decides_nothing(first: Account, place: Institution) -> None:
    elsewhere = make_reviewer("elsewhere", "990200")
    made = bulk.decide([taken_up(make_lines("5", place=place), first)], "notify", by=elsewhere)
    assert (made.done, [refused["why"] for refused in made.refused]) == (0, ["There is nothing here by that number."])


def test_a_duty_taken_away_in_the_middle_ends_it(first: Account, place: Institution) -> None:
    wish = bulk.ask([taken_up(make_lines("5", place=place), first) for _n in range(3)], "notify", by=first)
    assert bulk.do_next(wish.pk)
    first.duties = []
    first.save()
    made = bulk.carry_out(wish)
    assert (made.done, len(made.refused)) == (1, 2)


def test_cut_off_it_goes_on_where_it_stood_and_twice_changes_nothing(first: Account, place: Institution) -> None:
    wish = bulk.ask([taken_up(make_lines("5", place=place), first) for _n in range(3)], "notify", by=first)
    bulk.do_next(wish.pk)
    Bulk.objects.update(at="2020-01-01T00:00Z")
    tasks.sweep()
    assert Bulk.objects.get().done == 1  # given up long ago
    tasks.carry_out(wish.pk)
    tasks.carry_out(wish.pk)
    assert Bulk.objects.get().done == 3
    assert HearingEvent.objects.filter(move="notify").count() == 3


@pytest.mark.parametrize(("move", "count"), [("conclude", 1), ("accept", 1), ("notify", 0), ("notify", 501)])
def test_what_must_be_said_of_each_and_too_many_are_not_wished_for(
    first: Account, place: Institution, move: str, count: int
) -> None:
    hearing = taken_up(make_lines("5", place=place), first)
    with pytest.raises(MoveRefused):
        bulk.ask([hearing] * count, move, by=first)


def test_one_that_fails_unforeseen_does_not_hold_up_the_others(
    first: Account, place: Institution, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = (taken_up(make_lines("5", place=place), first) for _n in range(2))
    real = bulk.do

    def do(wish: Bulk, one: int, turn: int) -> None:
        real(wish, one, turn)
        if one == broken.pk:
            raise ValueError("its letter cannot be set")

    monkeypatch.setattr(bulk, "do", do)
    made = bulk.decide([broken, sound], "notify", by=first)
    assert (made.done, made.finished_at is not None) == (1, True)
    assert [(refused["number"], "unforeseen" in refused["why"]) for refused in made.refused] == [(broken.pk, True)]
    assert "its letter cannot be set" in caplog.text
    assert HearingEvent.objects.filter(move="notify").get().hearing_id == sound.pk


def test_what_was_owned_passes_on_and_is_settled_once_for_all_that_were_decided(
    first: Account, place: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    charge = {"charge": "H99010100001:1:1", "claim": "H99010100001:1", "amount": 500}
    wrong, right = make_finding(place, at_stake="5.00"), make_finding(place, at_stake="5.00", severity=1)
    for finding, owned in ((wrong, "5.00"), (right, "0.00")):
        finding.lines.all().delete()
        make_line(finding, **charge, at_stake="5.00", owned=owned)
    hearings = [taken_up(wrong, first), *(taken_up(make_lines("7", place=place), first) for _n in range(2))]
    settled = []
    monkeypatch.setattr(owning, "settle", lambda settle=owning.settle: settled.append(settle()))
    made = bulk.decide(hearings, "release", by=first, note="a known course", cause="documented")
    right.refresh_from_db()
    assert (made.done, len(settled), right.owned) == (3, 1, Decimal(5))
    assert not UnsettledClaim.objects.exists()
