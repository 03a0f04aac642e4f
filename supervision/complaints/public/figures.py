"""The figures of reporting, as they were counted up to the end of a quarter."""

from collections.abc import Iterator
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from supervision.complaints.exposure.models import Figure

COLUMNS: dict[str, Promise] = {
    "received": _("Received in all"), "in_time": _("Every step in time"), "late": _("A step late"),
    "true": _("True, wholly or in part"),
    "not_true": _("Not true or not proved"), "settled": _("Settled with the person"),
    "not_accepted": _("Not accepted"), "passed_on": _("Passed on"), "joined": _("Joined to an earlier one"),
    "under_way": _("Still under way"),
    "rewards": _("Rewards paid in the year"), "rewarded": _("Amount of rewards paid in the year"),
}  # fmt: skip


@login_not_required
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    return render(request, "public/figures.html", {"years": list(by_year()), "columns": COLUMNS.items()})


def by_year() -> Iterator[tuple[int, list[tuple[Figure, list[tuple[str, Promise, object]]]]]]:
    """The newest year first; each row's cells with the names of their columns."""
    rows = Figure.objects.select_related("place").order_by("-year", "place")
    for year, of_year in groupby(rows, key=lambda row: row.year):
        yield year, [(row, [(name, words, getattr(row, name)) for name, words in COLUMNS.items()]) for row in of_year]
