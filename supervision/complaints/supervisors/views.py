"""The library of social supervisors: the list, a nomination, and one person with tasks, leads and appraisals."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.forms import ActForm
from supervision.cases.views.acts import Offer, make, offers
from supervision.moves import MoveRefused
from supervision.paging import capped_count, page
from supervision.refusal import Refused

from .forms import NominateForm
from .models import SocialSupervisor, State, SupervisorLead, SupervisorTask
from .workflow import SUPERVISOR
from .working import nominate
from .writing import WRITINGS, Subject, open_to


@dataclass(frozen=True)
class Listed:
    """A supervisor as the account may know them."""

    supervisor: SocialSupervisor
    name: str


@desk_page
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Names in full only for whoever works with them."""
    account = signed_in(request)
    rows = SocialSupervisor.objects.visible_to(account)
    state = request.GET.get("state", "")
    chosen = rows.filter(state=state) if state in State.values else rows
    found = page(chosen.select_related("division"), request.GET, sort="-id")
    context = {
        "states": [(value, label, value == state) for value, label in State.choices],
        "state": state if state in State.values else "",
        "count": capped_count(chosen),
        "page": found,
        "listed": [Listed(one, one.name_for(account)) for one in found.rows],
        "may_nominate": account.holds(Duty.COMPLAINTS),
    }
    return render(request, "supervisors/list.html", context)


@desk_page
@duty_required(Duty.COMPLAINTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    sent = request.POST if request.method == "POST" else None
    form = NominateForm(account, sent)
    if sent is not None and form.is_valid():
        try:
            return redirect(nominate(**form.cleaned_data, by=account))
        except MoveRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "supervisors/new.html", {"form": form})


def found(request: HttpRequest, number: str) -> SocialSupervisor:
    rows = SocialSupervisor.objects.visible_to(signed_in(request))
    return get_object_or_404(rows.select_related("division", "clock__limit"), number=number)


@desk_page
@require_GET
def supervisor(request: HttpRequest, number: str) -> HttpResponse:
    subject = found(request, number)
    answer = shown(request, subject)
    record(Act.READ, signed_in(request), str(subject))
    return answer


def shown(
    request: HttpRequest, subject: SocialSupervisor, *, refused: Mapping[str, ActForm] | None = None,
    written: Mapping[str, forms.Form] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a supervisor; a form that was refused keeps what was written into it."""
    account, refused, written = signed_in(request), refused or {}, written or {}

    def writings(about: Subject, key: str) -> list[Offer]:
        return [offered(name, key, account, written) for name in open_to(about, account)]

    context = {
        "supervisor": subject,
        "name": subject.name_for(account),
        "in_full": account.holds(Duty.COMPLAINTS),
        "offers": offers(SUPERVISOR, subject, account, refused),
        "writings": writings(subject, ""),
        "tasks": [(task, writings(task, f"{task.pk}")) for task in subject.tasks.select_related("clock__limit")],
        "leads": [(lead, writings(lead, f"{lead.pk}")) for lead in subject.leads.select_related("institution", "case")],
        "appraisals": list(subject.appraisals.select_related("by")),
        "events": [(event, SUPERVISOR.moves.get(event.move)) for event in subject.events.select_related("by")],
        "form": next(iter([*refused.values(), *written.values()]), None),
    }
    return render(request, "supervisors/supervisor.html", context)


def offered(name: str, key: str, account: Account, written: Mapping[str, forms.Form]) -> Offer:
    act, field = WRITINGS[name], f"{name} {key}".strip()
    form = written.get(field) or act.form(account, None, field.replace(" ", "-"))
    return Offer(field, act.words, form=form)  # type: ignore[arg-type]


@desk_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    return make(
        request, SUPERVISOR, found(request, number),
        lambda refused: shown(request, found(request, number), refused=refused),
    )  # fmt: skip


@desk_page
@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write something down; the field `act` says what, and of which task or lead."""
    subject, account, sent = found(request, number), signed_in(request), request.POST.get("act", "")
    name, _blank, key = sent.partition(" ")
    about = about_of(subject, name, key)
    if name not in WRITINGS or about is None:
        messages.error(request, _("There is no such move."))
        return redirect(subject)
    form = WRITINGS[name].form(account, request.POST, sent.replace(" ", "-"))
    if form.is_valid():
        try:
            WRITINGS[name].do(about, form.cleaned_data, account)
            messages.success(request, _("Done."))
            return redirect(subject)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, subject, written={sent: form})


def about_of(subject: SocialSupervisor, name: str, key: str) -> Subject | None:
    """What is written about: the supervisor, or the task or lead of theirs that the key names."""
    if name in ("task", "lead", "appraise"):
        return subject
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    rows: dict[str, type[SupervisorTask | SupervisorLead]] = {
        "report": SupervisorTask, "take_up": SupervisorLead, "leave": SupervisorLead,
    }  # fmt: skip
    kind = rows.get(name)
    return kind._default_manager.filter(supervisor=subject, pk=number).first() if kind else None
