"""Major issues: the list with what the system proposes, a new one, and the page of one with all that is written."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases import linking
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.major import following, levelling, reaching, suggesting, timeline
from supervision.major.bringing_up import bring_up
from supervision.major.filters import IssueFilter
from supervision.major.forms import DoneForm, FollowUpForm, GuidanceForm, IssueForm, LeaveForm, LinkForm, TaskForm
from supervision.major.handling import ISSUE
from supervision.major.models import Contact, Interview, Issue
from supervision.major.models.issues import State
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page

Forms = Mapping[str, forms.Form]
# What is written beside an issue: the form, and what is done with it.
WRITTEN: Mapping[str, tuple[type[forms.Form], Callable[..., Any]]] = {
    "follow_up": (FollowUpForm, following.write_follow_up),
    "guidance": (GuidanceForm, following.give_guidance),
    "link": (LinkForm, following.link_matter),
    "task": (TaskForm, following.set_task),
    "done": (DoneForm, following.finish_task),
}


def found(account: Account, number: str) -> Issue:
    people = ("finder__territory", "reporter__territory", "reviewer__territory")
    rows = Issue.objects.visible_to(account).select_related(
        "place", "rule", "clock__limit", "reviewing__limit", *people
    )
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def issues(request: HttpRequest) -> HttpResponse:
    """Those of the territory, the newest first, and what the system proposes."""
    account = signed_in(request)
    asked = IssueFilter(request.GET, account)
    rows = asked.rows.select_related("place", "clock__limit").prefetch_related("reports")
    context = {
        "filter": asked, "chips": asked.chips(), "page": page(rows, request.GET, sort="-id"),
        "count": capped_count(asked.rows), "suggestions": suggesting.suggestions(account),
        "leave_form": LeaveForm(auto_id="leave-%s"), "may_bring_up": account.holds(Duty.INVESTIGATE),
        "may_leave": account.holds(Duty.DECIDE),
    }  # fmt: skip
    return render(request, "major/issues.html", context)


@desk_page
@duty_required(Duty.INVESTIGATE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Bring an issue up; a proposal fills the form, and its cases are linked."""
    account = signed_in(request)
    proposed = suggesting.suggestion(account, request.GET.get("proposal", ""))
    form = IssueForm(request.POST or None, initial=told(proposed) if proposed else None)
    if form.is_valid():
        try:
            made = bring_up(by=account, **form.cleaned_data)
            for number in proposed.cases if proposed else ():
                following.link_matter(made, number, by=account)
            return redirect(made)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "levels": levelling.levels(account.territory_id or ""), "proposed": proposed}
    return render(request, "major/new.html", context)


def told(proposed: suggesting.Suggestion) -> dict[str, Any]:
    return {
        "title": proposed.title[:200], "kind": Issue.Kind.LOSS, "level": proposed.rule.level,
        "est_amount": proposed.amount, "institutions": proposed.institutions, "divisions": proposed.divisions,
        "facts": ", ".join(proposed.cases),
    }  # fmt: skip


@desk_page
@duty_required(Duty.DECIDE)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """A proposal is not followed, and why."""
    try:
        suggesting.leave_suggestion(request.POST.get("key", ""), request.POST.get("why", ""), by=signed_in(request))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("major:issues")


@desk_page
@require_GET
def issue(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: Issue, refused: RefusedForms, wrong: Forms | None = None) -> HttpResponse:
    account, wrong = signed_in(request), wrong or {}
    interviews = list(
        Interview.objects.visible_to(account)
        .filter(issue=subject)
        .select_related("institution__division", "agency", "subject_place", "approver__territory")
    )
    reports = list(subject.reports.all())
    context = {
        "issue": subject, "offers": offers(ISSUE, subject, account, refused), "listing": reaching.listed(subject),
        "form": next(iter(refused.values()), None) or next(iter(wrong.values()), None),
        "first_report": next((one for one in reports if one.kind == "first"), None),
        "late_reports": sum(one.late for one in reports), "interviews": interviews,
        "timeline": timeline.told(subject, interviews), "links": links(subject, account),
        "tasks": list(subject.tasks.select_related("clock__limit")), "written": written(subject, account, wrong),
        "done_form": wrong.get("done") or DoneForm(auto_id="done-%s"),
        "may_finish": may_write(subject, account), "may_call_in": account.holds(Duty.INVESTIGATE),
        "contacts": list(Contact.objects.visible_to(account).filter(place=subject.place).now()),
    }  # fmt: skip
    return render(request, "major/issue.html", context)


def links(subject: Issue, account: Account) -> list[tuple[Any, linking.Matter | None]]:
    """Each matter, with its page where the reader sees it."""
    return [(one, linking.find(account, one.number, one.kind)) for one in subject.links.all()]


def may_write(subject: Issue, account: Account) -> bool:
    """Whether the account writes for the place itself."""
    ours = account.territory_id == subject.place_id
    return ours and account.holds(Duty.INVESTIGATE) and subject.state != State.CLOSED


def written(subject: Issue, account: Account, wrong: Forms) -> dict[str, forms.Form]:
    """The forms that are open to this account now."""
    if subject.state == State.CLOSED:
        return {}
    decides, names = account.holds(Duty.DECIDE), []
    if may_write(subject, account) and subject.state not in following.BEFORE_IT_IS_GRADED:
        names.append("follow_up")
    if decides and reaching.is_above(subject, account):
        names.append("guidance")
    if decides or account.holds(Duty.INVESTIGATE):
        names.append("link")
    if decides and subject.state in (State.STABILISED, State.REVIEWED):
        names.append("task")
    return {name: wrong.get(name) or WRITTEN[name][0](auto_id=f"{name}-%s") for name in names}


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, ISSUE, subject, lambda refused: shown(request, found(account, number), refused))


@desk_page
@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """What the field `act` names is written beside the issue."""
    account, name = signed_in(request), request.POST.get("act", "")
    subject = found(account, number)
    if name not in WRITTEN:
        return redirect(subject)
    form_class, do = WRITTEN[name]
    form = form_class(request.POST, auto_id=f"{name}-%s")
    if form.is_valid():
        key = request.POST.get("task", "")
        more = {"key": int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0} if name == "done" else {}
        try:
            do(subject, by=account, **more, **form.cleaned_data)
            return redirect(subject)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, subject, {}, {name: form})
