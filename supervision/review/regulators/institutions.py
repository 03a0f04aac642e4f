"""Which institutions are connected to reminders and which never ask, and the export of that list."""

from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.models import Account, Institution
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, capped_count, page, with_changes

from . import connections
from .connections import STATES


class ConnectionFilter(forms.Form):
    """What is not understood filters nothing."""

    state = forms.ChoiceField(label=gettext_lazy("Connection"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    division = forms.ChoiceField(label=gettext_lazy("Division"), required=False)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        offered = {
            "state": STATES.items(), "kind": Institution.Kind.choices, "level": Institution.Level.choices,
            "division": connections.below(account).items(),
        }  # fmt: skip
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ANY), *choices]
        dress(self)
        self.is_valid()
        self.chosen: dict[str, str] = {name: value for name, value in self.cleaned_data.items() if value}

    def institutions(self) -> QuerySet[Institution]:
        chosen = self.chosen
        rows = connections.told(Institution.objects.visible_to(self.account))
        if "state" in chosen:
            rows = rows.filter(connections.in_state(chosen["state"]))
        rows = rows.filter(**{name: chosen[name] for name in ("kind", "level") if name in chosen})
        return rows.filter(connections.inside(self.account, chosen.get("division", ""))).select_related("division")

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items()
        ]

    def _words(self, name: str, value: str) -> str:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return next(str(label) for choice, label in field.widget.choices if str(choice) == value)


@desk_page
@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    asked = ConnectionFilter(request.GET, signed_in(request))
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "count": capped_count(asked.institutions()),
        "page": page(asked.institutions(), request.GET, sort="code"),
        "heard_since": connections.heard_since(timezone.localdate()),
        "query": with_changes(request.GET, {}),
    }
    return render(request, "review/desk/institutions.html", context)


@desk_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same rows as the list shows, all of its pages."""
    account = signed_in(request)
    found = list(ConnectionFilter(request.GET, account).institutions().order_by("code"))
    headings = [
        _("National code"), _("Name"), _("Kind"), _("Level"), _("Division"), _("Has a key"), _("Last heard"),
        _("Asked today"), _("Asked this month"), _("Ever asked"),
    ]  # fmt: skip
    answer = exporting.export("connections", form, headings, map(cells, found))
    record(Act.EXPORT, account, "connections", rows=len(found), form=form, query=with_changes(request.GET, {}))
    return answer


def cells(place: Institution) -> Sequence[exporting.Cell]:
    told = [getattr(place, name) for name in ("has_key", "heard_on", "asked_today", "asked_this_month", "asked_ever")]
    answers = [one if not isinstance(one, bool) else _("yes") if one else _("no") for one in told]
    return [
        place.code, str(place), place.get_kind_display(), place.get_level_display(), str(place.division), *answers,
    ]  # fmt: skip
