"""What a reader asks of the clocks; the question stands in the address."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.clocks.limits import NATION
from supervision.clocks.models import Clock, ClockQuerySet, Limit
from supervision.language import in_chinese
from supervision.monitoring.filters import ANY, dress, tidy
from supervision.paging import Chip, with_changes

RUNNING = Q(state=Clock.State.RUNNING)
STATES: dict[str, tuple[Any, Callable[[], Q]]] = {
    "overdue": (_("overdue"), lambda: RUNNING & Q(due_at__lt=timezone.now())),
    "yellow": (_("due soon"), lambda: RUNNING & Q(yellow_at__lte=timezone.now(), due_at__gte=timezone.now())),
    "paused": (_("paused"), lambda: Q(state=Clock.State.PAUSED)),
    "met": (_("kept"), lambda: Q(state=Clock.State.MET)),
    "missed": (_("missed"), lambda: Q(state=Clock.State.MISSED)),
    "stopped": (_("no longer needed"), lambda: Q(state=Clock.State.STOPPED)),
    "all": (_("all, ended ones too"), Q),
}
WHOSE: dict[str, Any] = {"mine": _("mine"), "institutions": _("institutions'"), "nobody": _("of nobody by name")}


class ClockFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    state = forms.ChoiceField(label=_("State"), required=False)
    limit = forms.ChoiceField(label=_("Limit"), required=False)
    whose = forms.ChoiceField(label=_("Whose"), required=False)
    institution = forms.CharField(label=_("Institution's code"), required=False, max_length=30)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        offered = {"state": {code: words for code, (words, _rows) in STATES.items()}, "whose": WHOSE}
        for name, choices in (offered | {"limit": limits()}).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("going") if name == "state" else ANY), *choices.items()]
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def clocks(self) -> ClockQuerySet:
        """All that answer; those that still go unless a state is asked for."""
        chosen, account = self.chosen, self.account
        rows = Clock.objects.visible_to(account)
        rows = rows.filter(STATES[chosen["state"]][1]()) if "state" in chosen else rows.going()
        match chosen.get("whose"):
            case "mine":
                rows = rows.filter(pk__in=Clock.objects.owed_by(account).values("pk"))
            case "institutions":
                rows = rows.exclude(institution="")
            case "nobody":
                rows = rows.filter(holder=None, institution="")
        if "limit" in chosen:
            rows = rows.filter(limit__code=chosen["limit"])
        if "institution" in chosen:
            rows = rows.filter(institution=chosen["institution"])
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


def limits() -> dict[str, str]:
    """The limits that clocks can run by, by code, as the nation calls them."""
    name = "name_zh" if in_chinese() else "name_en"
    return dict(Limit.objects.filter(place=NATION).order_by("code").values_list("code", name))
