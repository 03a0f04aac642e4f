"""One proceeding: where it stands, what only its kind knows, its moves and its history."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases import crediting, deferring, fining, imposing, owed, punishing, remitting, surcharging, violating
from supervision.cases.forms import ActForm
from supervision.cases.models import Breach, Kind, Lightened, Proceeding, Violation
from supervision.cases.timeline import history
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.ledger.deadlines import Due, laid_out
from supervision.ledger.models import Plan

from .acts import make, offers, workflow_of

PEOPLE = ("opened_by__territory", "handler__territory", "reviewer__territory", "approver__territory")
FINED = (Kind.PENALTY, Kind.SUMMARY)


def found(request: HttpRequest, number: str) -> Proceeding:
    rows = Proceeding.objects.visible_to(signed_in(request)).select_related(
        "case__institution", "case__place", "clock__limit", "overall_clock__limit", "to", *PEOPLE
    )
    return get_object_or_404(rows, number=number)


@desk_page
@require_GET
def proceeding(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    page = shown(request, subject)
    record(Act.READ, signed_in(request), str(subject))
    return page


def shown(request: HttpRequest, subject: Proceeding, refused: Mapping[str, ActForm] | None = None) -> HttpResponse:
    account = signed_in(request)
    workflow = workflow_of(subject)
    clocks = Clock.objects.visible_to(account).filter(subject=subject.number)
    context = {
        "proceeding": subject,
        "case": subject.case,
        "state": workflow.states(subject.state).label,
        "offers": offers(workflow, subject, account, refused or {}),
        "form": next(iter((refused or {}).values()), None),
        "history": history(subject),
        "documents": list(Document.objects.visible_to(account).filter(about=subject.number).order_by("-pk")),
        "clocks": list(clocks.going().select_related("limit", "holder__territory")),
        "institutions": {subject.case.institution_id: subject.case.institution},
        "particulars": f"cases/_{subject.kind}.html" if subject.kind in PARTICULARS else "",
        **particulars(subject),
    }
    return render(request, "cases/proceeding.html", context)


PARTICULARS = (*FINED, Kind.BREACH, Kind.RECOVERY, Kind.CRIMINAL, Kind.DISCIPLINE, Kind.TRANSFER)


def particulars(subject: Proceeding) -> dict[str, object]:
    """What only its kind knows."""
    if subject.kind in FINED:
        penalty = getattr(subject, "penalty", None)
        return {
            "penalty": penalty,
            "violations": [(one, explained(one)) for one in violating.standing(subject)],
            "total": violating.total(subject),
            "confiscated": violating.confiscated(subject),
            "surcharge": surcharging.accrued(penalty) if penalty else None,
            "challenges": list(penalty.challenges.all()) if penalty else [],
            "put_off": put_off(subject),
            "owed_back": punishing.owed_back(subject),
            "circumstances": crediting.circumstances(subject.case.institution) if subject.case.institution else [],
        }
    if subject.kind == Kind.RECOVERY:
        refunds = owed.refunds(subject.case)
        return {
            "outstanding": owed.outstanding(refunds),
            "too_much": [(area, fund, amount) for (area, fund), amount in remitting.too_much(subject.case).items()],
            "remittances": list(subject.remittances.select_related("pooling_area")),
        }
    if subject.kind == Kind.BREACH:
        breach = getattr(subject, "breach", None)
        concerned = list(breach.concerned.all()) if breach else []
        return {
            "breach": breach,
            "concerned": concerned,
            "lightened": lightened(breach),
            "measures": list(imposing.of(subject)),
        }
    referral = getattr(subject, "referral", None)
    return {"referral": referral, "package": list(referral.package.all()) if referral else []}


def lightened(breach: Breach | None) -> list[Lightened]:
    """What was reported by the institution itself, and how lightly the damages take it."""
    return list(breach.lightened.select_related("line")) if breach else []


def put_off(subject: Proceeding) -> list[Due]:
    """The parts in which the fine is paid, while a plan holds."""
    plan = deferring.plan_of(subject, Plan.State.ASKED, Plan.State.AGREED)
    return laid_out(plan) if plan else []


def explained(violation: Violation) -> str:
    """How its fine came about, in the reader's words; nothing before it was weighed."""
    return fining.explain(violation, get_language() or "zh-hans") if violation.grade else ""


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """A move of the proceeding; its name stands in the field `move`."""
    subject = found(request, number)
    workflow = workflow_of(subject)
    return make(request, workflow, subject, lambda refused: shown(request, found(request, number), refused))
