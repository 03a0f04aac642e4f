"""The institution's commitments: read, signed by a named person, answered where a breach is said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from credit.commitments import committing
from credit.commitments.models import Commitment
from credit.commitments.workflow import COMMITMENT
from institutions.access import institution_page, signed_in
from supervision.cases.views.acts import RefusedForms, make, offers
from supervision.paging import page


@institution_page
@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    rows = Commitment.objects.visible_to(signed_in(request)).select_related("template")
    return render(request, "commitments/own_list.html", {"page": page(rows, request.GET, sort="-id")})


def found(request: HttpRequest, number: str) -> Commitment:
    rows = Commitment.objects.visible_to(signed_in(request))
    return get_object_or_404(rows.select_related("institution", "template", "signer"), number=number)


@institution_page
@require_GET
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    return shown(request, found(request, number), {})


def shown(request: HttpRequest, subject: Commitment, refused: RefusedForms) -> HttpResponse:
    context = {
        "commitment": subject, "offers": offers(COMMITMENT, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None),
    }  # fmt: skip
    return render(request, "commitments/own.html", context)


@institution_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """What was signed comes into force on its first day, which may be today."""
    subject = found(request, number)
    back = reverse("own_commitments:commitment", args=[number])

    def then(moved: Commitment) -> HttpResponse:
        committing.by_themselves(moved)
        return redirect(back)

    return make(
        request, COMMITMENT, subject, lambda refused: shown(request, found(request, number), refused), back=back,
        then=then,
    )  # fmt: skip
