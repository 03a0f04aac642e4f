"""Requests for assistance: the list, a new one, and the page that both regions and their superior read."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.assistance import money, naming
from supervision.assistance.filters import RequestFilter
from supervision.assistance.forms import AnswerForm, ClaimForm, RequestForm
from supervision.assistance.models import Request, RequestClaim
from supervision.assistance.models.requests import State
from supervision.assistance.requesting import REQUEST
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.ledger.models import Entry
from supervision.monitoring.terms import rule_title
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page

PARTIES = ("from_place", "to_place", "handler_place", "treatment", "participation", "institution", "lead_rule")


def found(account: Account, number: str) -> Request:
    rows = Request.objects.visible_to(account).select_related("clock__limit", "handler__territory", *PARTIES)
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Those asked by the territory and of it, the newest first."""
    account = signed_in(request)
    asked = RequestFilter(request.GET, account)
    context = {
        "filter": asked, "chips": asked.chips(), "count": capped_count(asked.rows),
        "page": page(asked.rows.select_related("clock__limit", *PARTIES), request.GET, sort="-id"),
        "may_draft": account.holds(Duty.INVESTIGATE),
    }  # fmt: skip
    return render(request, "assistance/requests.html", context)


@desk_page
@duty_required(Duty.INVESTIGATE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = RequestForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(naming.draft_request(by=signed_in(request), **form.cleaned_data))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "assistance/new.html", {"form": form})


@desk_page
@require_GET
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(
    request: HttpRequest, subject: Request, refused: RefusedForms, wrong: forms.Form | None = None
) -> HttpResponse:
    account = signed_in(request)
    ours = account.holds(Duty.INVESTIGATE)
    context = {
        "matter": subject, "offers": offers(REQUEST, subject, account, refused),
        "form": next(iter(refused.values()), None) or wrong, "claims": claims(subject),
        "money": money.standing(subject),
        "entries": entries(subject), "letters": list(Document.objects.visible_to(account).filter(about=subject.number)),
        "clocks": list(Clock.objects.filter(subject=subject.number).select_related("limit").order_by("pk")),
        "passed": list(subject.passed.select_related("pooling_area")),
        "events": list(subject.events.select_related("by__territory")),
        "may_name": ours and subject.state == State.DRAFTED and account.territory_id == subject.from_place_id,
        "may_answer": ours and subject.state in naming.ANSWERED_IN
        and account.territory_id == subject.handler_place_id,
        "claim_form": wrong if isinstance(wrong, ClaimForm) else ClaimForm(auto_id="claim-%s"),
    }  # fmt: skip
    return render(request, "assistance/request.html", context)


def claims(subject: Request) -> list[tuple[RequestClaim, list[Any], list[Any], AnswerForm]]:
    """Each claim as both regions read it: its lines, its findings, and the form of its answer."""
    rows = subject.claims.prefetch_related("lines", "findings__finding").order_by("pk")
    return [
        (
            one, list(one.lines.all()),
            [(shown_.finding, rule_title(shown_.finding.rule)) for shown_ in one.findings.all()],
            AnswerForm(
                initial={"found": one.found, "lost": one.lost, "words": one.answer}, auto_id=f"answer-{one.pk}-%s"
            ),
        )
        for one in rows
    ]  # fmt: skip


def entries(subject: Request) -> list[Entry]:
    """The bookings about its own lines, the newest first."""
    rows = Entry.objects.filter(postings__item__in=money.items(subject)).distinct().order_by("-number")
    return list(rows[:20])


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, REQUEST, subject, lambda refused: shown(request, found(account, number), refused))


@desk_page
@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """A claim is named, left out or answered, as the field `act` says."""
    account, act = signed_in(request), request.POST.get("act", "")
    subject, which = found(account, number), request.POST.get("which", "")
    key = int(which) if which.isascii() and which.isdigit() and len(which) < 19 else 0
    form: forms.Form = AnswerForm(request.POST) if act == "answer" else ClaimForm(request.POST, auto_id="claim-%s")
    try:
        if act == "leave_out":
            naming.leave_claim_out(subject, key, by=account)
        elif act == "answer" and form.is_valid():
            naming.answer_claim(subject, key, by=account, **form.cleaned_data)
        elif act == "name" and form.is_valid():
            naming.name_claim(subject, form.cleaned_data["claim"], by=account)
        elif act in ("answer", "name"):
            return shown(request, subject, {}, form)
    except MoveRefused as refusal:
        if act == "leave_out":
            form = ClaimForm({"claim": "-"})
        form.is_valid()
        form.add_error(None, str(refusal))
        return shown(request, subject, {}, form)
    return redirect(subject)
