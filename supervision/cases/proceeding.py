"""Opens a proceeding in a case, on whichever track."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, Made, as_a_move, refuse_unless

from .models import Case, Kind, Proceeding, ProceedingEvent
from .workflows import BEGINNINGS, WORKFLOWS
from .workflows.beginning import Beginning
from .workflows.conditions import case_is_open

LETTERS = {
    Kind.PENALTY: "P", Kind.SUMMARY: "S", Kind.BREACH: "B", Kind.RECOVERY: "R", Kind.SUSPENSION: "U",
    Kind.INTERVIEW: "I", Kind.RECTIFICATION: "C", Kind.CRIMINAL: "X", Kind.DISCIPLINE: "D", Kind.TRANSFER: "T",
}  # fmt: skip


@transaction.atomic
def open_proceeding(case: Case, kind: str, *, by: Account, note: str = "", **facts: Any) -> Proceeding:
    """Begin a measure in a case, or raise MoveRefused."""
    kind = Kind(kind)
    beginning = BEGINNINGS[kind]
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not locked.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    check(beginning, locked, by, note, facts)
    proceeding = Proceeding.objects.create(
        case=locked, kind=kind, number=next_number(locked, kind), state=WORKFLOWS[kind].first, opened_by=by
    )
    made: Made[Proceeding] = Made("open", by, note.strip(), facts)
    with as_a_move():
        for effect in beginning.effects:
            effect(proceeding, made)
    proceeding.save()
    said = {key: str(fact) for key, fact in facts.items() if fact is not None}
    ProceedingEvent.objects.create(
        proceeding=proceeding, move="open", after=proceeding.state, by=by, note=made.note, facts=said
    )
    record(Act.CASE, by, proceeding.number, move="open", kind=kind, after=proceeding.state, note=made.note)
    return proceeding


def check(beginning: Beginning, case: Case, by: Account, note: str, facts: Mapping[str, Any]) -> None:
    """Whether duty, party, words and conditions let the account open it."""
    permit(beginning, case, by)
    refuse_unless(bool(note.strip()) or not beginning.needs_note, _("Say why."))
    missing = [name for name in beginning.asks if facts.get(name) in (None, "", [])]
    refuse_unless(not missing, _("Something is missing: %(what)s.") % {"what": ", ".join(missing)})


def permit(beginning: Beginning, case: Case, by: Account) -> None:
    """What does not depend on what is written: for a page that offers what may be opened."""
    duty, party = beginning.duty, by.department.party if by.department else None
    refuse_unless(by.holds(duty), _("You do not hold the duty for this: %(duty)s.") % {"duty": duty.label})
    refuse_unless(
        beginning.party is None or party == beginning.party,
        _("That is for the %(party)s to do.") % {"party": beginning.party.label if beginning.party else ""},
    )
    case_is_open(case, by)
    for condition in beginning.conditions:
        condition(case, by)


def next_number(case: Case, kind: Kind) -> str:
    """The case's number, a letter for the kind and which of them it is; the case is locked."""
    return f"{case.number}-{LETTERS[kind]}{case.proceedings.filter(kind=kind).count() + 1}"
