"""The institution's door: the first page after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from institutions.access import institution_page, signed_in

from .gathering import desk_of
from .tiles import tiles


@institution_page
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What to answer, sign, correct and pay, and by when; then the ways to the standing pages."""
    account = signed_in(request)
    return render(request, "own_desk/desk.html", {"desk": desk_of(account), "tiles": list(tiles(account))})
