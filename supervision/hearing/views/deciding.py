"""One move of one hearing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.hearing.filters import HearingFilter
from supervision.hearing.forms import form_for
from supervision.hearing.workflow import HEARING, MOVES
from supervision.moves import MoveRefused
from supervision.paging import neighbours, with_changes

from .hearings import context_of

NEXT = frozenset(
    {"release", "notify", "uphold", "withdraw", "verify", "handle", "close"}
)  # after these, the next opens


@desk_page
@duty_required(Duty.HEAR)
@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Make it, and open the next of the list that was being worked through."""
    account = signed_in(request)
    asked = HearingFilter(request.GET, account)
    shown = get_object_or_404(asked.visible.select_related("institution", "finding", "place"), pk=number)
    if (name := request.POST.get("move", "")) not in MOVES:
        messages.error(request, _("There is no such move."))
        return redirect(shown)
    form = form_for(name, shown, request.POST)
    if not form.is_valid():
        return render(
            request, "hearing/desk/hearing.html", context_of(request, shown, account, asked, form), status=422
        )
    _before, after = neighbours(asked.hearings, shown, sort="-id")
    said = form.cleaned_data
    try:
        made = HEARING.make(shown, name, by=account, note=said["note"], turn=said["turn"], **form.facts())
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    messages.success(request, _("%(hearing)s: %(state)s.") % {"hearing": number, "state": made.get_state_display()})
    following = after if name in NEXT and request.GET else number
    address = reverse("hearing:hearing", args=[following]) if following else reverse("hearing:hearings")
    query = with_changes(request.GET, {})
    return redirect(f"{address}?{query}" if query else address)
