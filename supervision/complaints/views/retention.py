"""What will be erased, by the rule of retention, and holding it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions import fresh_code
from institutions.access import desk_page, signed_in
from institutions.models import Duty
from supervision.complaints import retention
from supervision.complaints.forms import HoldForm
from supervision.complaints.models import Forgetting
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page

from .listing import handles


@desk_page
@require_GET
def to_come(request: HttpRequest) -> HttpResponse:
    """The parts of complaints that are erased within the time of announcement, the first one first."""
    account, today = signed_in(request), timezone.localdate()
    if not handles(account) or account.territory is None:
        raise Http404
    days = retention.announced_days(account.territory.pk)
    rows = Forgetting.objects.visible_to(account).within(days, today)
    shown = page(rows.select_related("complaint__place", "held_by__territory"), request.GET, sort="due_on")
    held = account.holds(Duty.DECIDE)
    context = {
        "page": shown, "count": capped_count(rows), "days": days, "today": today,
        "rows": [(row, HoldForm(auto_id=f"hold-{row.pk}-%s") if held else None) for row in shown.rows],
    }  # fmt: skip
    return render(request, "complaints/retention.html", context)


@desk_page
@require_POST
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """Keep one part for now: until a day, and with a reason."""
    account, form = signed_in(request), HoldForm(request.POST)
    rows = Forgetting.objects.visible_to(account).select_related("complaint")
    forgetting = get_object_or_404(rows, pk=number)
    if asking := fresh_code.asked(request):
        return asking
    try:
        if not form.is_valid():
            raise MoveRefused(_("Say why, and until which day."))
        retention.hold(forgetting, **form.cleaned_data, by=account)
        messages.success(request, _("%(number)s is held back.") % {"number": forgetting.complaint})
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(forgetting)
