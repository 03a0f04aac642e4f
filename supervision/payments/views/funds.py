"""The funds of the territory: their accounts month by month, the use of budgets; and what the public reads."""

import re
from collections.abc import Iterator
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from institutions import fresh_code
from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.ledger.grouping import fund_name
from supervision.moves import MoveRefused
from supervision.paging import page
from supervision.payments import budgeting, hospitalizing, publishing
from supervision.payments.forms import FundMonthForm
from supervision.payments.models import FundMonth

YEARS = 3  # that the public page shows
AT_ONCE = 200  # budgets on a page


@desk_page
@require_GET
def funds(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    return shown(request, FundMonthForm(account))


def shown(request: HttpRequest, form: FundMonthForm) -> HttpResponse:
    account, year = signed_in(request), year_of(request)
    found = page(FundMonth.objects.visible_to(account).select_related("area"), request.GET, sort="-month")
    context = {
        "page": found, "rows": [(one, fund_name(one.fund)) for one in found.rows], "form": form, "year": year,
        "uses": [(one, fund_name(one.budget.fund)) for one in budgeting.of_areas(account, year)],
        "years": hospitalizing.years(account, year),
        "may_tell": account.holds(Duty.SETTLE), "may_publish": account.holds(Duty.DECIDE),
    }  # fmt: skip
    return render(request, "payments/funds.html", context)


def year_of(request: HttpRequest) -> int:
    """The year that is asked for; else this one."""
    said = request.GET.get("year", "")
    return int(said) if re.fullmatch("20[0-9]{2}", said) else timezone.localdate().year


@desk_page
@require_GET
def budgets(request: HttpRequest) -> HttpResponse:
    """The institutions that use their budget faster than the line; or all that have one, the fastest first."""
    account, year = signed_in(request), year_of(request)
    found, everybody = budgeting.of_institutions(account, year), request.GET.get("all") == "1"
    beyond = [one for one in found if one.beyond]
    shown_rows = (found if everybody else beyond)[:AT_ONCE]
    context = {
        "uses": [(one, fund_name(one.budget.fund)) for one in shown_rows], "year": year, "everybody": everybody,
        "count": len(found), "beyond": len(beyond), "lines": {one.line.pk: one.line for one in found}.values(),
        "left": len(found if everybody else beyond) - len(shown_rows),
    }  # fmt: skip
    return render(request, "payments/budgets.html", context)


@desk_page
@duty_required(Duty.SETTLE)
@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = FundMonthForm(account, request.POST)
    if form.is_valid():
        try:
            publishing.tell_month(by=account, **form.cleaned_data)
            return redirect("payments:funds")
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, form)


@desk_page
@duty_required(Duty.DECIDE)
@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    row = get_object_or_404(FundMonth.objects.visible_to(account), pk=number)
    if asking := fresh_code.asked(request):
        return asking
    try:
        publishing.publish_month(row, by=account)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("payments:funds")


@login_not_required
@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """Income, expenditure and balance of each fund, as they were published."""
    return render(request, "payments/public_funds.html", {"areas": list(by_area())})


def by_area() -> Iterator[tuple[object, list[tuple[FundMonth, str]]]]:
    since = f"{timezone.localdate().year - YEARS}-01"
    rows = (
        FundMonth.objects.published().filter(month__gt=since).select_related("area").order_by("area", "fund", "-month")
    )
    for area, of_area in groupby(rows, key=lambda row: row.area):
        yield area, [(row, fund_name(row.fund)) for row in of_area]
