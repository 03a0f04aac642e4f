"""Batches: the list, one with its difference, preparing, deciding, taking back; and any two versions compared."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.knowledge import proposing
from supervision.knowledge.differing import between
from supervision.knowledge.filters import VersionsForm, named
from supervision.knowledge.forms import DecisionForm, SheetsForm
from supervision.knowledge.lists import LISTS
from supervision.knowledge.models import Proposal, ProposedPoint, RejectedRow
from supervision.knowledge.rejecting import REASONS, failure_text, reason_text
from supervision.knowledge.sheets import SheetRefused
from supervision.knowledge.telling import difference
from supervision.paging import page


@desk_page
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    show = request.GET.get("show", "")
    rows = Proposal.objects.visible_to(account).select_related("prepared_by", "decided_by")
    if show in Proposal.Status.values:
        rows = rows.filter(status=show)
    shown = page(rows, request.GET, sort="-number", size=25)
    context = {
        "page": shown,
        "places": named({one.place for one in shown.rows}),
        "kinds": [("", _("All")), *Proposal.Status.choices],
        "show": show,
        "may_prepare": account.holds(Duty.KNOWLEDGE),
    }
    return render(request, "knowledge/batches.html", context)


@desk_page
@require_GET
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: what came in, what it changes, what was rejected, and who stands for it."""
    account = signed_in(request)
    shown = seen(account, number)
    reason = request.GET.get("reason", "")
    refused = shown.rejects.filter(reason=reason) if reason in REASONS else shown.rejects.all()
    context = {
        "batch": shown,
        "place": named({shown.place})[shown.place],
        **difference(request, rows_of(shown, account), shown.base, shown.version_id),
        "reasons": shown.rejects.order_by().values("reason").annotate(n=Count("pk")).order_by("-n", "reason"),
        "reason": reason,
        "rejects": refused[:100],
        "may_decide": account.holds(Duty.KNOWLEDGE) and Proposal.objects.within(account).filter(pk=shown.pk).exists(),
        "own": shown.prepared_by_id == account.pk,
        "undone_by": getattr(shown, "undone_by", None),
    }
    return render(request, "knowledge/batch.html", context)


def seen(account: Account, number: int) -> Proposal:
    rows = Proposal.objects.visible_to(account).select_related("prepared_by", "decided_by", "undoes", "undone_by")
    return get_object_or_404(rows, pk=number)


def rows_of(shown: Proposal, account: Account) -> QuerySet[Any]:
    """What a batch changes, or would change."""
    if shown.version_id:
        return between(shown.base, shown.version_id).visible_to(account)
    lines = ProposedPoint.objects.visible_to(account).filter(proposal=shown.pk)
    return lines.exclude(kind=ProposedPoint.Kind.SAME).annotate(how=F("kind")).select_related("before")


@desk_page
@require_GET
def rejects(request: HttpRequest, number: int) -> HttpResponseBase:
    """Every rejected row with its place and reason."""
    account = signed_in(request)
    shown = seen(account, number)
    heads = [_("File"), _("Sheet"), _("Row"), _("Column"), _("Value"), _("Family"), _("Reason"), _("Code"), _("Points")]
    rows = map(reject_cells, shown.rejects.iterator(chunk_size=2000))
    answer = exporting.export(f"knowledge-{shown.pk}-rejects", "csv", heads, rows)
    record(Act.EXPORT, account, f"rejects of {proposing.about(shown)}", rows=shown.rejects.count())
    return answer


def reject_cells(one: RejectedRow) -> list[exporting.Cell]:
    words = reason_text(one.reason, one.detail)
    return [one.file, one.sheet, one.row, one.column, one.value, one.family, words, one.reason, one.points]


@desk_page
@duty_required(Duty.KNOWLEDGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = SheetsForm(request.POST, request.FILES) if request.method == "POST" else SheetsForm()
    if request.method == "POST" and form.is_valid():
        try:
            made = proposing.prepare(form.sheets(), by=account)
        except SheetRefused as refusal:
            form.add_error("files", failure_text(refusal.code, refusal.name))
        except proposing.ProposalRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(made)
    return render(request, "knowledge/new.html", {"form": form, "lists": LISTS.values()})


def to_decide(account: Account, number: int) -> Proposal:
    """A batch that this account sees, if it may also decide on it."""
    shown = seen(account, number)
    if not Proposal.objects.within(account).filter(pk=shown.pk).exists():
        record(Act.DENIAL, account, proposing.about(shown), why="the batch reaches beyond the territory")
        raise PermissionDenied
    return shown


@desk_page
@duty_required(Duty.KNOWLEDGE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse. Who prepared it may only take it away again."""
    account = signed_in(request)
    shown = to_decide(account, number)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        for error in form.non_field_errors() or [_("Choose to approve or to refuse.")]:
            messages.error(request, str(error))
        return redirect(shown)
    try:
        if form.cleaned_data["act"] == "refuse":
            proposing.refuse(shown, by=account, note=form.cleaned_data["note"])
        elif proposing.approve(shown, by=account, base=form.cleaned_data["base"]).waits:
            messages.error(
                request, _("What is in force has changed since this was prepared. Look at the difference again.")
            )
    except proposing.ProposalRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(shown)


@desk_page
@duty_required(Duty.KNOWLEDGE)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = to_decide(account, number)
    try:
        back = proposing.take_back(shown, by=account)
    except proposing.ProposalRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    messages.success(request, _("What held before is in force again."))
    return redirect(back)


@desk_page
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """How any two versions differ, as far as the reader may see them."""
    account = signed_in(request)
    form = VersionsForm(request.GET, account)
    first, last = sorted((form.first, form.last))
    rows = between(first, last).visible_to(account)
    context = {"form": form, "earlier": first, "later": last, **difference(request, rows, first, last)}
    return render(request, "knowledge/compare.html", context)
