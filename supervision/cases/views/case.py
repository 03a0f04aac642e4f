"""One case: its current duty and clock, its facts and sums, its tracks on one line of time, officers and letters."""

from collections.abc import Mapping
from decimal import Decimal

from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, signed_in
from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.choosing import suggest
from supervision.cases.forms import ActForm, beginning_form, ready_hearings
from supervision.cases.models import Case, Kind, Proceeding
from supervision.cases.officering import OFFICER_ACTS, forms_of_officers
from supervision.cases.opening import add_hearings
from supervision.cases.proceeding import open_proceeding
from supervision.cases.timeline import timeline
from supervision.cases.workflows import LEAD
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.hearing.models import Hearing
from supervision.ledger.models import Balance, Book, Item, Stage
from supervision.moves import MoveRefused

from .acts import beginnings, make, offers, workflow_of

READY_SHOWN = 50
PEOPLE = ("opened_by__territory", "handler__territory", "approver__territory")


def found(request: HttpRequest, number: str) -> Case:
    rows = Case.objects.visible_to(signed_in(request))
    return get_object_or_404(rows.select_related("institution", "place", "clock__limit", *PEOPLE), number=number)


@desk_page
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    page = shown(request, subject)
    record(Act.READ, signed_in(request), str(subject))
    return page


def shown(
    request: HttpRequest, subject: Case, *, refused: Mapping[str, ActForm] | None = None,
    refused_beginning: Mapping[str, ActForm] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a case; a form that was refused keeps what was written into it."""
    account = signed_in(request)
    proceedings = list(subject.proceedings.select_related("clock__limit", "overall_clock__limit", "to"))
    context = {
        "case": subject,
        "proceedings": [(one, workflow_of(one).states(one.state).label) for one in proceedings],
        "timeline": timeline(subject, proceedings),
        "offers": offers(LEAD, subject, account, refused or {}),
        "beginnings": beginnings(subject, account, refused_beginning or {}),
        "form": next(iter([*(refused or {}).values(), *(refused_beginning or {}).values()]), None),
        "suggestions": suggest(subject),
        **facts_of(subject, account, proceedings),
        **people_of(subject, account),
    }
    return render(request, "cases/case.html", context)


def facts_of(subject: Case, account: Account, proceedings: list[Proceeding]) -> dict[str, object]:
    """What the case is about, as far as the account may see it."""
    numbers = [subject.number, *(proceeding.number for proceeding in proceedings)]
    hearings = Hearing.objects.visible_to(account).filter(in_case__case=subject).select_related("institution")
    items = Item.objects.visible_to(account).filter(case=subject.number)
    clocks = Clock.objects.visible_to(account).filter(subject__in=numbers).going()
    return {
        "hearings": list(hearings.order_by("pk")),
        "ready": list(ready_hearings(account, subject.institution_id or "", [])[:READY_SHOWN]),
        "sums": sums_of(items),
        "documents": list(Document.objects.visible_to(account).filter(about__in=numbers).order_by("-pk")),
        "clocks": list(clocks.select_related("limit", "holder__territory").order_by("due_at", "pk")),
        "institutions": {subject.institution_id: subject.institution},
    }


def sums_of(items: QuerySet[Item]) -> list[tuple[Book, Stage, Decimal]]:
    """What stands where, book by book: money of the fund and of the treasury is never added up (art. 45)."""
    rows = Balance.objects.filter(item__in=items, amount__gt=0).order_by("item__book", "stage")
    sums = rows.values_list("item__book", "stage").annotate(Sum("amount"))
    return [(Book(book), Stage(stage), amount) for book, stage, amount in sums]


def people_of(subject: Case, account: Account) -> dict[str, object]:
    officers = subject.officers.select_related("account__territory", "named_by__territory")
    recusals = subject.recusals.select_related("officer__account__territory", "asked_by", "decided_by")
    return {
        "officers": list(officers),
        "recusals": list(recusals),
        "officer_forms": forms_of_officers(subject, account),
    }


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """A move of the case itself; its name stands in the field `move`."""
    subject = found(request, number)
    return make(request, LEAD, subject, lambda refused: shown(request, found(request, number), refused=refused))


@desk_page
@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Open a proceeding in the case; its kind stands in the field `kind`."""
    subject, kind = found(request, number), request.POST.get("kind", "")
    if kind not in Kind.values:
        messages.error(request, _("There is no such proceeding."))
        return redirect(subject)
    form = beginning_form(Kind(kind), subject, request.POST)
    if form.is_valid():
        try:
            opened = open_proceeding(
                subject, kind, by=signed_in(request), note=form.cleaned_data["note"], **form.facts()
            )
            return redirect(opened)
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, subject, refused_beginning={kind: form})


@desk_page
@require_POST
def officers(request: HttpRequest, number: str) -> HttpResponse:
    """Replace an officer, ask for a recusal, or decide on one; the field `act` says which."""
    subject, act = found(request, number), OFFICER_ACTS.get(request.POST.get("act", ""))
    try:
        if act is None:
            raise MoveRefused(_("There is no such move."))
        messages.success(request, act(subject, request.POST, signed_in(request)))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)


@desk_page
@require_POST
def findings(request: HttpRequest, number: str) -> HttpResponse:
    """Make further findings part of the case."""
    subject, account = found(request, number), signed_in(request)
    ticked = [int(one) for one in request.POST.getlist("hearing") if one.isdecimal() and len(one) < 19]
    chosen = list(Hearing.objects.visible_to(account).filter(pk__in=ticked))
    try:
        if not chosen:
            raise MoveRefused(_("Nothing was chosen."))
        add_hearings(subject, chosen, by=account)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(subject)
