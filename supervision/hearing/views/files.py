"""Files beside a hearing, for reviewers: put there, or taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.access import desk_page, duty_required, signed_in
from institutions.models import Duty
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.hearing import attaching
from supervision.hearing.models import Attachment, Hearing
from supervision.moves import MoveRefused


@desk_page
@require_GET
def download(request: HttpRequest, number: int) -> HttpResponseBase:
    """The kept copy; whoever takes it is written down."""
    account = signed_in(request)
    attachment = get_object_or_404(Attachment.objects.visible_to(account).select_related("hearing"), pk=number)
    answer = attaching.download(attachment)
    record(Act.READ, account, f"file {attachment.pk} of {attachment.hearing}")
    return answer


@desk_page
@duty_required(Duty.HEAR)
@require_POST
def attach(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    shown = get_object_or_404(Hearing.objects.visible_to(account), pk=number)
    given = request.FILES.get("file")
    try:
        if given is None:
            messages.error(request, _("Choose a file."))
        else:
            attaching.attach(shown, given, by=account)
            messages.success(request, _("The file stands beside the hearing."))
    except (attaching.FileRefused, MoveRefused) as refusal:
        messages.error(request, str(refusal))
    return redirect(shown)
