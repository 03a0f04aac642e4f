"""Changes of state: a workflow is a table of moves, and a move is made whole or not at all.

`docs/workflows.md` is drawn from these tables, and one test tries every state against every move.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.refusal import Refused


class MoveRefused(Refused):
    """What cannot be moved so; the sentence says why."""


class BeyondReach(MoveRefused):
    """It lies in another territory or belongs to another institution: for this account it does not exist."""


class TooLate(MoveRefused):
    """Somebody else has moved it since it was looked at."""


@contextmanager
def as_a_move() -> Iterator[None]:
    """What ledger, register, agreement, deadline or service refuses here, the move is refused for in the same words."""
    try:
        yield
    except MoveRefused:
        raise
    except Refused as refusal:
        raise MoveRefused(str(refusal)) from refusal


class Movable(models.Model):
    """Something whose state changes by moves alone."""

    state = models.CharField(gettext_lazy("state"), max_length=24)
    turn = models.PositiveIntegerField(default=0)  # moves made so far: who decides says which turn they looked at
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def reaches(self, account: Account) -> bool:
        """Whether the account's territory, or its institution, is the one that this is about."""
        raise NotImplementedError


class MoveEvent(models.Model):
    """One move, in the history of what it moved. Written once, never changed."""

    move = models.CharField(max_length=24)
    before = models.CharField(max_length=24, blank=True)
    after = models.CharField(max_length=24)
    by = models.ForeignKey("institutions.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.move}: {self.before} → {self.after}"


Subject = TypeVar("Subject", bound=Movable)
# Who makes the moves that come about by themselves when their time has come. It is kept as nobody.
THE_SITE = cast("Account", None)
Condition = Callable[[Subject, Account], None]  # raises MoveRefused
OF_INSTITUTIONS = (Duty.ANSWER, Duty.SIGN, Duty.STAFF)  # held for an institution, whatever else an account was given


@dataclass(frozen=True)
class Made(Generic[Subject]):
    """A move that is being made: who makes it, with which words and facts."""

    name: str
    by: Account
    note: str
    facts: Mapping[str, Any]


Effect = Callable[[Subject, Made[Subject]], None]  # may set columns of the subject: it is saved afterwards


@dataclass(frozen=True)
class Move(Generic[Subject]):
    """One row of the table: from which states to which, who may, and what else must hold."""

    before: frozenset[str]
    after: str
    duty: Duty
    words: Promise
    party: Department.Party | None = None  # the department that makes it, where the law names one
    conditions: tuple[Condition[Subject], ...] = ()
    effects: tuple[Effect[Subject], ...] = ()
    needs_note: bool = False
    asks: tuple[str, ...] = ()  # facts that must be given with it
    by_itself: bool = False  # the site makes it when its time has come, and no account may

    @property
    def weighs(self) -> bool:
        """Whether its page asks for a present code: what a person in charge decides, and what puts rules in force."""
        return self.duty in (Duty.DECIDE, Duty.RELEASE)

    def is_of_side(self, account: Account) -> bool:
        """Whether it is made for an institution by an account of one, or for an authority by any other."""
        return (account.institution_id is not None) == (self.duty in OF_INSTITUTIONS)


@dataclass(frozen=True)
class Choice(Generic[Subject]):
    """A move as it is offered to an account: open, or closed and why."""

    name: str
    move: Move[Subject]
    closed: str = ""


def refuse_unless(holds: bool, why: str) -> None:
    if not holds:
        raise MoveRefused(why)


def by_another_than(*columns: str) -> Condition[Any]:
    """Who stands in one of these columns of the subject may not make the move: two people."""

    def another(subject: Movable, by: Account) -> None:
        taken = {getattr(subject, f"{column}_id") for column in columns}
        refuse_unless(by.pk not in taken, _("This needs a second person: you have decided on it already."))

    another.__name__ = "by_another_than_" + "_or_".join(columns)
    another.__doc__ = "by another person"
    return another


@dataclass(frozen=True)
class Workflow(Generic[Subject]):
    """A table of moves, and the one way to make them."""

    name: str
    words: Promise
    states: type[models.TextChoices]
    act: Act
    moves: Mapping[str, Move[Subject]]
    first: str
    module: str = ""

    known: ClassVar[dict[str, "Workflow[Any]"]] = {}
    ends: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        leaving = {state for move in self.moves.values() for state in move.before}
        object.__setattr__(self, "ends", frozenset(set(self.states.values) - leaving))
        Workflow.known[self.name] = self

    def make(
        self, subject: Subject, name: str, *, by: Account, note: str = "", turn: int | None = None, **facts: Any
    ) -> Subject:
        """Move it, or raise MoveRefused. Of two who try at once one does, and the other is told.

        `turn` is what the account looked at when it decided; `facts` go to the effects and into the history.
        """
        move = self.moves.get(name)
        refuse_unless(move is not None, _("There is no such move."))
        assert move is not None
        with transaction.atomic():
            locked = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
            if by is not THE_SITE and not locked.reaches(by):
                raise BeyondReach(_("There is nothing here by that number."))
            self.refuse_the_late(locked, turn)
            self.check(locked, move, by, note, facts)
            before = locked.state
            made: Made[Subject] = Made(name, by, note.strip(), facts)
            with as_a_move():
                for effect in move.effects:
                    effect(locked, made)
            self.write(locked, made, before=before, after=move.after)
            who = "" if by is THE_SITE else by
            note_kept = self.kept(made.note)
            record(self.act, who, str(locked), move=name, before=before, after=move.after, note=note_kept)
        return locked

    def write(self, locked: Subject, made: Made[Subject], *, before: str, after: str) -> None:
        """The new state and its history, in the transaction of the move."""
        locked.state, locked.turn, locked.moved_at = after, locked.turn + 1, timezone.now()
        locked.save()
        events: Any = locked.events  # type: ignore[attr-defined]
        said = {
            key: str(fact) for key, fact in made.facts.items() if isinstance(fact, (str, int, bool)) or fact is not None
        }
        events.create(
            move=made.name, before=before, after=after, by=made.by, note=self.kept(made.note), facts=said,
            at=locked.moved_at, **self.beside(locked, made),
        )  # fmt: skip

    def kept(self, note: str) -> str:
        """What of a note may stand in the open, in the history and in the chain of acts."""
        return note

    def beside(self, locked: Subject, made: Made[Subject]) -> dict[str, Any]:
        """What else a table's own history keeps of a move."""
        return {}

    def refuse_the_late(self, locked: Subject, turn: int | None) -> None:
        if turn is None or turn == locked.turn:
            return
        last: Any = locked.events.last()  # type: ignore[attr-defined]
        raise TooLate(
            _("Somebody has moved on since you looked: %(who)s, %(when)s, now %(state)s.")
            % {
                "who": last.by if last else "",
                "when": timezone.localtime(locked.moved_at).strftime("%Y-%m-%d %H:%M"),
                "state": self.states(locked.state).label,
            }
        )

    def check(self, subject: Subject, move: Move[Subject], by: Account, note: str, facts: Mapping[str, Any]) -> None:
        """Whether state, duty, party, words and conditions let this account make the move now."""
        self.permit(move, by)
        refuse_unless(
            subject.state in move.before,
            _("That cannot be done with what is %(state)s.") % {"state": self.states(subject.state).label},
        )
        refuse_unless(bool(note.strip()) or not move.needs_note, _("Say why."))
        missing = [name for name in move.asks if facts.get(name) in (None, "", [])]
        refuse_unless(not missing, _("Something is missing: %(what)s.") % {"what": ", ".join(missing)})
        for condition in move.conditions:
            condition(subject, by)

    def permit(self, move: Move[Subject], by: Account) -> None:
        refuse_unless(move.by_itself == (by is THE_SITE), _("This comes about by itself when its time has come."))
        if by is THE_SITE:
            return
        # Answering and signing are for institutions, everything else never: whatever duties an account was given.
        refuse_unless(
            by.holds(move.duty) and move.is_of_side(by),
            _("You do not hold the duty for this: %(duty)s.") % {"duty": move.duty.label},
        )
        party = by.department.party if by.department else None
        refuse_unless(
            move.party is None or party == move.party,
            _("That is for the %(party)s to do.") % {"party": move.party.label if move.party else ""},
        )

    def choices(self, subject: Subject, account: Account) -> Iterator[Choice[Subject]]:
        """The moves that the state allows, each open to this account or closed with the reason."""
        for name, move in self.moves.items():
            if subject.state not in move.before:
                continue
            try:
                self.permit(move, account)
                for condition in move.conditions:
                    condition(subject, account)
            except MoveRefused as refusal:
                yield Choice(name, move, str(refusal))
            else:
                yield Choice(name, move)
