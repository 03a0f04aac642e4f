"""Campaigns: the list, a new one, its page with problems and reports."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page
from supervision.selfchecks import drafting
from supervision.selfchecks.campaigning import CAMPAIGN
from supervision.selfchecks.forms import CampaignForm, ProblemForm
from supervision.selfchecks.models import Campaign, Report
from supervision.selfchecks.models.campaigns import State


def found(account: Account, number: str) -> Campaign:
    rows = Campaign.objects.visible_to(account).select_related("place", "drafter__territory", "issuer__territory")
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """Those of the territory and of the levels above, the newest first."""
    account = signed_in(request)
    rows = Campaign.objects.visible_to(account)
    context = {
        "page": page(rows.select_related("place"), request.GET, sort="-id"), "count": capped_count(rows),
        "may_draw_up": account.holds(Duty.HEAR),
    }  # fmt: skip
    return render(request, "selfchecks/campaigns.html", context)


@desk_page
@duty_required(Duty.HEAR)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = CampaignForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(drafting.draw_up(**form.cleaned_data, by=signed_in(request)))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "selfchecks/new.html", {"form": form})


@desk_page
@require_GET
def campaign(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, found(signed_in(request), number), {})


def shown(
    request: HttpRequest, subject: Campaign, refused: RefusedForms, problem: ProblemForm | None = None
) -> HttpResponse:
    account = signed_in(request)
    reports = Report.objects.visible_to(account).filter(campaign=subject).select_related("institution")
    ours = account.territory_id == subject.place_id
    context = {
        "campaign": subject, "offers": offers(CAMPAIGN, subject, account, refused),
        "form": next(iter(refused.values()), None) or (problem if problem and problem.errors else None),
        "problems": list(subject.problems.select_related("place")),
        "localisations": list(subject.localisations.select_related("place", "by__territory")),
        "page": page(reports, request.GET, sort="id"), "count": capped_count(reports),
        "problem_form": problem or ProblemForm(), "events": list(subject.events.select_related("by__territory")),
        "may_add": account.holds(Duty.HEAR) and subject.state == (State.DRAFT if ours else State.ISSUED),
        "may_localise": account.holds(Duty.HEAR) and subject.state == State.ISSUED and may_localise(subject, account),
    }  # fmt: skip
    return render(request, "selfchecks/campaign.html", context)


def may_localise(subject: Campaign, account: Account) -> bool:
    """Below the place that has issued it, and not yet filed."""
    below = account.territory_id != subject.place_id
    return below and not subject.localisations.filter(place=account.territory).exists()


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(
        request, CAMPAIGN, subject, lambda refused: shown(request, found(account, number), refused),
    )  # fmt: skip


@desk_page
@duty_required(Duty.HEAR)
@require_POST
def add_problem(request: HttpRequest, number: str) -> HttpResponse:
    """One more problem: for all by the level of the draft, for a place by that place."""
    account, form = signed_in(request), ProblemForm(request.POST)
    subject = found(account, number)
    if form.is_valid():
        try:
            drafting.add_problem(subject, by=account, **form.cleaned_data)
            return redirect(subject)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, subject, {}, form)


@desk_page
@duty_required(Duty.HEAR)
@require_POST
def localise(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    try:
        drafting.localise(subject, by=account)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)
