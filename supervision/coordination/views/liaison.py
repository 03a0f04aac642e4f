"""The pages of another department's liaison: what was given to the department, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import liaison_page, signed_in
from institutions.models import Account
from supervision.cases.views.acts import RefusedForms, make
from supervision.coordination import receiving
from supervision.coordination.forms import LeadForm
from supervision.coordination.meeting import JOINT_TASK
from supervision.coordination.models import BroughtLead, JointTask, Package, Reading, SharedField
from supervision.coordination.reading import read_package
from supervision.coordination.sharing import PACKAGE
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page

from .acting import own_offers

SHOWN = 50  # leads and tasks on the first page


def found(account: Account, number: str) -> Package:
    rows = Package.objects.visible_to(account).select_related("to__department", "place", "clock__limit", "allowance")
    return get_object_or_404(rows, number=number)


@liaison_page
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What was given to the department, the newest first."""
    account = signed_in(request)
    rows = Package.objects.visible_to(account)
    context = {
        "page": page(rows.select_related("place", "allowance", "clock"), request.GET, sort="-id"),
        "count": capped_count(rows), "department": account.department,
        "leads": list(BroughtLead.objects.visible_to(account)[:SHOWN]),
        "tasks": list(JointTask.objects.visible_to(account).unfinished().select_related("meeting", "partner")[:SHOWN]),
    }  # fmt: skip
    return render(request, "coordination/liaison.html", context)


@liaison_page
@require_GET
def package(request: HttpRequest, number: str) -> HttpResponse:
    """Its fields, each reading of which is written down."""
    account = signed_in(request)
    subject = found(account, number)
    fields = read_package(subject, way=Reading.Way.PAGE, by=account) if subject.readable else []
    return shown(request, subject, {}, fields)


def shown(request: HttpRequest, subject: Package, refused: RefusedForms, fields: list[SharedField]) -> HttpResponse:
    context = {
        "package": subject, "offers": own_offers(PACKAGE, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None), "fields": fields,
        "events": [one for one in subject.events.all() if one.move != "draft"],
    }  # fmt: skip
    return render(request, "coordination/liaison_package.html", context)


@liaison_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """Where a move is refused, its form is shown again without the fields: looking is another act."""
    account = signed_in(request)
    return make(
        request, PACKAGE, found(account, number),
        lambda refused: shown(request, found(account, number), refused, []),
        back=reverse("liaison:package", args=[number]),
    )  # fmt: skip


@liaison_page
@require_http_methods(["GET", "POST"])
def new_lead(request: HttpRequest) -> HttpResponse:
    form = LeadForm(request.POST or None)
    if form.is_valid():
        try:
            lead = receiving.bring_lead(**form.cleaned_data, by=signed_in(request))
            return redirect("liaison:lead", lead.number)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "coordination/lead_new.html", {"form": form})


@liaison_page
@require_GET
def lead(request: HttpRequest, number: str) -> HttpResponse:
    """What the department has brought, and what came of it."""
    subject = get_object_or_404(BroughtLead.objects.visible_to(signed_in(request)), number=number)
    return render(request, "coordination/liaison_lead.html", {"lead": subject})


def task_found(account: Account, number: str) -> JointTask:
    rows = JointTask.objects.visible_to(account).select_related("meeting", "partner__department", "clock__limit")
    return get_object_or_404(rows, number=number)


@liaison_page
@require_GET
def task(request: HttpRequest, number: str) -> HttpResponse:
    return task_shown(request, task_found(signed_in(request), number), {})


def task_shown(request: HttpRequest, subject: JointTask, refused: RefusedForms) -> HttpResponse:
    context = {
        "task": subject, "offers": own_offers(JOINT_TASK, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None),
        "events": [one for one in subject.events.select_related("by__territory") if one.move != "decide"],
    }  # fmt: skip
    return render(request, "coordination/liaison_task.html", context)


@liaison_page
@require_POST
def move_task(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    return make(
        request, JOINT_TASK, task_found(account, number),
        lambda refused: task_shown(request, task_found(account, number), refused),
        back=reverse("liaison:task", args=[number]),
    )  # fmt: skip
