"""The history of a case on one line of time: what was done with the case itself, and on each of its tracks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from institutions.models import Account
from supervision.moves import Workflow

from .facts import FACTS
from .models import Case, CaseEvent, Kind, Proceeding, ProceedingEvent, Track
from .workflows import LEAD, WORKFLOWS

ALWAYS = (Track.AGREEMENT, Track.ADMINISTRATIVE, Track.JUDICIAL)


@dataclass(frozen=True)
class Happening:
    """One move, in the words of its table."""

    at: datetime
    column: int  # 1 is the case itself, the tracks follow
    track: str
    move: str
    state: str
    by: Account | None
    note: str
    facts: list[tuple[str, str]]
    proceeding: Proceeding | None


@dataclass(frozen=True)
class Timeline:
    columns: list[str]
    happenings: list[Happening]


def timeline(case: Case, proceedings: Sequence[Proceeding]) -> Timeline:
    """Three tracks always, and the other departments where some of it was sent to them."""
    tracks = [track for track in Track if track in ALWAYS or any(one.track == track for one in proceedings)]
    columns = {track: place for place, track in enumerate(tracks, start=2)}
    known = {one.pk: one for one in proceedings}
    found = [told(event, LEAD, 1, case.title) for event in case.events.select_related("by__territory")]
    events = ProceedingEvent.objects.filter(proceeding__in=proceedings).select_related("by__territory")
    for event in events:
        proceeding = known[event.proceeding_id]
        track = proceeding.track
        found.append(told(event, WORKFLOWS[Kind(proceeding.kind)], columns[track], str(track.label), proceeding))
    return Timeline([str(track.label) for track in tracks], sorted(found, key=lambda one: one.at))


def told(
    event: CaseEvent | ProceedingEvent, workflow: Workflow[Any], column: int, track: str,
    proceeding: Proceeding | None = None,
) -> Happening:  # fmt: skip
    move = workflow.moves.get(event.move)
    return Happening(
        at=event.at, column=column, track=track, move=str(move.words) if move else "", by=event.by, note=event.note,
        state=str(workflow.states(event.after).label), facts=list(in_words(event.facts)), proceeding=proceeding,
    )  # fmt: skip


def in_words(facts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The facts that went with a move, as they were asked for."""
    for name, value in facts.items():
        if name in FACTS:
            yield str(FACTS[name].words), value


def history(proceeding: Proceeding) -> list[Happening]:
    """What was done in one proceeding."""
    workflow = WORKFLOWS[Kind(proceeding.kind)]
    return [
        told(event, workflow, 1, str(proceeding.track.label), proceeding)
        for event in proceeding.events.select_related("by__territory")
    ]
