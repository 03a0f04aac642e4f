"""Samples: the list, a new draw, its claims to be judged, and what follows of it."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.moves import MoveRefused
from supervision.onsite import sampling
from supervision.onsite.forms import SampleForm
from supervision.onsite.models import Sample
from supervision.onsite.models.samples import SampleState
from supervision.onsite.sample_workflow import SAMPLE
from supervision.paging import capped_count, page


def found(account: Account, number: str) -> Sample:
    rows = Sample.objects.visible_to(account).select_related("institution", "place", "snapshot", "drawn_by__territory")
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """Those of the territory, the newest first."""
    account = signed_in(request)
    rows = Sample.objects.visible_to(account)
    context = {
        "page": page(rows.select_related("institution"), request.GET, sort="-id"), "count": capped_count(rows),
        "may_draw": account.holds(Duty.INVESTIGATE),
    }  # fmt: skip
    return render(request, "onsite/samples.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = SampleForm(account, request.POST or None)
    if form.is_valid():
        try:
            return redirect(sampling.draw_claims(**form.cleaned_data, by=account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "onsite/new_sample.html", {"form": form})


@desk_page
@require_GET
def sample(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, found(signed_in(request), number), {})


def shown(request: HttpRequest, subject: Sample, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    rows = subject.sampled.select_related("judged_by__territory", "stratum")
    again = "again" in request.GET
    context = {
        "sample": subject, "offers": offers(SAMPLE, subject, account, refused),
        "form": next(iter(refused.values()), None), "strata": list(subject.strata.all()),
        "page": page(rows, request.GET, sort="id"), "count": capped_count(rows),
        "left": rows.filter(wrong__isnull=True).count(),
        "may_judge": account.holds(Duty.INVESTIGATE) and subject.state == SampleState.DRAWN,
        "again": again, "drawn_again": again and sampling.drawn_again(subject),
        "percent": subject.confidence and subject.confidence * 100,
        "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "onsite/sample.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, SAMPLE, subject, lambda refused: shown(request, found(account, number), refused))


@desk_page
@require_POST
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """What was judged of the claims on a page; one that is left empty stays as it is."""
    account = signed_in(request)
    subject = found(account, number)
    judged, known = 0, {str(one.pk): one for one in subject.sampled.all()}
    for name in request.POST:
        value = request.POST.get(name, "")
        key = name.removeprefix("wrong-")
        if name == key or not value.strip() or not (key.isascii() and key.isdigit()) or len(key) > 18:
            continue
        try:
            wrong, why = amount(value), request.POST.get(f"why-{key}", "").strip()
            if key in known and (known[key].wrong, known[key].why) == (wrong, why):
                continue
            sampling.judge_claim(subject, int(key), wrong=wrong, why=why, by=account)
            judged += 1
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
    if judged:
        messages.success(request, _("%(count)d claims are judged.") % {"count": judged})
    return back_to(request, subject)


def amount(text: str) -> Decimal:
    """Yuan as they are typed in; refused where it is no sum."""
    try:
        found = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise MoveRefused(_("%(text)s is no sum in yuan.") % {"text": text[:40]}) from None
    if not found.is_finite() or found.adjusted() > 15:
        raise MoveRefused(_("%(text)s is no sum in yuan.") % {"text": text[:40]})
    return found


def back_to(request: HttpRequest, subject: Sample) -> HttpResponseRedirect:
    """The same page of its claims."""
    return HttpResponseRedirect(f"{subject.get_absolute_url()}?{request.GET.urlencode()}#claims")
