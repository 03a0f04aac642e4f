"""Batches: the list, one with its rejects, uploading, the template; and an institution's front door."""

from collections.abc import Callable
from io import BytesIO

from django.db import transaction
from django.db.models import Count, Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from claims import intake, profiles
from claims import template as published
from claims.forms import UploadForm
from claims.models import Batch, BatchQuerySet, Reject
from claims.rejects import REASONS, BatchRejected, failure_text, reason_text
from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision import exporting
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.paging import page

KINDS: dict[str, tuple[Promise, Callable[[BatchQuerySet], BatchQuerySet]]] = {
    "": (gettext_lazy("All"), BatchQuerySet.all),
    "reading": (gettext_lazy("Being read"), BatchQuerySet.underway),
    "rejects": (gettext_lazy("With rejected rows"), BatchQuerySet.with_rejects),
    "failed": (gettext_lazy("Failed"), BatchQuerySet.failed),
}
DOWNLOADS: dict[str, Callable[[], bytes]] = {
    "template-csv.zip": published.as_zip,
    "template.xlsx": published.as_workbook,
}


@desk_page
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    show = request.GET.get("show", "")
    rows = Batch.objects.visible_to(account)
    if show in KINDS:
        rows = KINDS[show][1](rows)
    context = {
        "page": page(rows, request.GET, sort="-number", size=25),
        "kinds": [(name, words) for name, (words, _kept) in KINDS.items()],
        "show": show,
        "may_upload": account.holds(Duty.INTAKE),
    }
    return render(request, "claims/batches.html", context)


@require_GET
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: what came in is what was accepted and what was rejected."""
    account = signed_in(request)
    shown = seen(account, number)
    reason = request.GET.get("reason", "")
    if reason not in REASONS:
        reason = ""
    refused = shown.rejects.filter(reason=reason) if reason else shown.rejects.all()
    months = shown.totals.order_by("month").values("month")
    context = {
        **state(shown),
        "list_address": list_address(account),
        "claims_in": shown.claims_accepted + shown.claims_rejected,
        "months": months.annotate(n=Sum("claims"), lines=Sum("charges"), sum=Sum("total"), fund=Sum("paid")),
        "reasons": shown.rejects.order_by().values("reason").annotate(n=Count("pk")).order_by("-n", "reason"),
        "reason": reason,
        "page": page(refused, request.GET, sort="id"),
        "files": shown.files.order_by("pk"),
    }
    return render(request, "claims/batch.html", context)


@require_GET
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The part of a batch's page that moves; when the batch has ended, the whole page is asked for."""
    account = signed_in(request)
    shown = seen(account, number)
    response = render(request, "claims/_state.html", state(shown))
    if shown.status not in Batch.UNDERWAY:
        response["HX-Refresh"] = "true"
    return response


def state(shown: Batch) -> dict[str, object]:
    return {"batch": shown, "underway": shown.status in Batch.UNDERWAY, "ended_by": shown.ended_by.all()}


@require_GET
def rejects(request: HttpRequest, number: int) -> HttpResponseBase:
    """Every rejected row, to be corrected where it came from."""
    account = signed_in(request)
    shown = seen(account, number)
    rows = map(cells, shown.rejects.iterator(chunk_size=2000))
    headings = [
        _("File"),
        _("Sheet"),
        _("Row"),
        _("Column"),
        _("Value"),
        _("Reason"),
        _("Code"),
        _("Claim"),
        _("Amount, yuan"),
    ]
    answer = exporting.export(f"batch-{shown.number}-rejects", "csv", headings, rows)
    record(Act.EXPORT, account, f"rejects of batch {shown.number}", rows=shown.rows_rejected)
    return answer


def cells(one: Reject) -> list[exporting.Cell]:
    words = reason_text(one.reason, one.detail)
    return [one.file, one.sheet, one.row, one.column, one.value, words, one.reason, one.claim, one.amount]


@duty_required(Duty.INTAKE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    account = signed_in(request)
    form = UploadForm(account, request.POST, request.FILES) if request.method == "POST" else UploadForm(account)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        files, profile, replaced = form.uploaded(), chosen["profile"], chosen["replaces"]
        try:
            with transaction.atomic():
                made = intake.receive(files, profile=profile, by=account, replaces=replaced)
                record(Act.UPLOAD, account, f"batch {made.number}", name=made.name, digest=made.digest)
        except BatchRejected as refusal:
            form.add_error("files", failure_text(refusal.code, refusal.detail))
        except intake.AlreadyIn as known:
            form.add_error("files", already_in(known.batch, account))
        else:
            return redirect(made)
    return render(request, "claims/new.html", {"form": form, "list_address": list_address(account)})


def already_in(known: Batch, account: Account) -> str:
    """Names the batch only to those who may see it."""
    if not Batch.objects.visible_to(account).filter(pk=known.pk).exists():
        return _("These very files have been taken in already.")
    return _("These very files have been taken in already, as batch %(number)d.") % {"number": known.pk}


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The layout we publish: its tables, columns and examples."""
    account = signed_in(request)
    shape = profiles.load("template")
    tables = [shape.table for shape in shape.shapes]
    context = {"tables": tables, "downloads": list(DOWNLOADS), "list_address": list_address(account)}
    return render(request, "claims/template.html", context)


@require_GET
def template_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The template itself, with an example in it."""
    if (make := DOWNLOADS.get(name)) is None:
        raise Http404
    return FileResponse(BytesIO(make()), as_attachment=True, filename=name)


@require_GET
def front_door(request: HttpRequest) -> HttpResponse:
    """An institution's first page: what it has uploaded."""
    account = signed_in(request)
    if not account.institution_id:
        raise Http404
    rows = page(Batch.objects.visible_to(account), request.GET, sort="-number", size=25)
    return render(request, "claims/front_door.html", {"page": rows, "may_upload": account.holds(Duty.INTAKE)})


def seen(account: Account, number: int) -> Batch:
    """A batch this account may see; of others nobody learns that they exist."""
    if not (account.at_desk or account.institution_id):
        raise Http404
    rows = Batch.objects.visible_to(account).select_related("territory", "loaded_by")
    return get_object_or_404(rows, pk=number)


def list_address(account: Account) -> str:
    return reverse("claims:batches" if account.at_desk else "claims:front_door")
