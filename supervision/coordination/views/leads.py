"""Leads of departments at the desk: the list, and each with what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make
from supervision.coordination.models import BroughtLead
from supervision.coordination.receiving import BROUGHT_LEAD
from supervision.paging import capped_count, page

from .acting import own_offers


def found(account: Account, number: str) -> BroughtLead:
    rows = BroughtLead.objects.visible_to(account)
    return get_object_or_404(
        rows.select_related("partner__department", "institution", "case", "clock__limit"), number=number
    )


@desk_page
@require_GET
def leads(request: HttpRequest) -> HttpResponse:
    rows = BroughtLead.objects.visible_to(signed_in(request))
    context = {
        "page": page(rows.select_related("partner__department"), request.GET, sort="-id"), "count": capped_count(rows),
    }  # fmt: skip
    return render(request, "coordination/leads.html", context)


@desk_page
@require_GET
def lead(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: BroughtLead, refused: RefusedForms) -> HttpResponse:
    context = {
        "lead": subject, "offers": own_offers(BROUGHT_LEAD, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None), "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "coordination/lead.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, BROUGHT_LEAD, subject, lambda refused: shown(request, found(account, number), refused))
