"""The questions that pages of the knowledge base answer, out of the address."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from institutions.models import Division
from supervision.paging import Chip, with_changes

from .lists import Shape
from .models import Point, Proposal, SaidQuerySet

if TYPE_CHECKING:
    from institutions.models import Account

DAY = forms.DateInput(attrs={"type": "date"})


class PointFilter(forms.Form):
    """The filters of one list: search, place, day, version, source; and whether what has ended is shown."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    place = forms.ChoiceField(label=_("Place"), required=False)
    on = forms.DateField(label=_("Valid on"), required=False, widget=DAY)
    version = forms.IntegerField(label=_("Came with version"), required=False, min_value=1, max_value=10**12)
    source = forms.CharField(label=_("Source"), required=False, max_length=200)

    def __init__(self, query: QueryDict, shape: Shape, account: "Account") -> None:
        super().__init__(query)
        self.query, self.shape, self.account = query, shape, account
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [("", _("any")), *self.places]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        self.is_valid()
        self.chosen: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if value not in (None, "")
        }

    @cached_property
    def visible(self) -> SaidQuerySet:
        return Point.objects.visible_to(self.account).filter(list=self.shape.name).in_force()

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """Where points of the list hold."""
        codes = self.visible.order_by("place").values_list("place", flat=True).distinct()
        return [(code, name) for code, name in named(set(codes)).items()]

    def points(self) -> SaidQuerySet:
        chosen, rows = self.chosen, self.visible
        if words := chosen.get("q"):
            of_name = Q(values__name__icontains=words)
            rows = rows.filter(
                Q(point__icontains=words) | Q(key__icontains=words) | Q(basis__icontains=words) | of_name
            )
        if "place" in chosen:
            rows = rows.filter(place=chosen["place"])
        if "on" in chosen:
            rows = rows.filter(valid__contains=chosen["on"])
        if "version" in chosen:
            rows = rows.filter(batch=chosen["version"])
        if "source" in chosen:
            rows = rows.filter(Q(source__icontains=chosen["source"]) | Q(published_in__icontains=chosen["source"]))
        return rows

    def chips(self) -> list[Chip]:
        words = dict(self.places)
        return [
            Chip(
                str(self.fields[name].label),
                words.get(value, value) if name == "place" else str(value),
                with_changes(self.query, {name: None}),
            )
            for name, value in self.chosen.items()
        ]


class VersionsForm(forms.Form):
    """Two versions to be compared."""

    earlier = forms.TypedChoiceField(label=_("From version"), coerce=int)
    later = forms.TypedChoiceField(label=_("To version"), coerce=int)

    def __init__(self, query: QueryDict, account: "Account") -> None:
        known = versions(account)
        newest = known[0][0] if known else 0
        before = known[1][0] if len(known) > 1 else 0
        super().__init__({"earlier": query.get("earlier", before), "later": query.get("later", newest)})
        choices = [*((number, f"{number} · {name}"[:80]) for number, name in known), (0, _("0 · before all"))]
        for field in self.fields.values():
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            field.widget.attrs["class"] = "form-select"
        self.is_valid()
        self.first: int = self.cleaned_data.get("earlier", before)
        self.last: int = self.cleaned_data.get("later", newest)


def versions(account: "Account") -> list[tuple[int, str]]:
    """The versions that batches visible to the account made, the newest first."""
    seen = Proposal.objects.visible_to(account).exclude(version=None)
    return list(seen.order_by("-version_id")[:500].values_list("version_id", "name"))


def named(codes: set[str]) -> dict[str, str]:
    """Places with their names."""
    found = Division.objects.in_bulk(codes)
    return {code: f"{code} {found[code]}" if code in found else code for code in sorted(codes)}
