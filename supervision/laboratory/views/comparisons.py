"""Back-tests: starting one, its progress and result, and one finding of it to look at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claims import warehouse
from institutions.access import desk_page, duty_required, signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.laboratory import comparing, results
from supervision.laboratory.forms import MonthsForm
from supervision.laboratory.models import ChangedFinding, Comparison, Version
from supervision.laboratory.workflow import MoveRefused, reaches_all
from supervision.monitoring.evidence import Evidence, MarkedLine

from .versions import DUTIES, months_for


@desk_page
@duty_required(*DUTIES)
@require_POST
def start(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    version = get_object_or_404(Version.objects.visible_to(account), pk=number)
    form = MonthsForm(months_for(account), request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one month."))
        return redirect(version)
    try:
        made = comparing.back_test(version, form.cleaned_data["months"], by=account)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(version)
    return redirect(made)


@desk_page
@require_GET
def comparison(request: HttpRequest, number: int, *, fragment: bool = False) -> HttpResponse:
    """One comparison with its months; the fragment is the part that moves while it goes on."""
    account = signed_in(request)
    rows = Comparison.objects.visible_to(account).select_related("version", "asked_by__territory", "snapshot")
    shown = get_object_or_404(rows, pk=number)
    asker, months = shown.asked_by, list(shown.months.all())
    done = [month for month in months if month.done_at]
    context = {
        "comparison": shown,
        "version": shown.version,
        "months": months,
        "narrowed_to": None if asker is None or reaches_all(asker, shown.snapshot) else asker.territory,
        "done": len(done),
        "parked": [month for month in months if month.parked],
        "result": results.of([month.pk for month in done], account),
    }
    template = "laboratory/_comparison.html" if fragment else "laboratory/comparison.html"
    return render(request, template, context)


@desk_page
@require_GET
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """One finding of a comparison beside the claim it speaks of; whoever opens it is written down."""
    account = signed_in(request)
    rows = ChangedFinding.objects.visible_to(account).select_related("institution", "month__comparison__version")
    seen = Comparison.objects.visible_to(account)
    shown = get_object_or_404(rows.filter(month__comparison__in=seen), pk=number)
    claim = warehouse.seen_by(account).claim(shown.claim, month=shown.month.month) if shown.claim else None
    marked = [MarkedLine(line, None, reversal=line["reverses"] is not None) for line in claim.lines] if claim else []
    context = {
        "sample": shown,
        "version": shown.month.comparison.version,
        "claim": claim,
        "evidence": Evidence(
            claim=claim, marked=marked, elsewhere=[], names={}, timeline=[], left_out=0, also=[], grounds=[]
        ),
    }
    response = render(request, "laboratory/sample.html", context)
    record(Act.READ, account, f"sample {shown.pk}", claim=shown.claim)
    return response
