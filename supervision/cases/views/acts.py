"""The acts that a page offers: each open with its form, or closed with the reason why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from institutions.models import Account
from supervision.cases.forms import ActForm, beginning_form
from supervision.cases.models import Case, Kind, Proceeding
from supervision.cases.proceeding import permit
from supervision.cases.workflows import BEGINNINGS, LEAD, WORKFLOWS
from supervision.moves import Move, MoveRefused, Workflow


@dataclass(frozen=True)
class Offer:
    """An act with its form, or why it is closed."""

    name: str
    words: str | Promise
    closed: str = ""
    form: ActForm | None = None


def workflow_of(subject: Case | Proceeding) -> Workflow[Any]:
    return LEAD if isinstance(subject, Case) else WORKFLOWS[Kind(subject.kind)]


def form_of(name: str, move: Move[Any], subject: Case | Proceeding, sent: QueryDict | None = None) -> ActForm:
    return ActForm(name, move.asks, subject, needs_note=move.needs_note, sent=sent)


def offers(subject: Case | Proceeding, account: Account, refused: Mapping[str, ActForm]) -> list[Offer]:
    """The moves that its state allows; a form that was refused keeps what was written into it."""
    return [
        Offer(choice.name, choice.move.words, choice.closed)
        if choice.closed
        else Offer(
            choice.name, choice.move.words,
            form=refused.get(choice.name) or form_of(choice.name, choice.move, subject),
        )
        for choice in workflow_of(subject).choices(subject, account)
    ]  # fmt: skip


def beginnings(case: Case, account: Account, refused: Mapping[str, ActForm]) -> list[Offer]:
    """The proceedings that can be opened in the case."""
    found = []
    for kind, beginning in BEGINNINGS.items():
        try:
            permit(beginning, case, account)
        except MoveRefused as refusal:
            found.append(Offer(kind, kind.label, str(refusal)))
        else:
            found.append(Offer(kind, kind.label, form=refused.get(kind) or beginning_form(kind, case)))
    return found
