"""Many at once: findings taken up, like hearings decided together, and what became of each."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.hearing import bulk as acts
from supervision.hearing import tasks
from supervision.hearing.forms import TogetherForm
from supervision.hearing.models import Bulk, Hearing
from supervision.hearing.opening import open_hearing
from supervision.hearing.workflow import HEARING, MOVES
from supervision.monitoring.filters import FindingFilter
from supervision.monitoring.models import Finding, FindingQuerySet
from supervision.moves import MoveRefused, refuse_unless

Turns = dict[int, int]


@desk_page
@duty_required(Duty.HEAR)
@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    """Take up the finding named, or all of those ticked in the list of findings."""
    account = signed_in(request)
    findings = list(wanted(request.POST, account))
    try:
        if request.POST.get("alone"):
            return redirect(taken_up(findings, account))
        return redirect(begun(acts.ask_to_take_up(findings, by=account)))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(findings[0] if len(findings) == 1 else "monitoring:findings")


def wanted(said: QueryDict, account: Account) -> FindingQuerySet:
    """Those ticked; or all open ones that answer the filters, as many as may be taken up at once."""
    if every := said.get("every", ""):
        answering = FindingFilter(QueryDict(every.removeprefix("?")), account).findings
        return answering.open().filter(acted_on=False).order_by("-pk")[: acts.MOST]
    numbers = [int(one) for one in said.getlist("finding") if one.isdecimal()][: acts.MOST]
    return Finding.objects.visible_to(account).filter(pk__in=numbers)


@transaction.atomic
def taken_up(findings: list[Finding], account: Account) -> Hearing:
    refuse_unless(len(findings) == 1, _("There is nothing here by that number."))
    return HEARING.make(open_hearing(findings[0], by=account), "take_up", by=account)


@desk_page
@duty_required(Duty.HEAR)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """One move for all that are ticked, each as it was looked at."""
    account = signed_in(request)
    form = TogetherForm([name for name in acts.TOGETHER if name in MOVES], request.POST)
    if not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else _("Together")
            messages.error(request, f"{label}: {' '.join(map(str, errors))}")
        return redirect("hearing:hearings")
    try:
        return redirect(begun(asked(request, form, account)))
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("hearing:hearings")


def asked(request: HttpRequest, form: TogetherForm, account: Account) -> Bulk:
    seen = turns(request.POST.getlist("hearing"))
    refuse_unless(len(seen) <= acts.MOST, _("At most %(most)d at once.") % {"most": acts.MOST})
    hearings = list(Hearing.objects.visible_to(account).filter(pk__in=seen))
    for hearing in hearings:
        hearing.turn = seen[hearing.pk]  # what was looked at, not what it has become since
    said = form.cleaned_data
    return acts.ask(hearings, said["move"], by=account, note=said["note"], **form.facts())


def turns(ticked: list[str]) -> Turns:
    """Each box says which hearing it is of, and the turn that was shown beside it."""
    pairs = [one.partition(":") for one in ticked]
    return {int(pk): int(turn) for pk, _colon, turn in pairs if pk.isdecimal() and turn.isdecimal()}


def begun(bulk: Bulk) -> Bulk:
    """On its way to a worker; the sweep sends what the queue forgets."""
    tasks.send(bulk.pk)
    return bulk


@desk_page
@require_GET
def bulk(request: HttpRequest, number: int, *, fragment: bool = False) -> HttpResponse:
    """What became of a wish: how far it is, and which were refused and why."""
    shown = get_object_or_404(Bulk.objects.visible_to(signed_in(request)), pk=number)
    move = MOVES.get(shown.move)
    context = {
        "bulk": shown,
        "words": move.words if move else _("Take up"),
        "of_findings": shown.move == acts.TAKE_UP,
        "behind": shown.done + len(shown.refused),
    }
    return render(request, f"hearing/desk/{'_bulk' if fragment else 'bulk'}.html", context)
