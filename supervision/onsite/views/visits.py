"""Visits: the list, a new one, and its page with everything that came home from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.moves import MoveRefused
from supervision.onsite import picturing, reading, sealing, visiting
from supervision.onsite.forms import GiveUpForm, VisitForm
from supervision.onsite.models import Entry, Picture, Visit
from supervision.onsite.models.visits import State
from supervision.onsite.workflow import VISIT
from supervision.paging import capped_count, page


def found(account: Account, number: str) -> Visit:
    rows = Visit.objects.visible_to(account).select_related("place", "institution", "checklist", "opened_by__territory")
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """Those of the territory, the newest first."""
    account = signed_in(request)
    rows = Visit.objects.visible_to(account)
    context = {
        "page": page(rows.select_related("institution", "place"), request.GET, sort="-id"),
        "count": capped_count(rows), "may_open": account.holds(Duty.INVESTIGATE),
    }  # fmt: skip
    return render(request, "onsite/visits.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = VisitForm(account, request.POST or None)
    if form.is_valid() and account.territory is not None:
        try:
            return redirect(visiting.open_visit(about="", place=account.territory, by=account, **form.cleaned_data))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "onsite/new.html", {"form": form})


@desk_page
@require_GET
def visit(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, found(signed_in(request), number), {})


def shown(request: HttpRequest, subject: Visit, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    entries = list(
        Entry.objects.filter(visit=subject).select_related("by__territory", "device", "picture").order_by("made_at")
    )
    goes = subject.is_gone_on_by(account)
    context = {
        "visit": subject, "officers": list(subject.officers.select_related("territory")), "goes": goes,
        "offers": offers(VISIT, subject, account, refused), "form": next(iter(refused.values()), None),
        "lines": reading.lines_of(subject), "entries": entries, "late": [one for one in entries if one.late],
        "photos": [one for one in entries if one.kind == Entry.Kind.PHOTO],
        "statements": [one for one in entries if one.kind == Entry.Kind.STATEMENT],
        "signatures": [one for one in entries if one.kind == Entry.Kind.SIGNATURE],
        "devices": list(subject.devices.select_related("account__territory", "given_up_by__territory")),
        "may_take_along": goes and subject.state == State.OPEN, "give_up_form": GiveUpForm(),
        "seal_holds": subject.state == State.SEALED and sealing.holds(subject),
        "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "onsite/visit.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, VISIT, subject, lambda refused: shown(request, found(account, number), refused))


@desk_page
@require_POST
def give_up(request: HttpRequest, number: str) -> HttpResponse:
    """Wait no longer for a device."""
    account, form = signed_in(request), GiveUpForm(request.POST)
    subject = found(account, number)
    try:
        if form.is_valid():
            device: UUID = form.cleaned_data["device"]
            visiting.give_up_device(subject, device, why=form.cleaned_data["why"], by=account)
        else:
            messages.error(request, str(next(iter(next(iter(form.errors.values()))))))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)


def picture_of(account: Account, number: int) -> Picture:
    seen = Visit.objects.visible_to(account)
    return get_object_or_404(Picture.objects.filter(entry__visit__in=seen).select_related("entry__visit"), pk=number)


@desk_page
@require_GET
def picture(request: HttpRequest, number: int) -> HttpResponseBase:
    """The copy of a photo or of a signature, inside a page."""
    account = signed_in(request)
    one = picture_of(account, number)
    record(Act.READ, account, f"picture {one.pk} of {one.entry.visit}")
    return picturing.shown(one)


@desk_page
@require_GET
def picture_taken(request: HttpRequest, number: int) -> HttpResponseBase:
    """The bytes as the device took them, to be saved; who took them out is written down."""
    account = signed_in(request)
    one = picture_of(account, number)
    answer = picturing.taken(one)
    record(Act.READ, account, f"picture {one.pk} of {one.entry.visit}")
    return answer
