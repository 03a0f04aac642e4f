"""The evidence pack of a finding, to be taken away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.fresh_code import fresh_code_required
from supervision.hearing.models import Hearing
from supervision.hearing.packs import take


@desk_page
@require_GET
@fresh_code_required
def pack(request: HttpRequest, number: int) -> HttpResponse:
    account = signed_in(request)
    rows = Hearing.objects.visible_to(account).select_related("finding__last_run__snapshot")
    hearing = get_object_or_404(rows, pk=number)
    return archived(take(hearing, by=account), f"finding-{hearing.finding_id}.zip")


def archived(made: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/zip", headers=disposition)
