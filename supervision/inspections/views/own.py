"""The institution's side: the notice, what was fed back, its answer to each finding, and its defence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from institutions.access import institution_page, signed_in
from institutions.models import Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.inspections import answering
from supervision.inspections.forms import AnswerForm
from supervision.inspections.models import Fact, Inspection
from supervision.inspections.workflows import workflow_of
from supervision.paging import capped_count, page

from .acting import acted
from .inspections import fact_in, found


@institution_page
@require_GET
def inspections(request: HttpRequest) -> HttpResponse:
    """Those whose notice was served, the newest first."""
    rows = Inspection.objects.visible_to(signed_in(request)).select_related("place__parent")
    context = {"page": page(rows, request.GET, sort="-id"), "count": capped_count(rows)}
    return render(request, "inspections/own_list.html", context)


@institution_page
@require_GET
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: Inspection, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    writes = subject.told and account.holds(Duty.ANSWER)
    context = {
        "inspection": subject, "offers": offers(workflow_of(subject), subject, account, refused),
        "form": next(iter(refused.values()), None),
        "members": list(subject.members.officers().select_related("inspector")),
        "facts": [(one, form_of(one) if writes else None) for one in told(subject)],
        "clocks": list(Clock.objects.visible_to(account).filter(subject=str(subject)).going()),
        "documents": list(Document.objects.visible_to(account).filter(about=str(subject))),
    }  # fmt: skip
    return render(request, "inspections/own_inspection.html", context)


def told(subject: Inspection) -> list[Fact]:
    """What was found, from the feedback on."""
    return list(subject.facts.prefetch_related("charges")) if subject.fed_back_at else []


def form_of(fact: Fact) -> AnswerForm:
    said = {"answer": fact.answer, "grounds": fact.grounds} if fact.answer else {}
    return AnswerForm(initial=said, auto_id=f"answer-{fact.pk}-%s")


@institution_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(
        request, workflow_of(subject), subject, lambda refused: shown(request, found(account, number), refused),
        back=reverse("own_inspections:inspection", args=[number]),
    )  # fmt: skip


@institution_page
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Its word on the finding whose number is sent."""
    account, form = signed_in(request), AnswerForm(request.POST)
    subject = found(account, number)

    def act() -> None:
        fact = fact_in(request, subject)
        said = form.cleaned_data
        answering.answer_fact(fact, accepts=said["answer"] == Fact.Answer.ACCEPTED, grounds=said["grounds"], by=account)

    return acted(request, form, act, reverse("own_inspections:inspection", args=[number]))
