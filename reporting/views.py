"""The desk's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.models import Duty
from reporting import charts, collected, figures
from supervision.monitoring.models import Run


@desk_page
@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """What needs me today, then what is happening in my territory."""
    account = signed_in(request)
    runs = list(Run.objects.visible_to(account).with_progress().order_by("-number")[: figures.RUNS])
    months, found = figures.months(account), figures.findings(account)
    context = {
        "attention": figures.attention(account, runs),
        "may_upload": account.holds(Duty.INTAKE),
        "runs": runs,
        "months": months,
        "claims": sum(month.claims for month in months),
        "paid": sum(month.paid for month in months),
        "loaded_at": max((month.loaded_at for month in months if month.loaded_at), default=None),
        "found": found,
        "owed": collected.by_book(account),
        "charts": charts.of(months, found),
    }
    return render(request, "reporting/dashboard.html", context)
