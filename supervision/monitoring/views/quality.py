"""How good the rules are: all of them, the worst first, and one with all that is known of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from supervision.monitoring import quality as known
from supervision.monitoring.standing import lately


@desk_page
@require_GET
def quality(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/quality.html", {"cards": known.cards(signed_in(request))})


@desk_page
@require_GET
def card(request: HttpRequest, code: str) -> HttpResponse:
    if code not in lately():
        raise Http404
    shown = known.card(signed_in(request), code)
    context = {"card": shown, "chart": known.chart(shown), "limits": known.limits_of(code)}
    return render(request, "monitoring/card.html", context)
