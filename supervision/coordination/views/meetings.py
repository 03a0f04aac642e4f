"""Joint meetings at the desk: the list with what is open, a new one, its page, and each task."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.cases.views.acts import RefusedForms, make
from supervision.coordination import meeting as meetings_held
from supervision.coordination.forms import MeetingForm, TaskForm
from supervision.coordination.meeting import JOINT_TASK, MEETING
from supervision.coordination.models import JointTask, Meeting
from supervision.coordination.models.meetings import State
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page

from .acting import own_offers


def found(account: Account, number: str) -> Meeting:
    rows = Meeting.objects.visible_to(account).select_related("place", "caller__territory", "keeper", "confirmer")
    return get_object_or_404(rows, number=number)


def task_found(account: Account, number: str) -> JointTask:
    rows = JointTask.objects.visible_to(account)
    return get_object_or_404(
        rows.select_related("meeting__place", "partner__department", "clock__limit"), number=number
    )


@desk_page
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The newest first, and above them what is not done yet."""
    account = signed_in(request)
    rows = Meeting.objects.visible_to(account)
    open_tasks = JointTask.objects.visible_to(account).unfinished()
    context = {
        "page": page(rows, request.GET, sort="-id"), "count": capped_count(rows),
        "tasks": list(open_tasks.select_related("partner__department", "meeting", "clock__limit")[:50]),
        "may_call": account.holds(Duty.INVESTIGATE),
    }  # fmt: skip
    return render(request, "coordination/meetings.html", context)


@desk_page
@duty_required(Duty.INVESTIGATE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = MeetingForm(account, request.POST or None)
    if form.is_valid():
        try:
            return redirect(meetings_held.call_meeting(**form.cleaned_data, by=account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "coordination/meeting_new.html", {"form": form})


@desk_page
@require_GET
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, found(signed_in(request), number), {})


def shown(
    request: HttpRequest, subject: Meeting, refused: RefusedForms, task_form: TaskForm | None = None
) -> HttpResponse:
    account = signed_in(request)
    context = {
        "meeting": subject, "offers": own_offers(MEETING, subject, account, refused),
        "form": next(iter(refused.values()), None) or (task_form if task_form and task_form.errors else None),
        "before": meetings_held.left_from_before(subject),
        "members": list(subject.members.select_related("department")),
        "tasks": list(subject.tasks.select_related("partner__department", "clock__limit")),
        "task_form": task_form or TaskForm(subject),
        "may_decide": account.holds(Duty.INVESTIGATE) and subject.state == State.MINUTED,
        "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "coordination/meeting.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(request, MEETING, subject, lambda refused: shown(request, found(account, number), refused))


@desk_page
@duty_required(Duty.INVESTIGATE)
@require_POST
def add_task(request: HttpRequest, number: str) -> HttpResponse:
    """One more task of the minutes."""
    account = signed_in(request)
    subject = found(account, number)
    form = TaskForm(subject, request.POST)
    if form.is_valid():
        try:
            meetings_held.decide_task(subject, **form.cleaned_data, by=account)
            return redirect(subject)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, subject, {}, form)


@desk_page
@require_GET
def task(request: HttpRequest, number: str) -> HttpResponse:
    return task_shown(request, task_found(signed_in(request), number), {})


def task_shown(request: HttpRequest, subject: JointTask, refused: RefusedForms) -> HttpResponse:
    context = {
        "task": subject, "offers": own_offers(JOINT_TASK, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None), "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "coordination/task.html", context)


@desk_page
@require_POST
def move_task(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = task_found(account, number)
    return make(request, JOINT_TASK, subject, lambda refused: task_shown(request, task_found(account, number), refused))
