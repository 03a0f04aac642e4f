"""The institution's side: what it is asked to look for, its answers and lines, and the handing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from institutions.access import institution_page, signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.clocks.models import Clock
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page
from supervision.selfchecks import answering, ruling
from supervision.selfchecks.forms import AnswerForm, LineForm
from supervision.selfchecks.models import Answer, Problem, Report
from supervision.selfchecks.models.reports import State
from supervision.selfchecks.reporting import REPORT

from .reports import found


@institution_page
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Its reports, the newest first."""
    rows = Report.objects.visible_to(signed_in(request)).select_related("campaign")
    context = {"page": page(rows, request.GET, sort="-id"), "count": capped_count(rows)}
    return render(request, "selfchecks/own_reports.html", context)


@institution_page
@require_GET
def report(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: Report, refused: RefusedForms) -> HttpResponse:
    context = {
        "report": subject, "leniency": ruling.told(subject.place_id), "problems": problems(subject),
        "offers": offers(REPORT, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None), "may_write": subject.state == State.REPORTING,
        "clocks": list(Clock.objects.visible_to(signed_in(request)).filter(subject=subject.number).going()),
        "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "selfchecks/own_report.html", context)


def problems(subject: Report) -> list[tuple[Problem, Answer | None, list[object], AnswerForm, LineForm]]:
    """Each problem with the answer, the lines and the forms that belong to it."""
    answers = {one.problem_id: one for one in subject.answers.all()}
    lines: dict[int, list[object]] = {}
    for line in subject.lines.all():
        lines.setdefault(line.problem_id, []).append(line)
    return [
        (
            one, answers.get(one.pk), lines.get(one.pk, []),
            AnswerForm(initial=said(answers.get(one.pk)), auto_id=f"answer-{one.pk}-%s"),
            LineForm(auto_id=f"line-{one.pk}-%s"),
        )
        for one in answering.problems_of(subject)
    ]  # fmt: skip


def said(answer: Answer | None) -> dict[str, object]:
    return {"found": answer.found, "words": answer.words} if answer else {}


@institution_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    return make(
        request, REPORT, found(account, number), lambda refused: shown(request, found(account, number), refused),
        back=reverse("own_selfchecks:report", args=[number]),
    )  # fmt: skip


@institution_page
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Its word on the problem whose code is sent."""
    account, form = signed_in(request), AnswerForm(request.POST)
    subject = found(account, number)
    if form.is_valid():
        try:
            answering.answer_problem(subject, request.POST.get("problem", ""), by=account, **form.cleaned_data)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
    return back(request, subject, form)


@institution_page
@require_POST
def add_line(request: HttpRequest, number: str) -> HttpResponse:
    """One line of a settled claim, under the problem whose code is sent."""
    account, form = signed_in(request), LineForm(request.POST)
    subject = found(account, number)
    if form.is_valid():
        try:
            answering.add_line(subject, request.POST.get("problem", ""), by=account, **form.cleaned_data)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
    return back(request, subject, form)


@institution_page
@require_POST
def drop_line(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject, which = found(account, number), request.POST.get("line", "")
    try:
        answering.drop_line(
            subject, int(which) if which.isascii() and which.isdigit() and len(which) < 19 else 0, by=account
        )
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("own_selfchecks:report", number)


def back(request: HttpRequest, subject: Report, form: AnswerForm | LineForm) -> HttpResponse:
    """To the page; what was wrong with a form is told above it."""
    for name, errors in form.errors.items():
        field = form.fields.get(name)
        messages.error(request, f"{field.label if field else ''}: {' '.join(map(str, errors))}")
    return redirect("own_selfchecks:report", subject.number)
