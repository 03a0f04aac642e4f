"""How reminders do in a territory: who is connected, who asks, what doctors make of what they are told."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.models import Account
from supervision.charts import Bar, Chart
from supervision.monitoring import thresholds
from supervision.monitoring.guards import Measure
from supervision.monitoring.places import division_of, divisions_of

from . import connections, figures
from .connections import Connected
from .figures import Period, Remarked, Sums


@dataclass(frozen=True)
class Place:
    """One of the divisions below, or the territory itself."""

    code: str
    name: str
    connected: Connected
    remarked: Sums


@desk_page
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    period = Period.of(request.GET.get("month", ""))
    found, connected = figures.remarked(account, period), connections.by_place(account)
    context = {
        "period": period,
        "months": figures.months(account),
        "connected": connections.together(connected.values()),
        "target": thresholds.limits()[Measure.CONNECTED_SHARE],
        "heard": thresholds.limits()[Measure.HEARD_DAYS],
        "found": found,
        "places": places(account, connected, found),
        "charts": charts(found),
    }
    return render(request, "review/desk/overview.html", context)


def places(account: Account, connected: dict[str, Connected], found: Remarked) -> list[Place]:
    """Every division below that has institutions, in the order of their codes."""
    words = divisions_of(account)
    grouped: dict[str, list[Connected]] = {}
    for digits, one in connected.items():
        grouped.setdefault(division_of(account, digits), []).append(one)
    nothing = Sums("", "")
    return [
        Place(code, name, connections.together(grouped[code]), found.by_place.get(code, nothing))
        for code, name in words.items() if code in grouped
    ]  # fmt: skip


def charts(found: Remarked) -> dict[str, Chart]:
    """Day by day, each opening to the remarks of that day."""
    remarks = reverse("reminders:remarks")
    chosen = [
        Bar(day.label, [day.obeyed, day.overrode, day.unanswered], f"{remarks}?{day.query}") for day in found.by_day
    ]
    saved = [Bar(day.label, [day.saved], f"{remarks}?{day.query}&choice=saved") for day in found.by_day]
    return {
        "choices": Chart(
            "remarks-by-day", _("Remarks by day"), _("Day"), [_("Obeyed"), _("Overridden"), _("Not answered")], "count",
            chosen,
        ),
        "saved": Chart("saved-by-day", _("Saved by day"), _("Day"), [_("Saved")], "yuan", saved),
    }  # fmt: skip
