"""Running a finding's rule again from its page, and saying what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring.again import Again, CannotRunAgain, run_again
from supervision.monitoring.models import Finding

SHOWN = 10  # differences told on a page; the command tells them all


@desk_page
@duty_required(Duty.MONITOR, Duty.HEAR)
@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    finding = get_object_or_404(Finding.objects.visible_to(account).select_related("last_run__snapshot"), pk=number)
    try:
        found = run_again(finding)
    except CannotRunAgain as refusal:
        messages.error(request, str(refusal))
    else:
        tell(request, found)
        record(Act.READ, account, f"finding {finding.pk}", again="same" if found.same else "different")
    return redirect(finding)


def tell(request: HttpRequest, found: Again) -> None:
    with_what = _("Page %(page)s, claims of version %(claims)s, knowledge of version %(knowledge)s.") % {
        "page": found.rule.hash[:12], "claims": found.snapshot, "knowledge": found.knowledge_version,
    }  # fmt: skip
    if found.same:
        messages.success(request, _("Found again, the same to the letter. %s") % with_what)
        return
    messages.error(request, _("What is found again is not what stands here. %s") % with_what)
    for difference in found.differences[:SHOWN]:
        messages.error(request, str(difference))
