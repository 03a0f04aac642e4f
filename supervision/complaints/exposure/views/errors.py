"""Answers what somebody says is wrong with a published case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from institutions.access import desk_page
from supervision.cases.views.acts import RefusedForms, make
from supervision.complaints.exposure.models import ErrorClaim
from supervision.complaints.exposure.workflow import ERROR_CLAIM

from .desk import found, shown


@desk_page
@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    claim = get_object_or_404(ErrorClaim.objects.select_related("typical"), pk=number)
    typical = found(request, claim.typical.number)  # only of a case that the account sees

    def again(refused: RefusedForms) -> HttpResponse:
        return shown(request, found(request, typical.number), answering={claim.pk: refused})

    return make(request, ERROR_CLAIM, claim, again, then=lambda _claim: redirect(typical))
