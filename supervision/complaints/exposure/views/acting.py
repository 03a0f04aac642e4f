"""The acts that a page offers, each open with its form or closed with the reason, and what comes of a form sent."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from institutions import fresh_code
from institutions.access import signed_in
from institutions.models import Account
from supervision.cases.forms import ActForm
from supervision.cases.views.acts import Offer
from supervision.moves import Movable, Move, MoveRefused, Workflow


def form_of(name: str, move: Move[Any], subject: Movable, sent: QueryDict | None = None) -> ActForm:
    form = ActForm(name, move.asks, subject, needs_note=move.needs_note, sent=sent)
    for asked in move.asks:  # a text that is rewritten starts with what it says now
        form.fields[asked].initial = getattr(subject, asked, None)
    return form


def offers(workflow: Workflow[Any], subject: Movable, account: Account, refused: Mapping[str, ActForm]) -> list[Offer]:
    """What may be done now. What comes by itself is nobody's to do and is not shown."""
    return [
        Offer(choice.name, choice.move.words, choice.closed)
        if choice.closed
        else Offer(
            choice.name, choice.move.words,
            form=refused.get(choice.name) or form_of(choice.name, choice.move, subject),
        )
        for choice in workflow.choices(subject, account)
        if not choice.move.by_itself
    ]  # fmt: skip


def made(
    request: HttpRequest, workflow: Workflow[Any], subject: Movable
) -> tuple[HttpResponse | None, dict[str, ActForm]]:
    """Make the move that was sent: what must be answered first, if anything, and the form where it was refused."""
    name = request.POST.get("move", "")
    row = workflow.moves.get(name)
    if row is None or row.by_itself:
        messages.error(request, _("There is no such move."))
        return None, {}
    if row.weighs and (asking := fresh_code.asked(request)):
        return asking, {}
    form = form_of(name, row, subject, request.POST)
    if form.is_valid():
        try:
            note = form.cleaned_data["note"]
            workflow.make(subject, name, by=signed_in(request), note=note, turn=turn_of(request), **form.facts())
            messages.success(request, _("Done."))
            return None, {}
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return None, {name: form}


def turn_of(request: HttpRequest) -> int | None:
    """The turn that was looked at when the move was chosen."""
    turn = request.POST.get("turn", "")
    return int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 10 else None
