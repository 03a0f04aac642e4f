"""The desk's page of one objection: what is said against an application, and the answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.designation import forgetting
from supervision.designation.models import Objection
from supervision.designation.workflows import OBJECTION


def found(request: HttpRequest, number: str) -> Objection:
    rows = Objection.objects.visible_to(signed_in(request))
    beside = ("application__institution", "application__insurer__pooling_area", "round")
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def objection(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    answer = shown(request, subject, {})
    record(Act.READ, signed_in(request), str(subject))
    return answer


def shown(request: HttpRequest, subject: Objection, refused: RefusedForms) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    context = {
        "objection": subject,
        "offers": offers(OBJECTION, subject, account, refused),
        "form": next(iter(refused.values()), None),
        "who": subject.tells_who(account),
        "erased_on": forgetting.due_on(subject),
        "events": [(event, OBJECTION.moves.get(event.move)) for event in subject.events.select_related("by")],
    }
    return render(request, "designation/objection.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    return make(request, OBJECTION, subject, lambda refused: shown(request, found(request, number), refused))
