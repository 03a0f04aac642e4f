"""Files beside the institution's findings: taken away, or taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import duty_required, institution_page, signed_in
from institutions.models import Account, Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.hearing import attaching
from supervision.hearing.models import Attachment
from supervision.moves import MoveRefused


def seen(account: Account, number: int) -> Attachment:
    rows = Attachment.objects.visible_to(account).select_related("hearing", "added_by")
    return get_object_or_404(rows, pk=number)


@institution_page
@require_GET
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    account = signed_in(request)
    attachment = seen(account, number)
    answer = attaching.download(attachment)
    record(Act.READ, account, f"file {attachment.pk} of {attachment.hearing}")
    return answer


@institution_page
@duty_required(Duty.ANSWER)
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    attachment = seen(account, number)
    hearing = attachment.hearing_id
    try:
        attaching.remove(attachment, by=account)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file was taken back."))
    return redirect("answering:finding", hearing)
