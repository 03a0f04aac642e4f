"""The evidence pack of a case, to be taken away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from institutions.access import desk_page, signed_in
from institutions.fresh_code import fresh_code_required
from supervision.cases.models import Case
from supervision.cases.packs import take
from supervision.hearing.views.packs import archived


@desk_page
@require_GET
@fresh_code_required
def pack(request: HttpRequest, number: str) -> HttpResponse:
    account = signed_in(request)
    case = get_object_or_404(Case.objects.visible_to(account), number=number)
    return archived(take(case, by=account), f"{case.number}.zip")
