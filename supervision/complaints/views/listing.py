"""The list of complaints, and writing down what was told on the telephone, by letter or in person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from institutions.access import desk_page, signed_in
from institutions.models import Duty
from supervision.complaints import filing, receipts
from supervision.complaints.complaint_filter import ComplaintFilter
from supervision.complaints.forms import IntakeForm
from supervision.paging import capped_count, page
from supervision.refusal import Refused


@desk_page
@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints of the territory, the newest first."""
    account = signed_in(request)
    if not account.sees_complaints:
        raise Http404
    asked = ComplaintFilter(request.GET, account)
    rows = asked.complaints.select_related("institution", "place__parent", "clock__limit")
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.complaints),
        "page": page(rows, request.GET, sort="-id"), "may_write": account.holds(Duty.COMPLAINTS),
    }  # fmt: skip
    return render(request, "complaints/list.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What somebody told us: written down with the same protections, and their receipt handed over."""
    account = signed_in(request)
    if not account.holds(Duty.COMPLAINTS):
        raise Http404
    form = IntakeForm(account, request.POST if request.method == "POST" else None)
    ticket = request.POST.get("ticket", "") or receipts.draw_ticket()
    if request.method == "POST" and form.is_valid():
        try:
            filed = filing.write_down(form.told(), ticket, by=account)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {"complaint": filed.complaint, "shown": receipts.shown(filed.receipt)}
            return render(request, "complaints/written.html", context)
    return render(request, "complaints/new.html", {"form": form, "ticket": ticket})
