"""Insured persons whose online settlement is suspended: for who keeps or decides it, and each reading is recorded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from credit import insured
from credit.insured_workflow import OFFLINE
from credit.models import Offline
from institutions.access import desk_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.models import Proceeding
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.moves import MoveRefused
from supervision.paging import page


def keeper(request: HttpRequest) -> Account:
    """Who keeps or decides them; for everybody else there is no such page."""
    account = signed_in(request)
    if not (account.holds(Duty.CREDIT) or account.holds(Duty.DECIDE)):
        raise Http404
    return account


@desk_page
@require_http_methods(["GET", "POST"])
def persons(request: HttpRequest) -> HttpResponse:
    """The list says no names; a POST proposes what the penalty of this number has decided."""
    account, why = keeper(request), ""
    if request.method == "POST":
        number = request.POST.get("proceeding", "").replace("\0", "").strip()
        proceeding = Proceeding.objects.visible_to(account).filter(number=number).first()
        try:
            if proceeding is None:
                raise MoveRefused(_("There is no proceeding with this number in your territory."))
            return redirect(insured.propose_suspension(proceeding, by=account))
        except MoveRefused as refusal:
            why = str(refusal)
    rows = Offline.objects.visible_to(account).select_related("proceeding")
    context = {"page": page(rows, request.GET, sort="-id"), "may_propose": account.holds(Duty.CREDIT), "why": why}
    return render(request, "credit/persons.html", context)


def found(request: HttpRequest, number: str) -> Offline:
    rows = Offline.objects.visible_to(keeper(request))
    beside = ("place__parent", "proceeding__case", "proposer__territory", "decider__territory")
    return get_object_or_404(rows.select_related(*beside), number=number)


@desk_page
@require_GET
def person(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    record(Act.READ, signed_in(request), str(subject))
    return shown(request, subject, {})


def shown(request: HttpRequest, subject: Offline, refused: RefusedForms) -> HttpResponse:
    """The page; a form that was refused keeps what was written into it."""
    context = {
        "offline": subject, "offers": offers(OFFLINE, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None), "events": list(subject.events.select_related("by__territory")),
    }  # fmt: skip
    return render(request, "credit/person.html", context)


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    return make(request, OFFLINE, subject, lambda refused: shown(request, found(request, number), refused))
