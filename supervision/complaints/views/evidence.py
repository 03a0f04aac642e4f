"""The files of a complaint at the desk: saved, or shown where we have drawn them ourselves. Each look is recorded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.complaints.gate import keeping
from supervision.complaints.gate.models import Upload
from supervision.complaints.models import Complaint


def found(request: HttpRequest, number: int) -> tuple[Complaint, Upload]:
    """A file of a complaint in sight; what belongs to none yet is nobody's to see."""
    upload = get_object_or_404(Upload, pk=number)
    return get_object_or_404(Complaint.objects.visible_to(signed_in(request)), number=upload.subject), upload


@desk_page
@require_GET
def save(request: HttpRequest, number: int) -> HttpResponseBase:
    subject, upload = found(request, number)
    try:
        answer = keeping.download(upload)
    except keeping.NotReady as refusal:
        messages.error(request, str(refusal))
        return redirect(subject)
    record(Act.READ, signed_in(request), f"{upload} of {subject}")
    return answer


@desk_page
@require_GET
def show(request: HttpRequest, number: int) -> HttpResponseBase:
    """A picture, for the page of its complaint."""
    subject, upload = found(request, number)
    if not keeping.may_be_shown(upload):
        raise Http404
    answer = keeping.shown(upload)
    record(Act.READ, signed_in(request), f"{upload} of {subject}")
    return answer
