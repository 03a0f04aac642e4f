"""The desk's pages of openings: asked for, decided by a second person, read once at a time."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions import fresh_code
from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.cases.forms import ActForm
from supervision.cases.views.acts import make, offers
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page

from . import asking, calling
from .forms import AskForm
from .models import Opening
from .refusing import VaultAway, VaultRefused
from .showing import parts
from .workflow import OPENING

GOING = (Opening.State.ASKED, Opening.State.APPROVED)
PEOPLE = ("asked_by__territory", "decided_by__territory", "place")


@desk_page
@duty_required(Duty.IDENTITY)
@require_GET
def openings(request: HttpRequest) -> HttpResponse:
    """Those that are asked for or may be read now, and those that are over."""
    rows = Opening.objects.visible_to(signed_in(request)).select_related(*PEOPLE)
    past = "past" in request.GET
    shown = rows.exclude(state__in=GOING) if past else rows.filter(state__in=GOING)
    context = {"page": page(shown, request.GET, sort="-id"), "count": capped_count(shown), "past": past}
    return render(request, "vault/list.html", context)


@desk_page
@duty_required(Duty.IDENTITY)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an identity to be opened; the complaint's number comes in the query."""
    sent = request.POST if request.method == "POST" else None
    starts = {"subject": request.GET.get("subject", "")[:40], "kind": request.GET.get("kind", "identity")}
    form = AskForm(sent, initial=starts)
    if sent is not None and form.is_valid():
        try:
            opening = asking.ask(**form.cleaned_data, by=signed_in(request))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked for. A second person decides."))
            return redirect(opening)
    return render(request, "vault/ask.html", {"form": form})


def found(request: HttpRequest, number: int) -> Opening:
    rows = Opening.objects.visible_to(signed_in(request)).select_related(*PEOPLE)
    return get_object_or_404(rows, pk=number)


@desk_page
@duty_required(Duty.IDENTITY)
@require_GET
def opening(request: HttpRequest, number: int) -> HttpResponse:
    return shown(request, found(request, number))


def shown(request: HttpRequest, subject: Opening, *, refused: Mapping[str, ActForm] | None = None) -> HttpResponse:
    """The page of an opening; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    context = {
        "opening": subject,
        "offers": offers(OPENING, subject, account, refused or {}),
        "form": next(iter((refused or {}).values()), None),
        "may_read": subject.state == Opening.State.APPROVED and subject.asked_by_id == account.pk,
        "history": list(subject.events.select_related("by__territory")),
        "readings": list(subject.readings.select_related("by__territory")),
    }
    return render(request, "vault/opening.html", context)


@desk_page
@duty_required(Duty.IDENTITY)
@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Approve, refuse or end; whoever approves shows a present code."""
    return make(
        request, OPENING, found(request, number),
        lambda refused: shown(request, found(request, number), refused=refused), with_code=("approve",),
    )  # fmt: skip


@desk_page
@duty_required(Duty.IDENTITY)
@require_POST
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Show it, once. The vault has written that down before the text came here; no page keeps it."""
    subject, account = found(request, number), signed_in(request)
    if subject.state != Opening.State.APPROVED:
        messages.error(request, _("This opening does not stand approved: it was not approved yet, or it is over."))
        return redirect(subject)
    if asked := fresh_code.asked(request):
        return asked
    try:
        what = calling.look(subject, account)
    except VaultAway as away:
        return render(request, "vault/away.html", {"opening": subject, "away": away}, status=503)
    except VaultRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(subject)
    context = {"opening": subject, "parts": list(parts(what)), "now": timezone.now()}
    return render(request, "vault/identity.html", context)
