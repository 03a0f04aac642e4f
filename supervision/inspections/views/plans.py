"""Plans: the list, a new one, and one with its lines and what was drawn by them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.inspections import opening, planning
from supervision.inspections.forms import LineForm, PlanForm
from supervision.inspections.models import Plan
from supervision.inspections.models.plans import PlanState
from supervision.inspections.planning import PLAN
from supervision.moves import BeyondReach, MoveRefused
from supervision.paging import page
from supervision.refusal import Refused

from .acting import acted, number_in


def found(account: Account, number: str) -> Plan:
    rows = Plan.objects.visible_to(account).select_related("place", "drafter__territory", "approver__territory")
    return get_object_or_404(rows, number=number)


@desk_page
@require_http_methods(["GET", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the territory, the newest first; a POST draws up another."""
    account = signed_in(request)
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(planning.draw_up_plan(**form.cleaned_data, by=account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    rows = Plan.objects.visible_to(account).select_related("place__parent")
    context = {
        "form": form, "page": page(rows, request.GET, sort="-id"), "may_draw_up": account.holds(Duty.INVESTIGATE),
    }  # fmt: skip
    return render(request, "inspections/plans.html", context)


@desk_page
@require_GET
def plan(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, found(signed_in(request), number), {})


def shown(request: HttpRequest, subject: Plan, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    context = {
        "plan": subject, "offers": offers(PLAN, subject, account, refused),
        "form": next(iter(refused.values()), None),
        "lines": list(subject.lines.prefetch_related("items", "draws")),
        "line_form": LineForm(place=subject.place_id),
        "may_add": account.holds(Duty.INVESTIGATE) and subject.state == PlanState.DRAFT,
        "may_draw": account.holds(Duty.INVESTIGATE) and subject.state == PlanState.PUBLISHED,
        "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "inspections/plan.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    return make(request, PLAN, found(account, number), lambda refused: shown(request, found(account, number), refused))


@desk_page
@require_POST
def add_line(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    form = LineForm(request.POST, place=subject.place_id)
    return acted(
        request, form, lambda: planning.add_plan_line(subject, **form.facts(), by=account), subject.get_absolute_url()
    )


@desk_page
@require_POST
def drop_line(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject, which = found(account, number), number_in(request, "line")
    return acted(request, None, lambda: planning.drop_plan_line(subject, which, by=account), subject.get_absolute_url())


@desk_page
@require_POST
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """Draw a line's objects and inspectors, and go to the draw."""
    account = signed_in(request)
    subject = found(account, number)
    line = subject.lines.filter(pk=number_in(request, "line")).first()
    try:
        if line is None:
            raise BeyondReach(_("There is nothing here by that number."))
        return redirect(opening.draw_line(line, by=account))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)
