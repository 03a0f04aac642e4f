"""One report as the desk sees it: only once it is handed in, with the sample and the ledger beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.selfchecks import drawing, reporting, ruling
from supervision.selfchecks.models import Report
from supervision.selfchecks.reporting import REPORT


def found(account: Account, number: str) -> Report:
    people = ("accepter__territory", "rechecker__territory")
    rows = Report.objects.visible_to(account).select_related("campaign", "institution", "place__parent", *people)
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def report(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    answer = shown(request, subject, {})
    record(Act.READ, account, str(subject))
    return answer


def shown(request: HttpRequest, subject: Report, refused: RefusedForms) -> HttpResponse:
    account = signed_in(request)
    context = {
        **told(subject), "offers": offers(REPORT, subject, account, refused),
        "form": next(iter(refused.values()), None),
        "outstanding": reporting.outstanding(subject) if subject.handed_in else None,
        "drawn": list(subject.drawn.select_related("line", "answer__problem")),
        "drawn_again": drawing.drawn_again(subject) if subject.seed else None,
    }  # fmt: skip
    return render(request, "selfchecks/report.html", context)


def told(subject: Report) -> dict[str, object]:
    """What was reported. Before it is handed in, that is the institution's alone."""
    return {
        "report": subject, "leniency": ruling.told(subject.place_id),
        "answers": list(subject.answers.select_related("problem")) if subject.handed_in else [],
        "lines": list(subject.lines.select_related("problem")) if subject.handed_in else [],
        "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    subject = found(account, number)
    return make(
        request, REPORT, subject, lambda refused: shown(request, found(account, number), refused),
    )  # fmt: skip
