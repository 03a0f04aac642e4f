"""The forms of a typical case: a text that is rewritten starts with what it says now."""

from typing import Any

from django.http import QueryDict

from supervision.cases.forms import ActForm
from supervision.cases.views.acts import plain_form
from supervision.moves import Move


def form_of(name: str, move: Move[Any], subject: Any, sent: QueryDict | None = None) -> ActForm:
    form = plain_form(name, move, subject, sent)
    for asked in move.asks:
        form.fields[asked].initial = getattr(subject, asked, None)
    return form
