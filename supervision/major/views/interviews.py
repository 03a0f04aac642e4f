"""Interviews at the desk: the list, a new one, and the page of one for those who hold it and those called in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.documents.models import Document
from supervision.major.calling_in import call_in
from supervision.major.conferring import INTERVIEW
from supervision.major.filters import InterviewFilter
from supervision.major.forms import CallInForm
from supervision.major.models import Interview, Issue
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page


def found(account: Account, number: str) -> Interview:
    parties = ("institution__division", "agency__pooling_area", "subject_place", "place", "issue")
    rows = Interview.objects.visible_to(account).select_related("ground", "clock__limit", *parties)
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def interviews(request: HttpRequest) -> HttpResponse:
    """Those of the territory, and those to which it was called; the newest first."""
    account = signed_in(request)
    asked = InterviewFilter(request.GET, account)
    rows = asked.rows.select_related("institution", "agency", "subject_place", "place", "clock__limit")
    context = {
        "filter": asked, "chips": asked.chips(), "page": page(rows, request.GET, sort="-id"),
        "count": capped_count(asked.rows), "may_call_in": account.holds(Duty.INVESTIGATE),
    }  # fmt: skip
    return render(request, "major/interviews.html", context)


@desk_page
@duty_required(Duty.INVESTIGATE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Decide on an interview; one of an issue names it in the address."""
    account = signed_in(request)
    issue = Issue.objects.visible_to(account).filter(number=request.GET.get("issue", "").replace("\0", "")).first()
    form = CallInForm(account, request.POST or None)
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            return redirect(call_in(said["party"], reason=said["reason"], by=account, issue=issue))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "major/call_in.html", {"form": form, "issue": issue})


@desk_page
@require_GET
def interview(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: Interview, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    return render(
        request,
        "major/interview.html",
        {**told(subject, account), "offers": offered(subject, account, refused)} | form_of(refused),
    )


def offered(subject: Interview, account: Account, refused: RefusedForms) -> list[Any]:
    """The moves of the side on which the account stands: those of the other are not shown."""
    theirs = subject.is_called(account)
    return [
        one
        for one in offers(INTERVIEW, subject, account, refused)
        if (one.name in ("answer", "answer_as_office")) == theirs
    ]


def form_of(refused: RefusedForms) -> dict[str, Any]:
    return {"form": next(iter(refused.values()), None)}


def told(subject: Interview, account: Account) -> dict[str, Any]:
    """What both sides read."""
    return {
        "interview": subject, "events": list(subject.events.select_related("by__territory")),
        "letters": list(Document.objects.visible_to(account).filter(about=subject.number)),
        "issue": subject.issue if subject.issue is not None and subject.issue.reaches(account) else None,
    }  # fmt: skip


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, INTERVIEW, subject, lambda refused: shown(request, found(account, number), refused))
