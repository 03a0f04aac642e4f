"""What everybody may read: plans, draws with their procedure and seed, and the results of inspections, by place."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from institutions.models import Division
from supervision.inspections import drawing
from supervision.inspections.models import Draw, Inspection, Pairing, Plan
from supervision.paging import page

SIZE = 30
LEVELS = (0, 1, 2)


def place_in(request: HttpRequest) -> Division | None:
    code = request.GET.get("place", "")
    return Division.objects.filter(pk=code).first() if code.isascii() and code.isdigit() else None


@login_not_required
@require_GET
def inspections(request: HttpRequest) -> HttpResponse:
    """Published results, the newest first, with the plans and draws of the place."""
    place = place_in(request)
    prefix = place.prefix if place else ""
    results = Inspection.objects.published().filter(place__code__startswith=prefix)
    context = {
        "place": place, "places": list(Division.objects.filter(level__in=LEVELS).order_by("pk")[:500]),
        "plans": list(Plan.objects.published().filter(place__code__startswith=prefix).select_related("place")[:SIZE]),
        "draws": list(Draw.objects.published().filter(place__code__startswith=prefix).select_related("place")[:SIZE]),
        "page": page(results.select_related("institution", "place__parent"), request.GET, sort="-id", size=SIZE),
    }  # fmt: skip
    return render(request, "inspections/public.html", context)


@login_not_required
@require_GET
def plan(request: HttpRequest, number: str) -> HttpResponse:
    shown = get_object_or_404(Plan.objects.published().select_related("place__parent"), number=number)
    context = {"plan": shown, "lines": list(shown.lines.prefetch_related("items"))}
    return render(request, "inspections/public_plan.html", context)


@login_not_required
@require_GET
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """The list, the procedure, the seed and the result; inspectors by their certificates."""
    shown = get_object_or_404(Draw.objects.published().select_related("place__parent", "line__plan"), number=number)
    context = {
        "draw": shown, "same": drawing.drawn_again(shown),
        "page": page(shown.candidates.select_related("institution"), request.GET, sort="rank", size=SIZE),
        "pairings": list(
            shown.pairings.exclude(standing=Pairing.Standing.CONFLICT).select_related("institution", "inspector")
        ),
    }  # fmt: skip
    return render(request, "inspections/public_draw.html", context)
