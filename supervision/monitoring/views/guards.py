"""What people decide on rules: findings held back, and exemptions."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.monitoring import breaker, exempting, planning
from supervision.monitoring.decisions import EndForm, ExemptionForm, HoldForm
from supervision.monitoring.guards import Exemption, Hold
from supervision.monitoring.models import Finding, FindingQuerySet
from supervision.paging import page

SAMPLES = 20


@desk_page
@require_GET
def holds(request: HttpRequest) -> HttpResponse:
    """The rules that were stopped; those that wait for a decision stand first."""
    account = signed_in(request)
    rows = Hold.objects.visible_to(account).select_related("institution", "decided_by")
    context = {
        "waiting": list(rows.undecided()),
        "page": page(rows.exclude(decision=""), request.GET, sort="-id", size=20),
    }
    return render(request, "monitoring/holds.html", context)


@desk_page
@require_GET
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """One hold with the gravest of its findings."""
    account = signed_in(request)
    rows = Hold.objects.visible_to(account).select_related("institution", "decided_by", "step__run__started_by")
    shown = get_object_or_404(rows, pk=number)
    found = found_by(shown, account)
    by_institution = found.values("institution").annotate(n=Count("pk")).order_by("-n")
    context = {
        "hold": shown,
        "samples": list(found.order_by("-at_stake", "pk")[:SAMPLES]),
        "institutions": by_institution.count(),
        "most": by_institution.first(),
        "form": HoldForm(),
        "may_decide": account.holds(Duty.MONITOR),
        "mine": shown.step.run.started_by_id == account.pk,
    }
    return render(request, "monitoring/hold.html", context)


def found_by(hold: Hold, account: Account) -> FindingQuerySet:
    return Finding.objects.visible_to(account).filter(hold=hold).select_related("institution")


@desk_page
@duty_required(Duty.MONITOR)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Hold.objects.visible_to(account), pk=number)
    form = HoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A decision needs its reason."))
        return redirect("monitoring:hold", number)
    released = form.cleaned_data["decision"] == Hold.Decision.RELEASED
    try:
        (breaker.release if released else breaker.reject)(shown, by=account, reason=form.cleaned_data["reason"])
    except breaker.DecisionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Released: the findings accuse now.") if released else _("Rejected: the findings are withdrawn.")
        messages.success(request, said)
    return redirect("monitoring:hold", number)


@desk_page
@require_GET
def exemptions(request: HttpRequest) -> HttpResponse:
    """The exemptions of the territory; those that end soon or ended lately stand first."""
    account = signed_in(request)
    rows = Exemption.objects.visible_to(account).select_related(
        "institution", "place", "territory", "asked_by", "approved_by"
    )
    context = {
        "ending": list(exempting.ending(rows)),
        "page": page(rows, request.GET, sort="-id", size=50),
        "account": account,
        "may_act": account.holds(Duty.MONITOR),
    }
    return render(request, "monitoring/exemptions.html", context)


@desk_page
@duty_required(Duty.MONITOR)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = ExemptionForm(account, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        exempting.ask(form.exemption(), by=account)
        messages.success(request, _("Asked for. It holds when a second person has approved it."))
        return redirect("monitoring:exemptions")
    return render(request, "monitoring/exemption_new.html", {"form": form})


@desk_page
@duty_required(Duty.MONITOR)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Exemption.objects.visible_to(account), pk=number)
    try:
        exempting.approve(shown, by=account, running=planning.running())
    except exempting.ExemptionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. What falls under it accuses nobody from its first day on."))
    return redirect("monitoring:exemptions")


@desk_page
@duty_required(Duty.MONITOR)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Refuse what is asked for, or end what holds."""
    account = signed_in(request)
    shown = get_object_or_404(Exemption.objects.visible_to(account), pk=number)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("To end it needs a reason."))
        return redirect("monitoring:exemptions")
    try:
        exempting.end(shown, by=account, reason=form.cleaned_data["reason"])
    except exempting.ExemptionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ended. The next run finds again what it covered."))
    return redirect("monitoring:exemptions")
