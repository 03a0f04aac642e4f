"""Exposed cases as everybody reads them, without a session; and the way to say that one of them is wrong."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from supervision.clocks.limits import NATION
from supervision.clocks.models import Limit
from supervision.complaints.exposure.claiming import claim
from supervision.complaints.exposure.forms import ErrorForm
from supervision.complaints.exposure.models import ErrorClaim, TypicalCase
from supervision.complaints.gate import proving
from supervision.paging import page
from supervision.refusal import Refused

GONE = 410  # it was here and was taken back


@login_not_required
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    rows = TypicalCase.objects.on_the_page().select_related("place", "institution")
    context = {
        "page": page(rows, request.GET, sort="-published_on", size=20),
        "limit": Limit.objects.filter(code="P09", place=NATION, valid__contains=timezone.localdate()).first(),
    }
    return render(request, "public/exposed.html", context)


@login_not_required
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    return told(request, ever_published(number), ErrorForm())


def ever_published(number: str) -> TypicalCase:
    """A draft that never stood on the page does not exist for the public."""
    rows = TypicalCase.objects.filter(published_on__isnull=False).select_related("place", "institution")
    return get_object_or_404(rows, number=number)


def told(
    request: HttpRequest, subject: TypicalCase, form: ErrorForm, *, made: ErrorClaim | None = None
) -> HttpResponse:
    if not subject.is_public:
        return render(request, "public/withdrawn_case.html", {"typical": subject}, status=GONE)
    answered = subject.claims.exclude(answered_on=None).order_by("-answered_on", "-pk")
    context = {
        "typical": subject, "form": form, "made": made, "answered": list(answered[:50]),
        "challenge": proving.challenge(),
    }  # fmt: skip
    return render(request, "public/exposed_case.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def error(request: HttpRequest, number: str) -> HttpResponse:
    """Take in what is wrong. Nothing is redirected to: the short code is shown on this page alone."""
    if request.method == "GET":
        return redirect("exposed:case", ever_published(number).number)
    subject, form = ever_published(number), ErrorForm(request.POST)
    if subject.is_public and form.is_valid():
        try:
            said = form.cleaned_data
            proving.check(request.POST.get("proof", ""))
            return told(
                request, subject, ErrorForm(), made=claim(subject, said["text"], institution=said["institution"])
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return told(request, subject, form)
