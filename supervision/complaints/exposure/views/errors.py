"""Answers what somebody says is wrong with a published case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from institutions.access import desk_page
from supervision.complaints.exposure.models import ErrorClaim
from supervision.complaints.exposure.workflow import ERROR_CLAIM

from .acting import made
from .desk import found, shown


@desk_page
@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    claim = get_object_or_404(ErrorClaim.objects.select_related("typical"), pk=number)
    number_of_case = found(request, claim.typical.number).number  # only of a case that the account sees
    asking, refused = made(request, ERROR_CLAIM, claim)
    if asking is not None:
        return asking
    subject = found(request, number_of_case)
    return shown(request, subject, answering={claim.pk: refused}) if refused else redirect(subject)
