"""What will be erased, by the rule of retention, and holding it back."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
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


@desk_page
@require_GET
def to_come(request: HttpRequest) -> HttpResponse:
    """The parts of complaints that are erased within the time of announcement, the first one first."""
    return shown(request, {})


def shown(request: HttpRequest, refused: Mapping[int, HoldForm]) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account, today = signed_in(request), timezone.localdate()
    if not account.sees_complaints or account.territory is None:
        raise Http404
    days = retention.announced_days(account.territory.pk)
    rows = Forgetting.objects.visible_to(account).within(days, today)
    found = page(rows.select_related("complaint__place", "held_by__territory"), request.GET, sort="due_on")
    may_hold = account.holds(Duty.DECIDE)
    context = {
        "page": found, "count": capped_count(rows), "days": days, "today": today,
        "form": next(iter(refused.values()), None),
        "rows": [(row, (refused.get(row.pk) or hold_form(row.pk)) if may_hold else None) for row in found.rows],
    }  # fmt: skip
    return render(request, "complaints/retention.html", context)


def hold_form(number: int, sent: QueryDict | None = None) -> HoldForm:
    return HoldForm(sent, auto_id=f"hold-{number}-%s")


@desk_page
@require_POST
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """Keep one part for now: until a day, and with a reason."""
    account, form = signed_in(request), hold_form(number, request.POST)
    rows = Forgetting.objects.visible_to(account).select_related("complaint")
    forgetting = get_object_or_404(rows, pk=number)
    if asking := fresh_code.asked(request):
        return asking
    if form.is_valid():
        try:
            retention.hold(forgetting, **form.cleaned_data, by=account)
            messages.success(request, _("%(number)s is held back.") % {"number": forgetting.complaint})
            return redirect(forgetting)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, {number: form})
