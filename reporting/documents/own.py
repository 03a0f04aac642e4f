"""Letters at the institution: what it was served with, and its receipts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import institution_page, signed_in
from institutions.models import Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.documents import serving
from supervision.documents.models import Document, Service
from supervision.paging import page

from .desk import taken
from .forms import ConfirmForm


@institution_page
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """What was served on the institution: what waits for its receipt stands first."""
    account = signed_in(request)
    served = Service.objects.visible_to(account).select_related("document", "receipt", "clock")
    context = {
        "waiting": list(served.filter(receipt=None).order_by("pk")[:100]),
        "page": page(served.exclude(receipt=None), request.GET, sort="-id"),
    }
    return render(request, "documents/own_list.html", context)


@institution_page
@require_GET
def document(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Document.objects.visible_to(account), pk=number)
    services = Service.objects.visible_to(account).filter(document=shown)
    context = {
        "document": shown,
        "services": list(services.select_related("receipt", "clock").order_by("pk")),
        "form": ConfirmForm(initial={"by_name": account.name}, auto_id=False),
        "may_confirm": account.holds(Duty.ANSWER),
    }
    response = render(request, "documents/own_document.html", context)
    record(Act.READ, account, f"document {shown.reference}")
    return response


@institution_page
@require_GET
def paper(request: HttpRequest, number: int) -> HttpResponseBase:
    account = signed_in(request)
    return taken(get_object_or_404(Document.objects.visible_to(account), pk=number), "pdf", account)


@institution_page
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """The institution's own receipt of a service, for now."""
    account = signed_in(request)
    services = Service.objects.visible_to(account).select_related("document", "clock")
    service = get_object_or_404(services, pk=number)
    form = ConfirmForm(request.POST)
    if not account.holds(Duty.ANSWER):
        messages.error(request, _("Whoever answers for the institution confirms its letters."))
    elif not form.is_valid():
        messages.error(request, _("Say who has received it."))
    else:
        try:
            serving.confirm(service, by_name=form.cleaned_data["by_name"], on=timezone.now(), by=account)
        except serving.ServiceRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Its receipt is written down."))
    return redirect("own_documents:document", service.document_id)
