"""The desk's pages of one evaluation and of one repair, with the moves that their state allows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from credit.models import Evaluation, Repair
from credit.workflow import EVALUATION, REPAIR
from institutions.access import desk_page, signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.clocks.models import Clock

from . import showing

PEOPLE = ("computer__territory", "approver__territory", "reviewer__territory", "objector")


def evaluation_of(request: HttpRequest, number: str) -> Evaluation:
    rows = Evaluation.objects.visible_to(signed_in(request))
    return get_object_or_404(rows.select_related("institution__division__parent", "scheme", *PEOPLE), number=number)


@desk_page
@require_GET
def evaluation(request: HttpRequest, number: str) -> HttpResponse:
    subject = evaluation_of(request, number)
    record(Act.READ, signed_in(request), str(subject))
    return evaluation_page(request, subject, {})


def evaluation_page(request: HttpRequest, subject: Evaluation, refused: RefusedForms) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    context = {
        "evaluation": subject, "points": showing.kept(subject.reckoned),
        "offers": offers(EVALUATION, subject, account, refused), "form": next(iter(refused.values()), None),
        "clocks": list(Clock.objects.filter(subject=subject.number).going()),
        "events": list(subject.events.select_related("by__territory")),
        "institutions": {subject.institution_id: subject.institution},
    }  # fmt: skip
    return render(request, "credit/evaluation.html", context)


@desk_page
@require_POST
def move_evaluation(request: HttpRequest, number: str) -> HttpResponse:
    subject = evaluation_of(request, number)
    return make(
        request, EVALUATION, subject, lambda refused: evaluation_page(request, evaluation_of(request, number), refused)
    )


def repair_of(request: HttpRequest, number: str) -> Repair:
    rows = Repair.objects.visible_to(signed_in(request))
    beside = ("institution__division__parent", "event", "applicant", "handler__territory", "approver__territory")
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def repair(request: HttpRequest, number: str) -> HttpResponse:
    subject = repair_of(request, number)
    record(Act.READ, signed_in(request), str(subject))
    return repair_page(request, subject, {})


def repair_page(request: HttpRequest, subject: Repair, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    context = {
        "repair": subject, "offers": offers(REPAIR, subject, account, refused),
        "form": next(iter(refused.values()), None),
        "clocks": list(Clock.objects.filter(subject=subject.number).going()),
        "events": list(subject.events.select_related("by__territory")),
        "institutions": {subject.institution_id: subject.institution},
    }  # fmt: skip
    return render(request, "credit/repair.html", context)


@desk_page
@require_POST
def move_repair(request: HttpRequest, number: str) -> HttpResponse:
    subject = repair_of(request, number)
    return make(request, REPAIR, subject, lambda refused: repair_page(request, repair_of(request, number), refused))
