"""The institution's own pages: its practitioners, registering one, what was scored, appeals and repair."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from credit.points import letters, registering, ruling
from credit.points.forms import EndForm, RegisterForm
from credit.points.models import Qualification, ScoreRecord
from credit.points.practitioner_filter import PractitionerFilter
from credit.points.workflows.qualification import QUALIFICATION
from credit.points.workflows.record import SCORE
from institutions.access import duty_required, institution_page, signed_in
from institutions.models import Account, Duty, Practitioner, Registration
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.clocks.models import Clock
from supervision.moves import refuse_unless
from supervision.paging import capped_count, page
from supervision.refusal import Refused

from . import showing


@institution_page
@require_GET
def practitioners(request: HttpRequest) -> HttpResponse:
    """The institution's people, by their codes."""
    account = signed_in(request)
    asked = PractitionerFilter(request.GET, account)
    found = page(showing.beside(asked.practitioners, account), request.GET, sort="code")
    waiting = ScoreRecord.objects.visible_to(account).filter(state="notified").select_related("practitioner")
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.practitioners), "page": found,
        "listed": showing.listed(found.rows), "own": True, "may_register": account.holds(Duty.STAFF),
        "waiting": list(waiting[:50]),
    }  # fmt: skip
    return render(request, "points/list.html", context)


@institution_page
@duty_required(Duty.STAFF)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register somebody who works here, with the service commitment."""
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row = registering.register(
                form.person(), since=said["since"], signed_on=said["signed_on"], by=signed_in(request)
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Registered. The agency takes a new person in."))
            return redirect("own_points:practitioner", row.practitioner_id)
    text = ruling.commitment(timezone.localdate())
    return render(request, "points/register.html", {"form": form, "text": text})


def person(request: HttpRequest, code: str) -> Practitioner:
    return get_object_or_404(Practitioner.objects.visible_to(signed_in(request)), code=code)


def may_end(subject: Practitioner, account: Account) -> bool:
    here = Registration.objects.filter(practitioner=subject, institution=account.institution, until=None)
    return account.holds(Duty.STAFF) and here.exists()


@institution_page
@require_GET
def practitioner(request: HttpRequest, code: str) -> HttpResponse:
    """One person of the institution: the sum follows the person, the records shown are the institution's own."""
    return shown(request, person(request, code))


def shown(
    request: HttpRequest, subject: Practitioner, *, refused: RefusedForms | None = None, ending: EndForm | None = None
) -> HttpResponse:
    account = signed_in(request)
    context = showing.of_person(subject, account)
    row = context["qualification"]
    context |= {
        "offers": offers(QUALIFICATION, row, account, refused or {}) if row else [], "own": True,
        "form": ending or next(iter((refused or {}).values()), None),
        "ending": (ending or EndForm()) if may_end(subject, account) else None,
    }  # fmt: skip
    return render(request, "points/practitioner.html", context)


@institution_page
@duty_required(Duty.STAFF)
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Register again somebody who was not taken in, or whose time is over."""
    subject = person(request, code)
    row = get_object_or_404(Qualification.objects.visible_to(signed_in(request)), practitioner=subject)
    return make(
        request, QUALIFICATION, row, lambda refused: shown(request, subject, refused=refused),
        back=reverse("own_points:practitioner", args=[code]),
    )  # fmt: skip


@institution_page
@duty_required(Duty.STAFF)
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody works here no longer than to a day."""
    subject, account, form = person(request, code), signed_in(request), EndForm(request.POST)
    here = Registration.objects.filter(practitioner=subject, institution=account.institution, until=None).first()
    try:
        refuse_unless(here is not None, _("This person is not registered here."))
        assert here is not None
        if form.is_valid():
            registering.end(here, on=form.cleaned_data["on"], by=account)
            messages.success(request, _("The registration ends."))
            return redirect("own_points:practitioners")
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return shown(request, subject, ending=form)


def found(request: HttpRequest, number: str) -> ScoreRecord:
    rows = ScoreRecord.objects.visible_to(signed_in(request))
    beside = ("practitioner", "institution", "place", "matter", "responsibility", "clock__limit")
    return get_object_or_404(rows.select_related(*beside), number=number)


@institution_page
@require_GET
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One record that the institution was told of."""
    return record_shown(request, found(request, number))


def record_shown(request: HttpRequest, subject: ScoreRecord, *, refused: RefusedForms | None = None) -> HttpResponse:
    account = signed_in(request)
    context = showing.of_record(subject, account, refused or {})
    context |= {
        "own": True, "clocks": list(Clock.objects.visible_to(account).filter(subject=subject.number).going()),
    }  # fmt: skip
    return render(request, "points/record.html", context)


@institution_page
@duty_required(Duty.STAFF)
@require_POST
def move_record(request: HttpRequest, number: str) -> HttpResponse:
    """Appeal, or apply for repair."""
    subject = found(request, number)
    return make(
        request, SCORE, subject, lambda refused: record_shown(request, found(request, number), refused=refused),
        back=letters.own_address(subject),
    )  # fmt: skip
