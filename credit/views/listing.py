"""The grades of the territory, how they are spread, and the beginning of an evaluation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from credit import charts, evaluating
from credit.credit_filter import CreditFilter
from credit.models import UNDER_WAY, Evaluation, Repair, RepairState
from institutions.access import desk_page, signed_in
from institutions.models import Duty, Institution
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page
from supervision.refusal import Refused

WAITING = 20


@desk_page
@require_GET
def grades(request: HttpRequest) -> HttpResponse:
    """Institutions with their grades, and what waits to be done."""
    account = signed_in(request)
    asked = CreditFilter(request.GET, account)
    shown = page(asked.institutions.select_related("division__parent"), request.GET, sort="code")
    keys = [row.pk for row in shown.rows]
    under_way = Evaluation.objects.filter(state__in=UNDER_WAY, institution__in=keys)
    waiting = Repair.objects.visible_to(account).filter(state__in=[RepairState.APPLIED, RepairState.REVIEWING])
    found = {row.institution_id: row for row in under_way}
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.institutions), "page": shown,
        "rows": [(row, found.get(row.pk)) for row in shown.rows], "may_begin": account.holds(Duty.CREDIT),
        "repairs": list(waiting.select_related("institution", "clock__limit").order_by("pk")[:WAITING]),
        "spread": charts.spread(account), "trend": charts.trend(account),
    }  # fmt: skip
    return render(request, "credit/list.html", context)


@desk_page
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the evaluation of the institution whose code is sent, or of all in the list that have none this year."""
    account = signed_in(request)
    if not account.holds(Duty.CREDIT):
        raise Http404
    if request.POST.get("all"):
        return begin_all(request)
    code = request.POST.get("institution", "").replace("\0", "")
    institution = Institution.objects.visible_to(account).filter(pk=code).first()
    try:
        if institution is None:
            raise MoveRefused(_("There is no institution with this code in your territory."))
        return redirect(evaluating.begin_evaluation(institution, by=account))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("credit:grades")


def begin_all(request: HttpRequest) -> HttpResponse:
    """Of those that the filters leave."""
    account = signed_in(request)
    try:
        done = evaluating.begin_many(CreditFilter(request.GET, account).institutions, by=account)
        said = ngettext("%(n)d evaluation was begun.", "%(n)d evaluations were begun.", done) % {"n": done}
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("credit:grades")
