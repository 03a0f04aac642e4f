"""Draws: the list, and one with all its candidates, the inspectors for each object, and the same drawn again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.inspections import drawing
from supervision.inspections.models import Draw
from supervision.paging import page

from .acting import acted


def found(account: Account, number: str) -> Draw:
    rows = Draw.objects.visible_to(account).select_related("place__parent", "drawn_by__territory", "line__plan")
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def draws(request: HttpRequest) -> HttpResponse:
    """The draws of the territory, the newest first."""
    account = signed_in(request)
    rows = Draw.objects.visible_to(account).select_related("place__parent", "drawn_by__territory")
    return render(request, "inspections/draws.html", {"page": page(rows, request.GET, sort="-id")})


@desk_page
@require_GET
def draw(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    shown = found(account, number)
    candidates = shown.candidates.select_related("institution__division__parent")
    context = {
        "draw": shown, "page": page(candidates, request.GET, sort="rank"), "same": drawing.drawn_again(shown),
        "pairings": list(shown.pairings.select_related("institution", "inspector__account__territory")),
        "inspections": list(shown.inspections.select_related("institution")),
        "may_publish": account.holds(Duty.DECIDE) and shown.published_on is None,
    }  # fmt: skip
    answer = render(request, "inspections/draw.html", context)
    record(Act.READ, account, shown.number)
    return answer


@desk_page
@require_POST
def publish(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    shown = found(account, number)
    return acted(request, None, lambda: drawing.publish_draw(shown, by=account), shown.get_absolute_url())
