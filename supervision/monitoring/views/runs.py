"""Monitoring runs: the list, one with its progress, starting and cancelling."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring import runs as acts
from supervision.monitoring.forms import RunForm
from supervision.monitoring.models import Run
from supervision.monitoring.progress import progress
from supervision.paging import page


@desk_page
@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    rows = Run.objects.visible_to(account).with_progress().select_related("started_by")
    context = {"page": page(rows, request.GET, sort="-number", size=20), "may_start": account.holds(Duty.MONITOR)}
    return render(request, "monitoring/runs.html", context)


@desk_page
@require_GET
def run(request: HttpRequest, number: int, *, fragment: bool = False) -> HttpResponse:
    """One run with its steps; the fragment is the part that moves while it goes on."""
    account = signed_in(request)
    shown = get_object_or_404(Run.objects.visible_to(account).with_progress().select_related("started_by"), pk=number)
    template = "monitoring/_progress.html" if fragment else "monitoring/run.html"
    return render(
        request, template, {"run": shown, "progress": progress(shown), "may_cancel": account.holds(Duty.MONITOR)}
    )


@desk_page
@duty_required(Duty.MONITOR)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Offers exactly the steps whose inputs changed in months of the reader's, and starts a run of those chosen."""
    account = signed_in(request)
    form = RunForm(account, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                run = acts.start(rules=form.cleaned_data["rules"], months=form.cleaned_data["months"], by=account)
                record(Act.RUN, account, f"run {run.pk}", steps=run.steps_total)
        except acts.RunRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(run)
    return render(request, "monitoring/start.html", {"form": form})


@desk_page
@duty_required(Duty.MONITOR)
@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Run.objects.visible_to(account), pk=number)
    with transaction.atomic():
        acts.cancel(shown)
        record(Act.RUN, account, f"run {shown.pk}", cancelled=True)
    messages.success(request, _("The run has been cancelled. What its finished steps found stays."))
    return redirect(shown)
