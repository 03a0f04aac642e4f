"""The list of cases, and writing down a new lead."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from institutions.access import desk_page, signed_in
from institutions.models import Account
from supervision.cases.case_filter import CaseFilter
from supervision.cases.forms import LeadForm, ready_hearings
from supervision.cases.models import Case
from supervision.cases.opening import OPENERS, open_case
from supervision.hearing.models import Hearing
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page


@desk_page
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of the territory, the newest first."""
    account = signed_in(request)
    asked = CaseFilter(request.GET, account)
    rows = asked.cases.select_related("institution", "place", "clock__limit").prefetch_related("proceedings")
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "count": capped_count(asked.cases),
        "page": page(rows, request.GET, sort="-id"),
        "may_open": may_open(account),
    }
    return render(request, "cases/list.html", context)


def may_open(account: Account) -> bool:
    return any(account.holds(duty) for duty in OPENERS)


@desk_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down a lead: from findings ticked here or in the list of hearings, or from elsewhere."""
    account = signed_in(request)
    sent = request.POST if request.method == "POST" else None
    institution = (sent or request.GET).get("institution", "").replace("\0", "")
    ticked = (sent or request.GET).getlist("hearing")
    hearings = ready_hearings(account, institution, ticked)
    form = LeadForm(account, hearings, sent, initial=starting(hearings, institution, ticked))
    if sent is not None and form.is_valid():
        try:
            return redirect(opened(form, account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "cases/new.html", {"form": form, "may_open": may_open(account)})


def starting(hearings: QuerySet[Hearing], institution: str, ticked: list[str]) -> dict[str, object]:
    """What the form starts with: the findings that were ticked, and whom they are about."""
    first = hearings.first() if ticked and not institution else None
    return {
        "institution": institution or (first.institution_id if first else ""),
        "hearing": ticked,
        "origin": Case.Origin.FINDINGS if ticked or institution else Case.Origin.OTHER,
    }


def opened(form: LeadForm, account: Account) -> Case:
    said = form.cleaned_data
    return open_case(
        title=said["title"], origin=said["origin"], place=said["place"], respondent=said["respondent"],
        institution=said["institution"], person=said["person"], facts=said["facts"], by=account,
        hearings=list(said["hearing"]),
    )  # fmt: skip
