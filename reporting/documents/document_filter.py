"""What a reader asks of the letters; the question stands in the address."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document, Receipt, Service
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

SERVED = Exists(Service.objects.filter(document=OuterRef("pk")))
RECEIVED = Exists(Receipt.objects.filter(service__document=OuterRef("pk")))
STATES: dict[str, tuple[Any, Q]] = {
    "kept": (_("not served"), Q(~SERVED)),
    "underway": (_("served, no receipt yet"), Q(SERVED) & Q(~RECEIVED)),
    "received": (_("received"), Q(RECEIVED)),
}


class DocumentFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    text = forms.CharField(label=_("Reference, case or verification code"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("Service"), required=False)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        self._offer("kind", {kind.code: kind.words for kind in KINDS.values()})
        self._offer("state", {state: words for state, (words, _rows) in STATES.items()})
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    def _offer(self, name: str, choices: dict[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ANY), *choices.items()]

    @cached_property
    def documents(self) -> QuerySet[Document]:
        """All that answer."""
        rows, chosen = Document.objects.visible_to(self.account), self.chosen
        if "kind" in chosen:
            rows = rows.filter(kind=chosen["kind"])
        if "state" in chosen:
            rows = rows.filter(STATES[chosen["state"]][1])
        if text := chosen.get("text"):
            # Full-width brackets were turned into plain ones with everything else that typing leaves behind.
            wide = text.replace("[", "〔").replace("]", "〕")
            rows = rows.filter(Q(reference__contains=wide) | Q(about=text) | Q(code=text.upper()))
        return rows

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return next(str(words) for code, words in field.widget.choices if code == value)
        return value
