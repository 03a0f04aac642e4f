"""Letters at the desk: the list, one of them in both tongues, its papers, its service and its receipts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.documents import serving
from supervision.documents.models import Document, Service
from supervision.paging import capped_count, page

from .document_filter import DocumentFilter
from .forms import ReceiptForm, ServiceForm

SERVERS = (Duty.INVESTIGATE, Duty.HEAR, Duty.DECIDE)


@desk_page
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    asked = DocumentFilter(request.GET, signed_in(request))
    context = {
        "filter": asked,
        "chips": asked.chips(),
        "count": capped_count(asked.documents),
        "page": page(asked.documents.prefetch_related("services__receipt"), request.GET, sort="-id"),
    }
    return render(request, "documents/list.html", context)


@desk_page
@require_GET
def document(request: HttpRequest, number: int) -> HttpResponse:
    """One letter as it was issued, its reading copy beside it; whoever opens it is written down."""
    account = signed_in(request)
    shown = get_object_or_404(Document.objects.visible_to(account).select_related("issued_by"), pk=number)
    may_serve = any(account.holds(duty) for duty in SERVERS)
    response = render(request, "documents/document.html", context_of(shown, account, may_serve=may_serve))
    record(Act.READ, account, f"document {shown.reference}")
    return response


def context_of(shown: Document, account: Account, *, may_serve: bool) -> dict[str, object]:
    return {
        "document": shown,
        "services": list(shown.services.select_related("receipt", "served_by", "clock").order_by("pk")),
        "service_form": service_form(shown, account) if may_serve else None,
        "receipt_form": ReceiptForm(auto_id=False) if may_serve else None,
    }


def service_form(shown: Document, account: Account) -> ServiceForm:
    return ServiceForm(shown, account, initial={"to": shown.facts.get("party", "")})


@desk_page
@require_GET
def paper(request: HttpRequest, number: int, form: str) -> HttpResponseBase:
    """The letter itself, to be taken away; that is written down."""
    account = signed_in(request)
    return taken(get_object_or_404(Document.objects.visible_to(account), pk=number), form, account)


def taken(document: Document, form: str, account: Account) -> FileResponse:
    """The file as it was kept."""
    file = getattr(document, form)
    response = FileResponse(file.open("rb"), as_attachment=True, filename=f"{document.reference}.{form}")
    record(Act.EXPORT, account, f"document {document.reference}", form=form)
    return response


@desk_page
@duty_required(*SERVERS)
@require_POST
def serve(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Document.objects.visible_to(account), pk=number)
    form = ServiceForm(shown, account, request.POST)
    return act(request, shown, form, lambda said: serving.deliver(shown, by=account, **said), _("Served."))


@desk_page
@duty_required(*SERVERS)
@require_POST
def receive(request: HttpRequest, number: int) -> HttpResponse:
    """Write down a receipt that came back on paper or was signed on the spot."""
    account = signed_in(request)
    service = get_object_or_404(Service.objects.visible_to(account).select_related("document", "clock"), pk=number)
    form = ReceiptForm(request.POST)
    return act(
        request, service.document, form, lambda said: serving.confirm(service, by=account, **said), _("Written down.")
    )


def act(request: HttpRequest, shown: Document, form: forms.Form, doing: Callable[[dict[str, Any]], object],
        done: str) -> HttpResponse:  # fmt: skip
    """Do what the form says and go back to the letter, with what was done or why it was not."""
    if not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label}: {' '.join(map(str, errors))}")
        return redirect(shown)
    try:
        doing(form.cleaned_data)
    except serving.ServiceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(shown)
