"""The institution's side of an interview: why it is called in, what was said, and its answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from institutions.access import institution_page, signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.major.conferring import INTERVIEW
from supervision.major.models import Interview
from supervision.paging import capped_count, page

from .interviews import form_of, found, told


@institution_page
@require_GET
def interviews(request: HttpRequest) -> HttpResponse:
    """Those to which it was called, the newest first."""
    rows = Interview.objects.visible_to(signed_in(request)).select_related("place", "clock__limit")
    return render(
        request, "major/own_interviews.html",
        {"page": page(rows, request.GET, sort="-id"), "count": capped_count(rows)},
    )  # fmt: skip


@institution_page
@require_GET
def interview(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: Interview, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    context = {**told(subject, account), "offers": offers(INTERVIEW, subject, account, refused), **form_of(refused)}
    return render(request, "major/own_interview.html", context)


@institution_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    return make(
        request, INTERVIEW, found(account, number), lambda refused: shown(request, found(account, number), refused),
        back=reverse("own_major:interview", args=[number]),
    )  # fmt: skip
