"""The rule library, and one rule's page as the hospital concerned may read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from supervision.monitoring import firing, terms
from supervision.monitoring.filters import LibraryFilter
from supervision.monitoring.guards import Demotion
from supervision.monitoring.standing import in_force


@desk_page
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The rules, and how often each fires in the reader's territory."""
    asked = LibraryFilter(request.GET)
    context = {"filter": asked, "fired": firing.rules(asked.rules(), signed_in(request)), "all": len(asked.known)}
    return render(request, "monitoring/rules.html", context)


@desk_page
@require_GET
def rule(request: HttpRequest, code: str) -> HttpResponse:
    if (shown := in_force().get(code)) is None:
        raise Http404
    months = firing.months(code, signed_in(request))
    context = {
        "rule": shown,
        "demotion": Demotion.objects.filter(rule=code, page_hash=shown.hash).first(),
        "months": months,
        "findings": sum(month.findings for month in months),
        "owned": sum(month.owned for month in months),
        "violations": terms.violations(shown),
        "chart": firing.chart(code, months),
    }
    return render(request, "monitoring/rule.html", context)
