"""The designated institutions and how they stand: agreements and public measures. No grade yet, and no findings."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from institutions.models import Agreement, Institution, Measure
from institutions.models.parties import InstitutionQuerySet
from supervision.complaints.portal.searching import folded
from supervision.paging import page

ANY = [("", _("any"))]
# What was decided and bears on who may go where. Money held back while something is looked into accuses nobody yet,
# and departments and persons are not named.
PUBLIC = (Measure.Kind.SUSPENDED, Measure.Kind.TERMINATED)
SIZE = 30


class SearchForm(forms.Form):
    """What is not understood filters nothing."""

    named = forms.CharField(label=_("Name, code or place"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *Institution.Kind.choices])

    def __init__(self, query: QueryDict) -> None:
        super().__init__({name: folded(str(value)) for name, value in query.items()})
        self.use_required_attribute = False
        self.is_valid()

    def institutions(self) -> InstitutionQuerySet:
        chosen = self.cleaned_data
        rows = Institution.objects.select_related("division__parent")
        if kind := chosen.get("kind"):
            rows = rows.filter(kind=kind)
        for word in chosen.get("named", "").split()[:6]:
            named = Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(code__istartswith=word)
            placed = Q(division__name_zh__icontains=word) | Q(division__name_en__icontains=word)
            above = Q(division__parent__name_zh__icontains=word) | Q(division__parent__name_en__icontains=word)
            rows = rows.filter(named | placed | above)
        return rows


@dataclass
class Standing:
    """One institution with what the public is told of it."""

    institution: Institution
    agreement: Agreement | None = None
    measures: list[Measure] = field(default_factory=list)


@login_not_required
@require_GET
def institutions(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    found = page(form.institutions(), request.GET, sort="code", size=SIZE)
    context = {"form": form, "page": found, "standings": standings(found.rows, timezone.localdate())}
    return render(request, "public/institutions.html", context)


def standings(rows: Iterable[Institution], today: dt.date) -> list[Standing]:
    """Agreements and measures are read once for all of them."""
    told = {one.pk: Standing(one) for one in rows}
    for agreement in Agreement.objects.filter(institution__in=told, period__contains=today).order_by("period", "pk"):
        told[agreement.institution_id].agreement = agreement
    for measure in Measure.objects.filter(institution__in=told, kind__in=PUBLIC).in_force(today):
        told[measure.institution_id].measures.append(measure)
    return list(told.values())
