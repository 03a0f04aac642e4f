"""The pages of another department's liaison: what was given to the department, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from institutions.access import liaison_page, signed_in
from institutions.models import Account
from supervision.cases.views.acts import RefusedForms, make
from supervision.coordination.models import Package, Reading, SharedField
from supervision.coordination.reading import read_package
from supervision.coordination.sharing import PACKAGE
from supervision.paging import capped_count, page

from .acting import own_offers


def found(account: Account, number: str) -> Package:
    rows = Package.objects.visible_to(account).select_related("to__department", "place", "clock__limit", "allowance")
    return get_object_or_404(rows, number=number)


@liaison_page
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What was given to the department, the newest first."""
    account = signed_in(request)
    rows = Package.objects.visible_to(account)
    context = {
        "page": page(rows.select_related("place", "allowance", "clock"), request.GET, sort="-id"),
        "count": capped_count(rows), "department": account.department,
    }  # fmt: skip
    return render(request, "coordination/liaison.html", context)


@liaison_page
@require_GET
def package(request: HttpRequest, number: str) -> HttpResponse:
    """Its fields, each reading of which is written down."""
    account = signed_in(request)
    subject = found(account, number)
    fields = read_package(subject, way=Reading.Way.PAGE, by=account) if subject.readable else []
    return shown(request, subject, {}, fields)


def shown(request: HttpRequest, subject: Package, refused: RefusedForms, fields: list[SharedField]) -> HttpResponse:
    context = {
        "package": subject, "offers": own_offers(PACKAGE, subject, signed_in(request), refused),
        "form": next(iter(refused.values()), None), "fields": fields,
        "events": [one for one in subject.events.all() if one.move != "draft"],
    }  # fmt: skip
    return render(request, "coordination/liaison_package.html", context)


@liaison_page
@require_POST
def move(request: HttpRequest, number: str) -> HttpResponse:
    """Where a move is refused, its form is shown again without the fields: looking is another act."""
    account = signed_in(request)
    return make(
        request, PACKAGE, found(account, number),
        lambda refused: shown(request, found(account, number), refused, []),
        back=reverse("liaison:package", args=[number]),
    )  # fmt: skip
