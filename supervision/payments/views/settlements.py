"""The list of settlements, its export, and the laying down of a month."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.ledger.grouping import fund_name
from supervision.moves import MoveRefused
from supervision.paging import capped_count, in_order, page
from supervision.payments.declaring import declare
from supervision.payments.models import MonthlySettlement
from supervision.payments.settlement_filter import FIGURES, SettlementFilter

SORT = "-month"


@desk_page
@require_GET
def settlements(request: HttpRequest) -> HttpResponse:
    """The settlements of the territory, the latest month first, with their sums."""
    account = signed_in(request)
    asked = SettlementFilter(request.GET, account)
    found = page(asked.settlements.select_related("institution"), request.GET, sort=SORT)
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.settlements), "sums": asked.sums(),
        "page": found, "rows": [(one, fund_name(one.fund)) for one in found.rows],
        "may_declare": account.holds(Duty.SETTLE), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "payments/settlements.html", context)


@desk_page
@duty_required(Duty.SETTLE)
@require_POST
def declare_month(request: HttpRequest) -> HttpResponse:
    """Lay down the settlements of the month that is sent."""
    month = request.POST.get("month", "").strip()
    try:
        found = declare(month, by=signed_in(request))
        words = ngettext("%(n)d settlement of %(month)s stands.", "%(n)d settlements of %(month)s stand.", len(found))
        messages.success(request, words % {"n": len(found), "month": month})
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("payments:settlements")
    return redirect(f"{reverse('payments:settlements')}?month={month}")


@desk_page
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same list, all of its pages."""
    account = signed_in(request)
    asked = SettlementFilter(request.GET, account)
    names = [str(MonthlySettlement._meta.get_field(name).verbose_name) for name in FIGURES]  # type: ignore[union-attr]
    headings = [_("Settlement"), _("Institution"), _("Month"), _("Fund"), _("State"), _("To be paid by")]
    rows = in_order(asked.settlements.select_related("institution"), SORT)
    answer = exporting.export(
        "settlements", form, [*headings, *(_("%(figure)s, yuan") % {"figure": name} for name in names)],
        (cells(one) for one in rows.iterator()),
    )  # fmt: skip
    record(Act.EXPORT, account, "settlements", form=form)
    return answer


def cells(one: MonthlySettlement) -> list[exporting.Cell]:
    about = [one.number, str(one.institution), one.month, fund_name(one.fund), one.get_state_display(), one.due_on]
    return [*about, *(getattr(one, name) for name in FIGURES)]
