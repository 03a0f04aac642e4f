"""The desk's pages: the list of practitioners, one file a person, a score that is proposed, one record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from credit.points import proposing
from credit.points.forms import ProposeForm
from credit.points.models import Qualification, ScoreRecord
from credit.points.practitioner_filter import PractitionerFilter
from credit.points.workflows.qualification import QUALIFICATION
from credit.points.workflows.record import SCORE
from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty, Practitioner
from supervision.audit.chain import record as write_down
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.clocks.models import Clock
from supervision.paging import capped_count, page
from supervision.refusal import Refused

from . import showing


@desk_page
@require_GET
def practitioners(request: HttpRequest) -> HttpResponse:
    """Those registered in the territory, by their codes."""
    account = signed_in(request)
    asked = PractitionerFilter(request.GET, account)
    found = page(showing.beside(asked.practitioners, account), request.GET, sort="code")
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.practitioners), "page": found,
        "listed": showing.listed(found.rows), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "points/list.html", context)


def person(request: HttpRequest, code: str) -> Practitioner:
    return get_object_or_404(Practitioner.objects.visible_to(signed_in(request)), code=code)


@desk_page
@require_GET
def practitioner(request: HttpRequest, code: str) -> HttpResponse:
    """One doctor, one file."""
    subject = person(request, code)
    answer = shown(request, subject)
    write_down(Act.READ, signed_in(request), f"qualification {subject.pk}")
    return answer


def shown(request: HttpRequest, subject: Practitioner, *, refused: RefusedForms | None = None) -> HttpResponse:
    account = signed_in(request)
    context = showing.of_person(subject, account)
    row = context["qualification"]
    context |= {
        "offers": offers(QUALIFICATION, row, account, refused or {}) if row else [],
        "form": next(iter((refused or {}).values()), None),
        "may_propose": account.holds(Duty.CREDIT),
    }
    return render(request, "points/practitioner.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """A move of the person's qualification."""
    subject = person(request, code)
    row = get_object_or_404(Qualification.objects.visible_to(signed_in(request)), practitioner=subject)
    return make(
        request, QUALIFICATION, row, lambda refused: shown(request, subject, refused=refused),
    )  # fmt: skip


@desk_page
@duty_required(Duty.CREDIT)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose a score for the person."""
    account, subject = signed_in(request), person(request, code)
    form = ProposeForm(account, subject, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            return redirect(
                proposing.propose(
                    subject, said["proceeding"], matter=said["matter"], responsibility=said["responsibility"],
                    facts=said["facts"], by=account,
                )
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "points/propose.html", {"practitioner": subject, "form": form})


def found(request: HttpRequest, number: str) -> ScoreRecord:
    rows = ScoreRecord.objects.visible_to(signed_in(request))
    beside = ("practitioner", "institution", "place", "matter", "responsibility", "clock__limit", *showing.PEOPLE)
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One record of points."""
    subject = found(request, number)
    answer = record_shown(request, subject)
    write_down(Act.READ, signed_in(request), subject.number)
    return answer


def record_shown(request: HttpRequest, subject: ScoreRecord, *, refused: RefusedForms | None = None) -> HttpResponse:
    account = signed_in(request)
    context = showing.of_record(subject, account, refused or {})
    context["clocks"] = list(Clock.objects.visible_to(account).filter(subject=subject.number).going())
    return render(request, "points/record.html", context)


@desk_page
@require_POST
def move_record(request: HttpRequest, number: str) -> HttpResponse:
    """A move of the record."""
    subject = found(request, number)
    return make(
        request, SCORE, subject, lambda refused: record_shown(request, found(request, number), refused=refused),
    )  # fmt: skip
