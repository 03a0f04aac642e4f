"""One institution's standing: its grade, every point and its record, and how it came to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from credit.models import CreditEnding, Evaluation, Repair
from institutions.access import desk_page, signed_in
from institutions.models import Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act

from . import showing


@desk_page
@require_GET
def subject(request: HttpRequest, code: str) -> HttpResponse:
    account = signed_in(request)
    rows = Institution.objects.visible_to(account).select_related("division__parent")
    institution = get_object_or_404(rows, pk=code)
    ended = CreditEnding.objects.filter(event__institution=institution).select_related("event", "by__territory")
    context = {
        "institution": institution, "today": showing.today(institution), "moved": showing.moved(institution),
        "withheld": showing.withheld(institution), "ended": list(ended.order_by("-pk")),
        "evaluations": list(Evaluation.objects.filter(institution=institution)),
        "repairs": list(Repair.objects.filter(institution=institution)),
        "may_begin": account.holds(Duty.CREDIT),
    }  # fmt: skip
    record(Act.READ, account, f"credit of {institution.pk}")
    return render(request, "credit/subject.html", context)
