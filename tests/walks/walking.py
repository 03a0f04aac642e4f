"""Walks through a workflow's table: every state, and in each every move, as its maker and as everybody else.

A walk goes down each way once, and takes back what it tried: the next move finds what the last one found. For each
move it knows how to make ready what the move asks for, so that what refuses is what should refuse, and nothing else.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation

from institutions.models import Account, Department, Duty
from supervision.cases.facts import FACTS, Kind
from supervision.moves import THE_SITE, BeyondReach, Movable, Move, MoveRefused, Workflow
from tests.builders import make_account, make_institution
from tests.cases.office import make_department

Ready = Callable[[Any], Mapping[str, Any]]  # makes ready what the move asks for, and says what to give it
PLAIN: Mapping[Kind, Callable[[], Any]] = {
    Kind.LINE: lambda: "as said",
    Kind.WORDS: lambda: "as said",
    Kind.MONEY: lambda: Decimal("1.00"),
    Kind.DAY: timezone.localdate,
    Kind.MOMENT: timezone.now,
    Kind.NUMBER: lambda: 1,
}


@dataclass(frozen=True)
class Walk:
    """A workflow, somebody for each move, and how to make its moves ready."""

    workflow: Workflow[Any]
    begin: Callable[[], Movable]
    who: Mapping[str, Account]  # "to decide" for one move, or by "duty party", or by duty
    ready: Mapping[str, Ready] = field(default_factory=dict)  # by "state move" or by the move's name
    also: tuple[Callable[[], Movable], ...] = ()  # other beginnings, of states that no move leads to

    def maker(self, name: str) -> Account:
        move = self.workflow.moves[name]
        if move.by_itself:
            return THE_SITE
        for key in (f"to {name}", f"{move.duty} {move.party}", str(move.duty)):
            if key in self.who:
                return self.who[key]
        raise AssertionError(f"nobody makes {name}")

    def give(self, subject: Movable, name: str) -> dict[str, Any]:
        """What the move is given: what it asks for, plainly answered where nothing else is said."""
        move = self.workflow.moves[name]
        prepare = self.ready.get(f"{subject.state} {name}") or self.ready.get(name)
        given = dict(prepare(subject)) if prepare else {}
        plain = {asked: plainly(asked, subject) for asked in move.asks if asked not in given}
        return {"note": "as said", **plain, **given}


def plainly(asked: str, subject: Movable) -> Any:
    fact = FACTS[asked]
    if fact.choices is None:
        return PLAIN[fact.kind]()
    offered = [value for value, _words in fact.choices(subject)]
    assert offered, f"nothing is offered for {asked}"
    return offered if fact.kind == Kind.CHOICES else offered[0]


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens here has not happened afterwards."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


@dataclass
class Told:
    """What a walk has seen."""

    states: set[str] = field(default_factory=set)
    made: set[tuple[str, str]] = field(default_factory=set)
    refused: set[tuple[str, str]] = field(default_factory=set)
    strangers: int = 0


def walk(way: Walk, *, strangers: bool = False) -> Told:
    """Go down every way; in each state try every move."""
    told = Told()
    with translation.override("en"), taken_back():
        for begin in (way.begin, *way.also):
            step(way, begin(), told, strangers=strangers)
    return told


def step(way: Walk, subject: Movable, told: Told, *, strangers: bool) -> None:
    if subject.state in told.states:
        return
    told.states.add(subject.state)
    for name, move in way.workflow.moves.items():
        subject.refresh_from_db()  # what made the last move ready was taken back too
        with taken_back():
            if subject.state in move.before:
                if strangers:
                    told.strangers += try_strangers(way, subject, name)
                moved = make(way, subject, name)
                told.made.add((subject.state, name))
                step(way, moved, told, strangers=strangers)
            elif not strangers:
                refuse(way, subject, name)
                told.refused.add((subject.state, name))


def make(way: Walk, subject: Movable, name: str) -> Movable:
    """The move is made: the state is the table's, and the history has one line more."""
    before, given = subject.state, way.give(subject, name)
    subject.refresh_from_db()
    moved: Movable = way.workflow.make(subject, name, by=way.maker(name), turn=subject.turn, **given)
    stored = type(moved)._default_manager.get(pk=moved.pk)
    assert stored.state == way.workflow.moves[name].after
    assert stored.turn == subject.turn + 1
    last = told_of(stored).last()
    assert (last.move, last.before, last.after) == (name, before, stored.state)
    return stored


def refuse(way: Walk, subject: Movable, name: str) -> None:
    """The move is refused for the state alone, and nothing has changed."""
    move = way.workflow.moves[name]
    plain = {asked: PLAIN[Kind.WORDS]() for asked in move.asks}
    told = told_of(subject).count()
    maker = way.maker(name)
    with pytest.raises(MoveRefused) as raised:
        way.workflow.make(subject, name, by=maker, note="as said", **plain)
    unseen = maker is not THE_SITE and not subject.reaches(maker)  # an institution, before it is told
    assert unseen or "That cannot be done with what is" in str(raised.value)
    stored = type(subject)._default_manager.get(pk=subject.pk)
    assert (stored.state, stored.turn) == (subject.state, subject.turn)
    assert told_of(stored).count() == told


def told_of(subject: Movable) -> Any:
    """Its history."""
    return subject.events  # type: ignore[attr-defined]


# --- Everybody else -----------------------------------------------------------------------------------


def try_strangers(way: Walk, subject: Movable, name: str) -> int:
    """Ready as the move is, nobody makes it without its duty, or from elsewhere."""
    with taken_back():
        given = way.give(subject, name)
        tried = 0
        for who, account, refusal in strangers_to(way.workflow.moves[name], way.maker(name)):
            with taken_back():
                assert isinstance(refusal_of(way, subject, name, account, given), refusal), who
            tried += 1
    return tried


def refusal_of(way: Walk, subject: Movable, name: str, by: Account, given: Mapping[str, Any]) -> MoveRefused | None:
    try:
        way.workflow.make(subject, name, by=by, **given)
    except MoveRefused as refusal:
        return refusal
    return None


def strangers_to(move: Move[Any], maker: Account) -> Iterator[tuple[str, Account, type[Exception]]]:
    """Every kind of account that may not make the move, and how it is told."""
    inside = maker.institution if maker is not THE_SITE else None
    party = maker.department.party if maker is not THE_SITE and maker.department else "authority"
    elsewhere = make_institution("H99020100009", division="990201")
    for duty in Duty:
        if duty != move.duty and not (inside and duty == Duty.ADMINISTER):
            yield f"only {duty}", stranger([duty], inside=inside, party=party), MoveRefused
    yield "no duty", stranger([], inside=inside, party=party), MoveRefused
    yield "stopped", stranger([move.duty], inside=inside, party=party, is_active=False), MoveRefused
    yield "of another institution", stranger([move.duty], inside=elsewhere), BeyondReach
    if inside:
        yield "of the territory, no institution", stranger([move.duty], party=party), MoveRefused
        return
    yield "of a neighbour", stranger([move.duty], territory="990200", party=party), BeyondReach
    yield "of nowhere", stranger([move.duty], territory=None), BeyondReach
    yield (
        "of the accused",
        stranger([move.duty], inside=make_institution("H99010000001", division="990101")),
        MoveRefused,
    )
    for other in Department.Party:
        if move.party not in (None, other):
            yield f"of the {other}", stranger([move.duty], party=other), MoveRefused


def stranger(
    duties: list[Duty], *, territory: str | None = "990100", inside: Any = None, party: str = "authority", **post: Any
) -> Account:
    name = f"stranger {Account.objects.count()}"
    if inside:
        return make_account(name, institution=inside, duties=duties, **post)
    place = {"department": make_department(party)} if territory else {}
    return make_account(name, territory, duties=duties, **place, **post)


def days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days)
