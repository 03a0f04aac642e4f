"""The acts that a page offers, each open with its form or closed with the reason, and what comes of a form sent.

Every page of something that is moved goes by these: what comes by itself is nobody's to do and is not offered.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from institutions import fresh_code
from institutions.access import signed_in
from institutions.models import Account
from supervision.cases.forms import ActForm, beginning_form
from supervision.cases.models import Case, Kind, Proceeding
from supervision.cases.proceeding import permit
from supervision.cases.workflows import BEGINNINGS, LEAD, WORKFLOWS
from supervision.moves import Move, MoveRefused, Workflow

RefusedForms = Mapping[str, ActForm]  # by the name of the move: what was written, and why it was refused
FormOf = Callable[[str, Move[Any], Any, QueryDict | None], ActForm]


@dataclass(frozen=True)
class Offer:
    """An act with its form, or why it is closed."""

    name: str
    words: str | Promise
    closed: str = ""
    form: ActForm | None = None


def workflow_of(subject: Case | Proceeding) -> Workflow[Any]:
    return LEAD if isinstance(subject, Case) else WORKFLOWS[Kind(subject.kind)]


def plain_form(name: str, move: Move[Any], subject: Any, sent: QueryDict | None = None) -> ActForm:
    return ActForm(name, move.asks, subject, needs_note=move.needs_note, sent=sent)


def offers(
    workflow: Workflow[Any], subject: Any, account: Account, refused: RefusedForms, *, form_of: FormOf = plain_form
) -> list[Offer]:
    """The moves of the account's side that its state allows; a form that was refused keeps what was written into it."""
    return [
        Offer(choice.name, choice.move.words, choice.closed)
        if choice.closed
        else Offer(
            choice.name, choice.move.words,
            form=refused.get(choice.name) or form_of(choice.name, choice.move, subject, None),
        )
        for choice in workflow.choices(subject, account)
        if not choice.move.by_itself and choice.move.is_of_side(account)
    ]  # fmt: skip


def make(
    request: HttpRequest, workflow: Workflow[Any], subject: Any, again: Callable[[RefusedForms], HttpResponse], *,
    back: str = "", then: Callable[[Any], HttpResponse] | None = None, form_of: FormOf = plain_form,
    with_code: Collection[str] = (),
) -> HttpResponse:  # fmt: skip
    """Make the move that the field `move` names, then go on; or show the page again with what was refused and why.

    One goes `back` to an address, where none is said to the subject's page at the desk. What weighs is made by whoever
    shows a present code, and so are the moves `with_code`.
    """
    name = request.POST.get("move", "")
    row = workflow.moves.get(name)
    if row is None or row.by_itself:
        messages.error(request, _("There is no such move."))
        return redirect(back or subject)
    if (row.weighs or name in with_code) and (asking := fresh_code.asked(request)):
        return asking
    form = form_of(name, row, subject, request.POST)
    if form.is_valid() and (moved := made(request, workflow, subject, form)):
        return then(moved) if then else redirect(back or moved)
    return again({name: form})


def made(request: HttpRequest, workflow: Workflow[Any], subject: Any, form: ActForm) -> Any:
    """What was moved; or nothing, and the form says why."""
    by, note, turn = signed_in(request), form.cleaned_data["note"], turn_of(request)
    try:
        return workflow.make(subject, form.name, by=by, note=note, turn=turn, **form.facts())
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
    return None


def turn_of(request: HttpRequest) -> int | None:
    """The turn that was looked at when the move was chosen."""
    turn = request.POST.get("turn", "")
    return int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 10 else None


def beginnings(case: Case, account: Account, refused: RefusedForms) -> list[Offer]:
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
