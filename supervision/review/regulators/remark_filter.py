"""What a reader asks of the remarks; the question stands in the address."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Institution
from supervision.monitoring.filters import ANY, PROPOSED, Order, dress, tidy
from supervision.monitoring.standing import lately
from supervision.monitoring.terms import CERTAINTIES
from supervision.paging import Chip, with_changes
from supervision.review.models import Handling, Remark, Review

from .connections import below, inside

SAVED = "saved"
CHOICES: Mapping[str, Any] = {
    "obeyed": _("obeyed"), "overrode": _("overridden"), "none": _("not answered"), SAVED: _("obeyed at last: saved"),
}  # fmt: skip
STORED = {"obeyed": Remark.Choice.OBEYED, "overrode": Remark.Choice.OVERRODE, "none": "", SAVED: Remark.Choice.OBEYED}
SORTS = ("-id", "id", "-at_stake", "at_stake")
LATER = Remark.objects.filter(
    Q(review__asked_at__gt=OuterRef("review__asked_at"))
    | Q(review__asked_at=OuterRef("review__asked_at"), pk__gt=OuterRef("pk")),
    review__claim=OuterRef("review__claim"), rule=OuterRef("rule"), key=OuterRef("key"),
)  # fmt: skip


class Day(forms.DateField):
    """A day of this century, so that there is one after it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ("%Y-%m-%d",)
    default_validators = [MinValueValidator(dt.date(2000, 1, 1)), MaxValueValidator(dt.date(2099, 12, 31))]


class RemarkFilter(forms.Form):
    """What is not understood is said beside its field and filters nothing."""

    rule = forms.ChoiceField(label=_("Rule"), required=False)
    institution = forms.CharField(
        label=_("Institution"), required=False, max_length=30,
        widget=forms.TextInput({"list": "institutions", "autocomplete": "off"}),
    )  # fmt: skip
    division = forms.ChoiceField(label=_("Division"), required=False)
    since = Day(label=_("From day"), required=False)
    until = Day(label=_("To day"), required=False)
    moment = forms.ChoiceField(label=_("Asked"), required=False)
    certainty = forms.ChoiceField(label=_("Certainty"), required=False)
    choice = forms.ChoiceField(label=_("What the doctor did"), required=False)
    way = forms.ChoiceField(label=_("Asked of the doctor"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(s, s) for s in SORTS], widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, account: Account) -> None:
        super().__init__({name: tidy(str(value)) for name, value in query.items()})
        self.query, self.account = query, account
        self._offer("rule", at_desk)
        self._offer("division", lambda: below(account))
        self._offer("moment", lambda: dict(Review.Moment.choices))
        self._offer("certainty", lambda: CERTAINTIES)
        self._offer("choice", lambda: CHOICES)
        self._offer("way", lambda: dict(Handling.Way.choices))
        dress(self)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    def _offer(self, name: str, choices: Callable[[], Mapping[str, Any]]) -> None:
        """Choices that are only looked up where they are shown or chosen from."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = lambda: [("", ANY), *choices().items()]

    @property
    def ordering(self) -> str:
        return str(self.chosen.get("sort", "-id"))

    def order(self) -> dict[str, Order]:
        """The sortable columns; the greatest come first at the first click."""
        orders = {}
        for column in ("id", "at_stake"):
            directions = {column: "ascending", f"-{column}": "descending"}
            turned = column if self.ordering == f"-{column}" else f"-{column}"
            orders[column] = Order(directions.get(self.ordering, ""), with_changes(self.query, {"sort": turned}))
        return orders

    def institutions(self) -> list[Institution]:
        """What the field of institutions proposes; the others are found by their code."""
        return list(Institution.objects.visible_to(self.account)[:PROPOSED])

    @cached_property
    def remarks(self) -> QuerySet[Remark]:
        """All that answer."""
        chosen, rows = self.chosen, Remark.objects.visible_to(self.account)
        rows = rows.filter(**{name: chosen[name] for name in ("rule", "certainty", "way") if name in chosen})
        if "institution" in chosen:
            rows = rows.filter(review__message__institution=chosen["institution"])
        if "moment" in chosen:
            rows = rows.filter(review__moment=chosen["moment"])
        if "choice" in chosen:
            rows = rows.filter(choice=STORED[chosen["choice"]])
        if chosen.get("choice") == SAVED:
            rows = rows.filter(~Exists(LATER))
        path = "review__message__institution__"
        return rows.filter(self._days(), inside(self.account, chosen.get("division", ""), path))

    def _days(self) -> Q:
        """On Chinese clocks."""
        found = Q()
        if "since" in self.chosen:
            found &= Q(review__asked_at__gte=midnight(self.chosen["since"]))
        if "until" in self.chosen:
            found &= Q(review__asked_at__lt=midnight(self.chosen["until"] + dt.timedelta(days=1)))
        return found

    def chips(self) -> list[Chip]:
        """The chosen filters in words, each with the address that leaves it out."""
        return [
            Chip(str(self.fields[name].label or ""), self._words(name, value), with_changes(self.query, {name: None}))
            for name, value in self.chosen.items() if name != "sort"
        ]  # fmt: skip

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return next(str(words) for code, words in field.widget.choices if code == value)
        if name == "institution":
            return str(Institution.objects.visible_to(self.account).filter(pk=value).first() or value)
        return str(value)


def midnight(day: dt.date) -> dt.datetime:
    return make_aware(dt.datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here


def at_desk() -> dict[str, str]:
    """The rules that speak before anything is settled, with their titles."""
    return {
        rule.code: rule.said("title") for rule in lately().values() if set(Review.Moment.values) & set(rule.moments)
    }
