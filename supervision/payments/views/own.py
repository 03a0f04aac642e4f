"""The institution's side: what it is paid for a month, why, and its word on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from institutions.access import institution_page, signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.ledger.grouping import fund_name
from supervision.paging import capped_count, page
from supervision.payments import budgeting
from supervision.payments.models import MonthlySettlement
from supervision.payments.settlement_filter import SettlementFilter
from supervision.payments.workflow import SETTLEMENT, paying

from .funds import year_of
from .settlement import found, told


@institution_page
@require_GET
def settlements(request: HttpRequest) -> HttpResponse:
    """Its settlements from the day it was asked, the latest first."""
    account = signed_in(request)
    asked = SettlementFilter(request.GET, account)
    listed = page(asked.settlements, request.GET, sort="-month")
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.settlements), "page": listed,
        "rows": [(one, fund_name(one.fund)) for one in listed.rows], "year": year_of(request),
        "uses": [(one, fund_name(one.budget.fund)) for one in budgeting.of_institutions(account, year_of(request))],
    }  # fmt: skip
    return render(request, "payments/own_settlements.html", context)


@institution_page
@require_GET
def settlement(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: MonthlySettlement, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    context = {
        **told(subject, account), "offers": offers(SETTLEMENT, subject, account, refused),
        "form": next(iter(refused.values()), None),
    }  # fmt: skip
    return render(request, "payments/own_settlement.html", context)


@institution_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    return make(
        request, SETTLEMENT, found(account, number), lambda refused: shown(request, found(account, number), refused),
        back=reverse("own_payments:settlement", args=[number]), with_code=paying(SETTLEMENT),
    )  # fmt: skip
